/** Time of the series kernels per ordinary day of 22,500 seconds. */
import { instantiateKernels } from "../../src/core/kernels.ts";
import { closes } from "../../src/core/series/bars.ts";
import { all, any, compare, edges } from "../../src/core/series/conditions.ts";
import { greek, impliedVolatility } from "../../src/core/series/greeks.ts";
import { arithmetic } from "../../src/core/series/arithmetic.ts";
import { ema } from "../../src/core/series/indicators.ts";
import { SeriesDay, type Series } from "../../src/core/series/series-day.ts";
import { soFar, trailingSum, vwap } from "../../src/core/series/trailing.ts";
import { median, type Measurement } from "./measurement.ts";

const SECONDS = 22_500;
const TWO_DAYS = 2 * 86_400;
const WARM_UPS = 50;
const REPEATS = 500;

/** @param module the compiled kernels */
export function measureSeries(module: WebAssembly.Module): Measurement[] {
  const kernels = instantiateKernels(module);
  const day = new SeriesDay(kernels, SECONDS);
  // The same day every time: a 32-bit linear congruential generator.
  let state = 20_190_411;
  const random = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
  const seriesOf = (value: (s: number) => number): Series => {
    const series = day.newSeries();
    kernels.f64.set(Array.from({ length: SECONDS }, (_, s) => value(s)), series.pointer >> 3);
    return series;
  };
  let level = 50_000;
  const spot = seriesOf(() => (level += Math.round((random() - 0.5) * 200) / 20));
  const premium = seriesOf((s) => Math.max(0.05, 300 + (kernels.f64[(spot.pointer >> 3) + s] - 50_000) / 2 + Math.round(random() * 40) / 20));
  const volume = seriesOf(() => Math.floor(random() * 20_000));

  const timed = (name: string, goal: number, work: () => void): Measurement => {
    const once = () => kernels.scoped(work);
    for (let i = 0; i < WARM_UPS; i++) once();
    const times = Array.from({ length: REPEATS }, () => {
      const start = performance.now();
      once();
      return (performance.now() - start) * 1000;
    });
    return { name, where: "Node", value: median(times), unit: "µs", goal, over: `median of ${REPEATS}, ${Math.round(Math.min(...times))} µs at best` };
  };
  return [
    timed("condition tree of six metrics, from series in memory: VOL 1m and 2m, EMA 1 and 5, HIGH_DAY, VWAP", 400, () => {
      const bars = closes(day, spot, 60);
      const burst = compare(day, "gt", trailingSum(day, volume, 60), arithmetic(day, "div", [trailingSum(day, volume, 120), 2]));
      const trend = compare(day, "gt", ema(day, bars, 1), ema(day, bars, 5));
      const high = compare(day, "gte", spot, soFar(day, spot, "high"));
      const cheap = compare(day, "crosses_above", premium, vwap(day, premium, volume));
      edges(day, all(day, [burst, trend, any(day, [high, cheap])]));
    }),
    timed("IV of 22,500 seconds", 3000, () => {
      impliedVolatility(day, { cp: "CE", forward: spot, price: premium, strike: 50_000, secondsLeft: TWO_DAYS, rate: 0 });
    }),
    timed("IV and delta of 22,500 seconds", 4000, () => {
      greek(day, "delta", impliedVolatility(day, { cp: "CE", forward: spot, price: premium, strike: 50_000, secondsLeft: TWO_DAYS, rate: 0 }));
    }),
  ];
}
