/** Hands the days of a plan to workers and passes their outcomes on as they come. */
import { noQuality } from "../core/grid/slice.ts";
import type { DayOutcome } from "../core/results/types.ts";
import { isoDate, type DayNumber } from "../core/time.ts";
import { EngineLane, LaneNotReady } from "./engine-lane.ts";
import type { EngineInit, PlannedChunk, RunPlan } from "./protocol.ts";
import { SampledPrefix } from "./sampled-prefix.ts";
import type { WorkerHost } from "./worker-host.ts";

/** A day that has not answered for so long counts as hung, milliseconds. Cold days on slow disks take seconds. */
const HANG_AFTER = 300_000;
/** Between the starts of two workers, milliseconds, so that they do not all compile at once. */
const STAGGER = 30;

export interface BacktestRequest {
  readonly plan: RunPlan;
  readonly host: WorkerHost;
  readonly workers: number;
  /** Called once per worker: a port to the page's files cannot be shared. */
  readonly init: () => Omit<EngineInit, "files">;
  /** In any order of the dates; once per date of the plan unless the run is stopped. */
  readonly onOutcome: (outcome: DayOutcome) => void;
  /** Why something could not be kept for the next run, in words. */
  readonly onNote?: (note: string) => void;
  /** Ends all workers at once; outcomes that have come stay. */
  readonly signal?: AbortSignal;
  readonly hangAfter?: number;
  /** For tests that results depend on neither: the order of chunks and of the dates of a chunk, and a wait before each day. */
  readonly order?: <T>(items: readonly T[]) => readonly T[];
  readonly delay?: () => Promise<void>;
}

/**
 * Resolves when every day has come, or with "stopped" after the signal. A chunk stays with its worker, day after day. A day
 * whose worker crashes or hangs is tried once more in a new worker and is then reported as unreadable. Rejects with the
 * reason when no worker could ever be made ready.
 */
export async function runBacktest(request: BacktestRequest): Promise<"done" | "stopped"> {
  const { plan, host, signal, order = (items) => items } = request;
  if (signal?.aborted) return "stopped";
  const waiting = order(plan.chunks).map((chunk) => ({ chunk, dates: order(chunk.dates) }));
  const first = request.init();
  const prefix = new SampledPrefix(plan.dates, first.strategy);
  const inits = [first];
  const init = (): EngineInit => ({ ...(inits.pop() ?? request.init()), files: plan.files });
  const lanes = Array.from({ length: Math.min(request.workers, waiting.length) }, () => new EngineLane(host, init, request.hangAfter ?? HANG_AFTER));
  let everReady = false;

  const runDay = async (lane: EngineLane, chunk: PlannedChunk, date: DayNumber): Promise<DayOutcome> => {
    let failure: unknown;
    for (let attempt = 0; attempt < 2; attempt++) {
      try {
        return await lane.runDay(chunk, date, prefix.wants());
      } catch (error) {
        if (error instanceof LaneNotReady && !everReady && (attempt > 0 || !error.lost)) throw error.reason;
        failure = error instanceof LaneNotReady ? error.reason : error;
      }
    }
    return crashedDay(date, failure);
  };

  const work = async (lane: EngineLane, index: number): Promise<void> => {
    if (index > 0) await pause(index * STAGGER);
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      for (const date of next.dates) {
        await request.delay?.();
        if (signal?.aborted) return;
        const outcome = await runDay(lane, next.chunk, date);
        if (signal?.aborted) return;
        everReady = true;
        prefix.add(outcome);
        request.onOutcome(outcome);
      }
    }
    const note = await lane.finish();
    if (note !== undefined) request.onNote?.(note);
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
    waiting.length = 0;
    // The calls of ended workers reject after nobody waits for them any more.
    all.catch(() => undefined);
    for (const lane of lanes) lane.end();
  }
}

function crashedDay(date: DayNumber, failure: unknown): DayOutcome {
  const said = failure instanceof Error ? failure.message : String(failure);
  return {
    kind: "not_run", date, reason: "unreadable", quality: noQuality(), files: [],
    detail: `${isoDate(date)} failed twice: ${said}. The other days are not affected; run this day alone to try again.`,
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
