// Semantics §4 "P&L of the position": open legs at their marks against filled entry prices, without fees, in paise (f64:
// exact up to 2^53, as the P&L of trades is).

/** Seconds that are summarised together by their lowest and highest P&L. */
export const BLOCK_BITS: i32 = 9;
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
@inline export function blockEnd(s: i32, to: i32): i32 {
  return min((s | (BLOCK - 1)) + 1, to);
}

/** base + Σ units · mark for the seconds [from, to) of one block. `units`: Σ |units|. */
export function writeBlock(legs: usize, count: i32, stride: i32, base: f64, units: f64, from: i32, to: i32, path: usize): void {
  if (mayBeNarrow(legs, count, stride, base, from, to)) {
    // One loop per number of legs: the inlined body keeps only what its constants leave.
    const seen = count == 1 ? sums(1, legs, stride, <i32>base, from, to, path)
      : count == 2 ? sums(2, legs, stride, <i32>base, from, to, path)
      : count == 3 ? sums(3, legs, stride, <i32>base, from, to, path)
      : sums(4, legs, stride, <i32>base, from, to, path);
    if (holds(units, seen)) return;
  }
  for (let s = from; s < to; s++) store<f64>(path + (<usize>s << 3), base);
  for (let i = 0; i < count; i++) add(legs + <usize>i * LEG, stride, from, to, path);
}

/**
 * The lowest and highest of base + Σ units · mark over the seconds [from, to) of one block (f64 each), without the seconds
 * themselves. `units`: Σ |units|. False where only `writeBlock` can tell.
 */
export function summariseBlock(legs: usize, count: i32, stride: i32, base: f64, units: f64, from: i32, to: i32, summary: usize): bool {
  if (from + 8 > to || !mayBeNarrow(legs, count, stride, base, from, to)) return false;
  // Legs of equally many units are summed up as signed marks and multiplied once.
  const each = units / <f64>count;
  let alike = true;
  for (let i = 0; i < count; i++) if (abs(<f64>load<i32>(legs + <usize>i * LEG, 4)) != each) alike = false;
  const seen = alike
    ? count == 1 ? range(1, true, legs, stride, from, to, summary) : count == 2 ? range(2, true, legs, stride, from, to, summary) : count == 3 ? range(3, true, legs, stride, from, to, summary) : range(4, true, legs, stride, from, to, summary)
    : count == 2 ? range(2, false, legs, stride, from, to, summary) : count == 3 ? range(3, false, legs, stride, from, to, summary) : range(4, false, legs, stride, from, to, summary);
  if (!holds(units, seen)) return false;
  const factor = alike ? each : 1;
  store<f64>(summary, base + factor * load<f64>(summary));
  store<f64>(summary, base + factor * load<f64>(summary, 8), 8);
  return true;
}

/** Array of a leg's closing prices: bids for a long, asks for a short. */
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
@inline function holds(units: f64, seen: i32): bool {
  return units * <f64>(<u32>seen) < NARROW;
}

/**
 * The lowest and highest of Σ units · mark, of `alike` legs of Σ ± mark, in 32 bits: right only when what is returned, the
 * bits of all marks seen, says that they hold it. At least eight seconds.
 */
