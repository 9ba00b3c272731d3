// Semantics §5: values of a span that ends at s, and of the day up to s.
import { logRatio } from "./logarithm";
import { fillMissing, missing, orZeros } from "./operand";

const FIRST: i32 = 0;
const HIGH: i32 = 1;

/** Sum over the `span` seconds that end at s; a missing second counts 0; missing until s ≥ span − 1. Exact for whole numbers. */
export function trailingSum(series: usize, span: i32, seconds: i32, out: usize): void {
  const known = min(span - 1, seconds);
  fillMissing(out, 0, known);
  let sum: f64 = 0;
  for (let s = 0; s < known; s++) sum += orNothing(load<f64>(series + (<usize>s << 3)));
  if (known == seconds) return;
  sum += orNothing(load<f64>(series + (<usize>known << 3)));
  store<f64>(out + (<usize>known << 3), sum);
  // Eight seconds at a time: what each comes to beyond the sum before them, so that sums wait for one another once.
  let s = span;
  let before = f64x2.splat(sum);
  for (; s + 8 <= seconds; s += 8) {
    const at = <usize>s << 3;
    const gone = <usize>(s - span) << 3;
    const first = upTo(moved(series + at, series + gone));
    const second = after(first, upTo(moved(series + at + 16, series + gone + 16)));
    const third = after(second, upTo(moved(series + at + 32, series + gone + 32)));
    const fourth = after(third, upTo(moved(series + at + 48, series + gone + 48)));
    v128.store(out + at, f64x2.add(before, first));
    v128.store(out + at, f64x2.add(before, second), 16);
    v128.store(out + at, f64x2.add(before, third), 32);
    before = f64x2.add(before, fourth);
    v128.store(out + at, before, 48);
    before = i64x2.shuffle(before, before, 1, 1);
  }
  sum = f64x2.extract_lane(before, 0);
  for (; s < seconds; s++) {
    const at = <usize>s << 3;
    sum += orNothing(load<f64>(series + at)) - orNothing(load<f64>(series + (<usize>(s - span) << 3)));
    store<f64>(out + at, sum);
  }
}

/** What two seconds add to the span, less what leaves it. */
@inline function moved(now: usize, gone: usize): v128 {
  return f64x2.sub(orZeros(v128.load(now)), orZeros(v128.load(gone)));
}

/** Two sums that go on from the second of the two before. */
@inline function after(before: v128, sums: v128): v128 {
  return f64x2.add(sums, i64x2.shuffle(before, before, 1, 1));
}

@inline function orNothing(value: f64): f64 {
  return missing(value) ? 0 : value;
}

/** The first of two numbers, and their sum. */
@inline function upTo(values: v128): v128 {
  return f64x2.add(values, i64x2.shuffle(values, i64x2.splat(0), 2, 0));
}

/** `which`: 0 the first value of the session, 1 its highest so far, 2 its lowest so far. Held over missing seconds. */
export function running(series: usize, which: i32, seconds: i32, out: usize): void {
  let s = 0;
  while (s < seconds && missing(load<f64>(series + (<usize>s << 3)))) s++;
  fillMissing(out, 0, s);
  if (s == seconds) return;
  let held = load<f64>(series + (<usize>s << 3));
  if (which == FIRST) {
    for (; s < seconds; s++) store<f64>(out + (<usize>s << 3), held);
    return;
  }
  // One loop for each: the inlined body keeps only the branch of its constant.
  if (which == HIGH) furthest(true, series, s, held, seconds, out);
  else furthest(false, series, s, held, seconds, out);
}

/** From second `from` on. Eight seconds at a time: how far they go by themselves, so that values wait for one another once. */
@inline function furthest(high: bool, series: usize, from: i32, value: f64, seconds: i32, out: usize): void {
  let held = f64x2.splat(value);
  let s = from;
  for (; s + 8 <= seconds; s += 8) {
    const at = <usize>s << 3;
    const first = soFar(high, v128.load(series + at));
    const second = further(high, i64x2.shuffle(first, first, 1, 1), soFar(high, v128.load(series + at, 16)));
    const third = further(high, i64x2.shuffle(second, second, 1, 1), soFar(high, v128.load(series + at, 32)));
    const fourth = further(high, i64x2.shuffle(third, third, 1, 1), soFar(high, v128.load(series + at, 48)));
    v128.store(out + at, further(high, held, first));
    v128.store(out + at, further(high, held, second), 16);
    v128.store(out + at, further(high, held, third), 32);
    held = further(high, held, fourth);
    v128.store(out + at, held, 48);
    held = i64x2.shuffle(held, held, 1, 1);
  }
  for (; s < seconds; s++) {
    const at = <usize>s << 3;
    held = further(high, held, f64x2.splat(load<f64>(series + at)));
    store<f64>(out + at, f64x2.extract_lane(held, 0));
  }
}

