/** Hands the days of a plan to workers and passes their outcomes on as they come. */
import { passesFilters } from "../core/engine/plan.ts";
import { noQuality } from "../core/grid/slice.ts";
import { allocateTrades } from "../core/results/trade-builder.ts";
import type { DayOutcome } from "../core/results/types.ts";
import { partsOf } from "../core/strategy/parts.ts";
import type { ParsedStrategy } from "../core/strategy/types.ts";
import { isoDate, type DayNumber } from "../core/time.ts";
import type { EngineLane, LaneRun } from "./engine-lane.ts";
import { HANG_AFTER } from "./in-time.ts";
import type { DayOrder, DayWork, EngineOpen, PlannedPortion, RunPlan } from "./protocol.ts";
import { SampledPrefix } from "./sampled-prefix.ts";
import { failedTwice, workThrough, type Attempt, type WorkersWanted } from "./work-through.ts";

export interface BacktestRequest extends WorkersWanted {
  readonly plan: RunPlan;
  /** Those that the plan was made for, in the same order. */
  readonly strategies: readonly ParsedStrategy[];
  /** Called once per worker: a port to the page's files cannot be shared. */
  readonly init: () => EngineOpen;
  /** Whether files are looked at for changes since the run before; default true. */
  readonly look?: boolean;
  /** In any order of the dates; once per date of a strategy's plan unless the run is stopped. `place` is the strategy's. */
  readonly onOutcome: (place: number, outcome: DayOutcome) => void;
  readonly hangAfter?: number;
}

/**
 * Resolves when every day has come, or with "stopped" after the signal. A day whose worker crashes or hangs is tried once more in a
 * new worker, each strategy by itself, and is then reported as unreadable for those that failed again. Rejects with the reason when
 * no worker could ever be made ready.
 */
export async function runBacktest(request: BacktestRequest): Promise<"done" | "stopped"> {
  const { plan, strategies, signal } = request;
  const run: LaneRun = { plan, strategies, look: request.look ?? true, open: request.init, hangAfter: request.hangAfter ?? HANG_AFTER };
  const queues = plan.strategies.map((one, place) => {
    const dates = one.kind === "planned" ? one.dates : [];
    return { dates: new Set(dates), prefix: new SampledPrefix(dates, strategies[place]) };
  });

  const workOf = (date: DayNumber): DayWork => ({
    date,
    orders: queues.flatMap(({ dates, prefix }, strategy): DayOrder[] => (dates.has(date) ? [{ strategy, recordSample: prefix.wants() }] : [])),
  });

  /** Outcomes of the first day, and of as many after it as came with it. */
  const runDays = async (lane: EngineLane, portion: PlannedPortion, days: readonly DayWork[], attempt: Attempt): Promise<readonly (readonly DayOutcome[])[]> => {
    const together = await attempt(() => lane.runDays(run, portion, days), false);
    if (!("failure" in together)) return together;
    const [{ date, orders }] = days;
    const outcomes: DayOutcome[] = [];
    for (const order of orders) {
      if (signal?.aborted) break;
      const alone = await attempt(() => lane.runDays(run, portion, [{ date, orders: [order] }]), true);
      outcomes.push("failure" in alone ? crashedDay(strategies[order.strategy], date, alone.failure) : alone[0][0]);
    }
    return [outcomes];
  };

  return workThrough(request, {
    run,
    async days(lane, portion, dates, attempt) {
      const days = dates.map(workOf);
      const done = await runDays(lane, portion, days, attempt);
      return {
        days: done.length,
        work: done.flat().reduce((sum, { contractsRead }) => sum + contractsRead, done.length),
        take: () =>
          done.forEach((outcomes, day) =>
            outcomes.forEach((outcome, i) => {
              const { strategy } = days[day].orders[i];
              queues[strategy].prefix.add(outcome);
              request.onOutcome(strategy, outcome);
            }),
          ),
      };
    },
  });
}

function crashedDay(strategy: ParsedStrategy, date: DayNumber, failure: unknown): DayOutcome {
  const detail = failedTwice(isoDate(date), failure);
  return {
    date, trades: allocateTrades(0), skips: [], sample: [], quality: noQuality(), files: [], contractsRead: 0, milliseconds: { load: 0, simulate: 0 },
    parts: partsOf(strategy).flatMap(({ time }, index) => (passesFilters(time, date) ? [{ part: index, kind: "not_run", reason: "unreadable", detail }] : [])),
  };
}
