// Waiting legs and re-entries: when a premium or a price comes to where an order is decided.

/**
 * First second in [from, to) in which twice the premium lies from `least` to `most` (paise), or −1. The premium is the
 * middle of the last valid quote, or the last price: with `byPrice`, and while the session has had no valid quote.
 */
export function firstPremium(grid: usize, stride: i32, byPrice: bool, from: i32, to: i32, least: f64, most: f64): i32 {
  const array = <usize>stride << 2;
  for (let s = from; s < to; s++) {
    const slot = grid + (<usize>s << 2);
    const bid = byPrice ? 0 : load<i32>(slot);
    const twice = bid > 0 ? <f64>bid + <f64>load<i32>(slot + array) : 2 * <f64>load<i32>(slot + array * 3);
    if (twice > 0 && least <= twice && twice <= most) return s;
  }
  return -1;
}

/** First second in [from, to) in which one array of a grid (i32 a second, 0 for none) lies from `least` to `most`, or −1. */
export function firstWithin(values: usize, from: i32, to: i32, least: f64, most: f64): i32 {
  for (let s = from; s < to; s++) {
    const value = load<i32>(values + (<usize>s << 2));
    if (value > 0 && least <= <f64>value && <f64>value <= most) return s;
  }
  return -1;
}
