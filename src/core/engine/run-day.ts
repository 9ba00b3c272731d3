/** One day job: everything that a strategy's variants do on one date. Pure of I/O: rows come through the DayData port. */
import { noQuality } from "../grid/slice.ts";
import type { Kernels } from "../kernels.ts";
import type { CostRates, MarketRules, Session } from "../market/types.ts";
import { createTradeBuilder } from "../results/trade-builder.ts";
import type { DayOutcome, DayReason, SampledSkip, SampledTrade, Skip } from "../results/types.ts";
import { compileStrategy } from "../strategy/compile.ts";
import { DEFAULT_SPOT_MAX_AGE } from "../strategy/schema.ts";
import type { ParsedStrategy } from "../strategy/types.ts";
import { isoDate } from "../time.ts";
import { DayMarket, NeedContracts } from "./day-market.ts";
import { chooseExpiry } from "./expiry.ts";
import { feesOf } from "./fees.ts";
import { UnreadableInput, type DayData } from "./ports.ts";
import { StrikeSelector } from "./select.ts";
import { VariantSimulation, type SimulationDay } from "./simulate.ts";
import { buildSpot, chooseSpot } from "./spot.ts";
import { NO_TRACE } from "./trace.ts";
import { MomentReader, SampleTrace } from "./trade-sample.ts";
import { dayWindows } from "./windows.ts";
import { SeriesDay } from "../series/series-day.ts";
import { Sources } from "./sources.ts";
import { DayMetrics } from "./metrics.ts";
import { DayConditions } from "./conditions.ts";
import { dayInstruments } from "./instruments.ts";

export interface DayJob {
  readonly strategy: ParsedStrategy;
  readonly data: DayData;
  readonly rules: MarketRules;
  readonly kernels: Kernels;
  /** Whether to keep the inputs of every trade of the day. */
  readonly recordSample: boolean;
}

/** Why a day is not run; becomes a `not_run` outcome. */
class NotRun extends Error {
  override readonly name = "NotRun";
  constructor(
    readonly reason: DayReason,
    readonly detail: string,
  ) {
    super(detail);
  }
}

/** Runs one date. Bad input becomes a `not_run` outcome; what rejects is a defect or the end of the data source. */
export async function runDay(job: DayJob): Promise<DayOutcome> {
  const { data, kernels } = job;
  const start = kernels.run.mark();
  try {
    return (await simulateDay(job)) ?? { kind: "no_data", date: data.date };
  } catch (error) {
    const reason = error instanceof NotRun ? error.reason : error instanceof UnreadableInput ? "unreadable" : undefined;
    if (reason === undefined) throw error;
    const { quality, files } = data.report();
    return { kind: "not_run", date: data.date, reason, detail: error instanceof NotRun ? error.detail : (error as Error).message, quality: quality ?? noQuality(), files };
  } finally {
    kernels.run.release(start);
  }
}

