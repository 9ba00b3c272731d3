// `exit.premium`: how far the combined premium of a position has moved from what was filled.

/**
 * Adds one leg: path[s] += lots · (mark[s] − entry) for s in [from, to), in paise (f64), whatever its side. A long is
 * marked at the bid, a short at the ask, and at the last price while the session has had no valid quote.
 */
export function premiumPath(grid: usize, stride: i32, lots: i32, long: bool, entry: i32, from: i32, to: i32, path: usize): void {
  const array = <usize>stride << 2;
  const quotes = long ? grid : grid + array;
  const prices = grid + array * 3;
  for (let s = from; s < to; s++) {
    const slot = <usize>s << 2;
    const quote = load<i32>(quotes + slot);
    const mark = quote > 0 ? quote : load<i32>(prices + slot);
    const at = path + (<usize>s << 3);
    store<f64>(at, load<f64>(at) + <f64>lots * <f64>(mark - entry));
  }
}
