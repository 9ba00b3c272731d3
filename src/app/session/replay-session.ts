/** One day simulated again, to be looked at second by second. */
import { createSignal } from "solid-js";
import type { DayRecording } from "../../core/engine/day-recording.ts";
import type { DayPath } from "../../core/results/day-path.ts";
import type { DayOutcome } from "../../core/results/types.ts";
import { waitingLegs, type WaitingLeg } from "../../core/results/waiting-legs.ts";
import { ofOneDay } from "../../core/strategy/one-day.ts";
import type { StrategyVariant } from "../../core/strategy/types.ts";
import { isoDate, type DayNumber, type Second } from "../../core/time.ts";
import type { Backend } from "./backend.ts";
import type { DataSession } from "./data-session.ts";
import { errorText } from "./errors.ts";
import type { RunIdentity, RunSession } from "./run-session.ts";

export interface ReplayedDay {
  readonly date: DayNumber;
  readonly variant: StrategyVariant;
  readonly recording: DayRecording;
  readonly path: DayPath;
  /** Of this variant and day; position ids count from 1. */
  readonly outcome: DayOutcome;
  readonly waits: readonly WaitingLeg[];
}

export type ReplayState =
  | { readonly kind: "closed" }
  | { readonly kind: "loading"; readonly date: DayNumber }
  | { readonly kind: "ready"; readonly day: ReplayedDay }
  | { readonly kind: "failed"; readonly date: DayNumber; readonly message: string };

export function createReplaySession(backend: Backend, data: DataSession, run: RunSession) {
  const [state, setState] = createSignal<ReplayState>({ kind: "closed" });
  const [second, setSecond] = createSignal<Second>(0);
  let asked: { readonly run: RunIdentity; readonly variant: number; readonly date: DayNumber } | undefined;

  const day = (): ReplayedDay | undefined => {
    const current = state();
    return current.kind === "ready" ? current.day : undefined;
  };

  function goTo(wanted: Second): void {
    const recording = day()?.recording;
    setSecond(recording ? Math.min(recording.open + recording.seconds - 1, Math.max(recording.open, wanted)) : wanted);
  }

  async function load(identity: RunIdentity, variant: StrategyVariant, date: DayNumber): Promise<ReplayedDay> {
    const current = data.state();
    if (current.kind !== "open" || current.source !== identity.source) throw new Error(`The data of this run, “${identity.source.name}”, is not open any more. Open it and run again.`);
    const strategy = ofOneDay(identity.strategy, variant, date);
    const plan = await current.catalogue.plan([strategy], () => undefined);
    const [own] = plan.strategies;
    if (own.kind === "refused") throw new Error(own.message);
    const { outcome, recorded } = await backend.replay({ source: identity.source, rules: identity.rules, reader: identity.reader, plan, strategy, date });
    const [part] = outcome.parts;
    if (!recorded) throw new Error(part?.kind === "not_run" ? `${isoDate(date)} is not run: ${part.detail}` : `The data has no row of ${isoDate(date)}.`);
    return { date, variant, outcome, waits: waitingLegs(outcome.trades, outcome.sample), ...recorded };
  }

  async function open(identity: RunIdentity, variant: number, date: DayNumber, at: Second | undefined, keep: boolean): Promise<void> {
    const own = { run: identity, variant, date };
    asked = own;
    if (!keep) setState({ kind: "loading", date });
    try {
      const made = await load(identity, identity.strategy.variants[variant], date);
      if (asked !== own) return;
      setState({ kind: "ready", day: made });
      goTo(at ?? second());
    } catch (error) {
      if (asked === own) setState({ kind: "failed", date, message: errorText(error) });
    }
  }

  return {
    state,
    day,
    /** Where the day is being looked at, seconds of the IST day. */
    second,
    goTo,
    step: (seconds: number) => goTo(second() + seconds),
    /** Shows a day of the run that is on screen, at a second. The same day stays as it is. */
    async open(variant: number, date: DayNumber, at: Second): Promise<void> {
      const identity = run.shown();
      if (!identity?.strategy.variants[variant]) return;
      const loaded = day();
      if (loaded && asked?.run === identity && asked.variant === variant && asked.date === date) {
        goTo(at);
        return;
      }
      await open(identity, variant, date, at, false);
    },
    /** The same day and second of the run that is on screen now, or of another variant of it; what is drawn stays until that is there. */
    async follow(variant?: number): Promise<void> {
      const identity = run.shown();
      if (!identity || !asked) return;
      const place = variant ?? asked.variant;
      const wanted = place < identity.strategy.variants.length ? place : 0;
      if (asked.run !== identity || asked.variant !== wanted) await open(identity, wanted, asked.date, undefined, day() !== undefined);
    },
    close() {
      asked = undefined;
      setState({ kind: "closed" });
    },
  };
}

export type ReplaySession = ReturnType<typeof createReplaySession>;
