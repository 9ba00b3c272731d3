// Semantics §5: conditions by second, one byte each: 0 false, 1 true, 2 unknown.
import { constant, CONSTANT, operand, reach } from "./operand";

const TRUE: i8 = 1;
export const UNKNOWN: i8 = 2;
/** Numbers nearer to each other than this times max(1, |a|, |b|) are equal. */
const EQUAL_WITHIN: f64 = 1e-9;

/** Of numbers alone: what is missing is seen elsewhere, and this maximum costs one instruction. */
@inline function tolerance(a: v128, b: v128): v128 {
  return f64x2.mul(f64x2.splat(EQUAL_WITHIN), f64x2.pmax(f64x2.splat(1), f64x2.pmax(f64x2.abs(a), f64x2.abs(b))));
}

@inline function codes(yes: v128, unknown: v128): v128 {
  return v128.bitselect(i64x2.splat(UNKNOWN), v128.and(yes, i64x2.splat(TRUE)), unknown);
}

/** Four seconds, two by two, to four bytes. */
@inline function pack(first: v128, second: v128): i32 {
  return i32x4.extract_lane(i8x16.shuffle(first, second, 0, 8, 16, 24, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), 0);
}

/** Room for what stands in for an operand without an array. */
const constants = memory.data(256, 16);

/** a − b of two seconds. */
@inline function apart(a: usize, b: usize, at: usize): v128 {
  return f64x2.sub(v128.load(a + at), v128.load(b + at));
}

/** Whether a − b, or the distance of the two, is more than the tolerance. */
@inline function beyond(sides: bool, a: usize, b: usize, at: usize): v128 {
  return f64x2.gt(difference(sides, a, b, at), tolerance(v128.load(a + at), v128.load(b + at)));
}

@inline function unknown(a: usize, b: usize, at: usize): v128 {
  const difference = apart(a, b, at);
  return f64x2.ne(difference, difference);
}

/** Masks of sixteen seconds, two by two, to bytes. */
@inline function bytes(m0: v128, m1: v128, m2: v128, m3: v128, m4: v128, m5: v128, m6: v128, m7: v128): v128 {
  const low = i16x8.narrow_i32x4_s(i32x4.shuffle(m0, m1, 0, 2, 4, 6), i32x4.shuffle(m2, m3, 0, 2, 4, 6));
  const high = i16x8.narrow_i32x4_s(i32x4.shuffle(m4, m5, 0, 2, 4, 6), i32x4.shuffle(m6, m7, 0, 2, 4, 6));
  return i8x16.narrow_i16x8_s(low, high);
}

/** Sixteen seconds of a comparison (see `compare`), whatever they hold. */
function closely(sides: bool, x: usize, y: usize, otherwise: v128): v128 {
  const is = bytes(
    beyond(sides, x, y, 0), beyond(sides, x, y, 16), beyond(sides, x, y, 32), beyond(sides, x, y, 48),
    beyond(sides, x, y, 64), beyond(sides, x, y, 80), beyond(sides, x, y, 96), beyond(sides, x, y, 112),
  );
  const missing = bytes(unknown(x, y, 0), unknown(x, y, 16), unknown(x, y, 32), unknown(x, y, 48), unknown(x, y, 64), unknown(x, y, 80), unknown(x, y, 96), unknown(x, y, 112));
  return v128.bitselect(i8x16.splat(UNKNOWN), v128.and(v128.xor(is, otherwise), i8x16.splat(TRUE)), missing);
}

@inline function difference(sides: bool, x: usize, y: usize, at: usize): v128 {
  return sides ? f64x2.abs(apart(x, y, at)) : apart(x, y, at);
}

@inline function size(x: usize, at: usize): v128 {
  return f64x2.abs(v128.load(x + at));
}

/** What is above zero and yet not above a bound. */
@inline function close(value: v128, bound: v128): v128 {
  return v128.and(f64x2.gt(value, f64x2.splat(0)), f64x2.le(value, bound));
}

/**
 * Compares two operands; a pointer of 0 stands for the constant beside it. `above`, `below` and `equal` say in which of
 * the three cases the comparison is true (a > b: above alone; a ≥ b: above and equal). Unknown where either is missing.
 */
