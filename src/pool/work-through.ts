/** Goes through the portions of a plan with a pool of workers, whatever it is that they do with a day. */
import type { DayNumber } from "../core/time.ts";
import type { KeptNotes } from "../data/hot/kept-slices.ts";
import { LaneNotReady, type EngineLane, type LaneRun } from "./engine-lane.ts";
import { EnginePool } from "./engine-pool.ts";
import { PortionQueue } from "./portion-queue.ts";
import type { PlannedPortion } from "./protocol.ts";
import type { WorkerHost } from "./worker-host.ts";
import { WorkerTuning } from "./worker-tuning.ts";

/** Between the starts of two workers, milliseconds, so that they do not all compile at once. */
const STAGGER = 30;

export interface WorkersWanted {
  readonly host: WorkerHost;
  /** Workers of earlier runs over the same data, which stay for later ones. Absent: the run has workers of its own. */
  readonly pool?: EnginePool;
  /** At most. */
  readonly workers: number;
  /**
   * So many begin, and how many go on is found by measuring; absent: all of them work. Where workers hold rows of the plan already,
   * all of them do in any case.
   */
  readonly tunedFrom?: number;
  /** Another number of workers is at work from now on. */
  readonly onWorkers?: (count: number) => void;
  /** What each worker has kept for the next run, and why not. */
  readonly onKept?: (notes: KeptNotes) => void;
  /** Ends the run at once; what has come stays. */
  readonly signal?: AbortSignal;
  /** For tests that results depend on neither: the order of portions and of the dates of a portion, and a wait before each day. */
  readonly order?: <T>(items: readonly T[]) => readonly T[];
  readonly delay?: () => Promise<void>;
}

export interface Failure {
  readonly failure: unknown;
}

/** Calls a worker; when that fails, says why, and the next call has a new worker. `last`: nobody will try again. */
export type Attempt = <T extends object>(call: () => Promise<T>, last: boolean) => Promise<T | Failure>;

export interface Doing {
  readonly run: LaneRun;
  /**
   * Does at least the first of the dates of a portion. Nothing is taken of it when the run has been stopped meanwhile. Answers how many
   * are done, what they count for when workers are tuned, and `take`, which passes them on.
   */
  days(lane: EngineLane, portion: PlannedPortion, dates: readonly DayNumber[], attempt: Attempt): Promise<{ readonly days: number; readonly work: number; take(): void }>;
}

/**
 * Resolves when every day has been done, or with "stopped" after the signal. A portion stays with its worker, day after day. Rejects
 * with the reason when no worker could ever be made ready.
 */
export async function workThrough(wanted: WorkersWanted, { run, days }: Doing): Promise<"done" | "stopped"> {
  const { signal, order = (items) => items } = wanted;
  const { plan } = run;
  if (signal?.aborted) return "stopped";
  const pool = wanted.pool ?? new EnginePool(wanted.host);
  const lanes = pool.lanes(wanted.workers, plan.portions.length);
  const waiting = new PortionQueue(pool, lanes, order(plan.portions).map((portion) => ({ portion, dates: order(portion.dates) })));
  pool.overflowed = false;
  const tuning = new WorkerTuning({ start: waiting.isFree ? (wanted.tunedFrom ?? lanes.length) : lanes.length, most: lanes.length, tuned: wanted.tunedFrom !== undefined && waiting.isFree });
  wanted.onWorkers?.(tuning.allowed);
  let everReady = false;

  const attempt: Attempt = async (call, last) => {
    try {
      return await call();
    } catch (error) {
      if (error instanceof LaneNotReady && !everReady && (last || !error.lost)) throw error.reason;
      return { failure: error instanceof LaneNotReady ? error.reason : error };
    }
  };

  const work = async (lane: EngineLane, index: number): Promise<void> => {
    if (index > 0 && !lane.isReady) await pause(index * STAGGER);
    const taken = async () => {
      await tuning.turn(index);
      return waiting.next(lane);
    };
    for (let next = await taken(); next !== undefined; next = await taken()) {
      for (let left = next.dates; left.length > 0; ) {
        await wanted.delay?.();
        if (signal?.aborted) return;
        const done = await days(lane, next.portion, left, attempt);
        if (signal?.aborted) return;
        everReady = true;
        done.take();
        left = left.slice(done.days);
        if (tuning.note(done.work)) wanted.onWorkers?.(tuning.allowed);
      }
    }
    // Nothing is left for those that wait either.
    tuning.end();
    const notes = await lane.finish(run);
    if (!notes) return;
    if (notes.hot.refused > 0) pool.overflowed = true;
    wanted.onKept?.(notes);
  };

  let stop: () => void = () => undefined;
  const stopped = new Promise<void>((resolve) => (stop = resolve));
  signal?.addEventListener("abort", stop, { once: true });
  const all = Promise.all(lanes.map(work));
  try {
    await Promise.race([all, stopped]);
    return signal?.aborted ? "stopped" : "done";
  } finally {
    signal?.removeEventListener("abort", stop);
    waiting.clear();
    tuning.end();
    // The calls of ended workers reject after nobody waits for them any more.
    all.catch(() => undefined);
    if (wanted.pool) for (const lane of lanes) lane.abandon();
    else pool.end();
  }
}

/** What is said of a day whose worker crashed or hung twice. */
export function failedTwice(date: string, failure: unknown): string {
  const said = (failure instanceof Error ? failure.message : String(failure)).replace(/\.$/, "");
  return `${date} failed twice: ${said}. The other days are not affected; run this day alone to try again.`;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
