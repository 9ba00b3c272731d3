// Semantics §5: indicators over bars, by TA-Lib's definitions; the formulas are in docs/indicators.md.
// `bars` is one f64 per bar, NaN only before the first value; `out` gets one per bar, NaN until it is known.
import { fillMissing, missing } from "./operand";

/** TA-Lib's TA_EPSILON: what is nearer to zero counts as zero. */
const NOTHING: f64 = 1e-14;
const LINE: i32 = 0;
const SIGNAL: i32 = 1;

@inline export function at(array: usize, i: i32): f64 {
  return load<f64>(array + (<usize>i << 3));
}

@inline export function put(array: usize, i: i32, value: f64): void {
  store<f64>(array + (<usize>i << 3), value);
}

/** Place of the first bar with a value; `count` when there is none. */
export function firstBar(bars: usize, count: i32): i32 {
  let i = 0;
  while (i < count && missing(at(bars, i))) i++;
  return i;
}

function mean(bars: usize, from: i32, to: i32): f64 {
  let sum: f64 = 0;
  for (let i = from; i < to; i++) sum += at(bars, i);
  return sum / <f64>(to - from);
}

@inline function weight(n: i32): f64 {
  return 2 / <f64>(n + 1);
}

/** Exponential moving average, seeded by the mean of the first n bars. */
export function ema(bars: usize, count: i32, n: i32, out: usize): void {
  const first = firstBar(bars, count);
  const start = min(<i64>first + n - 1, <i64>count);
  fillMissing(out, 0, <i32>start);
  if (start == count) return;
  const k = weight(n);
  let value = mean(bars, first, <i32>start + 1);
  put(out, <i32>start, value);
  for (let i = <i32>start + 1; i < count; i++) {
    value += (at(bars, i) - value) * k;
    put(out, i, value);
  }
}

/** Mean of the last n bars weighted 1 … n, the latest most. */
export function wma(bars: usize, count: i32, n: i32, out: usize): void {
  const first = firstBar(bars, count);
  const start = min(<i64>first + n - 1, <i64>count);
  fillMissing(out, 0, <i32>start);
  if (start == count) return;
  // Relative to the first bar, so that the running sums stay small.
  const base = at(bars, first);
  const total = <f64>n * (<f64>n + 1) / 2;
  let sum: f64 = 0;
  let weighted: f64 = 0;
  for (let i = first; i < count; i++) {
    const value = at(bars, i) - base;
    const age = i - first;
    if (age < n) {
      sum += value;
      weighted += value * <f64>(age + 1);
    } else {
      weighted += value * <f64>n - sum;
      sum += value - (at(bars, i - n) - base);
    }
    if (i >= <i32>start) put(out, i, base + weighted / total);
  }
}

/**
 * Mean of the last n bars plus k population deviations: k = 0 is the SMA, ±k the Bollinger bands. `scratch` has room for
 * 2 · n numbers (none where n is more than the bars). Exactly the value itself when the bars do not move.
 */
export function meanAndBand(bars: usize, count: i32, n: i32, k: f64, scratch: usize, out: usize): void {
  const first = firstBar(bars, count);
  const start = min(<i64>first + n - 1, <i64>count);
  fillMissing(out, 0, <i32>start);
  if (start == count) return;
  // Blocks of n bars: a window is the end of one block and the start of the next, whose means and squared deviations
  // are merged (Chan, Golub and LeVeque 1979). Nothing is ever subtracted, so that nothing drifts.
  let place = 0;
  let headMean: f64 = 0;
  let headSquares: f64 = 0;
  for (let i = first; i < count; i++) {
    const value = at(bars, i);
    const slot = scratch + (<usize>place << 4);
    place++;
    const step = value - headMean;
    headMean = place == 1 ? value : headMean + step / <f64>place;
    headSquares = place == 1 ? 0 : headSquares + step * (value - headMean);
    if (i >= <i32>start) {
      let middle = headMean;
      let squares = headSquares;
      const rest = n - place;
      if (rest > 0) {
        const apart = load<f64>(slot + 16) - headMean;
        const share = apart * <f64>rest / <f64>n;
        middle += share;
        squares += load<f64>(slot + 24) + apart * share * <f64>place;
      }
      put(out, i, middle + k * Math.sqrt(squares / <f64>n));
    }
    store<f64>(slot, value);
    if (place == n) {
      endsOfBlock(scratch, n);
      place = 0;
    }
  }
}

/** Values (every second slot) to the mean and squared deviations of each value and all after it in the block. */
function endsOfBlock(block: usize, n: i32): void {
  let middle: f64 = 0;
  let squares: f64 = 0;
  for (let i = n - 1, held = 1; i >= 0; i--, held++) {
    const slot = block + (<usize>i << 4);
    const value = load<f64>(slot);
    const step = value - middle;
    middle = held == 1 ? value : middle + step / <f64>held;
    squares = held == 1 ? 0 : squares + step * (value - middle);
    store<f64>(slot, middle);
    store<f64>(slot + 8, squares);
  }
}

/** Wilder's relative strength index, known after n + 1 bars; 0 when nothing moved. */
export function rsi(bars: usize, count: i32, n: i32, out: usize): void {
  const first = firstBar(bars, count);
  const start = min(<i64>first + n, <i64>count);
  fillMissing(out, 0, <i32>start);
  if (start == count) return;
  let gains: f64 = 0;
  let losses: f64 = 0;
  for (let i = first + 1; i < count; i++) {
    const move = at(bars, i) - at(bars, i - 1);
    const gain = move > 0 ? move : 0;
    const loss = move < 0 ? -move : 0;
    if (i <= <i32>start) {
      gains += gain / <f64>n;
      losses += loss / <f64>n;
    } else {
      gains = (gains * <f64>(n - 1) + gain) / <f64>n;
      losses = (losses * <f64>(n - 1) + loss) / <f64>n;
    }
    if (i >= <i32>start) {
      const moved = gains + losses;
      put(out, i, moved < NOTHING ? 0 : 100 * (gains / moved));
    }
  }
}

/**
 * `which`: 0 the line EMA(fast) − EMA(slow), 1 its signal, 2 line − signal. As in TA-Lib the shorter average is seeded
 * by the last of the bars that seed the longer, and all three are known from the first signal on.
 */
export function macd(bars: usize, count: i32, fast: i32, slow: i32, signal: i32, which: i32, out: usize): void {
  const first = firstBar(bars, count);
  const short = min(fast, slow);
  const long = max(fast, slow);
  const seed = <i64>first + long - 1;
  const known = min(seed + signal - 1, <i64>count);
  fillMissing(out, 0, <i32>known);
  if (known == count) return;
  const start = <i32>seed;
  const kShort = weight(short);
  const kLong = weight(long);
  const kSignal = weight(signal);
  let shortMean = mean(bars, start + 1 - short, start + 1);
  let longMean = mean(bars, first, start + 1);
  let smooth: f64 = 0;
  for (let i = start; i < count; i++) {
    if (i > start) {
      const value = at(bars, i);
      shortMean += (value - shortMean) * kShort;
      longMean += (value - longMean) * kLong;
    }
    const line = shortMean - longMean;
    if (i <= <i32>known) smooth += line / <f64>signal;
    else smooth += (line - smooth) * kSignal;
    if (i >= <i32>known) put(out, i, which == LINE ? line : which == SIGNAL ? smooth : line - smooth);
  }
}
