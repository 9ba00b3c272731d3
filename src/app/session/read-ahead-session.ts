import { createEffect, createMemo, createSignal, on, onCleanup } from "solid-js";
import type { ParsedStrategy } from "../../core/strategy/types.ts";
import { createRunProgress, type RunProgress } from "../../pool/progress.ts";
import { planKey } from "../../pool/plan-key.ts";
import type { ReadAheadEnd } from "../../pool/read-ahead.ts";
import { errorText } from "./errors.ts";
import type { PlanState } from "./plan-session.ts";

/** Pause after a plan was made or a run has ended, milliseconds: whoever wants to run at once is not held up. */
const PAUSE = 1_000;
/** Above this share of its limit the cache counts as full. */
const FULL = 0.95;

export type ReadAheadState =
  | { readonly kind: "none" }
  | ({ readonly kind: "reading" } & RunProgress)
  | { readonly kind: "done"; readonly days: number }
  /** The rest is left to the run; why, in words. */
  | { readonly kind: "ended"; readonly message: string };

export interface ReadAheadPorts {
  readonly plan: () => PlanState;
  /** Grows whenever the files may have changed. */
  readonly version: () => number;
  /** Nothing else wants the workers, and the user wants reading ahead. */
  readonly allowed: () => boolean;
  /** Bytes that the cache holds, and may hold at most. */
  readonly held: () => number;
  readonly limit: () => number;
  read(strategy: ParsedStrategy, signal: AbortSignal, onDay: () => void): Promise<ReadAheadEnd>;
  /** The cache holds more than before. */
  readonly onRead: () => void;
}

/** Reads what the open strategy needs while nothing else is done, once for each plan; whatever else is wanted has precedence. */
export function createReadAheadSession({ plan, version, allowed, held, limit, read, onRead }: ReadAheadPorts) {
  const [state, setState] = createSignal<ReadAheadState>({ kind: "none" });
  /** Plans of which nothing is left to read ahead. */
  const covered = new Set<string>();
  const keyOf = (strategy: ParsedStrategy) => `${version()} ${planKey(strategy)}`;
  const planned = createMemo(() => {
    const current = plan();
    return current.kind === "ready" && current.plan.dates.length > 0 ? { strategy: current.strategy, days: current.plan.dates.length, key: keyOf(current.strategy) } : undefined;
  });
  let stop: () => void = () => undefined;

  createEffect(
    on([planned, allowed], ([wanted, free]) => {
      if (!wanted || covered.has(wanted.key)) {
        if (!wanted) setState({ kind: "none" });
        return;
      }
      if (!free) return;
      const { strategy, days, key } = wanted;
      const stopping = new AbortController();
      stop = () => {
        covered.add(key);
        stopping.abort();
      };
      const timer = setTimeout(() => void go(strategy, days, key, stopping.signal), PAUSE);
      onCleanup(() => {
        clearTimeout(timer);
        stopping.abort();
      });
    }),
  );

  async function go(strategy: ParsedStrategy, days: number, key: string, signal: AbortSignal): Promise<void> {
    if (held() > FULL * limit()) {
      covered.add(key);
      setState({ kind: "ended", message: "The cache is full: nothing is read ahead. Give it more room, or clear it." });
      return;
    }
    const show = (next: ReadAheadState) => !signal.aborted && setState(next);
    signal.addEventListener("abort", () => setState({ kind: "none" }), { once: true });
    show({ kind: "reading", done: 0, total: days });
    const progress = createRunProgress(days, (now) => show({ kind: "reading", ...now }));
    try {
      const ended = await read(strategy, signal, progress.dayDone);
      if (ended.kind === "stopped") return;
      covered.add(key);
      show(ended.kind === "full" ? { kind: "ended", message: ended.message } : { kind: "done", days });
      onRead();
    } catch (error) {
      covered.add(key);
      show({ kind: "ended", message: `Reading ahead has ended: ${errorText(error)}` });
    }
  }

  return {
    state,
    /** A run has read everything that this strategy needs. */
    cover: (strategy: ParsedStrategy) => void covered.add(keyOf(strategy)),
    /** Leaves the rest of this plan to the run. */
    stop: () => stop(),
  };
}

export type ReadAheadSession = ReturnType<typeof createReadAheadSession>;
