/** The instruments beside the contracts that a run's metrics ask for, made before the day is simulated. */
import { priceSeries } from "../series/grid-series.ts";
import type { Series } from "../series/series-day.ts";
import type { CompiledStrategy } from "../strategy/compile.ts";
import { metricsOf, type Metric } from "../strategy/condition.ts";
import type { ExpiryName, StrikeSelector } from "../strategy/types.ts";
import type { Chain } from "./chain.ts";
import { buildGrid, strideOf, type DayMarket } from "./day-market.ts";
import type { GridView } from "./grid-view.ts";
import type { DayInstruments } from "./metrics.ts";
import type { DayJob } from "./run-day.ts";
import type { Instrument, Sources } from "./sources.ts";
import { emptyGrid, syntheticGrid, type Spot, type SpotChoice } from "./spot.ts";

/** Every metric that the variants' conditions use. */
export function metricsUsed(compiled: readonly CompiledStrategy[]): readonly Metric[] {
  return compiled.flatMap(({ blocks, filter, exitWhen, adjust }) => [...blocks.map(({ when }) => when), filter, exitWhen, ...adjust.map(({ when }) => when)].flatMap((condition) => (condition ? metricsOf(condition) : [])));
}

const prices = (metric: Metric) => "rate" in metric.args || ("field" in metric.args && metric.args.field === "iv");
const byGreek = (strike: StrikeSelector | null) => strike !== null && ("delta" in strike || "theta" in strike);

/** Whether anything prices options of the universe's expiry: then its forward is needed, and with it the quotes of all its contracts. */
function needsForward(compiled: readonly CompiledStrategy[]): boolean {
  return pricesLegs(compiled, (expiry) => expiry === null) || metricsUsed(compiled).some(prices);
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

export async function dayInstruments(job: DayJob, market: DayMarket, spot: Spot, choice: SpotChoice, sources: Sources, compiled: readonly CompiledStrategy[]): Promise<DayInstruments> {
  const { kernels, data, rules } = job;
  const { session } = market;
  const instrument = async (kind: "future" | "vix"): Promise<Instrument | undefined> => {
    if (!uses(compiled, kind)) return undefined;
    const slice = await data[kind]();
    const stride = strideOf(session);
    // On a date without it the series is missing all day.
    return { key: kind, grid: slice ? buildGrid(kernels, slice, session, stride, "row") : emptyGrid(kernels, stride), slice };
  };
  const grids = new Map<Chain, GridView>();
  if (needsForward(compiled) && choice.source !== "synthetic") grids.set(market.main, await syntheticGrid(kernels, market, market.main));
  if (pricesLegs(compiled, (expiry) => expiry !== null)) for (const chain of market.others) grids.set(chain, await syntheticGrid(kernels, market, chain));
  const forwards = new Map<Chain, Series>();
  const spotSeries = () => priceSeries(sources.day, spot.grid);
  return {
    spot: { key: "spot", grid: spot.grid, slice: choice.source === "synthetic" ? undefined : choice.slice },
    future: await instrument("future"),
    vix: await instrument("vix"),
    forward(chain) {
      const known = forwards.get(chain);
      if (known) return known;
      const grid = grids.get(chain);
      const forward = grid ? firstOf(sources, priceSeries(sources.day, grid), spotSeries()) : spotSeries();
      forwards.set(chain, forward);
      return forward;
    },
    expiryClose(expiry) {
      const ofExpiry = rules.session(expiry);
      return ofExpiry === undefined || ofExpiry === "closed" ? session.close : ofExpiry.close;
    },
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

