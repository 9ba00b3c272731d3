// Semantics §5: indicators over high, low and close of bars; the formulas are in docs/indicators.md.
import { fillMissing } from "./operand";
import { at, firstBar, put } from "./indicators";

/** Wilder's average true range, known after n + 1 bars: the first bar has no close before it, hence no true range. */
export function atr(high: usize, low: usize, close: usize, count: i32, n: i32, out: usize): void {
  const first = firstBar(close, count);
  const start = min(<i64>first + n, <i64>count);
  fillMissing(out, 0, <i32>start);
  if (start == count) return;
  let value: f64 = 0;
  for (let i = first + 1; i < count; i++) {
    const before = at(close, i - 1);
    const range = max(at(high, i), before) - min(at(low, i), before);
    if (i <= <i32>start) value += range / <f64>n;
    else value = (value * <f64>(n - 1) + range) / <f64>n;
    if (i >= <i32>start) put(out, i, value);
  }
}

/** The band at `mult` true ranges from the middle of the bar that the close has not crossed; begins as the upper one. */
export function supertrend(high: usize, low: usize, close: usize, count: i32, n: i32, mult: f64, out: usize): void {
  atr(high, low, close, count, n, out);
  const start = <i64>firstBar(close, count) + n;
  let upper = Infinity;
  let lower = -Infinity;
  let rising = false;
  for (let j = start; j < <i64>count; j++) {
    const i = <i32>j;
    const middle = (at(high, i) + at(low, i)) / 2;
    const distance = mult * at(out, i);
    const before = at(close, i - 1);
    if (middle + distance < upper || before > upper) upper = middle + distance;
    if (middle - distance > lower || before < lower) lower = middle - distance;
    if (j > start) rising = rising ? !(at(close, i) < lower) : at(close, i) > upper;
    put(out, i, rising ? lower : upper);
  }
}
