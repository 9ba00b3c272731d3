/** Indicators over completed bars, by TA-Lib's definitions; the formulas are in docs/indicators.md. `n` counts bars. */
import { heldSeries, type RangeBars } from "./bars.ts";
import type { Bars, Series, SeriesDay } from "./series-day.ts";

export function ema(day: SeriesDay, bars: Bars, n: number): Series {
  const length = day.span(n);
  return heldSeries(day, bars, (out) => day.kernels.run.ema(bars.values, bars.count, length, out));
}

export function sma(day: SeriesDay, bars: Bars, n: number): Series {
  return bollinger(day, bars, n, 0);
}

export function wma(day: SeriesDay, bars: Bars, n: number): Series {
  const length = day.span(n);
  return heldSeries(day, bars, (out) => day.kernels.run.wma(bars.values, bars.count, length, out));
}

/** The mean plus `k` population deviations: the lower band has a negative `k`. */
export function bollinger(day: SeriesDay, bars: Bars, n: number, k: number): Series {
  const { run } = day.kernels;
  const length = day.span(n);
  return heldSeries(day, bars, (out) => run.meanAndBand(bars.values, bars.count, length, k, run.alloc(length * 16), out));
}

export function rsi(day: SeriesDay, bars: Bars, n: number): Series {
  const length = day.span(n);
  return heldSeries(day, bars, (out) => day.kernels.run.rsi(bars.values, bars.count, length, out));
}

/** In the order of the codes in assembly/indicators.ts. */
const MACD_OUTPUTS = ["line", "signal", "hist"] as const;
export type MacdOutput = (typeof MACD_OUTPUTS)[number];

export function macd(day: SeriesDay, bars: Bars, args: { readonly fast: number; readonly slow: number; readonly signal: number; readonly out: MacdOutput }): Series {
  const [fast, slow, signal] = [day.span(args.fast), day.span(args.slow), day.span(args.signal)];
  return heldSeries(day, bars, (out) => day.kernels.run.macd(bars.values, bars.count, fast, slow, signal, MACD_OUTPUTS.indexOf(args.out), out));
}

export function atr(day: SeriesDay, bars: RangeBars, n: number): Series {
  const length = day.span(n);
  return heldSeries(day, bars, (out) => day.kernels.run.atr(bars.high, bars.low, bars.values, bars.count, length, out));
}

export function supertrend(day: SeriesDay, bars: RangeBars, n: number, mult: number): Series {
  const length = day.span(n);
  return heldSeries(day, bars, (out) => day.kernels.run.supertrend(bars.high, bars.low, bars.values, bars.count, length, mult, out));
}
