// Semantics §4 "P&L of the position": open legs at their marks against filled entry prices, without fees, in paise (f64:
// exact up to 2^53, as the P&L of trades is).

/** Seconds that are summarised together by their lowest and highest P&L. */
export const BLOCK_BITS: i32 = 8;
export const BLOCK: i32 = 1 << BLOCK_BITS;
/** Bytes of a leg in a table of legs: (grid, units, entry, 0) as i32. Units are signed. */
export const LEG: usize = 16;

/** What moves and what does not move of a sum, each below this, cannot leave 32 bits together. */
const NARROW: f64 = 1073741824;

/**
 * The P&L of legs that are open: path[s] = realised + Σ units · (mark[s] − entry) for s in [from, to), f64 a second.
 * `legs` holds `count` legs. A long is marked at the bid, a short at the ask, and at the last price while the session has
 * had no valid quote.
 */
export function pnlPath(legs: usize, count: i32, stride: i32, realised: f64, from: i32, to: i32, path: usize): void {
  const base = realised - spent(legs, count);
  const units = allUnits(legs, count);
  for (let s = from; s < to; ) {
    const end = blockEnd(s, to);
    writeBlock(legs, count, stride, base, units, s, end, path);
    s = end;
  }
}

/** What was paid for the legs: Σ units · entry. */
export function spent(legs: usize, count: i32): f64 {
  let sum: f64 = 0;
  for (let leg = legs; leg < legs + <usize>count * LEG; leg += LEG) sum += <f64>load<i32>(leg, 4) * <f64>load<i32>(leg, 8);
  return sum;
}

/** Σ |units|. */
export function allUnits(legs: usize, count: i32): f64 {
  let sum: f64 = 0;
  for (let leg = legs; leg < legs + <usize>count * LEG; leg += LEG) sum += abs(<f64>load<i32>(leg, 4));
  return sum;
}

/** The end of the block that holds second `s`, at most `to`. */
// @ts-ignore: decorator
@inline export function blockEnd(s: i32, to: i32): i32 {
  return min((s | (BLOCK - 1)) + 1, to);
}

/** base + Σ units · mark for the seconds [from, to) of one block. `units`: Σ |units|. */
export function writeBlock(legs: usize, count: i32, stride: i32, base: f64, units: f64, from: i32, to: i32, path: usize): void {
  if (mayBeNarrow(legs, count, stride, base, from, to) && holds(units, narrow(true, legs, count, stride, <i32>base, from, to, path, 0))) return;
  for (let s = from; s < to; s++) store<f64>(path + (<usize>s << 3), base);
  for (let i = 0; i < count; i++) add(legs + <usize>i * LEG, stride, from, to, path);
}

/**
 * The lowest and highest of base + Σ units · mark over the seconds [from, to) of one block (f64 each), without the seconds
 * themselves. False where only `writeBlock` can tell.
 */
export function summariseBlock(legs: usize, count: i32, stride: i32, base: f64, units: f64, from: i32, to: i32, summary: usize): bool {
  return mayBeNarrow(legs, count, stride, base, from, to) && holds(units, narrow(false, legs, count, stride, <i32>base, from, to, 0, summary));
}

/** Array of a leg's closing prices: bids for a long, asks for a short. */
// @ts-ignore: decorator
@inline function marks(leg: usize, stride: i32): usize {
  return <usize>load<i32>(leg) + (load<i32>(leg, 4) > 0 ? 0 : <usize>stride << 2);
}

/** Whether 32 bits are worth trying: few legs that all have quotes. These are carried: one at `from` means one in every later second. */
function mayBeNarrow(legs: usize, count: i32, stride: i32, base: f64, from: i32, to: i32): bool {
  if (count < 1 || count > 4 || abs(base) >= NARROW || from + 4 > to) return false;
  for (let i = 0; i < count; i++) if (load<i32>(marks(legs + <usize>i * LEG, stride) + (<usize>from << 2)) <= 0) return false;
  return true;
}

/** Bits of all marks together are no less than any of them. */
// @ts-ignore: decorator
@inline function holds(units: f64, seen: i32): bool {
  return units * <f64>(<u32>seen) < NARROW;
}

// @ts-ignore: decorator
@inline function narrow(write: bool, legs: usize, count: i32, stride: i32, base: i32, from: i32, to: i32, path: usize, summary: usize): i32 {
  // One loop per number of legs: the inlined body keeps only what its constants leave.
  return count == 1 ? sum(write, 1, legs, stride, base, from, to, path, summary)
    : count == 2 ? sum(write, 2, legs, stride, base, from, to, path, summary)
    : count == 3 ? sum(write, 3, legs, stride, base, from, to, path, summary)
    : sum(write, 4, legs, stride, base, from, to, path, summary);
}

// @ts-ignore: decorator
@inline function high(lanes: v128): v128 {
  return f64x2.convert_low_i32x4_s(i32x4.shuffle(lanes, lanes, 2, 3, 2, 3));
}

