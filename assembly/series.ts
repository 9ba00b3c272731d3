// Semantics §5: series by second, f64 in rupees or plain numbers, NaN = missing.
import { fillMissing, operand } from "./operand";

const ADD: i32 = 0;
const SUB: i32 = 1;
const MUL: i32 = 2;
const DIV: i32 = 3;
const MIN: i32 = 4;
const MAX: i32 = 5;

/**
 * (bid · bidWeight + ask · askWeight) / divisor of a grid's last valid quote, in whatever unit the divisor gives;
 * missing before the first. `grid` holds bid and ask in paise (i32, `stride` entries each; see grid.ts).
 */
export function quoteSeries(grid: usize, stride: i32, bidWeight: f64, askWeight: f64, divisor: f64, seconds: i32, out: usize): void {
  const asks = grid + (<usize>stride << 2);
  const zero = f64x2.splat(0);
  const none = f64x2.splat(NaN);
  const weightB = f64x2.splat(bidWeight);
  const weightA = f64x2.splat(askWeight);
  const by = f64x2.splat(divisor);
  for (let s = 0; s < seconds; s += 2) {
    const at = <usize>s << 2;
    const bid = f64x2.convert_low_i32x4_s(v128.load64_zero(grid + at));
    const ask = f64x2.convert_low_i32x4_s(v128.load64_zero(asks + at));
    const value = f64x2.div(f64x2.add(f64x2.mul(bid, weightB), f64x2.mul(ask, weightA)), by);
    storeUpTo(out + (at << 1), v128.bitselect(value, none, f64x2.gt(bid, zero)), s + 1 < seconds);
  }
}

/** Two seconds, or the first of them alone: what follows may be another's. */
@inline function storeUpTo(out: usize, values: v128, both: bool): void {
  if (both) v128.store(out, values);
  else store<f64>(out, f64x2.extract_lane(values, 0));
}

/** Paise (i32, 0 = none) to rupees. */
export function rupees(paise: usize, seconds: i32, out: usize): void {
  const zero = f64x2.splat(0);
  const none = f64x2.splat(NaN);
  const hundred = f64x2.splat(100);
  for (let s = 0; s < seconds; s += 2) {
    const at = <usize>s << 2;
    const value = f64x2.convert_low_i32x4_s(v128.load64_zero(paise + at));
    storeUpTo(out + (at << 1), v128.bitselect(f64x2.div(value, hundred), none, f64x2.gt(value, zero)), s + 1 < seconds);
  }
}

/** First second in [from, to) whose value (i32) is below `low` or above `high`; `to` for none. */
export function firstOutside(values: usize, from: i32, to: i32, low: i32, high: i32): i32 {
  const least = i32x4.splat(low);
  const most = i32x4.splat(high);
  let s = from;
  for (; s + 4 <= to; s += 4) {
    const value = v128.load(values + (<usize>s << 2));
    if (v128.any_true(v128.or(i32x4.lt_s(value, least), i32x4.gt_s(value, most)))) break;
  }
  for (; s < to; s++) {
    const value = load<i32>(values + (<usize>s << 2));
    if (value < low || value > high) return s;
  }
  return to;
}

@inline function combine(op: i32, a: usize, b: usize, constantA: f64, constantB: f64, seconds: i32, out: usize): void {
  const onlyA = f64x2.splat(constantA);
  const onlyB = f64x2.splat(constantB);
  const none = f64x2.splat(NaN);
  const largest = f64x2.splat(f64.MAX_VALUE);
  const end = <usize>seconds << 3;
  for (let at: usize = 0; at < end; at += 16) {
    const x = operand(a, onlyA, at);
    const y = operand(b, onlyB, at);
    let value: v128;
    if (op == ADD) value = f64x2.add(x, y);
    else if (op == SUB) value = f64x2.sub(x, y);
    else if (op == MUL) value = f64x2.mul(x, y);
    else if (op == DIV) value = f64x2.div(x, y);
    else if (op == MIN) value = f64x2.min(x, y);
    else value = f64x2.max(x, y);
    // What is not finite is missing: a division by zero, an overflow, an operand that was missing.
    v128.store(out + at, v128.bitselect(value, none, f64x2.le(f64x2.abs(value), largest)));
  }
}

