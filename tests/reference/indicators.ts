/** Semantics §5, indicators on completed bars: TA-Lib's definitions, from the first bar on every time. Null: not known yet. */
import type { Metric } from "../../src/core/strategy/condition.ts";

export interface Bar {
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

export type Indicator = Extract<Metric, { readonly name: "EMA" | "SMA" | "WMA" | "RSI" | "ATR" | "BB_UPPER" | "BB_LOWER" | "MACD" | "SUPERTREND" }>;

function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}

/** Values from the n-th on: the mean of the first n, then each step of 2/(n + 1) towards the next. */
function emas(values: readonly number[], n: number): number[] {
  if (values.length < n) return [];
  const found = [mean(values.slice(0, n))];
  for (const value of values.slice(n)) found.push(found.at(-1)! + ((value - found.at(-1)!) * 2) / (n + 1));
  return found;
}

/** Wilder's averages from the n-th value on. */
function wilder(values: readonly number[], n: number): number[] {
  if (values.length < n) return [];
  const found = [mean(values.slice(0, n))];
  for (const value of values.slice(n)) found.push((found.at(-1)! * (n - 1) + value) / n);
  return found;
}

function trueRanges(bars: readonly Bar[]): number[] {
  return bars.slice(1).map((bar, i) => Math.max(bar.high, bars[i].close) - Math.min(bar.low, bars[i].close));
}

function rsi(closes: readonly number[], n: number): number | null {
  const changes = closes.slice(1).map((close, i) => close - closes[i]);
  const gains = wilder(changes.map((c) => Math.max(c, 0)), n).at(-1);
  const losses = wilder(changes.map((c) => Math.max(-c, 0)), n).at(-1);
  if (gains === undefined || losses === undefined) return null;
  return gains + losses < 1e-14 ? 0 : (100 * gains) / (gains + losses);
}

function bollinger(closes: readonly number[], n: number, k: number): number | null {
  if (closes.length < n) return null;
  const last = closes.slice(-n);
  return mean(last) + k * Math.sqrt(mean(last.map((x) => (x - mean(last)) ** 2)));
}

function macd(closes: readonly number[], { fast, slow, signal, out }: { fast: number; slow: number; signal: number; out: string }): number | null {
  const [short, long] = fast > slow ? [slow, fast] : [fast, slow];
  const longs = emas(closes, long);
  // The shorter average is seeded by the last bars of those that seed the longer.
  const shorts = emas(closes.slice(long - short), short);
  const line = longs.map((value, i) => shorts[i] - value);
  const signals = emas(line, signal);
  if (signals.length === 0) return null;
  if (out === "line") return line.at(-1)!;
  return out === "signal" ? signals.at(-1)! : line.at(-1)! - signals.at(-1)!;
}

function supertrend(bars: readonly Bar[], n: number, mult: number): number | null {
  const ranges = wilder(trueRanges(bars), n);
  let upper = 0;
  let lower = 0;
  let rising = false;
  ranges.forEach((atr, k) => {
    const i = n + k;
    const middle = (bars[i].high + bars[i].low) / 2;
    const before = bars[i - 1].close;
    if (k === 0 || middle + mult * atr < upper || before > upper) upper = middle + mult * atr;
    if (k === 0 || middle - mult * atr > lower || before < lower) lower = middle - mult * atr;
    if (k === 0) return;
    if (!rising && bars[i].close > upper) rising = true;
    else if (rising && bars[i].close < lower) rising = false;
  });
  if (ranges.length === 0) return null;
  return rising ? lower : upper;
}

/** The value at the last of these bars. */
export function indicatorAt(metric: Indicator, bars: readonly Bar[]): number | null {
  const closes = bars.map((bar) => bar.close);
  switch (metric.name) {
    case "SMA":
      return closes.length < metric.args.n ? null : mean(closes.slice(-metric.args.n));
    case "EMA":
      return emas(closes, metric.args.n).at(-1) ?? null;
    case "WMA": {
      const { n } = metric.args;
      return closes.length < n ? null : closes.slice(-n).reduce((sum, x, i) => sum + x * (i + 1), 0) / ((n * (n + 1)) / 2);
    }
    case "RSI":
      return rsi(closes, metric.args.n);
    case "ATR":
      return wilder(trueRanges(bars), metric.args.n).at(-1) ?? null;
    case "BB_UPPER":
      return bollinger(closes, metric.args.n, metric.args.k);
    case "BB_LOWER":
      return bollinger(closes, metric.args.n, -metric.args.k);
    case "MACD":
      return macd(closes, metric.args);
    case "SUPERTREND":
      return supertrend(bars, metric.args.n, metric.args.mult);
  }
}
