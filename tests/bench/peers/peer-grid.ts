/** Grids in plain TypeScript, for peers whose own languages have none: the arrays of assembly/grid.ts. */
import type { Session } from "../../../src/core/market/types.ts";
import type { DayNumber } from "../../../src/core/time.ts";

/** A file's rows in the order of their clocks, as whole numbers. Prices in paise, 0 where the row has no valid one. */
export interface PeerRows {
  readonly day: Int32Array;
  /** Seconds of the day. */
  readonly second: Int32Array;
  readonly price: Int32Array;
  readonly priceSecond: Int32Array;
  readonly bid: Int32Array;
  readonly ask: Int32Array;
}

export const PEER_COLUMNS = ["day", "second", "price", "priceSecond", "bid", "ask"] as const satisfies readonly (keyof PeerRows)[];

/** Rows [first, last) of a day. */
export function rowsOfDay({ day }: PeerRows, date: DayNumber): readonly [first: number, last: number] {
  const first = day.indexOf(date);
  return first < 0 ? [0, 0] : [first, day.lastIndexOf(date) + 1];
}

export function gridOf({ second, price, priceSecond, bid, ask }: PeerRows, [first, last]: readonly [number, number], { open, close }: Session): Int32Array<ArrayBuffer> {
  const seconds = close - open;
  const stride = (seconds + 3) & ~3;
  const grid = new Int32Array(5 * stride);
  const state = new Int32Array(5);
  let s = 0;
  const fillUntil = (end: number): void => {
    if (end <= s) return;
    for (let array = 0; array < 5; array++) grid.fill(state[array], array * stride + s, array * stride + end);
    s = end;
  };
  for (let row = first; row < last; row++) {
    const at = second[row] - open;
    if (at < 0 || at >= seconds) continue;
    fillUntil(at);
    if (bid[row] > 0) {
      state[0] = bid[row];
      state[1] = ask[row];
      state[2] = at;
    }
    if (price[row] > 0) {
      state[3] = price[row];
      state[4] = priceSecond[row] - open;
    }
  }
  fillUntil(seconds);
  return grid;
}
