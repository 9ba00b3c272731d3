/** What the options of a recorded day are priced with: the forward of each expiry, and the volatility that each mid implies. */
import { impliedVolatility } from "../series/greeks.ts";
import type { DayNumber } from "../time.ts";
import { CE, PE } from "./day-market.ts";
import type { DayMetrics } from "./metrics.ts";

/** Of one expiry by second. */
export interface RecordedForward {
  readonly expiry: DayNumber;
  /** Seconds from the open to the close of the expiry's day. */
  readonly secondsLeft: number;
  /** Rupees; NaN before there is one. */
  readonly values: Float64Array<ArrayBuffer>;
}

export interface RecordedOptions {
  readonly forwards: readonly RecordedForward[];
  /** By contract number: fractions per year; 0 where the price has no time value, NaN where it is unknown. */
  readonly volatilities: ReadonlyMap<number, Float64Array<ArrayBuffer>>;
}

/**
 * The forward is the one on which the strategy's own Greeks stand. Where it has none, no chain has been read for one: then put-call
 * parity gives it, F = K + mid(CE) − mid(PE), at the strike nearest spot of which both sides are recorded, else spot is taken.
 * @param options contract numbers of what is recorded
 */
export function recordOptions(metrics: DayMetrics, options: readonly number[]): RecordedOptions {
  const { day, sources: { market }, instruments } = metrics;
  const { kernels, seconds } = day;
  const copied = (pointer: number) => kernels.f64.slice(pointer >> 3, (pointer >> 3) + seconds);
  const forwards: RecordedForward[] = [];
  const volatilities = new Map<number, Float64Array<ArrayBuffer>>();
  for (const chain of new Set(options.map((number) => market.chainOf(number)))) {
    const own = options.filter((number) => chain.holds(number));
    const inputs = own.map((number) => metrics.optionInputs(number, 0));
    const { forward, secondsLeft } = inputs[0];
    const pairs = own.filter((number) => (number & 1) === CE && own.includes(number + PE)).map((call) => ({
      strike: market.contract(call).strike, call: copied(inputs[own.indexOf(call)].price.pointer), put: copied(inputs[own.indexOf(call + PE)].price.pointer),
    }));
    const values = copied(forward.pointer);
    if (!instruments.hasForward(chain)) putParity(values, pairs);
    const series = day.newSeries();
    kernels.f64.set(values, series.pointer >> 3);
    forwards.push({ expiry: chain.terms.expiry, secondsLeft, values });
    own.forEach((number, i) => volatilities.set(number, copied(impliedVolatility(day, { ...inputs[i], forward: series }).series.pointer)));
  }
  return { forwards, volatilities };
}

interface QuotedPair {
  readonly strike: number;
  /** Mids in rupees by second, NaN before the first. */
  readonly call: Float64Array;
  readonly put: Float64Array;
}

/** @param values spot by second, replaced wherever a pair is quoted */
function putParity(values: Float64Array, pairs: readonly QuotedPair[]): void {
  for (let s = 0; s < values.length; s++) {
    let nearest: QuotedPair | undefined;
    for (const pair of pairs) {
      if (Number.isNaN(pair.call[s] - pair.put[s])) continue;
      if (!nearest || Math.abs(pair.strike - values[s]) < Math.abs(nearest.strike - values[s])) nearest = pair;
    }
    if (nearest) values[s] = nearest.strike + nearest.call[s] - nearest.put[s];
  }
}