/**
 * a op b by second. A pointer of 0 stands for the constant beside it. Missing where either is, where the divisor is
 * zero, and where the result is too large for a number. `out` may be `a` or `b`.
 */
export function arithmetic(op: i32, a: usize, b: usize, constantA: f64, constantB: f64, seconds: i32, out: usize): void {
  // One loop per operator: the inlined body keeps only the branch of its constant.
  if (op == ADD) combine(ADD, a, b, constantA, constantB, seconds, out);
  else if (op == SUB) combine(SUB, a, b, constantA, constantB, seconds, out);
  else if (op == MUL) combine(MUL, a, b, constantA, constantB, seconds, out);
  else if (op == DIV) combine(DIV, a, b, constantA, constantB, seconds, out);
  else if (op == MIN) combine(MIN, a, b, constantA, constantB, seconds, out);
  else combine(MAX, a, b, constantA, constantB, seconds, out);
}

/** |x| by second. */
export function absolute(series: usize, seconds: i32, out: usize): void {
  const end = <usize>seconds << 3;
  for (let at: usize = 0; at < end; at += 16) v128.store(out + at, f64x2.abs(v128.load(series + at)));
}

/** The series `by` seconds earlier; missing in the first `by` seconds. `out` must be another array. */
export function lag(series: usize, by: i32, seconds: i32, out: usize): void {
  const shift = min(by, seconds);
  fillMissing(out, 0, shift);
  memory.copy(out + (<usize>shift << 3), series, <usize>(seconds - shift) << 3);
}

/**
 * At each second the value of one of several series: `which` (i32 a second) is its place in `table` (i32 addresses),
 * −1 for none. Missing there, and where the table's address is 0.
 */
export function splice(which: usize, table: usize, seconds: i32, out: usize): void {
  for (let s = 0; s < seconds; s++) {
    const place = load<i32>(which + (<usize>s << 2));
    const from: usize = place < 0 ? 0 : <usize>load<i32>(table + (<usize>place << 2));
    const at = <usize>s << 3;
    store<f64>(out + at, from == 0 ? NaN : load<f64>(from + at));
  }
}

/**
 * One grid (see grid.ts) of one after another: `runs` holds `count` times the address of a grid and the seconds [from, to)
 * that are taken of it (i32 each). An address of 0 leaves empty slots.
 */
export function spliceGrid(runs: usize, count: i32, stride: i32, out: usize): void {
  const array = <usize>stride << 2;
  for (let i = 0; i < count; i++) {
    const run = runs + <usize>i * 12;
    const grid = <usize>load<i32>(run);
    const from = <usize>load<i32>(run, 4) << 2;
    const bytes = (<usize>load<i32>(run, 8) << 2) - from;
    for (let a: usize = 0; a < 5; a++) {
      const slots = a * array + from;
      if (grid == 0) memory.fill(out + slots, 0, bytes);
      else memory.copy(out + slots, grid + slots, bytes);
    }
  }
}

/** The same of series (f64 a second): `runs` holds addresses of series. An address of 0 leaves missing values. */
export function spliceSeries(runs: usize, count: i32, out: usize): void {
  for (let i = 0; i < count; i++) {
    const run = runs + <usize>i * 12;
    const series = <usize>load<i32>(run);
    const from = load<i32>(run, 4);
    const to = load<i32>(run, 8);
    const at = <usize>from << 3;
    if (series == 0) fillMissing(out, from, to);
    else memory.copy(out + at, series + at, <usize>(to - from) << 3);
  }
}

/** The series with 0 where it is missing. */
export function orZero(series: usize, seconds: i32, out: usize): void {
  const end = <usize>seconds << 3;
  for (let at: usize = 0; at < end; at += 16) {
    const value = v128.load(series + at);
    v128.store(out + at, v128.and(value, f64x2.eq(value, value)));
  }
}
