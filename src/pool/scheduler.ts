/** Hands the days of a plan to workers and passes their outcomes on as they come. */
import { passesFilters } from "../core/engine/plan.ts";
import { noQuality } from "../core/grid/slice.ts";
import { allocateTrades } from "../core/results/trade-builder.ts";
import type { DayOutcome } from "../core/results/types.ts";
import { partsOf } from "../core/strategy/parts.ts";
import type { ParsedStrategy } from "../core/strategy/types.ts";
import { isoDate, type DayNumber } from "../core/time.ts";
import type { KeptNotes } from "../data/hot/kept-slices.ts";
import { HANG_AFTER, LaneNotReady, type EngineLane, type LaneRun } from "./engine-lane.ts";
import { EnginePool } from "./engine-pool.ts";
import { PortionQueue } from "./portion-queue.ts";
import type { DayOrder, DayWork, EngineOpen, PlannedPortion, RunPlan } from "./protocol.ts";
import { SampledPrefix } from "./sampled-prefix.ts";
import type { WorkerHost } from "./worker-host.ts";
import { WorkerTuning } from "./worker-tuning.ts";

/** Between the starts of two workers, milliseconds, so that they do not all compile at once. */
const STAGGER = 30;

export interface BacktestRequest {
  readonly plan: RunPlan;
  /** Those that the plan was made for, in the same order. */
  readonly strategies: readonly ParsedStrategy[];
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
  /** Called once per worker: a port to the page's files cannot be shared. */
  readonly init: () => EngineOpen;
  /** Whether files are looked at for changes since the run before; default true. */
  readonly look?: boolean;
  /** In any order of the dates; once per date of a strategy's plan unless the run is stopped. `place` is the strategy's. */
  readonly onOutcome: (place: number, outcome: DayOutcome) => void;
  /** What each worker has kept for the next run, and why not. */
  readonly onKept?: (notes: KeptNotes) => void;
  /** Ends the run at once; outcomes that have come stay. */
  readonly signal?: AbortSignal;
  readonly hangAfter?: number;
  /** For tests that results depend on neither: the order of portions and of the dates of a portion, and a wait before each day. */
  readonly order?: <T>(items: readonly T[]) => readonly T[];
  readonly delay?: () => Promise<void>;
}

/**
 * Resolves when every day has come, or with "stopped" after the signal. A portion stays with its worker, day after day. A day
 * whose worker crashes or hangs is tried once more in a new worker, each strategy by itself, and is then reported as unreadable
 * for those that failed again. Rejects with the reason when no worker could ever be made ready.
 */
export async function runBacktest(request: BacktestRequest): Promise<"done" | "stopped"> {
  const { plan, strategies, host, signal, order = (items) => items } = request;
  if (signal?.aborted) return "stopped";
  const pool = request.pool ?? new EnginePool(host);
  const run: LaneRun = { plan, strategies, look: request.look ?? true, open: request.init, hangAfter: request.hangAfter ?? HANG_AFTER };
  const queues = plan.strategies.map((one, place) => {
    const dates = one.kind === "planned" ? one.dates : [];
    return { dates: new Set(dates), prefix: new SampledPrefix(dates, strategies[place]) };
  });
  const lanes = pool.lanes(request.workers, plan.portions.length);
  const waiting = new PortionQueue(pool, lanes, order(plan.portions).map((portion) => ({ portion, dates: order(portion.dates) })));
  pool.overflowed = false;
  const tuning = new WorkerTuning({ start: waiting.isFree ? (request.tunedFrom ?? lanes.length) : lanes.length, most: lanes.length, tuned: request.tunedFrom !== undefined && waiting.isFree });
  request.onWorkers?.(tuning.allowed);
  let everReady = false;

  const workOf = (date: DayNumber): DayWork => ({
    date,
    orders: queues.flatMap(({ dates, prefix }, strategy): DayOrder[] => (dates.has(date) ? [{ strategy, recordSample: prefix.wants() }] : [])),
  });

  const attempt = async (lane: EngineLane, portion: PlannedPortion, days: readonly DayWork[], last: boolean): Promise<readonly (readonly DayOutcome[])[] | { readonly failure: unknown }> => {
    try {
      return await lane.runDays(run, portion, days);
    } catch (error) {
      if (error instanceof LaneNotReady && !everReady && (last || !error.lost)) throw error.reason;
      return { failure: error instanceof LaneNotReady ? error.reason : error };
    }
  };

  /** Outcomes of the first day, and of as many after it as came with it. */
  const runDays = async (lane: EngineLane, portion: PlannedPortion, days: readonly DayWork[]): Promise<readonly (readonly DayOutcome[])[]> => {
    const together = await attempt(lane, portion, days, false);
    if (!("failure" in together)) return together;
    const [{ date, orders }] = days;
    const outcomes: DayOutcome[] = [];
    for (const order of orders) {
      if (signal?.aborted) break;
      const alone = await attempt(lane, portion, [{ date, orders: [order] }], true);
      outcomes.push("failure" in alone ? crashedDay(strategies[order.strategy], date, alone.failure) : alone[0][0]);
    }
    return [outcomes];
  };

  const work = async (lane: EngineLane, index: number): Promise<void> => {
    if (index > 0 && !lane.isReady) await pause(index * STAGGER);
    const taken = async () => {
      await tuning.turn(index);
      return waiting.next(lane);
    };
    for (let next = await taken(); next !== undefined; next = await taken()) {
      for (let left = next.dates; left.length > 0; ) {
        await request.delay?.();
        if (signal?.aborted) return;
        const days = left.map(workOf);
        const done = await runDays(lane, next.portion, days);
        if (signal?.aborted) return;
        everReady = true;
        done.forEach((outcomes, day) =>
          outcomes.forEach((outcome, i) => {
            const { strategy } = days[day].orders[i];
            queues[strategy].prefix.add(outcome);
            request.onOutcome(strategy, outcome);
          }),
        );
        left = left.slice(done.length);
        if (tuning.note(done.flat().reduce((sum, { contractsRead }) => sum + contractsRead, done.length))) request.onWorkers?.(tuning.allowed);
      }
    }
    // Nothing is left for those that wait either.
    tuning.end();
    const notes = await lane.finish(run);
    if (!notes) return;
    if (notes.hot.refused > 0) pool.overflowed = true;
    request.onKept?.(notes);
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
    if (request.pool) for (const lane of lanes) lane.abandon();
    else pool.end();
  }
}

function crashedDay(strategy: ParsedStrategy, date: DayNumber, failure: unknown): DayOutcome {
  const said = failure instanceof Error ? failure.message : String(failure);
  const detail = `${isoDate(date)} failed twice: ${said}. The other days are not affected; run this day alone to try again.`;
  return {
    date, trades: allocateTrades(0), skips: [], sample: [], quality: noQuality(), files: [], contractsRead: 0, milliseconds: { load: 0, simulate: 0 },
    parts: partsOf(strategy).flatMap(({ time }, index) => (passesFilters(time, date) ? [{ part: index, kind: "not_run", reason: "unreadable", detail }] : [])),
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
