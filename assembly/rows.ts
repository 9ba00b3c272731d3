// Semantics §1.3–1.6: raw rows of one date to the rows of a slice.
import { NS_PER_DAY, NS_PER_SECOND, secondSince } from "./clock";

const TICK: f64 = 5;
/** No instrument costs more than this many rupees: a larger number is a broken field, and would not fit paise in an i32. */
const MOST_RUPEES: f64 = 20000000;
/** Paise that a price may lie beside a whole number of them. */
const SLACK: f64 = 0.01;

/**
 * Rupees to paise, half away from zero; 0 for missing, infinite and not positive. Adds 1 to the byte at `off` of each row whose
 * price is off the tick grid. Rows are taken in pairs: the memory must have room for an even number of them.
 */
export function paiseColumn(rupees: usize, rows: i32, out: usize, off: usize): void {
  const hundred = f64x2.splat(100);
  const half = f64x2.splat(0.5);
  // See toPaise in src/core/money.ts: half means half of the decimal that was written.
  const nudge = f64x2.splat(1 + f64.EPSILON);
  const most = f64x2.splat(MOST_RUPEES);
  const zero = f64x2.splat(0);
  const tick = f64x2.splat(TICK);
  const slack = f64x2.splat(SLACK);
  for (let i = 0; i < rows; i += 2) {
    const value = v128.load(rupees + (<usize>i << 3));
    const sound = v128.and(f64x2.gt(value, zero), f64x2.lt(value, most));
    const scaled = v128.and(f64x2.mul(value, hundred), sound);
    const rounded = f64x2.floor(f64x2.add(f64x2.mul(scaled, nudge), half));
    v128.store64_lane(out + (<usize>i << 2), i32x4.trunc_sat_f64x2_s_zero(rounded), 0);
    const between = f64x2.ne(f64x2.mul(f64x2.floor(f64x2.div(rounded, tick)), tick), rounded);
    const wrong = v128.or(between, f64x2.gt(f64x2.abs(f64x2.sub(scaled, rounded)), slack));
    const marks = i64x2.bitmask(wrong);
    if (marks == 0) continue;
    const at = off + <usize>i;
    store<u16>(at, load<u16>(at) | <u16>((marks & 1) | ((marks & 2) << 7)));
  }
}

/**
 * Rows `order[start … end)`, all of date `day`, to slice columns (i32 each): second, price, priceSecond, bid, ask.
 * Prices are in paise, 0 where missing; a column pointer of 0 means the source has none. `off` holds 1 for rows with a price off
 * the tick grid. `breaks` holds `breakCount` pairs of seconds [from, to).
 * `outRow` receives the place of each row among the source rows. `counts` (i32) receives: out_of_session, crossed,
 * one_sided, off_tick. Returns the rows written.
 */
export function sliceDay(
  clock: usize, order: usize, start: i32, end: i32, day: i32,
  open: i32, close: i32, breaks: usize, breakCount: i32,
  price: usize, bid: usize, ask: usize, lastTrade: usize, off: usize,
  outSecond: usize, outPrice: usize, outPriceSecond: usize, outBid: usize, outAsk: usize, outRow: usize, counts: usize,
): i32 {
  const midnight = <i64>day * NS_PER_DAY;
  // Clocks ascend, and trades come in bursts of rows: most rows lie in the second of the row before.
  let second = -1;
  let until = midnight;
  let traded: i64 = 0;
  let tradedSecond = 0;
  let rows = 0;
  let outside = 0;
  let crossed = 0;
  let oneSided = 0;
  let offTick = 0;
  for (let i = start; i < end; i++) {
    const row = <usize>load<i32>(order + (<usize>i << 2));
    const ns = load<i64>(clock + (row << 3));
    if (ns >= until) {
      second = secondSince(midnight, ns);
      until = midnight + <i64>(second + 1) * NS_PER_SECOND;
    }
    let inside = second >= open && second < close;
    for (let b = 0; b < breakCount; b++) {
      const pair = breaks + (<usize>b << 3);
      if (second >= load<i32>(pair) && second < load<i32>(pair + 4)) inside = false;
    }
    if (!inside) {
      outside++;
      continue;
    }
    const paise = row << 2;
    const out = <usize>rows << 2;
    store<i32>(outSecond + out, second);
    store<i32>(outRow + out, <i32>row);

    let since = second;
    if (lastTrade != 0) {
      const moment = load<i64>(lastTrade + (row << 3));
      if (moment >= midnight && moment <= ns) {
        if (moment != traded) {
          traded = moment;
          tradedSecond = secondSince(midnight, traded);
        }
        since = tradedSecond;
      }
    }
    store<i32>(outPrice + out, price == 0 ? 0 : load<i32>(price + paise));
    store<i32>(outPriceSecond + out, since);

    let bidPaise = 0;
    let askPaise = 0;
    if (bid != 0 && ask != 0) {
      bidPaise = load<i32>(bid + paise);
      askPaise = load<i32>(ask + paise);
      if (bidPaise == 0 || askPaise == 0) oneSided++;
      else if (bidPaise >= askPaise) crossed++;
      if (bidPaise == 0 || askPaise == 0 || bidPaise >= askPaise) {
        bidPaise = 0;
        askPaise = 0;
      }
    }
    store<i32>(outBid + out, bidPaise);
    store<i32>(outAsk + out, askPaise);
    offTick += load<u8>(off + row);
    rows++;
  }
  store<i32>(counts, outside);
  store<i32>(counts + 4, crossed);
  store<i32>(counts + 8, oneSided);
  store<i32>(counts + 12, offTick);
  return rows;
}
