/** Rows of one contract as columns of numbers, before they become the typed columns of a file. */

const LEVELS = [0, 1, 2, 3, 4] as const;
const BID_NAMES = LEVELS.flatMap((n) => [`bq${n}`, `bp${n}`, `bo${n}`]);
const ASK_NAMES = LEVELS.flatMap((n) => [`sq${n}`, `sp${n}`, `so${n}`]);

/** In file order; the six columns `ts symbol opt_type strike year month` follow. Clocks are milliseconds of IST digits since 1970. */
export const ROW_COLUMNS: readonly string[] = [
  "timestamp", "price", "qty", "avgPrice", "volume", "bQty", "sQty", "open", "high", "low", "close", "changeper",
  "lastTradeTime", "oi", "oiHigh", "oiLow", ...BID_NAMES, ...ASK_NAMES, "ts",
];

/** Places in `ROW_COLUMNS`. */
export const COL = {
  timestamp: 0, price: 1, qty: 2, avgPrice: 3, volume: 4, bQty: 5, sQty: 6, open: 7, high: 8, low: 9, close: 10, changeper: 11,
  lastTradeTime: 12, oi: 13, oiHigh: 14, oiLow: 15, bid: 16, ask: 31, ts: 46,
} as const;

/** Level 0–4 of the bid side: quantity, price, orders are three columns in a row. */
export const bidColumn = (level: number): number => COL.bid + 3 * level;
export const askColumn = (level: number): number => COL.ask + 3 * level;
export const BID_PRICE = COL.bid + 1;
export const ASK_PRICE = COL.ask + 1;
export const BOOK_LEVELS = LEVELS.length;

/** Columns that files hold as integers. */
export const INTEGER_COLUMNS: ReadonlySet<string> = new Set(ROW_COLUMNS.filter((name) => /^([bs][qo]\d|qty|volume|[bs]Qty|oi|oiHigh|oiLow)$/.test(name)));

export class Rows {
  length = 0;
  readonly columns: Float64Array[];
  /** 1 where the value is null; absent for a column without nulls. NaN is a value of its own. */
  readonly nulls: (Uint8Array | undefined)[];

  constructor(readonly capacity: number) {
    this.columns = ROW_COLUMNS.map(() => new Float64Array(capacity));
    this.nulls = ROW_COLUMNS.map(() => undefined);
  }

  setNull(column: number, row: number): void {
    (this.nulls[column] ??= new Uint8Array(this.capacity))[row] = 1;
  }

  isNull(column: number, row: number): boolean {
    return this.nulls[column]?.[row] === 1;
  }

  /** Rows by index, in the order given; an index may occur twice. */
  gather(order: Int32Array): Rows {
    const into = new Rows(order.length);
    into.length = order.length;
    this.columns.forEach((from, c) => {
      const to = into.columns[c];
      for (let i = 0; i < order.length; i++) to[i] = from[order[i]];
      const mask = this.nulls[c];
      if (mask) into.nulls[c] = Uint8Array.from(order, (row) => mask[row]);
    });
    return into;
  }

  static concat(parts: readonly Rows[]): Rows {
    const into = new Rows(parts.reduce((sum, part) => sum + part.length, 0));
    for (const part of parts) {
      part.columns.forEach((from, c) => {
        into.columns[c].set(from.subarray(0, part.length), into.length);
        const mask = part.nulls[c];
        if (mask) (into.nulls[c] ??= new Uint8Array(into.capacity)).set(mask.subarray(0, part.length), into.length);
      });
      into.length += part.length;
    }
    return into;
  }
}