@inline function range(count: i32, alike: bool, legs: usize, stride: i32, from: i32, to: i32, summary: usize): i32 {
  const legs1 = count > 1 ? legs + LEG : legs;
  const legs2 = count > 2 ? legs + 2 * LEG : legs;
  const legs3 = count > 3 ? legs + 3 * LEG : legs;
  const marks0 = marks(legs, stride);
  const marks1 = marks(legs1, stride);
  const marks2 = marks(legs2, stride);
  const marks3 = marks(legs3, stride);
  const times0 = times(alike, legs);
  const times1 = times(alike, legs1);
  const times2 = times(alike, legs2);
  const times3 = times(alike, legs3);
  let seen = i32x4.splat(0);
  let lowest = i32x4.splat(i32.MAX_VALUE);
  let highest = i32x4.splat(i32.MIN_VALUE);
  // The last eight seconds may reach back over some that are done already.
  const last = <usize>(to - 8) << 2;
  for (let at = <usize>from << 2; ; at = min(at + 32, last)) {
    let first = v128.load(marks0 + at);
    let second = v128.load(marks0 + at, 16);
    seen = v128.or(seen, v128.or(first, second));
    let early = moved(alike, first, times0);
    let late = moved(alike, second, times0);
    if (count > 1) {
      first = v128.load(marks1 + at);
      second = v128.load(marks1 + at, 16);
      seen = v128.or(seen, v128.or(first, second));
      early = i32x4.add(early, moved(alike, first, times1));
      late = i32x4.add(late, moved(alike, second, times1));
    }
    if (count > 2) {
      first = v128.load(marks2 + at);
      second = v128.load(marks2 + at, 16);
      seen = v128.or(seen, v128.or(first, second));
      early = i32x4.add(early, moved(alike, first, times2));
      late = i32x4.add(late, moved(alike, second, times2));
    }
    if (count > 3) {
      first = v128.load(marks3 + at);
      second = v128.load(marks3 + at, 16);
      seen = v128.or(seen, v128.or(first, second));
      early = i32x4.add(early, moved(alike, first, times3));
      late = i32x4.add(late, moved(alike, second, times3));
    }
    lowest = i32x4.min_s(lowest, i32x4.min_s(early, late));
    highest = i32x4.max_s(highest, i32x4.max_s(early, late));
    if (at >= last) break;
  }
  lowest = i32x4.min_s(lowest, i32x4.shuffle(lowest, lowest, 2, 3, 0, 1));
  highest = i32x4.max_s(highest, i32x4.shuffle(highest, highest, 2, 3, 0, 1));
  // A mark with its bits turned is one less than its negative.
  let shorts: f64 = 0;
  if (alike) for (let i = 0; i < count; i++) shorts += load<i32>(legs + <usize>i * LEG, 4) < 0 ? 1 : 0;
  store<f64>(summary, <f64>min(i32x4.extract_lane(lowest, 0), i32x4.extract_lane(lowest, 1)) + shorts);
  store<f64>(summary, <f64>max(i32x4.extract_lane(highest, 0), i32x4.extract_lane(highest, 1)) + shorts, 8);
  return bits(seen);
}

/** What a leg's marks are multiplied by, or of legs that are alike turned by. */
@inline function times(alike: bool, leg: usize): v128 {
  const units = load<i32>(leg, 4);
  return i32x4.splat(alike ? units >> 31 : units);
}

@inline function moved(alike: bool, mark: v128, times: v128): v128 {
  return alike ? v128.xor(mark, times) : i32x4.mul(mark, times);
}

@inline function bits(lanes: v128): i32 {
  return i32x4.extract_lane(lanes, 0) | i32x4.extract_lane(lanes, 1) | i32x4.extract_lane(lanes, 2) | i32x4.extract_lane(lanes, 3);
}

@inline function high(lanes: v128): v128 {
  return f64x2.convert_low_i32x4_s(i32x4.shuffle(lanes, lanes, 2, 3, 2, 3));
}

/**
 * base + Σ units · mark by second, in 32 bits: right only when what it returns, the bits of all marks seen, says that they
 * hold the sums. At least four seconds. The last vector may reach back over seconds that are done already.
 */
@inline function sums(count: i32, legs: usize, stride: i32, base: i32, from: i32, to: i32, path: usize): i32 {
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
    const out = path + (at << 3);
    v128.store(out, f64x2.convert_low_i32x4_s(pnl));
    v128.store(out + 16, high(pnl));
  }
  return bits(seen);
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
  let at = path + (<usize>from << 3);
  const end = path + (<usize>to << 3);
  let least = f64x2.splat(load<f64>(at));
  let most = least;
  // Two by two, so that minima wait for one another less often.
  let otherLeast = least;
  let otherMost = least;
  for (; at + 64 <= end; at += 64) {
    const first = v128.load(at);
    const second = v128.load(at, 16);
    const third = v128.load(at, 32);
    const fourth = v128.load(at, 48);
    least = f64x2.pmin(least, f64x2.pmin(first, second));
    most = f64x2.pmax(most, f64x2.pmax(first, second));
    otherLeast = f64x2.pmin(otherLeast, f64x2.pmin(third, fourth));
    otherMost = f64x2.pmax(otherMost, f64x2.pmax(third, fourth));
  }
  for (; at < end; at += 8) {
    const pnl = f64x2.splat(load<f64>(at));
    least = f64x2.pmin(least, pnl);
    most = f64x2.pmax(most, pnl);
  }
  least = f64x2.pmin(least, otherLeast);
  most = f64x2.pmax(most, otherMost);
  store<f64>(out, min(f64x2.extract_lane(least, 0), f64x2.extract_lane(least, 1)));
  store<f64>(out, max(f64x2.extract_lane(most, 0), f64x2.extract_lane(most, 1)), 8);
}
