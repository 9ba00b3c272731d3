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
  // Four seconds at a time: what each comes to beyond the sum before them, so that sums wait for one another once.
  let s = span;
  for (; s + 4 <= seconds; s += 4) {
    const at = <usize>s << 3;
    const gone = <usize>(s - span) << 3;
    const first = f64x2.sub(orZeros(v128.load(series + at)), orZeros(v128.load(series + gone)));
    const second = f64x2.sub(orZeros(v128.load(series + at, 16)), orZeros(v128.load(series + gone, 16)));
    const early = upTo(first);
    const late = f64x2.add(upTo(second), i64x2.shuffle(early, early, 1, 1));
    const before = f64x2.splat(sum);
    v128.store(out + at, f64x2.add(before, early));
    const both = f64x2.add(before, late);
    v128.store(out + at, both, 16);
    sum = f64x2.extract_lane(both, 1);
  }
  for (; s < seconds; s++) {
    const at = <usize>s << 3;
    sum += orNothing(load<f64>(series + at)) - orNothing(load<f64>(series + (<usize>(s - span) << 3)));
    store<f64>(out + at, sum);
  }
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
  // Four seconds at a time: how far they go by themselves, so that values wait for one another once.
  for (; s + 4 <= seconds; s += 4) {
    const at = <usize>s << 3;
    const early = soFar(which, v128.load(series + at));
    const late = further(which, i64x2.shuffle(early, early, 1, 1), soFar(which, v128.load(series + at, 16)));
    const before = f64x2.splat(held);
    v128.store(out + at, further(which, before, early));
    const last = further(which, before, late);
    v128.store(out + at, last, 16);
    held = f64x2.extract_lane(last, 1);
  }
  for (; s < seconds; s++) {
    held = f64x2.extract_lane(further(which, f64x2.splat(held), f64x2.splat(load<f64>(series + (<usize>s << 3)))), 0);
    store<f64>(out + (<usize>s << 3), held);
  }
}

/** The later number where it is further than the earlier, which is none of those that are missing. */
@inline function further(which: i32, earlier: v128, later: v128): v128 {
  return which == HIGH ? f64x2.pmax(earlier, later) : f64x2.pmin(earlier, later);
}

/** The first of two numbers, and the further of the two; what is missing is not far. */
@inline function soFar(which: i32, values: v128): v128 {
  const least = f64x2.splat(which == HIGH ? -Infinity : Infinity);
  const known = further(which, least, values);
  return further(which, i64x2.shuffle(known, least, 2, 0), known);
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
