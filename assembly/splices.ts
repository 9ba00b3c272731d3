// Semantics §5: one instrument of several after another. `runs` tells which: `count` times its place and the seconds
// [from, to) in which it is looked at (i32 each). `table` holds an address (i32) for each place; 0: nothing is there.
import { fillMissing } from "./operand";

/** Bytes of a run. */
const RUN: usize = 12;
/** Keeps twenty bits of a number, the leading one included. */
const ROUGH: u64 = 0xffff_fffe_0000_0000;

@inline function chosen(table: usize, run: usize): usize {
  return <usize>load<i32>(table + (<usize>load<i32>(run) << 2));
}

/**
 * Splits seconds [from, to) of values (i32) into runs of one range each. `ranges` holds `count` times the lowest and highest
 * value (i32 each); the first that holds a value is its place. Answers how many runs there are; the last ends before the
 * first second whose value is in none.
 */
export function rangeRuns(values: usize, from: i32, to: i32, ranges: usize, count: i32, runs: usize): i32 {
  let run = runs;
  let here = ranges;
  let before = ranges;
  for (let s = from; s < to; run += RUN) {
    const value = load<i32>(values + (<usize>s << 2));
    // Spot mostly goes back to where it has come from. Ranges do not overlap.
    let range = before;
    if (!holds(range, value)) {
      const end = ranges + (<usize>count << 3);
      for (range = ranges; range < end; range += 8) if (holds(range, value)) break;
      if (range == end) break;
    }
    before = here;
    here = range;
    const until = firstOutside(values, s + 1, to, load<i32>(range), load<i32>(range, 4));
    store<i32>(run, <i32>((range - ranges) >> 3));
    store<i32>(run, s, 4);
    store<i32>(run, until, 8);
    s = until;
  }
  return <i32>(run - runs) / <i32>RUN;
}

@inline function holds(range: usize, value: i32): bool {
  return value >= load<i32>(range) && value <= load<i32>(range, 4);
}

/** First second in [from, to) whose value (i32) is below `low` or above `high`; `to` for none. */
function firstOutside(values: usize, from: i32, to: i32, low: i32, high: i32): i32 {
  const least = i32x4.splat(low);
  const most = i32x4.splat(high);
  let s = from;
  for (; s + 8 <= to; s += 8) {
    const at = values + (<usize>s << 2);
    const found = i16x8.bitmask(i16x8.narrow_i32x4_s(outside(v128.load(at), least, most), outside(v128.load(at, 16), least, most)));
    if (found != 0) return s + ctz(found);
  }
  for (; s < to; s++) {
    const value = load<i32>(values + (<usize>s << 2));
    if (value < low || value > high) break;
  }
  return s;
}

@inline function outside(value: v128, least: v128, most: v128): v128 {
  return v128.or(i32x4.lt_s(value, least), i32x4.gt_s(value, most));
}

/**
 * A divisor as two numbers by which whole numbers below 2³³ are multiplied, faster than they are divided: the first has so
 * few bits that its product is exact, the second is what it leaves of the reciprocal, so that the sum is rounded once, from
 * a value some 2⁻⁷³ of itself away. No quotient is that near to the middle of two numbers (2⁻⁵⁴ of itself over the divisor).
 */
@inline function roughly(divisor: f64): f64 {
  return reinterpret<f64>(reinterpret<u64>(1 / divisor) & ROUGH);
}

@inline function rest(divisor: f64): f64 {
  return (1 - divisor * roughly(divisor)) / divisor;
}

@inline function divided(value: v128, rough: v128, rest: v128): v128 {
  return f64x2.add(f64x2.mul(value, rough), f64x2.mul(value, rest));
}

/**
 * (bid · bidWeight + ask · askWeight) / divisor of the last valid quote of grids, in whatever unit the divisor gives;
 * missing before the first. A grid holds bid and ask in paise (i32, `stride` entries each; see grid.ts).
 */
