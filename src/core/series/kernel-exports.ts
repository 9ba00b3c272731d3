/**
 * The kernels of series, indicators, conditions and Greeks; what each reads and writes is told beside its source in
 * assembly/. Addresses are byte offsets; arrays of series and conditions hold a whole number of 16 slots.
 */
export interface SeriesKernelExports {
  rangeRuns(values: number, from: number, to: number, ranges: number, count: number, runs: number): number;
  quoteSeries(runs: number, count: number, table: number, stride: number, bidWeight: number, askWeight: number, divisor: number, out: number): void;
  rupees(runs: number, count: number, table: number, offset: number, out: number): void;
  arithmetic(op: number, a: number, b: number, constantA: number, constantB: number, seconds: number, out: number): void;
  absolute(series: number, seconds: number, out: number): void;
  lag(series: number, by: number, seconds: number, out: number): void;
  splice(which: number, table: number, seconds: number, out: number): void;
  spliceGrid(runs: number, count: number, table: number, stride: number, out: number): void;
  spliceSeries(runs: number, count: number, table: number, out: number): void;
  sumOrZero(a: number, b: number, seconds: number, out: number): void;
  orZero(series: number, seconds: number, out: number): void;
  trailingSum(series: number, span: number, seconds: number, out: number): void;
  running(series: number, which: number, seconds: number, out: number): void;
  openingRange(series: number, high: boolean, span: number, seconds: number, out: number): void;
  vwap(price: number, volume: number, seconds: number, out: number): void;
  realised(series: number, span: number, seconds: number, scratch: number, out: number): void;
  barCloses(series: number, bar: number, seconds: number, out: number): number;
  barRanges(series: number, bar: number, seconds: number, high: number, low: number): number;
  barSums(series: number, bar: number, seconds: number, out: number): number;
  holdBars(values: number, bar: number, seconds: number, out: number): void;
  holdTruths(values: number, bar: number, seconds: number, out: number): void;
  ema(bars: number, count: number, n: number, out: number): void;
  wma(bars: number, count: number, n: number, out: number): void;
  meanAndBand(bars: number, count: number, n: number, k: number, scratch: number, out: number): void;
  rsi(bars: number, count: number, n: number, out: number): void;
  macd(bars: number, count: number, fast: number, slow: number, signal: number, which: number, out: number): void;
  atr(high: number, low: number, close: number, count: number, n: number, out: number): void;
  supertrend(high: number, low: number, close: number, count: number, n: number, mult: number, out: number): void;
  compare(a: number, b: number, constantA: number, constantB: number, above: boolean, below: boolean, equal: boolean, seconds: number, out: number): void;
  between(x: number, low: number, high: number, constantX: number, constantLow: number, constantHigh: number, seconds: number, out: number): void;
  both(a: number, b: number, seconds: number, out: number): void;
  either(a: number, b: number, seconds: number, out: number): void;
  negate(a: number, seconds: number, out: number): void;
  crossed(condition: number, seconds: number, out: number): void;
  edges(condition: number, seconds: number, out: number): void;
  nextTrue(condition: number, from: number, to: number): number;
  impliedVolatility(
    forward: number, price: number, strike: number, constantStrike: number, call: boolean, secondsLeft: number, rate: number,
    from: number, to: number, out: number,
  ): void;
  greeks(
    forward: number, price: number, volatility: number, strike: number, constantStrike: number, call: boolean, secondsLeft: number, rate: number,
    from: number, to: number, delta: number, gamma: number, theta: number, vega: number,
  ): void;
  volatilityPercent(volatility: number, seconds: number, out: number): void;
}
