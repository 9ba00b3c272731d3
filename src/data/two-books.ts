import type { Slice } from "../core/grid/slice.ts";
import type { Second } from "../core/time.ts";

/** Two rows of one second are of two markets when their prices lie further apart than this share of the price. */
const APART = 0.0005;

/**
 * The first second that holds two books which cannot be the same market: bid of one above ask of the other by more than a
 * market moves within a second. Undefined when there is none. Rows without a quote are judged by their price.
 */
export function secondWithTwoBooks({ length, second, price, bid, ask }: Slice): Second | undefined {
  for (let start = 0; start < length; ) {
    let highestBid = 0;
    let lowestAsk = Infinity;
    let end = start;
    for (; end < length && second[end] === second[start]; end++) {
      const low = bid[end] > 0 ? bid[end] : price[end];
      const high = bid[end] > 0 ? ask[end] : price[end];
      if (low <= 0) continue;
      if (low > highestBid) highestBid = low;
      if (high < lowestAsk) lowestAsk = high;
    }
    if (highestBid - lowestAsk > APART * lowestAsk) return second[start];
    start = end;
  }
  return undefined;
}
