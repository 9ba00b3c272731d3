// Semantics §4 "P&L of the position": open legs at their marks against filled entry prices, without fees, in paise (f64:
// exact up to 2^53, as the P&L of trades is).

/** Seconds of a block whose lowest and highest P&L are kept, so that a later search can pass over it. */
export const BLOCK_BITS: i32 = 8;
export const BLOCK: i32 = 1 << BLOCK_BITS;
/** Bytes of a leg in the table of legs. */
const LEG: usize = 16;

/** What moves and what does not move of a sum, each below this, cannot leave 32 bits together. */
const NARROW: f64 = 1073741824;

/**
 * The P&L path of legs that are open: path[s] = realised + Σ units · (mark[s] − entry) for s in [from, to).
 * `legs` holds `count` times (grid, units, entry, 0) as i32. Units are signed: a long is marked at the bid, a short at
 * the ask, and at the last price while the session has had no valid quote.
 * `blocks` receives the lowest and highest P&L (f64 each) of every block of seconds that begins or ends in [from, to);
 * 0 for none.
 */
export function pnlPath(legs: usize, count: i32, stride: i32, realised: f64, from: i32, to: i32, path: usize, blocks: usize): void {
  let base = realised;
  let units: f64 = 0;
  for (let i = 0; i < count; i++) {
    const leg = legs + <usize>i * LEG;
    base -= <f64>load<i32>(leg, 4) * <f64>load<i32>(leg, 8);
    units += abs(<f64>load<i32>(leg, 4));
  }
  for (let s = from; s < to; ) {
    const end = min((s | (BLOCK - 1)) + 1, to);
    const block = blocks == 0 ? spare : blocks + (<usize>(s >> BLOCK_BITS) << 4);
    let narrow = count > 0 && count <= 4 && abs(base) < NARROW && s + 4 <= end;
    for (let i = 0; narrow && i < count; i++) narrow = quoted(legs + <usize>i * LEG, stride, s);
    if (narrow) {
      const seen = count == 1 ? sum(1, legs, stride, <i32>base, s, end, path, block)
        : count == 2 ? sum(2, legs, stride, <i32>base, s, end, path, block)
        : count == 3 ? sum(3, legs, stride, <i32>base, s, end, path, block)
        : sum(4, legs, stride, <i32>base, s, end, path, block);
      // Bits of all marks together are no less than any of them.
      narrow = units * <f64>(<u32>seen) < NARROW;
    }
    if (!narrow) {
      start(path, s, end, base);
      for (let i = 0; i < count; i++) add(legs + <usize>i * LEG, stride, s, end, path);
      summarise(path, s, end, block);
    }
    s = end;
  }
}

/** Where the summary of a block goes that nobody asked for. */
const spare = memory.data(16, 16);

/** Array of a leg's closing prices: bids for a long, asks for a short. */
// @ts-ignore: decorator
@inline function marks(leg: usize, stride: i32): usize {
  return <usize>load<i32>(leg) + (load<i32>(leg, 4) > 0 ? 0 : <usize>stride << 2);
}

/** Quotes are carried: one at `s` means one in every later second. */
// @ts-ignore: decorator
@inline function quoted(leg: usize, stride: i32, s: i32): bool {
  return load<i32>(marks(leg, stride) + (<usize>s << 2)) > 0;
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
@inline function sum(count: i32, legs: usize, stride: i32, base: i32, from: i32, to: i32, path: usize, block: usize): i32 {
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
    lowest = i32x4.min_s(lowest, pnl);
    highest = i32x4.max_s(highest, pnl);
    const out = path + (at << 3);
    v128.store(out, f64x2.convert_low_i32x4_s(pnl));
    v128.store(out + 16, high(pnl));
  }
  lowest = i32x4.min_s(lowest, i32x4.shuffle(lowest, lowest, 2, 3, 0, 1));
  highest = i32x4.max_s(highest, i32x4.shuffle(highest, highest, 2, 3, 0, 1));
  store<f64>(block, <f64>min(i32x4.extract_lane(lowest, 0), i32x4.extract_lane(lowest, 1)));
  store<f64>(block, <f64>max(i32x4.extract_lane(highest, 0), i32x4.extract_lane(highest, 1)), 8);
  return i32x4.extract_lane(seen, 0) | i32x4.extract_lane(seen, 1) | i32x4.extract_lane(seen, 2) | i32x4.extract_lane(seen, 3);
}

function start(path: usize, from: i32, to: i32, value: f64): void {
  for (let s = from; s < to; s++) store<f64>(path + (<usize>s << 3), value);
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

/** The lowest and highest P&L over [from, to), from < to, into `out` (f64 each). `blocks` as of `pnlPath`. */
export function pathExtremes(path: usize, blocks: usize, from: i32, to: i32, out: usize): void {
  let least = Infinity;
  let most = -Infinity;
  for (let s = from; s < to; ) {
    const end = min((s | (BLOCK - 1)) + 1, to);
    if (blocks != 0 && end - s == BLOCK) {
      const block = blocks + (<usize>(s >> BLOCK_BITS) << 4);
      least = min(least, load<f64>(block));
      most = max(most, load<f64>(block, 8));
    } else {
      for (let i = s; i < end; i++) {
        const pnl = load<f64>(path + (<usize>i << 3));
        least = min(least, pnl);
        most = max(most, pnl);
      }
    }
    s = end;
  }
  store<f64>(out, least);
  store<f64>(out, most, 8);
}

function summarise(path: usize, from: i32, to: i32, block: usize): void {
  let least = Infinity;
  let most = -Infinity;
  for (let s = from; s < to; s++) {
    const pnl = load<f64>(path + (<usize>s << 3));
    least = min(least, pnl);
    most = max(most, pnl);
  }
  store<f64>(block, least);
  store<f64>(block, most, 8);
}
