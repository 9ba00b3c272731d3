/** Positions as columns, made from the trades: one row per position, in the order of the trades. */
import { SIDES, type TradeColumns } from "./types.ts";

/** Codes and units are those of `TradeColumns`; amounts in paise. Every array has `length` entries. */
export interface PositionColumns {
  readonly length: number;
  readonly variant: Int32Array;
  readonly date: Int32Array;
  readonly positionId: Int32Array;
  readonly windowId: Int32Array;
  /** Fill of the entry, and the last exit's fill, seconds of the IST day. */
  readonly tsEntry: Int32Array;
  readonly tsExit: Int32Array;
  /** Number of its trades. */
  readonly legs: Int32Array;
  /** Σ price × quantity of the entries: what was sold counts above 0, what was bought below. */
  readonly entryPremium: Float64Array;
  readonly pnl: Float64Array;
  readonly fees: Float64Array;
  readonly mae: Float64Array;
  readonly mfe: Float64Array;
  readonly reasonEntry: Uint8Array;
  /** Bits of the reasons of its exits, by their place in EXIT_REASONS. */
  readonly reasonsExit: Int32Array;
  /** Bits of the flags of its trades. */
  readonly flags: Uint16Array;
}

const SELL = SIDES.indexOf("SELL");

/** Whether a row is the first of its position. `trades` are in the order of semantics §6, with run-wide position ids. */
export function startsPosition(trades: TradeColumns, row: number): boolean {
  return row === 0 || trades.positionId[row] !== trades.positionId[row - 1] || trades.variant[row] !== trades.variant[row - 1];
}

/** @param trades in the order of semantics §6, with run-wide position ids */
export function positionTable(trades: TradeColumns): PositionColumns {
  let length = 0;
  for (let row = 0; row < trades.length; row++) if (startsPosition(trades, row)) length++;
  const int = () => new Int32Array(length);
  const amount = () => new Float64Array(length);
  const code = () => new Uint8Array(length);
  const table = {
    length, variant: int(), date: int(), positionId: int(), windowId: int(), tsEntry: int(), tsExit: int(), legs: int(),
    entryPremium: amount(), pnl: amount(), fees: amount(), mae: amount(), mfe: amount(), reasonEntry: code(), reasonsExit: int(), flags: new Uint16Array(length),
  };
  const OF_POSITION = ["variant", "date", "positionId", "windowId", "tsEntry", "mae", "mfe", "reasonEntry"] as const;
  let i = -1;
  for (let row = 0; row < trades.length; row++) {
    if (startsPosition(trades, row)) {
      i++;
      for (const name of OF_POSITION) table[name][i] = trades[name][row];
    }
    table.legs[i]++;
    table.tsExit[i] = Math.max(table.tsExit[i], trades.tsExit[row]);
    table.entryPremium[i] += trades.entryPx[row] * trades.qty[row] * (trades.side[row] === SELL ? 1 : -1);
    table.pnl[i] += trades.pnl[row];
    table.fees[i] += trades.fees[row];
    table.reasonsExit[i] |= 1 << trades.reasonExit[row];
    table.flags[i] |= trades.flags[row];
  }
  return table;
}
