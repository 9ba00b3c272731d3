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
type EndName = (typeof END_NAMES)[number];
/** What rows begin with that variants leave at different times. */
export type TradeEntry = Readonly<Omit<TradeRecord, "variant" | EndName>>;

type MutableTrades = { -readonly [K in TradeColumnName]: TradeColumns[K] };

/** Rows by their place: that of their entry, and how they end. */
export type RowColumns = Readonly<Pick<TradeColumns, EndName> & { entry: Int32Array }>;

/** Rows of the builder that stand one behind another, and those that come before them. */
export interface Rows {
  readonly before: Rows | undefined;
  readonly first: number;
  readonly count: number;
}

/** A variant with what came of its day. */
export interface Taker {
  readonly variant: number;
  readonly outcome: { readonly rows: Rows | undefined } | undefined;
}

export interface TradeBuilder {
  /** How often rows have been taken since the last `finish`. */
  readonly taken: number;
  /** Adds what rows begin with, and answers its place. */
  addEntry(entry: TradeEntry): number;
  /** Makes room for rows one behind another and answers the place of the first; they are written to `rows`, and become trades when a variant takes them. */
  addRows(count: number): number;
  /** The columns of what has been added: others after the next `addRows`. */
  readonly rows: RowColumns;
  /** Makes the rows of variants their trades, in this order. */
  take(takers: readonly Taker[]): void;
  /** Adds a row with an entry of its own and takes it. The record can be reused at once. */
  push(trade: Readonly<TradeRecord>): void;
  /** Forgets what has been taken after the first `taken` times. */
  rewind(taken: number): void;
  /** A copy of the trades since the last `finish`; they stay in the builder. */
  soFar(): TradeColumns;
  /** The trades since the last call, in arrays of their own that can be transferred. The builder is empty afterwards. */
  finish(): TradeColumns;
}

/** A record of zeros to fill. */
export function blankTrade(): TradeRecord {
  return Object.fromEntries(TRADE_COLUMN_NAMES.map((name) => [name, 0])) as TradeRecord;
}

/** What the rows of one entry have in common. */
const ENTRY_NAMES = TRADE_COLUMN_NAMES.filter((name) => name !== "variant" && !END_NAMES.some((end) => end === name));
const ENTRY_WIDTH = ENTRY_NAMES.length;

/** Different rows of a day. */
const ROWS_EXPECTED = 256;
/** Rows and numbers of entries of the largest room that is kept: about 8 MB. */
const MOST_SPARE = 1 << 17;
/** Room of a builder that is finished: the next one takes it over, since large arrays are made slowly. */
let spare: { readonly entries: Float64Array; readonly rows: RowColumns } | undefined;

/**
 * An entry is collected in one stretch of memory, and rows share it; how they end is collected by columns, and
 * variants with the same trades share rows. They become trades when these are asked for.
 */
export function createTradeBuilder(): TradeBuilder {
  let { entries, rows } = spare ?? { entries: new Float64Array(ROWS_EXPECTED * ENTRY_WIDTH), rows: rowsWithRoom(ROWS_EXPECTED) };
  spare = undefined;
  let entered = 0;
  let added = 0;
  const taken: (readonly Taker[])[] = [];

  function columns(): TradeColumns {
    let length = 0;
    for (const takers of taken) for (const { outcome } of takers) for (let at = outcome?.rows; at; at = at.before) length += at.count;
    const trades = allocateTrades(length);
    const rowOf = new Int32Array(length);
    // From the last to the first, as rows know those before them.
    let place = length;
    for (let i = taken.length - 1; i >= 0; i--) {
      for (let j = taken[i].length - 1; j >= 0; j--) {
        const { variant, outcome } = taken[i][j];
        for (let at = outcome?.rows; at; at = at.before) {
          for (let row = at.first + at.count - 1; row >= at.first; row--) {
            rowOf[--place] = row;
            trades.variant[place] = variant;
          }
        }
      }
    }
    ENTRY_NAMES.forEach((name, column) => {
      const into = trades[name];
      for (let i = 0; i < length; i++) into[i] = entries[rows.entry[rowOf[i]] * ENTRY_WIDTH + column];
    });
    for (const name of END_NAMES) {
      const [into, from] = [trades[name], rows[name]];
      for (let i = 0; i < length; i++) into[i] = from[rowOf[i]];
    }
    return trades;
  }

  function addEntry(entry: TradeEntry): number {
    if ((entered + 1) * ENTRY_WIDTH > entries.length) entries = larger(entries);
    let at = entered * ENTRY_WIDTH;
    // In the order of the columns.
    entries[at++] = entry.date;
    entries[at++] = entry.positionId;
    entries[at++] = entry.legId;
    entries[at++] = entry.expiry;
    entries[at++] = entry.strike;
    entries[at++] = entry.cp;
    entries[at++] = entry.side;
    entries[at++] = entry.lots;
    entries[at++] = entry.qty;
    entries[at++] = entry.decisionEntry;
    entries[at++] = entry.tsEntry;
    entries[at++] = entry.entryPx;
    entries[at++] = entry.reasonEntry;
    entries[at] = entry.windowId;
    return entered++;
  }

  function addRows(count: number): number {
    while (added + count > rows.entry.length) rows = withMoreRoom(rows);
    added += count;
    return added - count;
  }

  function take(takers: readonly Taker[]): void {
    taken.push(takers);
  }

  return {
    get taken() {
      return taken.length;
    },
    get rows() {
      return rows;
    },
    addEntry,
    addRows,
    take,
    push(trade) {
      const row = addRows(1);
      rows.entry[row] = addEntry(trade);
      for (const name of END_NAMES) rows[name][row] = trade[name];
      take([{ variant: trade.variant, outcome: { rows: { before: undefined, first: row, count: 1 } } }]);
    },
    rewind(to) {
      taken.length = Math.min(taken.length, to);
    },
    soFar: columns,
    finish() {
      const trades = columns();
      taken.length = added = entered = 0;
      if (entries.length + rows.entry.length <= MOST_SPARE) spare = { entries, rows };
      [entries, rows] = [new Float64Array(0), rowsWithRoom(0)];
      return trades;
    },
  };
}

function rowsWithRoom(room: number): RowColumns {
  const ends = Object.fromEntries(END_NAMES.map((name) => [name, new TRADE_COLUMN_TYPES[name](room)])) as Pick<MutableTrades, EndName>;
  return { ...ends, entry: new Int32Array(room) };
}

function withMoreRoom(full: RowColumns): RowColumns {
  const rows = rowsWithRoom(roomBeyond(full.entry.length));
  rows.entry.set(full.entry);
  for (const name of END_NAMES) rows[name].set(full[name]);
  return rows;
}

function larger(full: Float64Array): Float64Array {
  const room = new Float64Array(roomBeyond(full.length));
  room.set(full);
  return room;
}

function roomBeyond(length: number): number {
  return Math.max(ROWS_EXPECTED, length) * 4;
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
