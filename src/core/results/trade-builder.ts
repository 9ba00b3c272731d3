/** Trades as columns: how they are collected row by row, and how tables of them are joined. */
import type { TradeColumns } from "./types.ts";

/** Every column of `TradeColumns` with the array that holds it, in the order of the interface. */
export const TRADE_COLUMN_TYPES = {
  variant: Int32Array,
  date: Int32Array,
  positionId: Int32Array,
  legId: Int32Array,
  expiry: Int32Array,
  strike: Float64Array,
  cp: Uint8Array,
  side: Uint8Array,
  lots: Int32Array,
  qty: Int32Array,
  decisionEntry: Int32Array,
  tsEntry: Int32Array,
  entryPx: Int32Array,
  decisionExit: Int32Array,
  tsExit: Int32Array,
  exitPx: Int32Array,
  slippage: Float64Array,
  fees: Float64Array,
  pnl: Float64Array,
  mae: Float64Array,
  mfe: Float64Array,
  reasonEntry: Uint8Array,
  reasonExit: Uint8Array,
  windowId: Int32Array,
  flags: Uint16Array,
} as const satisfies { [K in TradeColumnName]: new (length: number) => TradeColumns[K] };

export type TradeColumnName = Exclude<keyof TradeColumns, "length">;
export const TRADE_COLUMN_NAMES = Object.keys(TRADE_COLUMN_TYPES) as TradeColumnName[];

/** One trade as numbers; codes and units are those of `TradeColumns`. Callers fill one record again and again. */
export type TradeRecord = { [K in TradeColumnName]: number };

type MutableTrades = { -readonly [K in TradeColumnName]: TradeColumns[K] };

export interface TradeBuilder {
  readonly length: number;
  /** Copies the record's fields; the record can be reused at once. */
  push(trade: Readonly<TradeRecord>): void;
  /** Pushes `count` trades again, from the `first`-th on, as those of another variant. */
  repeat(first: number, count: number, variant: number): void;
  /** Forgets the trades pushed after the first `length`. */
  rewind(length: number): void;
  /** A copy of the trades pushed since the last `finish`; they stay in the builder. */
  soFar(): TradeColumns;
  /** The trades pushed since the last call, in arrays of their own that can be transferred. The builder is empty afterwards. */
  finish(): TradeColumns;
}

/** A record of zeros to fill. */
export function blankTrade(): TradeRecord {
  return Object.fromEntries(TRADE_COLUMN_NAMES.map((name) => [name, 0])) as TradeRecord;
}

const WIDTH = TRADE_COLUMN_NAMES.length;

/** Place of `variant` in a row. */
const VARIANT = TRADE_COLUMN_NAMES.indexOf("variant");

/** Rows are collected one behind another, so that a push touches one stretch of memory; they become columns when they are asked for. `expected`: how many there may be. */
export function createTradeBuilder(expected = 16): TradeBuilder {
  let length = 0;
  let rows = new Float64Array(Math.max(1, expected) * WIDTH);

  function grow(): void {
    const larger = new Float64Array(rows.length * 4);
    larger.set(rows);
    rows = larger;
  }

  function columns(): TradeColumns {
    const trades = allocateTrades(length);
    TRADE_COLUMN_NAMES.forEach((name, column) => {
      const into = trades[name];
      for (let row = 0, at = column; row < length; row++, at += WIDTH) into[row] = rows[at];
    });
    return trades;
  }

  return {
    get length() {
      return length;
    },
    push(trade) {
      if ((length + 1) * WIDTH > rows.length) grow();
      let at = length++ * WIDTH;
      // In the order of the columns.
      rows[at++] = trade.variant;
      rows[at++] = trade.date;
      rows[at++] = trade.positionId;
      rows[at++] = trade.legId;
      rows[at++] = trade.expiry;
      rows[at++] = trade.strike;
      rows[at++] = trade.cp;
      rows[at++] = trade.side;
      rows[at++] = trade.lots;
      rows[at++] = trade.qty;
      rows[at++] = trade.decisionEntry;
      rows[at++] = trade.tsEntry;
      rows[at++] = trade.entryPx;
      rows[at++] = trade.decisionExit;
      rows[at++] = trade.tsExit;
      rows[at++] = trade.exitPx;
      rows[at++] = trade.slippage;
      rows[at++] = trade.fees;
      rows[at++] = trade.pnl;
      rows[at++] = trade.mae;
      rows[at++] = trade.mfe;
      rows[at++] = trade.reasonEntry;
      rows[at++] = trade.reasonExit;
      rows[at++] = trade.windowId;
      rows[at] = trade.flags;
    },
    repeat(first, count, variant) {
      while ((length + count) * WIDTH > rows.length) grow();
      rows.copyWithin(length * WIDTH, first * WIDTH, (first + count) * WIDTH);
      for (const end = length + count; length < end; length++) rows[length * WIDTH + VARIANT] = variant;
    },
    rewind(to) {
      length = Math.min(length, to);
    },
    soFar: columns,
    finish() {
      const trades = columns();
      length = 0;
      return trades;
    },
  };
}

/** A table of `length` trades, all zero. */
export function allocateTrades(length: number): TradeColumns {
  const columns = Object.fromEntries(TRADE_COLUMN_NAMES.map((name) => [name, new TRADE_COLUMN_TYPES[name](length)]));
  return { length, ...(columns as MutableTrades) };
}

/** Rows [start, end) in arrays of their own. */
export function sliceTrades(trades: TradeColumns, start: number, end: number): TradeColumns {
  const columns = Object.fromEntries(TRADE_COLUMN_NAMES.map((name) => [name, trades[name].slice(start, end)]));
  return { length: end - start, ...(columns as MutableTrades) };
}

/** The rows of all tables, one table after another. */
export function concatTrades(tables: readonly TradeColumns[]): TradeColumns {
  const joined = allocateTrades(tables.reduce((rows, table) => rows + table.length, 0));
  let row = 0;
  for (const table of tables) {
    for (const name of TRADE_COLUMN_NAMES) joined[name].set(table[name], row);
    row += table.length;
  }
  return joined;
}

/** The buffers to hand to `postMessage` so that a table moves instead of being copied. */
export function tradeBuffers(trades: TradeColumns): ArrayBuffer[] {
  return TRADE_COLUMN_NAMES.map((name) => trades[name].buffer as ArrayBuffer);
}