export function compare(a: usize, b: usize, constantA: f64, constantB: f64, above: bool, below: bool, equal: bool, seconds: i32, out: usize): void {
  // Equal is what is neither above nor below: one comparison tells, of a − b, of b − a, or of the distance.
  const sides = (above != equal) && (below != equal);
  const turned = !sides && below != equal;
  constant(constants, turned ? constantB : constantA);
  constant(constants + CONSTANT, turned ? constantA : constantB);
  // Two constants compare alike all day.
  const looked: usize = a == 0 && b == 0 ? 16 : <usize>seconds;
  // One loop for each: the inlined body keeps only the branch of its constant.
  if (sides) compareTo(true, a, b, equal, looked, out);
  else compareTo(false, turned ? b : a, turned ? a : b, equal, looked, out);
  if (looked < <usize>seconds) memory.fill(out, load<u8>(out), <usize>seconds);
}

/** Whether a − b is above zero, or with `sides` a and b are apart, or with `equal` the opposite. Constants stand in their rooms. */
@inline function compareTo(sides: bool, a: usize, b: usize, equal: bool, seconds: usize, out: usize): void {
  const otherwise = i8x16.splat(equal ? -1 : 0);
  const zero = f64x2.splat(0);
  for (let s: usize = 0; s < seconds; s += 16) {
    const x = reach(a, constants, s << 3);
    const y = reach(b, constants + CONSTANT, s << 3);
    const d0 = difference(sides, x, y, 0);
    const d1 = difference(sides, x, y, 16);
    const d2 = difference(sides, x, y, 32);
    const d3 = difference(sides, x, y, 48);
    const d4 = difference(sides, x, y, 64);
    const d5 = difference(sides, x, y, 80);
    const d6 = difference(sides, x, y, 96);
    const d7 = difference(sides, x, y, 112);
    // Where nothing is missing and no difference is near the largest tolerance, the side of zero tells. Of two numbers that
    // are further apart than twice that of one of them, the other's is no more.
    const sum = f64x2.add(f64x2.add(f64x2.add(d0, d1), f64x2.add(d2, d3)), f64x2.add(f64x2.add(d4, d5), f64x2.add(d6, d7)));
    const most = f64x2.pmax(f64x2.pmax(f64x2.pmax(size(x, 0), size(x, 16)), f64x2.pmax(size(x, 32), size(x, 48))), f64x2.pmax(f64x2.pmax(size(x, 64), size(x, 80)), f64x2.pmax(size(x, 96), size(x, 112))));
    const bound = f64x2.mul(f64x2.splat(2 * EQUAL_WITHIN), f64x2.pmax(f64x2.splat(1), f64x2.pmax(most, i64x2.shuffle(most, most, 1, 0))));
    const doubtful = v128.or(v128.or(v128.or(close(d0, bound), close(d1, bound)), v128.or(close(d2, bound), close(d3, bound))), v128.or(v128.or(close(d4, bound), close(d5, bound)), v128.or(close(d6, bound), close(d7, bound))));
    if (v128.any_true(v128.or(doubtful, f64x2.ne(f64x2.sub(sum, sum), zero)))) v128.store(out + s, closely(sides, x, y, otherwise));
    else {
      const is = bytes(f64x2.gt(d0, zero), f64x2.gt(d1, zero), f64x2.gt(d2, zero), f64x2.gt(d3, zero), f64x2.gt(d4, zero), f64x2.gt(d5, zero), f64x2.gt(d6, zero), f64x2.gt(d7, zero));
      v128.store(out + s, v128.and(v128.xor(is, otherwise), i8x16.splat(TRUE)));
    }
  }
}

@inline function inside(x: v128, low: v128, high: v128): v128 {
  const overLow = f64x2.sub(x, low);
  const overHigh = f64x2.sub(x, high);
  const outside = v128.or(f64x2.lt(overLow, f64x2.neg(tolerance(x, low))), f64x2.gt(overHigh, tolerance(x, high)));
  return codes(v128.not(outside), v128.or(f64x2.ne(overLow, overLow), f64x2.ne(overHigh, overHigh)));
}

