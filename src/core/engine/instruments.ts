/** The instruments beside the contracts that a run's metrics ask for, made before the day is simulated. */
import { EARLIER_DATES } from "../facts/day-facts.ts";
import { priceSeries } from "../series/grid-series.ts";
import type { MarketRules } from "../market/types.ts";
import type { Series as Values } from "../series/series-day.ts";
import type { CompiledStrategy } from "../strategy/compile.ts";
import { metricsOf, type Metric } from "../strategy/condition.ts";
import { seriesKey, type Series } from "../strategy/series.ts";
import type { ExpiryName, StrikeSelector } from "../strategy/types.ts";
import type { Chain } from "./chain.ts";
import { emptyGrid, type DayGrids } from "./day-grids.ts";
import type { DayMarket } from "./day-market.ts";
import type { GridView } from "./grid-view.ts";
import { tradesFuture } from "./leg-contracts.ts";
import { THE_FUTURE, type DayInstruments } from "./metrics.ts";
import { instrumentOf, type Instrument } from "./instrument-values.ts";
import type { Sources } from "./sources.ts";
import { syntheticGrid, type Spot, type SpotChoice } from "./spot.ts";

/** The day before, and the one before that: what `prev_change` is between. */
const DATES_OF_A_CHANGE = 2;

/** Every metric that the variants' conditions use. */
export function metricsUsed(compiled: readonly CompiledStrategy[]): readonly Metric[] {
  return compiled.flatMap(({ blocks, filter, exitWhen, adjust }) => [...blocks.map(({ when }) => when), filter, exitWhen, ...adjust.map(({ when }) => when)].flatMap((condition) => (condition ? metricsOf(condition) : [])));
}

/** Every series whose previous close the variants' conditions use. */
export function closesUsed(compiled: readonly CompiledStrategy[]): readonly Series[] {
  const asked = metricsUsed(compiled).flatMap((metric) => (metric.name === "PREV_CLOSE" || metric.name === "GAP_PCT" ? [metric.args.of] : []));
  const found = tradesFuture(compiled) && asked.some(({ kind }) => kind === "leg") ? [...asked, THE_FUTURE] : asked;
  return [...new Map(found.map((series) => [seriesKey(series), series])).values()];
}

/** So many earlier dates have to be looked at for the facts of the day that the variants' conditions use. */
export function earlierDatesUsed(compiled: readonly CompiledStrategy[]): number {
  const asked = new Set(metricsUsed(compiled).map(({ name }) => name));
  return asked.has("REGIME") ? EARLIER_DATES : asked.has("DAY") ? DATES_OF_A_CHANGE : 0;
}

/** Whether what a strategy does on a date depends on dates before it. */
export function looksBack(compiled: readonly CompiledStrategy[]): boolean {
  return closesUsed(compiled).length > 0 || earlierDatesUsed(compiled) > 0;
}

const prices = (metric: Metric) => "rate" in metric.args || ("field" in metric.args && metric.args.field === "iv");
const byGreek = (strike: StrikeSelector | null) => strike !== null && ("delta" in strike || "theta" in strike);

/** Whether anything prices options of the universe's expiry: then its forward is needed, and with it the quotes of all its contracts. */
function needsForward(compiled: readonly CompiledStrategy[]): boolean {
  return compiled.some(({ strategy }) => strategy.universe.greeks === "computed") && (pricesLegs(compiled, (expiry) => expiry === null) || metricsUsed(compiled).some(prices));
}

/** The columns that stand in for computed Greeks where the strategy says `greeks: data`. */
export function greekColumns(compiled: readonly CompiledStrategy[]): readonly string[] {
  const byData = compiled.filter(({ strategy }) => strategy.universe.greeks === "data");
  const metrics = metricsUsed(byData).filter(prices).map((metric) => ("field" in metric.args ? "iv" : metric.name.toLowerCase()));
  const strikes = byData.flatMap(({ blocks, adjust }) => [...blocks.flatMap(({ legs }) => legs.map(({ strike }) => strike)), ...adjust.map(({ to }) => to)]);
  return [...metrics, ...strikes.flatMap((strike) => (byGreek(strike) ? ["delta" in strike! ? "delta" : "theta"] : []))];
}

