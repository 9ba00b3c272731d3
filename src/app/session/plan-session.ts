import { createEffect, createSignal, on, onCleanup } from "solid-js";
import type { ParsedStrategy } from "../../core/strategy/types.ts";
import type { Progress } from "../../data/catalogue/types.ts";
import { planKey } from "../../pool/plan-key.ts";
import type { RunPlan, StrategyPlan } from "../../pool/protocol.ts";
import type { DataSession, DataState } from "./data-session.ts";
import { errorText } from "./errors.ts";
import type { StrategySession } from "./strategy-session.ts";

/** Pause after the last keystroke before a plan is made, milliseconds. */
const SETTLE = 300;

export type PlanState =
  | { readonly kind: "none" }
  | { readonly kind: "planning"; readonly progress: Progress | undefined }
  | { readonly kind: "ready"; readonly plan: Extract<StrategyPlan, { kind: "planned" }>; readonly files: number; readonly strategy: ParsedStrategy }
  | { readonly kind: "failed"; readonly message: string };

/** What a run would do, worked out while the user edits and before anything runs. */
export function createPlanSession(data: DataSession, strategy: StrategySession) {
  const [state, setState] = createSignal<PlanState>({ kind: "none" });
  let latest: { readonly key: string; readonly version: number; readonly plan: Promise<RunPlan> } | undefined;

  /** The plan of these strategies over the data that is open. */
  function ofAll(strategies: readonly ParsedStrategy[]): Promise<RunPlan> {
    const current = data.state();
    if (current.kind !== "open") return Promise.reject(new Error("Open a data folder first."));
    return strategies.length === 1 ? of(strategies[0], current) : current.catalogue.plan(strategies, () => undefined);
  }

  /** Made once while nothing changes that it depends on. */
  function of(parsed: ParsedStrategy, current: Extract<DataState, { kind: "open" }>): Promise<RunPlan> {
    const version = data.version();
    const key = planKey(parsed);
    if (latest?.key === key && latest.version === version) return latest.plan;
    setState({ kind: "planning", progress: undefined });
    const isLatest = () => latest?.plan === plan;
    const plan = current.catalogue.plan([parsed], (progress) => isLatest() && state().kind === "planning" && setState({ kind: "planning", progress }));
    latest = { key, version, plan };
    plan.then(
      (made) => {
        if (!isLatest()) return;
        const [own] = made.strategies;
        setState(own.kind === "planned" ? { kind: "ready", plan: own, files: made.files.ends.length, strategy: parsed } : { kind: "failed", message: own.message });
        void data.learn();
      },
      (error: unknown) => {
        if (!isLatest()) return;
        latest = undefined;
        setState({ kind: "failed", message: errorText(error) });
      },
    );
    return plan;
  }

  createEffect(
    on([data.state, data.version, strategy.parsed], ([open, , parsed]) => {
      if (open.kind !== "open" || !parsed.ok) {
        latest = undefined;
        setState({ kind: "none" });
        return;
      }
      const timer = setTimeout(() => {
        // A failure is shown from the state.
        of(parsed.strategy, open).catch(() => undefined);
      }, SETTLE);
      onCleanup(() => clearTimeout(timer));
    }),
  );

  return { state, ofAll };
}

export type PlanSession = ReturnType<typeof createPlanSession>;
