// Semantics §1.3–1.6: raw rows of one date to the rows of a slice.
import { BAD, dayOf, secondOf } from "./clock";

const TICK: i32 = 5;
/** No instrument costs more than this many rupees: a larger number is a broken field, and would not fit paise in an i32. */
const MOST_RUPEES: f64 = 20000000;

let offTick: bool = false;

/** Rupees to paise, half away from zero; 0 for missing, infinite and not positive. Notes a price off the tick grid. */
// @ts-ignore: decorator
@inline function paise(rupees: f64): i32 {
  if (!(rupees > 0 && rupees < MOST_RUPEES)) return 0;
  const scaled = rupees * 100;
  // See toPaise in src/core/money.ts: half means half of the decimal that was written.
  const rounded = <i32>floor(scaled * (1 + f64.EPSILON) + 0.5);
  if (rounded % TICK != 0 || abs(scaled - <f64>rounded) > 0.01) offTick = true;
  return rounded;
}

/**
 * Rows `order[start … end)`, all of date `day`, to slice columns (i32 each): second, price, priceSecond, bid, ask.
 * A column pointer of 0 means the source has none. `breaks` holds `breakCount` pairs of seconds [from, to).
 * `outRow` receives the place of each row among the source rows. `counts` (i32) receives: out_of_session, crossed,
 * one_sided, off_tick. Returns the rows written.
 */
export function sliceDay(
  clock: usize, order: usize, start: i32, end: i32, day: i32,
  open: i32, close: i32, breaks: usize, breakCount: i32,
  price: usize, bid: usize, ask: usize, lastTrade: usize,
  outSecond: usize, outPrice: usize, outPriceSecond: usize, outBid: usize, outAsk: usize, outRow: usize, counts: usize,
): i32 {
  let rows = 0;
  let outside = 0;
  let crossed = 0;
  let oneSided = 0;
  let off = 0;
  for (let i = start; i < end; i++) {
    const row = <usize>load<i32>(order + (<usize>i << 2)) << 3;
    const ns = load<i64>(clock + row);
    const second = secondOf(ns);
    let inside = second >= open && second < close;
    for (let b = 0; b < breakCount; b++) {
      const pair = breaks + (<usize>b << 3);
      if (second >= load<i32>(pair) && second < load<i32>(pair + 4)) inside = false;
    }
    if (!inside) {
      outside++;
      continue;
    }
    offTick = false;
    const out = <usize>rows << 2;
    store<i32>(outSecond + out, second);
    store<i32>(outRow + out, <i32>(row >> 3));

    const last = price == 0 ? 0 : paise(load<f64>(price + row));
    let since = second;
    if (lastTrade != 0) {
      const traded = load<i64>(lastTrade + row);
      if (traded != BAD && traded <= ns && dayOf(traded) == day) since = secondOf(traded);
    }
    store<i32>(outPrice + out, last);
    store<i32>(outPriceSecond + out, since);

    let bidPaise = 0;
    let askPaise = 0;
    if (bid != 0 && ask != 0) {
      bidPaise = paise(load<f64>(bid + row));
      askPaise = paise(load<f64>(ask + row));
      if (bidPaise == 0 || askPaise == 0) oneSided++;
      else if (bidPaise >= askPaise) crossed++;
      if (bidPaise == 0 || askPaise == 0 || bidPaise >= askPaise) {
        bidPaise = 0;
        askPaise = 0;
      }
    }
    store<i32>(outBid + out, bidPaise);
    store<i32>(outAsk + out, askPaise);
    if (offTick) off++;
    rows++;
  }
  store<i32>(counts, outside);
  store<i32>(counts + 4, crossed);
  store<i32>(counts + 8, oneSided);
  store<i32>(counts + 12, off);
  return rows;
}