/** Of the expiries that legs name those whose contracts are priced. */
function pricedChains(compiled: readonly CompiledStrategy[], chainOf: (expiry: ExpiryName) => Chain): readonly Chain[] {
  if (compiled.every(({ strategy }) => strategy.universe.greeks === "data")) return [];
  const named = new Set(compiled.flatMap(({ blocks }) => blocks.flatMap(({ legs }) => legs.flatMap(({ expiry }) => expiry ?? []))));
  return [...named].filter((expiry) => pricesLegs(compiled, (other) => other === expiry)).map(chainOf);
}

/** Whether the legs of some expiries are chosen by Greeks, or have Greeks asked for. */
function pricesLegs(compiled: readonly CompiledStrategy[], of: (expiry: ExpiryName | null) => boolean): boolean {
  const legs = compiled.flatMap(({ blocks, adjust }) => blocks.flatMap((block) => block.legs.map((leg, i) => ({ ...leg, rolls: adjust.filter((rule) => rule.leg === i) })))).filter(({ expiry }) => of(expiry));
  const asked = metricsUsed(compiled).some((metric) => prices(metric) && "of" in metric.args && metric.args.of.kind === "leg");
  return legs.some(({ strike, rolls }) => asked || byGreek(strike) || rolls.some(({ to }) => byGreek(to)));
}

function uses(compiled: readonly CompiledStrategy[], kind: "future" | "vix"): boolean {
  return metricsUsed(compiled).some((metric) => "of" in metric.args && metric.args.of.kind === kind);
}

export async function dayInstruments(grids: DayGrids, rules: MarketRules, market: DayMarket, spot: Spot, choice: SpotChoice, sources: Sources, compiled: readonly CompiledStrategy[], chainOf: (expiry: ExpiryName) => Chain): Promise<DayInstruments> {
  const { data, session } = market;
  const instrument = async (kind: "future" | "vix"): Promise<Instrument | undefined> => {
    if (!uses(compiled, kind)) return undefined;
    const slice = await data[kind]();
    // On a date without it the series is missing all day.
    return instrumentOf(sources.day, kind, slice ? grids.of(slice, "row") : emptyGrid(grids.kernels, grids.stride), slice);
  };
  const synthetic = new Map<Chain, GridView>();
  if (needsForward(compiled) && choice.source !== "synthetic") synthetic.set(market.main, await syntheticGrid(grids, market, market.main));
  for (const chain of pricedChains(compiled, chainOf)) {
    if (!synthetic.has(chain) && (chain !== market.main || choice.source !== "synthetic")) synthetic.set(chain, await syntheticGrid(grids, market, chain));
  }
  const forwards = new Map<Chain, Values>();
  const ofSpot = instrumentOf(sources.day, "spot", spot.grid, choice.source === "synthetic" ? undefined : choice.slice);
  const spotSeries = () => sources.of(ofSpot, { kind: "price" });
  return {
    spot: ofSpot,
    future: await instrument("future"),
    vix: await instrument("vix"),
    forward(chain) {
      const known = forwards.get(chain);
      if (known) return known;
      const grid = synthetic.get(chain);
      const forward = grid ? firstOf(sources, priceSeries(sources.day, [grid], sources.day.whole), spotSeries()) : spotSeries();
      forwards.set(chain, forward);
      return forward;
    },
    hasForward: (chain) => synthetic.has(chain) || (chain === market.main && choice.source === "synthetic"),
    expiryClose(expiry) {
      const ofExpiry = rules.session(expiry);
      return ofExpiry === undefined || ofExpiry === "closed" ? session.close : ofExpiry.close;
    },
  };
}

/** The first series where it has a value, else the second. */
function firstOf({ day }: Sources, first: Values, second: Values): Values {
  const out = day.newSeries();
  const memory = day.kernels.f64;
  for (let s = 0; s < day.slots; s++) {
    const value = memory[(first.pointer >> 3) + s];
    memory[(out.pointer >> 3) + s] = Number.isNaN(value) ? memory[(second.pointer >> 3) + s] : value;
  }
  return out;
}

