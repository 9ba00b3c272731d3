/** The instruments beside the contracts that a run's metrics ask for, made before the day is simulated. */
import { priceSeries } from "../series/grid-series.ts";
import type { Series } from "../series/series-day.ts";
import type { CompiledStrategy } from "../strategy/compile.ts";
import { metricsOf, type Metric } from "../strategy/condition.ts";
import { buildGrid, strideOf, type DayMarket } from "./day-market.ts";
import type { DayInstruments } from "./metrics.ts";
import type { DayJob } from "./run-day.ts";
import { wholeDay, type Instrument, type Sources } from "./sources.ts";
import { buildSpot, emptyGrid, type Spot, type SpotChoice } from "./spot.ts";

/** Every metric that the variants' conditions use. */
export function metricsUsed(compiled: readonly CompiledStrategy[]): readonly Metric[] {
  return compiled.flatMap(({ when, exitWhen }) => [when, exitWhen].flatMap((condition) => (condition ? metricsOf(condition) : [])));
}

/** Whether anything prices options: then the forward of the expiry is needed, and with it the quotes of all its contracts. */
function needsForward(compiled: readonly CompiledStrategy[]): boolean {
  return compiled.some(({ legs }) => legs.some(({ strike }) => "delta" in strike)) || metricsUsed(compiled).some((metric) => "rate" in metric.args || ("field" in metric.args && metric.args.field === "iv"));
}

function uses(compiled: readonly CompiledStrategy[], kind: "future" | "vix"): boolean {
  return metricsUsed(compiled).some((metric) => "of" in metric.args && metric.args.of.kind === kind);
}

export async function dayInstruments(job: DayJob, market: DayMarket, spot: Spot, choice: SpotChoice, sources: Sources, compiled: readonly CompiledStrategy[]): Promise<DayInstruments> {
  const { kernels, data, rules } = job;
  const { session } = market;
  const instrument = async (kind: "future" | "vix"): Promise<Instrument | undefined> => {
    if (!uses(compiled, kind)) return undefined;
    const slice = await data[kind]();
    const stride = strideOf(session);
    // On a date without it the series is missing all day.
    return { key: kind, grid: slice ? buildGrid(kernels, slice, session, stride, "row") : emptyGrid(kernels, stride), segments: wholeDay(slice, market.seconds) };
  };
  const forward = needsForward(compiled) && choice.source !== "synthetic" ? (await buildSpot(kernels, { source: "synthetic" }, session, market)).grid : undefined;
  const expirySession = rules.session(market.expiry);
  let forwardSeries: Series | undefined;
  return {
    spot: { key: "spot", grid: spot.grid, segments: wholeDay(choice.source === "synthetic" ? undefined : choice.slice, market.seconds) },
    future: await instrument("future"),
    vix: await instrument("vix"),
    forward: () => (forwardSeries ??= forward ? firstOf(sources, priceSeries(sources.day, forward), priceSeries(sources.day, spot.grid)) : priceSeries(sources.day, spot.grid)),
    expiryClose: expirySession === undefined || expirySession === "closed" ? session.close : expirySession.close,
  };
}

/** The first series where it has a value, else the second. */
function firstOf({ day }: Sources, first: Series, second: Series): Series {
  const out = day.newSeries();
  const memory = day.kernels.f64;
  for (let s = 0; s < day.slots; s++) {
    const value = memory[(first.pointer >> 3) + s];
    memory[(out.pointer >> 3) + s] = Number.isNaN(value) ? memory[(second.pointer >> 3) + s] : value;
  }
  return out;
}

