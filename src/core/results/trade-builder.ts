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

/** What differs between the rows of one entry that variants leave at different times. */
const END_NAMES = ["decisionExit", "tsExit", "exitPx", "slippage", "fees", "pnl", "mae", "mfe", "reasonExit", "flags"] as const satisfies readonly TradeColumnName[];
export type TradeEnd = Readonly<Pick<TradeRecord, (typeof END_NAMES)[number]>>;

type MutableTrades = { -readonly [K in TradeColumnName]: TradeColumns[K] };

export interface TradeBuilder {
  readonly length: number;
  /** Rows that have been added; they become trades when a variant takes them. */
  readonly rows: number;
  /** Copies the record's fields except the variant as a row; the record can be reused at once. */
  add(trade: Readonly<TradeRecord>): void;
  /** Adds a row that begins as another did; `end` says how it ends. */
  addLike(row: number): void;
  /** How the row that was added last ends. */
  end(end: TradeEnd): void;
  /** Pushes the `count` rows from the `first`-th on as trades of a variant. */
  take(first: number, count: number, variant: number): void;
  /** Adds a row and takes it. */
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

/** What the rows of one entry have in common. */
const ENTRY_NAMES = TRADE_COLUMN_NAMES.filter((name) => name !== "variant" && !END_NAMES.some((end) => end === name));
const ENTRY_WIDTH = ENTRY_NAMES.length;
/** The place of the entry, and what the row ends with. */
const ROW_WIDTH = 1 + END_NAMES.length;

/** Different rows of a day. */
const ROWS_EXPECTED = 256;
/** Numbers of the largest room that is kept: 8 MB. */
const MOST_SPARE = 1 << 20;
/** Room of a builder that is finished: the next one takes it over, since large arrays are made slowly. */
let spare: { readonly entries: Float64Array; readonly ends: Float64Array } | undefined;

/**
 * Rows are collected one behind another, so that adding one touches one stretch of memory; rows of one entry share it, and
 * variants with the same trades share them. They become columns when these are asked for. `expected`: how many trades there may be.
 */
export function createTradeBuilder(expected = 16): TradeBuilder {
  let { entries, ends } = spare ?? { entries: new Float64Array(ROWS_EXPECTED * ENTRY_WIDTH), ends: new Float64Array(ROWS_EXPECTED * ROW_WIDTH) };
  spare = undefined;
  let entered = 0;
  let rows = 0;
  /** Row and variant of each trade. */
  let taken = new Int32Array(Math.max(1, expected) * 2);
  let length = 0;

  function columns(): TradeColumns {
    const trades = allocateTrades(length);
    for (let i = 0; i < length; i++) trades.variant[i] = taken[2 * i + 1];
    ENTRY_NAMES.forEach((name, column) => {
      const into = trades[name];
      for (let i = 0; i < length; i++) into[i] = entries[ends[taken[2 * i] * ROW_WIDTH] * ENTRY_WIDTH + column];
    });
    END_NAMES.forEach((name, column) => {
      const into = trades[name];
      for (let i = 0; i < length; i++) into[i] = ends[taken[2 * i] * ROW_WIDTH + 1 + column];
    });
    return trades;
  }

  function add(trade: Readonly<TradeRecord>): void {
    if ((entered + 1) * ENTRY_WIDTH > entries.length) entries = larger(entries);
    let at = entered * ENTRY_WIDTH;
    // In the order of the columns.
    entries[at++] = trade.date;
    entries[at++] = trade.positionId;
    entries[at++] = trade.legId;
    entries[at++] = trade.expiry;
    entries[at++] = trade.strike;
    entries[at++] = trade.cp;
    entries[at++] = trade.side;
    entries[at++] = trade.lots;
    entries[at++] = trade.qty;
    entries[at++] = trade.decisionEntry;
    entries[at++] = trade.tsEntry;
    entries[at++] = trade.entryPx;
    entries[at++] = trade.reasonEntry;
    entries[at] = trade.windowId;
    addRow(entered++);
    end(trade);
  }

  function addRow(entry: number): void {
    if ((rows + 1) * ROW_WIDTH > ends.length) ends = larger(ends);
    ends[rows++ * ROW_WIDTH] = entry;
  }

  function addLike(row: number): void {
    addRow(ends[row * ROW_WIDTH]);
  }

  function end(trade: TradeEnd): void {
    const into = ends;
    let at = (rows - 1) * ROW_WIDTH + 1;
    into[at++] = trade.decisionExit;
    into[at++] = trade.tsExit;
    into[at++] = trade.exitPx;
    into[at++] = trade.slippage;
    into[at++] = trade.fees;
    into[at++] = trade.pnl;
    into[at++] = trade.mae;
    into[at++] = trade.mfe;
    into[at++] = trade.reasonExit;
    into[at] = trade.flags;
  }

  function take(first: number, count: number, variant: number): void {
    while ((length + count) * 2 > taken.length) taken = larger(taken);
    const into = taken;
    let at = 2 * length;
    for (let row = first; row < first + count; row++) {
      into[at++] = row;
      into[at++] = variant;
    }
    length += count;
  }

  return {
    get length() {
      return length;
    },
    get rows() {
      return rows;
    },
    add,
    addLike,
    end,
    take,
    push(trade) {
      add(trade);
      take(rows - 1, 1, trade.variant);
    },
    rewind(to) {
      length = Math.min(length, to);
    },
    soFar: columns,
    finish() {
      const trades = columns();
      length = rows = entered = 0;
      if (entries.length + ends.length <= MOST_SPARE) spare = { entries, ends };
      [entries, ends] = [new Float64Array(0), new Float64Array(0)];
      return trades;
    },
  };
}

/** The same with room for four times as much. */
function larger<T extends Float64Array | Int32Array>(full: T): T {
  const room = new (full.constructor as new (length: number) => T)(Math.max(ROWS_EXPECTED, full.length) * 4);
  room.set(full);
  return room;
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
