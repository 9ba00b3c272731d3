/** The instruments beside the contracts that a run's metrics ask for, made before the day is simulated. */
import { priceSeries } from "../series/grid-series.ts";
import type { MarketRules } from "../market/types.ts";
import type { Series as Values } from "../series/series-day.ts";
import type { CompiledStrategy } from "../strategy/compile.ts";
import { metricsOf, type Metric } from "../strategy/condition.ts";
import { seriesKey, type Series } from "../strategy/series.ts";
import { emptyGrid, type DayGrids } from "./day-grids.ts";
import type { DayMarket } from "./day-market.ts";
import type { DayInstruments } from "./metrics.ts";
import type { Instrument, Sources } from "./sources.ts";
import { buildSpot, type Spot, type SpotChoice } from "./spot.ts";

/** Every metric that the variants' conditions use. */
export function metricsUsed(compiled: readonly CompiledStrategy[]): readonly Metric[] {
  return compiled.flatMap(({ when, exitWhen }) => [when, exitWhen].flatMap((condition) => (condition ? metricsOf(condition) : [])));
}

/** Every series whose previous close the variants' conditions use. */
export function closesUsed(compiled: readonly CompiledStrategy[]): readonly Series[] {
  const found = metricsUsed(compiled).flatMap((metric) => (metric.name === "PREV_CLOSE" || metric.name === "GAP_PCT" ? [metric.args.of] : []));
  return [...new Map(found.map((series) => [seriesKey(series), series])).values()];
}

/** Whether anything prices options: then the forward of the expiry is needed, and with it the quotes of all its contracts. */
function needsForward(compiled: readonly CompiledStrategy[]): boolean {
  return compiled.some(({ legs }) => legs.some(({ strike }) => "delta" in strike)) || metricsUsed(compiled).some((metric) => "rate" in metric.args || ("field" in metric.args && metric.args.field === "iv"));
}

function uses(compiled: readonly CompiledStrategy[], kind: "future" | "vix"): boolean {
  return metricsUsed(compiled).some((metric) => "of" in metric.args && metric.args.of.kind === kind);
}

export async function dayInstruments(grids: DayGrids, rules: MarketRules, market: DayMarket, spot: Spot, choice: SpotChoice, sources: Sources, compiled: readonly CompiledStrategy[]): Promise<DayInstruments> {
  const { data, session } = market;
  const instrument = async (kind: "future" | "vix"): Promise<Instrument | undefined> => {
    if (!uses(compiled, kind)) return undefined;
    const slice = await data[kind]();
    // On a date without it the series is missing all day.
    return { key: kind, grid: slice ? grids.of(slice, "row") : emptyGrid(grids.kernels, grids.stride), slice };
  };
  const forward = needsForward(compiled) && choice.source !== "synthetic" ? (await buildSpot(grids, { source: "synthetic" }, market)).grid : undefined;
  const expirySession = rules.session(market.expiry);
  let forwardSeries: Values | undefined;
  return {
    spot: { key: "spot", grid: spot.grid, slice: choice.source === "synthetic" ? undefined : choice.slice },
    future: await instrument("future"),
    vix: await instrument("vix"),
    forward: () => (forwardSeries ??= forward ? firstOf(sources, priceSeries(sources.day, forward), priceSeries(sources.day, spot.grid)) : priceSeries(sources.day, spot.grid)),
    expiryClose: expirySession === undefined || expirySession === "closed" ? session.close : expirySession.close,
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