/**
 * Legs that all have quotes, in 32 bits: right only when what it returns, the bits of all marks seen, says that they hold
 * the sums. At least four seconds. The last vector may reach back over seconds that are done already.
 */
// @ts-ignore: decorator
@inline function sum(write: bool, count: i32, legs: usize, stride: i32, base: i32, from: i32, to: i32, path: usize, summary: usize): i32 {
  const marks0 = marks(legs, stride);
  const marks1 = count > 1 ? marks(legs + LEG, stride) : 0;
  const marks2 = count > 2 ? marks(legs + 2 * LEG, stride) : 0;
  const marks3 = count > 3 ? marks(legs + 3 * LEG, stride) : 0;
  const units0 = i32x4.splat(load<i32>(legs, 4));
  const units1 = i32x4.splat(count > 1 ? load<i32>(legs + LEG, 4) : 0);
  const units2 = i32x4.splat(count > 2 ? load<i32>(legs + 2 * LEG, 4) : 0);
  const units3 = i32x4.splat(count > 3 ? load<i32>(legs + 3 * LEG, 4) : 0);
  const still = i32x4.splat(base);
  let seen = i32x4.splat(0);
  let lowest = i32x4.splat(i32.MAX_VALUE);
  let highest = i32x4.splat(i32.MIN_VALUE);
  for (let s = from; s < to; s += 4) {
    const at = <usize>min(s, to - 4);
    const slot = at << 2;
    let mark = v128.load(marks0 + slot);
    seen = v128.or(seen, mark);
    let pnl = i32x4.add(still, i32x4.mul(mark, units0));
    if (count > 1) {
      mark = v128.load(marks1 + slot);
      seen = v128.or(seen, mark);
      pnl = i32x4.add(pnl, i32x4.mul(mark, units1));
    }
    if (count > 2) {
      mark = v128.load(marks2 + slot);
      seen = v128.or(seen, mark);
      pnl = i32x4.add(pnl, i32x4.mul(mark, units2));
    }
    if (count > 3) {
      mark = v128.load(marks3 + slot);
      seen = v128.or(seen, mark);
      pnl = i32x4.add(pnl, i32x4.mul(mark, units3));
    }
    if (write) {
      const out = path + (at << 3);
      v128.store(out, f64x2.convert_low_i32x4_s(pnl));
      v128.store(out + 16, high(pnl));
    } else {
      lowest = i32x4.min_s(lowest, pnl);
      highest = i32x4.max_s(highest, pnl);
    }
  }
  if (!write) {
    lowest = i32x4.min_s(lowest, i32x4.shuffle(lowest, lowest, 2, 3, 0, 1));
    highest = i32x4.max_s(highest, i32x4.shuffle(highest, highest, 2, 3, 0, 1));
    store<f64>(summary, <f64>min(i32x4.extract_lane(lowest, 0), i32x4.extract_lane(lowest, 1)));
    store<f64>(summary, <f64>max(i32x4.extract_lane(highest, 0), i32x4.extract_lane(highest, 1)), 8);
  }
  return i32x4.extract_lane(seen, 0) | i32x4.extract_lane(seen, 1) | i32x4.extract_lane(seen, 2) | i32x4.extract_lane(seen, 3);
}

/** One leg of any size, also before its first quote. */
function add(leg: usize, stride: i32, from: i32, to: i32, path: usize): void {
  const quotes = marks(leg, stride);
  const prices = <usize>load<i32>(leg) + (<usize>stride << 2) * 3;
  const units = <f64>load<i32>(leg, 4);
  for (let s = from; s < to; s++) {
    const slot = <usize>s << 2;
    const out = path + (<usize>s << 3);
    const quote = load<i32>(quotes + slot);
    store<f64>(out, load<f64>(out) + <f64>(quote > 0 ? quote : load<i32>(prices + slot)) * units);
  }
}

/** The lowest and highest of path[s] over [from, to), from < to, into `out` (f64 each). */
export function pathExtremes(path: usize, from: i32, to: i32, out: usize): void {
  let least = f64x2.splat(Infinity);
  let most = f64x2.splat(-Infinity);
  let at = path + (<usize>from << 3);
  const end = path + (<usize>to << 3);
  for (; at + 16 <= end; at += 16) {
    const pnl = v128.load(at);
    least = f64x2.pmin(least, pnl);
    most = f64x2.pmax(most, pnl);
  }
  if (at < end) {
    const pnl = f64x2.splat(load<f64>(at));
    least = f64x2.pmin(least, pnl);
    most = f64x2.pmax(most, pnl);
  }
  store<f64>(out, min(f64x2.extract_lane(least, 0), f64x2.extract_lane(least, 1)));
  store<f64>(out, max(f64x2.extract_lane(most, 0), f64x2.extract_lane(most, 1)), 8);
}
