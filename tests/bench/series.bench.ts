/**
 * Microseconds per ordinary day (22,500 seconds) of the series kernels. Budgets: a condition tree of six metrics 400 µs,
 * implied volatility 3,000 µs. Run with `npx vitest bench tests/bench/series.bench.ts`; the table gives milliseconds.
 */
import { bench, describe } from "vitest";
import { closes } from "../../src/core/series/bars.ts";
import { all, any, compare, edges } from "../../src/core/series/conditions.ts";
import { greek, impliedVolatility } from "../../src/core/series/greeks.ts";
import { arithmetic } from "../../src/core/series/arithmetic.ts";
import { ema } from "../../src/core/series/indicators.ts";
import { SeriesDay, type Series } from "../../src/core/series/series-day.ts";
import { realisedVolatility, soFar, trailingSum, vwap } from "../../src/core/series/trailing.ts";
import { testKernels } from "../support/memory-day.ts";

const SECONDS = 22_500;
const TWO_DAYS = 2 * 86_400;
const kernels = testKernels();
const day = new SeriesDay(kernels, SECONDS);

/** The same day every time: a 32-bit linear congruential generator. */
let state = 20_190_411;
function random(): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 32;
}

function seriesOf(value: (s: number) => number): Series {
  const series = day.newSeries();
  kernels.f64.set(Array.from({ length: SECONDS }, (_, s) => value(s)), series.pointer >> 3);
  return series;
}

let level = 50_000;
const spot = seriesOf(() => (level += Math.round((random() - 0.5) * 200) / 20));
const premium = seriesOf((s) => Math.max(0.05, 300 + (kernels.f64[(spot.pointer >> 3) + s] - 50_000) / 2 + Math.round(random() * 40) / 20));
const volume = seriesOf(() => Math.floor(random() * 20_000));

/** Prints the best and the median as well: the table's mean is that of a machine that does other things too. */
function timed(name: string, budget: number, work: () => void): void {
  const once = () => kernels.scoped(work);
  for (let i = 0; i < 50; i++) once();
  const times = Array.from({ length: 200 }, () => {
    const start = performance.now();
    once();
    return performance.now() - start;
  }).sort((a, b) => a - b);
  const micros = (milliseconds: number) => (milliseconds * 1000).toFixed(0);
  console.log(`${name}: ${micros(times[0])} µs per ${SECONDS.toLocaleString("en")} seconds at best, ${micros(times[100])} µs median (budget ${budget} µs)`);
  bench(name, once);
}

describe("series", () => {
  timed("tree of six metrics: VOL 1m, VOL 2m, EMA 1, EMA 5, HIGH_DAY, VWAP", 400, () => {
    const bars = closes(day, spot, 60);
    const burst = compare(day, "gt", trailingSum(day, volume, 60), arithmetic(day, "div", [trailingSum(day, volume, 120), 2]));
    const trend = compare(day, "gt", ema(day, bars, 1), ema(day, bars, 5));
    const high = compare(day, "gte", spot, soFar(day, spot, "high"));
    const cheap = compare(day, "crosses_above", premium, vwap(day, premium, volume));
    edges(day, all(day, [burst, trend, any(day, [high, cheap])]));
  });

  timed("RV 60s", 400, () => {
    realisedVolatility(day, spot, 60);
  });

  timed("IV", 3000, () => {
    impliedVolatility(day, { cp: "CE", forward: spot, price: premium, strike: 50_000, secondsLeft: TWO_DAYS, rate: 0 });
  });

  timed("IV and delta", 4000, () => {
    greek(day, "delta", impliedVolatility(day, { cp: "CE", forward: spot, price: premium, strike: 50_000, secondsLeft: TWO_DAYS, rate: 0 }));
  });
});