export function quoteSeries(runs: usize, count: i32, table: usize, stride: i32, bidWeight: f64, askWeight: f64, divisor: f64, out: usize): void {
  const array = <usize>stride << 2;
  const zero = f64x2.splat(0);
  const none = f64x2.splat(NaN);
  const weightB = f64x2.splat(bidWeight);
  const weightA = f64x2.splat(askWeight);
  const rough = f64x2.splat(roughly(divisor));
  const finely = f64x2.splat(rest(divisor));
  for (let end = runs + <usize>count * RUN; runs < end; runs += RUN) {
    const grid = chosen(table, runs);
    const from = load<i32>(runs, 4);
    const to = load<i32>(runs, 8);
    if (grid == 0) fillMissing(out, from, to);
    else {
      for (let s = from; s < to; s += 2) {
        const at = grid + (<usize>s << 2);
        const bid = f64x2.convert_low_i32x4_s(v128.load64_zero(at));
        const ask = f64x2.convert_low_i32x4_s(v128.load64_zero(at + array));
        const value = divided(f64x2.add(f64x2.mul(bid, weightB), f64x2.mul(ask, weightA)), rough, finely);
        storeUpTo(out + (<usize>s << 3), v128.bitselect(value, none, f64x2.gt(bid, zero)), s + 1 < to);
      }
    }
  }
}

/** Two seconds, or the first of them alone: what follows may be another's. */
@inline function storeUpTo(out: usize, values: v128, both: bool): void {
  if (both) v128.store(out, values);
  else store<f64>(out, f64x2.extract_lane(values, 0));
}

/** Paise (i32, 0 = none) to rupees. `offset`: bytes from what the table holds to the values. */
export function rupees(runs: usize, count: i32, table: usize, offset: i32, out: usize): void {
  const zero = f64x2.splat(0);
  const none = f64x2.splat(NaN);
  const rough = f64x2.splat(roughly(100));
  const finely = f64x2.splat(rest(100));
  for (let end = runs + <usize>count * RUN; runs < end; runs += RUN) {
    const paise = chosen(table, runs);
    const from = load<i32>(runs, 4);
    const to = load<i32>(runs, 8);
    if (paise == 0) fillMissing(out, from, to);
    else {
      for (let s = from; s < to; s += 2) {
        const value = f64x2.convert_low_i32x4_s(v128.load64_zero(paise + <usize>offset + (<usize>s << 2)));
        storeUpTo(out + (<usize>s << 3), v128.bitselect(divided(value, rough, finely), none, f64x2.gt(value, zero)), s + 1 < to);
      }
    }
  }
}

/** Grids (see grid.ts); empty slots where there is none. */
export function spliceGrid(runs: usize, count: i32, table: usize, stride: i32, out: usize): void {
  const array = <usize>stride << 2;
  for (let end = runs + <usize>count * RUN; runs < end; runs += RUN) {
    const grid = chosen(table, runs);
    const from = <usize>load<i32>(runs, 4) << 2;
    const bytes = (<usize>load<i32>(runs, 8) << 2) - from;
    for (let a: usize = 0; a < 5; a++) {
      const slots = a * array + from;
      if (grid == 0) memory.fill(out + slots, 0, bytes);
      else memory.copy(out + slots, grid + slots, bytes);
    }
  }
}

/** Series (f64 a second); missing where there is none. */
export function spliceSeries(runs: usize, count: i32, table: usize, out: usize): void {
  for (let end = runs + <usize>count * RUN; runs < end; runs += RUN) {
    const series = chosen(table, runs);
    const from = load<i32>(runs, 4);
    const to = load<i32>(runs, 8);
    if (series == 0) fillMissing(out, from, to);
    else {
      // Runs are short: a call that copies memory takes longer than most of them.
      let s = from;
      for (; s + 2 <= to; s += 2) v128.store(out + (<usize>s << 3), v128.load(series + (<usize>s << 3)));
      if (s < to) store<f64>(out + (<usize>s << 3), load<f64>(series + (<usize>s << 3)));
    }
  }
}
