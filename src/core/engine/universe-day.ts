/** One universe of a strategy on one date: the expiry it trades, spot, and what its metrics are computed from. */
import { dayFacts, type DayFacts } from "../facts/day-facts.ts";
import { NO_FACTS } from "../facts/own-facts.ts";
import type { MarketRules } from "../market/types.ts";
import { TICK_PAISE, toPaise } from "../money.ts";
import type { SpotSource } from "../results/types.ts";
import type { CompiledStrategy } from "../strategy/compile.ts";
import type { Part } from "../strategy/parts.ts";
import { DEFAULT_SPOT_MAX_AGE } from "../strategy/schema.ts";
import { isoDate } from "../time.ts";
import { SeriesDay } from "../series/series-day.ts";
import { DayConditions } from "./conditions.ts";
import { chooseDay } from "./day-choice.ts";
import type { DayGrids } from "./day-grids.ts";
import { DayMarket } from "./day-market.ts";
import { closesUsed, dayInstruments, earlierDatesUsed } from "./instruments.ts";
import { addLegContracts, termsOf } from "./leg-contracts.ts";
import { DayMetrics } from "./metrics.ts";
import { NotRun } from "./not-run.ts";
import type { DayData } from "./ports.ts";
import type { GridView } from "./grid-view.ts";
import { hasOwnHistory, PreviousCloses } from "./previous-close.ts";
import { StrikeSelector } from "./select.ts";
import { Sources } from "./sources.ts";
import { earlierFacts, factsOfSpot } from "./spot-facts.ts";
import { buildSpot } from "./spot.ts";
import { MomentReader } from "./trade-sample.ts";

export interface UniverseDay {
  readonly market: DayMarket;
  readonly selector: StrikeSelector;
  readonly conditions: DayConditions;
  readonly reader: MomentReader;
  readonly spot: GridView;
  /** Reads everything that the simulation has asked for. */
  supply(): Promise<void>;
  readonly spotSource: SpotSource;
  /** Whether the calendar has an earlier expiry, which has no rows today. */
  readonly expiryGap: boolean;
}

/** `columns` are those that the strategy reads beside prices and quotes. Undefined when the data has no row of the symbol on the date. Throws NotRun, and what the data throws. */
export async function openUniverse(universe: Part["universe"], data: DayData, rules: MarketRules, grids: DayGrids, compiled: readonly CompiledStrategy[], columns: readonly string[]): Promise<UniverseDay | undefined> {
  const { kernels } = grids;
  const { date } = data;
  const { spot: spotChoice, expiry: choice, hint } = await chooseDay(universe, data, rules);
  if (!choice) {
    if (!(await data.hasRows())) return undefined;
    throw new NotRun("no_expiry", `no ${universe.symbol} contract of the wanted expiry (${universe.expiry}) has rows in the session of ${isoDate(date)}`);
  }
  const { expiry, gap } = choice;
  if (gap && universe.expiry_missing === "skip") throw new NotRun("no_expiry", `the calendar has an earlier expiry than ${isoDate(expiry)} without rows on ${isoDate(date)}, and expiry_missing is skip`);
  const dte = expiry - date;
  if (universe.dte && (dte < universe.dte[0] || dte > universe.dte[1])) throw new NotRun("dte", `${dte} days to the expiry ${isoDate(expiry)}; wanted ${universe.dte[0]} to ${universe.dte[1]}`);

  const terms = termsOf(rules, universe.symbol, date, expiry);
  refuseOtherTick(rules, universe.symbol, date);

  const market = new DayMarket(grids, data, universe.symbol, date, terms, await data.strikes(expiry));
  const chainOf = await addLegContracts(market, universe, rules, compiled, hint);
  const spot = await buildSpot(grids, spotChoice, market);
  const selector = new StrikeSelector(market, spot.grid, { spotMaxAge: spotMaxAge(universe.spot_max_age, spot.barSpan), greekAt: (which, contract, s) => metrics.greekAt(which, contract, s), chainOf });
  const seriesDay = new SeriesDay(kernels, market.seconds);
  const sources = new Sources(seriesDay, market, selector, spot.grid, columns);
  const closes = new PreviousCloses({ universe, data, rules, kernels, source: spot.source });
  for (const of of closesUsed(compiled)) if (!hasOwnHistory(of)) await closes.learn(of);
  const facts = await factsOfToday();
  const metrics = new DayMetrics(seriesDay, sources, await dayInstruments(grids, rules, market, spot, spotChoice, sources, compiled, chainOf), closes, facts, universe.greeks);
  return {
    market, selector, spot: spot.grid, conditions: new DayConditions(metrics), reader: new MomentReader(market, spot.grid, selector, metrics),
    async supply() {
      await market.supplyGrids();
      await closes.supply();
    },
    spotSource: spot.source, expiryGap: gap,
  };

  /** Null where nobody asks. A day whose spot never comes has its day before all the same: that it never comes is not known at the open. */
  async function factsOfToday(): Promise<DayFacts | null> {
    const most = earlierDatesUsed(compiled);
    if (most === 0) return null;
    const own = factsOfSpot(date, spot, market.seconds) ?? { ...NO_FACTS, date, source: spot.source };
    return dayFacts(own, await earlierFacts({ universe, data, rules, kernels, source: spot.source }, most));
  }
}

/** Fills and slippage go by one tick. */
function refuseOtherTick(rules: MarketRules, symbol: string, date: number): void {
  const tick = rules.tick(symbol, date);
  if (tick === undefined) throw new NotRun("no_rule", `the market rules have no tick for ${symbol} on ${isoDate(date)}`);
  if (toPaise(tick) !== TICK_PAISE) throw new NotRun("no_rule", `the market rules give ${symbol} a tick of ${tick} on ${isoDate(date)}; this version trades in ticks of ${TICK_PAISE / 100}`);
}

/** The default, 30 seconds, means the span where spot is bars (semantics §2). */
function spotMaxAge(wanted: number, barSpan: number | undefined): number {
  return barSpan !== undefined && wanted === DEFAULT_SPOT_MAX_AGE ? barSpan : wanted;
}
