/** Whether a run is being verified on the page, and what has been found so far. */
import { createSignal } from "solid-js";
import type { RecordedRun } from "../../core/results/recorded-run.ts";
import type { DayVerdict, LookAheadDay, Verification } from "../../core/results/verification.ts";
import type { RunRecord } from "../runs/run-record.ts";
import type { RunsSession } from "../runs/runs-session.ts";
import type { Backend } from "../session/backend.ts";
import type { DataSession } from "../session/data-session.ts";
import { errorText } from "../session/errors.ts";
import type { RunSession } from "../session/run-session.ts";

/** The run on screen, or one of the history. */
export type VerifyTarget = { readonly kind: "shown" } | { readonly kind: "kept"; readonly record: RunRecord };

export interface VerifiedDay {
  readonly verdict: DayVerdict;
  readonly ahead: LookAheadDay;
}

export type VerifyState =
  | { readonly kind: "idle" }
  /** `of`: days drawn; absent until they are. */
  | { readonly kind: "working"; readonly of: number | undefined; readonly stopping: boolean }
  | { readonly kind: "done"; readonly found: Verification }
  | { readonly kind: "failed"; readonly message: string };

export function createVerifySession(backend: Backend, data: DataSession, run: RunSession, runs: RunsSession) {
  const [target, setTarget] = createSignal<VerifyTarget>();
  const [state, setState] = createSignal<VerifyState>({ kind: "idle" });
  const [days, setDays] = createSignal<readonly VerifiedDay[]>([]);
  let stop = new AbortController();

  /** Where the rows of the run are: the folder that is open has to be its own. */
  const folder = (of: VerifyTarget): string | undefined => (of.kind === "shown" ? run.shown()?.source.name : of.record.made?.folder);

  async function recorded(of: VerifyTarget): Promise<RecordedRun> {
    const { keptRun, shownRun } = await import("./load-run.ts");
    return of.kind === "shown" || of.record.id === run.shown()?.runId ? shownRun(backend, run) : keptRun(of.record, runs);
  }

  async function work(of: VerifyTarget, sample: number, seed: number, signal: AbortSignal): Promise<Verification> {
    const open = data.state();
    const wanted = folder(of);
    if (open.kind !== "open" || open.source.name !== wanted) throw new Error(`The data of this run, “${wanted ?? ""}”, is not open. Open that folder, then verify the run.`);
    return backend.verify({
      run: await recorded(of), catalogue: open.catalogue, source: open.source, rules: open.rules, sample, seed, signal,
      onDrawn: (dates) => !signal.aborted && setState({ kind: "working", of: dates.length, stopping: false }),
      onDay: (verdict, ahead) => !signal.aborted && setDays((done) => [...done, { verdict, ahead }]),
    });
  }

  return {
    target,
    state,
    /** In the order in which they were done. */
    days,
    open(of: VerifyTarget): void {
      setDays([]);
      setState({ kind: "idle" });
      setTarget(of);
    },
    /** What is under way ends with it. */
    close(): void {
      stop.abort();
      setTarget(undefined);
    },
    async start(sample: number, seed: number): Promise<void> {
      const of = target();
      if (!of) return;
      stop = new AbortController();
      const { signal } = stop;
      const isCurrent = () => target() === of && stop.signal === signal;
      setDays([]);
      setState({ kind: "working", of: undefined, stopping: false });
      try {
        const found = await work(of, sample, seed, signal);
        if (isCurrent()) setState({ kind: "done", found });
      } catch (error) {
        if (isCurrent()) setState({ kind: "failed", message: errorText(error) });
      }
    },
    stop(): void {
      const now = state();
      if (now.kind === "working") setState({ ...now, stopping: true });
      stop.abort();
    },
  };
}

export type VerifySession = ReturnType<typeof createVerifySession>;
