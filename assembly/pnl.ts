// Semantics §4 "P&L of the position": open legs at their marks against filled entry prices, without fees.

// @ts-ignore: decorator
@inline function markOf(quote: i32, price: i32): i32 {
  return quote > 0 ? quote : price;
}

/**
 * Adds one leg to the P&L path: path[s] += units · (mark[s] − entry) for s in [from, to), in paise (i64).
 * `first` starts the path instead of adding. Units are signed: a long is marked at the bid, a short at the ask,
 * and at the last price while the session has had no valid quote.
 */
export function pnlPath(grid: usize, stride: i32, units: i32, entry: i32, from: i32, to: i32, path: usize, first: bool): void {
  const array = <usize>stride << 2;
  const quote = units > 0 ? grid : grid + array;
  const price = grid + array * 3;
  const zero = i32x4.splat(0);
  const entries = i32x4.splat(entry);
  const quantity = i32x4.splat(units);
  let s = from;
  for (; s + 4 <= to; s += 4) {
    const slot = <usize>s << 2;
    const quotes = v128.load(quote + slot);
    const marks = v128.bitselect(quotes, v128.load(price + slot), i32x4.gt_s(quotes, zero));
    const moved = i32x4.sub(marks, entries);
    let low = i64x2.extmul_low_i32x4_s(moved, quantity);
    let high = i64x2.extmul_high_i32x4_s(moved, quantity);
    const out = path + (<usize>s << 3);
    if (!first) {
      low = i64x2.add(low, v128.load(out));
      high = i64x2.add(high, v128.load(out + 16));
    }
    v128.store(out, low);
    v128.store(out + 16, high);
  }
  for (; s < to; s++) {
    const slot = <usize>s << 2;
    const value = <i64>units * <i64>(markOf(load<i32>(quote + slot), load<i32>(price + slot)) - entry);
    const out = path + (<usize>s << 3);
    store<i64>(out, first ? value : load<i64>(out) + value);
  }
}

/** Adds what closed legs have realised to the path: path[s] += value for s in [from, to), in paise (i64). */
export function addRealised(path: usize, from: i32, to: i32, value: i64): void {
  for (let s = from; s < to; s++) {
    const at = path + (<usize>s << 3);
    store<i64>(at, load<i64>(at) + value);
  }
}
