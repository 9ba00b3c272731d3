// Semantics §5: series by second, f64 in rupees or plain numbers, NaN = missing.
import { constant, CONSTANT, fillMissing, orZeros, reach } from "./operand";

const ADD: i32 = 0;
const SUB: i32 = 1;
const MUL: i32 = 2;
const DIV: i32 = 3;
const MIN: i32 = 4;
const MAX: i32 = 5;

/** What is not finite is missing: a division by zero, an overflow, an operand that was missing. */
@inline function orMissing(value: v128): v128 {
  return v128.bitselect(value, f64x2.splat(NaN), f64x2.le(f64x2.abs(value), f64x2.splat(f64.MAX_VALUE)));
}

/** Two seconds. */
@inline function combined(op: i32, a: usize, b: usize, out: usize): void {
  const x = v128.load(a);
  const y = v128.load(b);
  let value: v128;
  if (op == ADD) value = f64x2.add(x, y);
  else if (op == SUB) value = f64x2.sub(x, y);
  else if (op == MUL) value = f64x2.mul(x, y);
  else if (op == DIV) value = f64x2.div(x, y);
  else if (op == MIN) value = f64x2.min(x, y);
  else value = f64x2.max(x, y);
  v128.store(out, orMissing(value));
}

const constants = memory.data(256, 16);

/** Sixteen seconds at a time. */
@inline function combine(op: i32, a: usize, b: usize, constantA: f64, constantB: f64, seconds: i32, out: usize): void {
  constant(constants, constantA);
  constant(constants + CONSTANT, constantB);
  const end = <usize>seconds << 3;
  for (let at: usize = 0; at < end; at += CONSTANT) {
    const x = reach(a, constants, at);
    const y = reach(b, constants + CONSTANT, at);
    combined(op, x, y, out + at);
    combined(op, x + 16, y + 16, out + at + 16);
    combined(op, x + 32, y + 32, out + at + 32);
    combined(op, x + 48, y + 48, out + at + 48);
    combined(op, x + 64, y + 64, out + at + 64);
    combined(op, x + 80, y + 80, out + at + 80);
    combined(op, x + 96, y + 96, out + at + 96);
    combined(op, x + 112, y + 112, out + at + 112);
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
  else if (op == DIV && b == 0 && halves(constantB)) combine(MUL, a, b, constantA, 1 / constantB, seconds, out);
  else if (op == DIV) combine(DIV, a, b, constantA, constantB, seconds, out);
  else if (op == MIN) combine(MIN, a, b, constantA, constantB, seconds, out);
  else combine(MAX, a, b, constantA, constantB, seconds, out);
}

/** Whether a number is a power of two whose reciprocal is exact: multiplied by it is the same as divided, and faster. */
function halves(divisor: f64): bool {
  return abs(divisor) >= 1e-300 && abs(divisor) <= 1e300 && (reinterpret<u64>(divisor) & 0xf_ffff_ffff_ffff) == 0;
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

/** The sum of two series of which a missing value counts 0. */
export function sumOrZero(a: usize, b: usize, seconds: i32, out: usize): void {
  const end = <usize>seconds << 3;
  for (let at: usize = 0; at < end; at += 64) {
    sumOfTwo(a + at, b + at, out + at);
    sumOfTwo(a + at + 16, b + at + 16, out + at + 16);
    sumOfTwo(a + at + 32, b + at + 32, out + at + 32);
    sumOfTwo(a + at + 48, b + at + 48, out + at + 48);
  }
}

@inline function sumOfTwo(a: usize, b: usize, out: usize): void {
  v128.store(out, orMissing(f64x2.add(orZeros(v128.load(a)), orZeros(v128.load(b)))));
}

/** The series with 0 where it is missing. */
export function orZero(series: usize, seconds: i32, out: usize): void {
  const end = <usize>seconds << 3;
  for (let at: usize = 0; at < end; at += 16) {
    v128.store(out + at, orZeros(v128.load(series + at)));
  }
}