/** low ≤ x ≤ high. Unknown where any of the three is missing. */
export function between(x: usize, low: usize, high: usize, constantX: f64, constantLow: f64, constantHigh: f64, seconds: i32, out: usize): void {
  const onlyX = f64x2.splat(constantX);
  const onlyLow = f64x2.splat(constantLow);
  const onlyHigh = f64x2.splat(constantHigh);
  for (let s = 0; s < seconds; s += 4) {
    const at = <usize>s << 3;
    const first = inside(operand(x, onlyX, at), operand(low, onlyLow, at), operand(high, onlyHigh, at));
    const second = inside(operand(x, onlyX, at + 16), operand(low, onlyLow, at + 16), operand(high, onlyHigh, at + 16));
    store<i32>(out + <usize>s, pack(first, second));
  }
}

/** True where both are, false where one is, else unknown. `out` may be `a` or `b`. */
export function both(a: usize, b: usize, seconds: i32, out: usize): void {
  const no = i8x16.splat(0);
  for (let s: usize = 0; s < <usize>seconds; s += 16) {
    const x = v128.load(a + s);
    const y = v128.load(b + s);
    v128.store(out + s, v128.andnot(i8x16.max_u(x, y), v128.or(i8x16.eq(x, no), i8x16.eq(y, no))));
  }
}

/** True where one is, false where both are, else unknown. `out` may be `a` or `b`. */
export function either(a: usize, b: usize, seconds: i32, out: usize): void {
  const yes = i8x16.splat(TRUE);
  for (let s: usize = 0; s < <usize>seconds; s += 16) {
    const x = v128.load(a + s);
    const y = v128.load(b + s);
    v128.store(out + s, v128.bitselect(yes, i8x16.max_u(x, y), v128.or(i8x16.eq(x, yes), i8x16.eq(y, yes))));
  }
}

/** True for false and false for true; unknown stays. `out` may be `a`. */
export function negate(a: usize, seconds: i32, out: usize): void {
  const yes = i8x16.splat(TRUE);
  const unknown = i8x16.splat(UNKNOWN);
  for (let s: usize = 0; s < <usize>seconds; s += 16) {
    const x = v128.load(a + s);
    v128.store(out + s, v128.xor(x, v128.and(yes, i8x16.ne(x, unknown))));
  }
}

/**
 * True in the seconds in which the condition is true and was false one second before; unknown where either is, and at
 * s = 0: of "a > b" it makes "a crosses above b". `out` may be `condition`.
 */
export function crossed(condition: usize, seconds: i32, out: usize): void {
  const no = i8x16.splat(0);
  const yes = i8x16.splat(TRUE);
  const unknown = i8x16.splat(UNKNOWN);
  // Backwards, so that the second before is still there when both are one array.
  for (let s = (seconds - 1) & ~15; s >= 0; s -= 16) {
    const now = v128.load(condition + <usize>s);
    const before = v128.load(condition + <usize>s - 1);
    const is = v128.and(v128.and(i8x16.eq(now, yes), i8x16.eq(before, no)), yes);
    const open = v128.or(i8x16.eq(now, unknown), i8x16.eq(before, unknown));
    v128.store(out + <usize>s, v128.bitselect(unknown, is, open));
  }
  store<u8>(out, UNKNOWN);
}

/** Semantics §4 "Trigger": true in the seconds in which the condition is true and was not one second before, else false. */
export function edges(condition: usize, seconds: i32, out: usize): void {
  const yes = i8x16.splat(TRUE);
  const opening: u8 = load<u8>(condition) == TRUE ? 1 : 0;
  for (let s = (seconds - 1) & ~15; s >= 0; s -= 16) {
    const now = i8x16.eq(v128.load(condition + <usize>s), yes);
    const before = i8x16.eq(v128.load(condition + <usize>s - 1), yes);
    v128.store(out + <usize>s, v128.and(v128.andnot(now, before), yes));
  }
  store<u8>(out, opening);
}

/** First second in [from, to) in which the condition is true, or −1. */
export function nextTrue(condition: usize, from: i32, to: i32): i32 {
  const yes = i8x16.splat(TRUE);
  for (let s = from & ~15; s < to; s += 16) {
    let found = i8x16.bitmask(i8x16.eq(v128.load(condition + <usize>s), yes));
    if (s < from) found &= -1 << (from - s);
    if (found != 0) {
      const first = s + ctz(found);
      return first < to ? first : -1;
    }
  }
  return -1;
}
