// Semantics §2: slice rows to one slot per second, each holding the latest valid value.
// A grid is five i32 arrays of `stride` entries, one after another: bid, ask, quoteSecond, price, priceSecond.
// Seconds in it are places on the grid (0 = the open); priceSecond may be negative (a trade before the open).

/**
 * Fills the grid at `out` for a session of `seconds` slots that opens at second-of-day `open`.
 * bid and ask are 0 until the first valid quote, price is 0 until the first valid price.
 */
export function grid(second: usize, price: usize, priceSecond: usize, bid: usize, ask: usize, rows: i32, open: i32, seconds: i32, stride: i32, out: usize): void {
  const array = <usize>stride << 2;
  const outAsk = out + array;
  const outQuoteSecond = outAsk + array;
  const outPrice = outQuoteSecond + array;
  const outPriceSecond = outPrice + array;

  let b = 0;
  let a = 0;
  let quoted = 0;
  let p = 0;
  let priced = 0;
  let s = 0;
  for (let row = 0; row <= rows; row++) {
    const at = <usize>row << 2;
    // Up to the second before this row, the state is what the earlier rows left.
    const until = row == rows ? seconds : load<i32>(second + at) - open;
    if (until - s >= 4) {
      const fourBids = i32x4.splat(b);
      const fourAsks = i32x4.splat(a);
      const fourQuoted = i32x4.splat(quoted);
      const fourPrices = i32x4.splat(p);
      const fourPriced = i32x4.splat(priced);
      for (; s + 4 <= until; s += 4) {
        const slot = <usize>s << 2;
        v128.store(out + slot, fourBids);
        v128.store(outAsk + slot, fourAsks);
        v128.store(outQuoteSecond + slot, fourQuoted);
        v128.store(outPrice + slot, fourPrices);
        v128.store(outPriceSecond + slot, fourPriced);
      }
    }
    for (; s < until; s++) {
      const slot = <usize>s << 2;
      store<i32>(out + slot, b);
      store<i32>(outAsk + slot, a);
      store<i32>(outQuoteSecond + slot, quoted);
      store<i32>(outPrice + slot, p);
      store<i32>(outPriceSecond + slot, priced);
    }
    if (row == rows) break;
    const newBid = load<i32>(bid + at);
    if (newBid > 0) {
      b = newBid;
      a = load<i32>(ask + at);
      quoted = until;
    }
    const newPrice = load<i32>(price + at);
    if (newPrice > 0) {
      p = newPrice;
      priced = load<i32>(priceSecond + at) - open;
    }
  }
}