async function simulateDay(job: DayJob): Promise<DayOutcome | undefined> {
  const { strategy, data, rules, kernels } = job;
  const { date } = data;
  const loadStart = performance.now();
  // The plan sees to it that variants agree on the universe; the first speaks for all.
  const { universe } = strategy.variants[0].strategy;
  const session = sessionOf(rules, date);

  const spotChoice = await chooseSpot(universe.spot, data);
  const firstSpot = spotChoice.source === "synthetic" ? undefined : spotChoice.slice?.price.find((price) => price > 0);
  const choice = await chooseExpiry(universe, data, rules, firstSpot);
  if (!choice) {
    if (!(await data.hasRows())) return undefined;
    throw new NotRun("no_expiry", `no ${universe.symbol} contract of the wanted expiry (${universe.expiry}) has rows in the session of ${isoDate(date)}`);
  }
  const { expiry, gap } = choice;
  if (gap && universe.expiry_missing === "skip") throw new NotRun("no_expiry", `the calendar has an earlier expiry than ${isoDate(expiry)} without rows on ${isoDate(date)}, and expiry_missing is skip`);
  const dte = expiry - date;
  if (universe.dte && (dte < universe.dte[0] || dte > universe.dte[1])) throw new NotRun("dte", `${dte} days to the expiry ${isoDate(expiry)}; wanted ${universe.dte[0]} to ${universe.dte[1]}`);

  const lotSize = rules.lotSize(universe.symbol, expiry);
  if (lotSize === undefined) throw new NotRun("no_rule", `the market rules have no lot size for ${universe.symbol} contracts of ${isoDate(expiry)}`);
  const step = rules.strikeStep(universe.symbol, date);
  if (step === undefined) throw new NotRun("no_rule", `the market rules have no strike step for ${universe.symbol} on ${isoDate(date)}`);
  const rates = rules.costs(universe.symbol, date);

  const market = new DayMarket(kernels, session, data, universe.symbol, date, expiry, await data.strikes(expiry));
  const spot = await buildSpot(kernels, spotChoice, session, market);
  const rulesOfStrikes = { step, spotMaxAge: spotMaxAge(universe.spot_max_age, spot.barSpan), deltaAt: (contract: number, s: number) => metrics.deltaAt(contract, s) };
  const selector = new StrikeSelector(market, spot.grid, rulesOfStrikes);
  const seriesDay = new SeriesDay(kernels, market.seconds);
  const sources = new Sources(seriesDay, market, selector, spot.grid);
  const compiled = strategy.variants.map((variant) => compileStrategy(variant.strategy));
  const metrics = new DayMetrics(seriesDay, sources, await dayInstruments(job, market, spot, spotChoice, sources, compiled));
  const conditions = new DayConditions(metrics);
  const reader = new MomentReader(market, spot.grid, selector, metrics);

  let simulating = 0;
  const trades = createTradeBuilder();
  const skips: Skip[] = [];
  const sample: SampledTrade[] = [];
  const sampledSkips: SampledSkip[] = [];
  for (const [index, variant] of strategy.variants.entries()) {
    const windows = dayWindows(compiled[index], session);
    for (const { id, start } of windows.left) skips.push({ variant: index, date, first: start, last: start, count: 1, windowId: id, reason: "session" });
    const recorded = job.recordSample ? new SampleTrace(reader, market, compiled[index], index) : undefined;
    const trace = recorded ?? NO_TRACE;
    const day: SimulationDay = {
      market, selector, conditions, lotSize, windows: windows.held, trades, skips,
      feesOf: feesOf(variant.strategy.costs, costRates(variant.strategy.costs, rates, date)),
      trace,
    };
    for (const window of windows.held) {
      if (window.at === null) continue;
      selector.foresee(compiled[index].legs, window.at);
      for (const anchor of window.anchors) selector.foresee(compiled[index].legs, anchor);
    }
    const before = { trades: trades.length, skips: skips.length };
    for (;;) {
      await market.supplyGrids();
      const simulateStart = performance.now();
      try {
        new VariantSimulation(index, compiled[index], day).run();
        simulating += performance.now() - simulateStart;
        break;
      } catch (error) {
        simulating += performance.now() - simulateStart;
        if (!(error instanceof NeedContracts)) throw error;
        trades.rewind(before.trades);
        skips.length = before.skips;
        trace.restart();
      }
    }
    if (recorded) {
      sample.push(...recorded.trades);
      sampledSkips.push(...recorded.skips);
    }
  }
  const { files, quality, contracts } = data.report();
  return {
    kind: "run", date, spotSource: spot.source, expiryGap: gap, trades: trades.finish(), skips, sample, sampledSkips,
    quality, files, contractsRead: contracts, milliseconds: { load: performance.now() - loadStart - simulating, simulate: simulating },
  };
}

/** The default, 30 seconds, means the span where spot is bars (semantics §2). */
function spotMaxAge(wanted: number, barSpan: number | undefined): number {
  return barSpan !== undefined && wanted === DEFAULT_SPOT_MAX_AGE ? barSpan : wanted;
}

function sessionOf(rules: MarketRules, date: number): Session {
  const session = rules.session(date);
  if (session === undefined) throw new NotRun("no_rule", `the market rules' calendar does not reach ${isoDate(date)}`);
  if (session === "closed") throw new NotRun("session", `${isoDate(date)} is no trading day by the market rules`);
  return session;
}

function costRates(costs: ParsedStrategy["variants"][number]["strategy"]["costs"], rates: CostRates | undefined, date: number): CostRates | undefined {
  if ("preset" in costs && !rates) throw new NotRun("no_rule", `the market rules have no nse cost schedule for ${isoDate(date)}`);
  return rates;
}
