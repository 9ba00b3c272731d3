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

export function createTradeBuilder(): TradeBuilder {
  let length = 0;
  let capacity = 64;
  const columns = allocateTrades(capacity) as MutableTrades;

  function grow(): void {
    capacity *= 4;
    const larger = allocateTrades(capacity);
    for (const name of TRADE_COLUMN_NAMES) larger[name].set(columns[name]);
    Object.assign(columns, larger);
  }

  return {
    get length() {
      return length;
    },
    push(trade) {
      if (length === capacity) grow();
      const row = length++;
      columns.variant[row] = trade.variant;
      columns.date[row] = trade.date;
      columns.positionId[row] = trade.positionId;
      columns.legId[row] = trade.legId;
      columns.expiry[row] = trade.expiry;
      columns.strike[row] = trade.strike;
      columns.cp[row] = trade.cp;
      columns.side[row] = trade.side;
      columns.lots[row] = trade.lots;
      columns.qty[row] = trade.qty;
      columns.decisionEntry[row] = trade.decisionEntry;
      columns.tsEntry[row] = trade.tsEntry;
      columns.entryPx[row] = trade.entryPx;
      columns.decisionExit[row] = trade.decisionExit;
      columns.tsExit[row] = trade.tsExit;
      columns.exitPx[row] = trade.exitPx;
      columns.slippage[row] = trade.slippage;
      columns.fees[row] = trade.fees;
      columns.pnl[row] = trade.pnl;
      columns.mae[row] = trade.mae;
      columns.mfe[row] = trade.mfe;
      columns.reasonEntry[row] = trade.reasonEntry;
      columns.reasonExit[row] = trade.reasonExit;
      columns.windowId[row] = trade.windowId;
      columns.flags[row] = trade.flags;
    },
    rewind(to) {
      length = Math.min(length, to);
    },
    soFar: () => sliceTrades({ length, ...columns }, 0, length),
    finish() {
      const trades = sliceTrades({ length, ...columns }, 0, length);
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
