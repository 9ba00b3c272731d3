/** Hands the days of a plan to workers and passes their outcomes on as they come. */
import { passesFilters } from "../core/engine/plan.ts";
import { noQuality } from "../core/grid/slice.ts";
import { allocateTrades } from "../core/results/trade-builder.ts";
import type { DayOutcome } from "../core/results/types.ts";
import { partsOf } from "../core/strategy/parts.ts";
import type { ParsedStrategy } from "../core/strategy/types.ts";
import { isoDate, type DayNumber } from "../core/time.ts";
import { EngineLane, LaneNotReady } from "./engine-lane.ts";
import type { DayOrder, EngineInit, PlannedPortion, RunPlan } from "./protocol.ts";
import { SampledPrefix } from "./sampled-prefix.ts";
import type { WorkerHost } from "./worker-host.ts";

/** A day that has not answered for so long counts as hung, milliseconds. Cold days on slow disks take seconds. */
const HANG_AFTER = 300_000;
/** Between the starts of two workers, milliseconds, so that they do not all compile at once. */
const STAGGER = 30;

export interface BacktestRequest {
  readonly plan: RunPlan;
  /** Those that the plan was made for, in the same order. */
  readonly strategies: readonly ParsedStrategy[];
  readonly host: WorkerHost;
  readonly workers: number;
  /** Called once per worker: a port to the page's files cannot be shared. */
  readonly init: () => Omit<EngineInit, "files" | "earlier" | "strategies">;
  /** In any order of the dates; once per date of a strategy's plan unless the run is stopped. `place` is the strategy's. */
  readonly onOutcome: (place: number, outcome: DayOutcome) => void;
  /** Ends all workers at once; outcomes that have come stay. */
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
  const waiting = order(plan.portions).map((portion) => ({ portion, dates: order(portion.dates) }));
  const queues = plan.strategies.map((one, place) => {
    const dates = one.kind === "planned" ? one.dates : [];
    return { dates: new Set(dates), prefix: new SampledPrefix(dates, strategies[place]) };
  });
  const init = (): EngineInit => ({ ...request.init(), strategies, files: plan.files, earlier: plan.earlier });
  const lanes = Array.from({ length: Math.min(request.workers, waiting.length) }, () => new EngineLane(host, init, request.hangAfter ?? HANG_AFTER));
  let everReady = false;

  const attempt = async (lane: EngineLane, portion: PlannedPortion, date: DayNumber, orders: readonly DayOrder[], last: boolean): Promise<readonly DayOutcome[] | { readonly failure: unknown }> => {
    try {
      return await lane.runDay(portion, date, orders);
    } catch (error) {
      if (error instanceof LaneNotReady && !everReady && (last || !error.lost)) throw error.reason;
      return { failure: error instanceof LaneNotReady ? error.reason : error };
    }
  };

  const runDay = async (lane: EngineLane, portion: PlannedPortion, date: DayNumber, orders: readonly DayOrder[]): Promise<readonly DayOutcome[]> => {
    const together = await attempt(lane, portion, date, orders, false);
    if (!("failure" in together)) return together;
    const outcomes: DayOutcome[] = [];
    for (const order of orders) {
      const alone = await attempt(lane, portion, date, [order], true);
      outcomes.push("failure" in alone ? crashedDay(strategies[order.strategy], date, alone.failure) : alone[0]);
    }
    return outcomes;
  };

  const work = async (lane: EngineLane, index: number): Promise<void> => {
    if (index > 0) await pause(index * STAGGER);
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      for (const date of next.dates) {
        await request.delay?.();
        if (signal?.aborted) return;
        const orders = queues.flatMap(({ dates, prefix }, strategy): DayOrder[] => (dates.has(date) ? [{ strategy, recordSample: prefix.wants() }] : []));
        const outcomes = await runDay(lane, next.portion, date, orders);
        if (signal?.aborted) return;
        everReady = true;
        outcomes.forEach((outcome, i) => {
          const { strategy } = orders[i];
          queues[strategy].prefix.add(outcome);
          request.onOutcome(strategy, outcome);
        });
      }
    }
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