/** The later number where it is further than the earlier, which is not missing. */
@inline function further(high: bool, earlier: v128, later: v128): v128 {
  return high ? f64x2.pmax(earlier, later) : f64x2.pmin(earlier, later);
}

/** The first of two numbers, and the further of the two; what is missing is not far. */
@inline function soFar(high: bool, values: v128): v128 {
  const least = f64x2.splat(high ? -Infinity : Infinity);
  const known = further(high, least, values);
  return further(high, i64x2.shuffle(known, least, 2, 0), known);
}

/** Highest (or lowest) value of the first `span` seconds, from the last of them on; missing before, and where there is none. */
export function openingRange(series: usize, high: bool, span: i32, seconds: i32, out: usize): void {
  const known = min(span - 1, seconds);
  fillMissing(out, 0, known);
  if (known == seconds) return;
  let found = NaN;
  for (let s = 0; s < span; s++) {
    const value = load<f64>(series + (<usize>s << 3));
    if (missing(found) || (high ? value > found : value < found)) found = value;
  }
  for (let s = known; s < seconds; s++) store<f64>(out + (<usize>s << 3), found);
}

/** Σ price · volume / Σ volume since the open; a second that misses either counts nothing; missing while nothing has traded. */
export function vwap(price: usize, volume: usize, seconds: i32, out: usize): void {
  const none = f64x2.splat(NaN);
  const zero = f64x2.splat(0);
  // Turnover and volume, second by second.
  let sums = zero;
  for (let s = 0; s < seconds; s += 2) {
    const at = <usize>s << 3;
    const volumes = v128.load(volume + at);
    const worth = f64x2.mul(v128.load(price + at), volumes);
    const known = f64x2.eq(worth, worth);
    const turnovers = v128.and(worth, known);
    const tradeds = v128.and(volumes, known);
    const first = f64x2.add(sums, i64x2.shuffle(turnovers, tradeds, 0, 2));
    sums = f64x2.add(first, i64x2.shuffle(turnovers, tradeds, 1, 3));
    const traded = i64x2.shuffle(first, sums, 1, 3);
    v128.store(out + at, v128.bitselect(f64x2.div(i64x2.shuffle(first, sums, 0, 2), traded), none, f64x2.gt(traded, zero)));
  }
}

/**
 * √(Σ squared 1-second log returns over `span` seconds), in percent. Missing when one of the span + 1 values is missing
 * or not positive. `scratch` has room for `span` numbers (none where the span is longer than the session).
 */
export function realised(series: usize, span: i32, seconds: i32, scratch: usize, out: usize): void {
  fillMissing(out, 0, min(span, seconds));
  if (span >= seconds) return;
  // Blocks of `span` returns: a window is the end of one block and the start of the next. Nothing is ever subtracted,
  // so that a still market has exactly 0 after any storm.
  let place = 0;
  let unbroken = 0;
  let head: f64 = 0;
  let before = load<f64>(series);
  for (let s = 1; s < seconds; s++) {
    const at = <usize>s << 3;
    const now = load<f64>(series + at);
    let square: f64 = 0;
    if (before > 0 && now > 0) {
      const move = before == now ? 0 : logRatio(before, now);
      square = move * move;
      unbroken++;
    } else unbroken = 0;
    before = now;
    head += square;
    const slot = scratch + (<usize>place << 3);
    place++;
    const tail = place < span ? load<f64>(slot + 8) : 0;
    if (s >= span) store<f64>(out + at, unbroken >= span ? Math.sqrt(head + tail) * 100 : NaN);
    store<f64>(slot, square);
    if (place < span) continue;
    let sum: f64 = 0;
    for (let i = span - 1; i >= 0; i--) {
      const end = scratch + (<usize>i << 3);
      sum += load<f64>(end);
      store<f64>(end, sum);
    }
    place = 0;
    head = 0;
  }
}
