import { dayNumber, parseClock, SECONDS_PER_DAY, type IsoDate } from "../../src/core/time.ts";
import { COL, Rows, askColumn, bidColumn } from "../../src/core/sample/rows.ts";
import { contractTable } from "../../src/core/sample/contract-table.ts";
import { type SampleTable, constantText, timeColumn } from "../../src/core/sample/table.ts";
import { tempFolder } from "./temp-folder.ts";
import { writeTables } from "./write-table.ts";

/** `HH:MM`, `HH:MM:SS` or `HH:MM:SS.mmm` of the row's date, digits of IST; "epoch" is 1970-01-01T05:30; null is null. */
export type TinyClock = string | null;
/** Price and quantity of levels 0, 1, …; a missing part is null in the file. */
export type TinyLevels = readonly (readonly [price: number | null, quantity: number | null])[];

export interface TinyRow {
  /** `timestamp`. */
  readonly t: TinyClock;
  readonly date?: IsoDate;
  /** Default: as `t`. */
  readonly ts?: TinyClock;
  /** Rupees; null and NaN stay what they are. Default 0: not traded today. */
  readonly price?: number | null;
  /** Level 1. Default 0: no such side. */
  readonly bid?: number | null;
  readonly ask?: number | null;
  /** Default 150 where the side has a price. */
  readonly bidQty?: number | null;
  readonly askQty?: number | null;
  /** All levels of a side, instead of `bid` and `bidQty`. */
  readonly bids?: TinyLevels;
  readonly asks?: TinyLevels;
  /** `lastTradeTime`, or a day and a time `2024-05-29 15:04:29`. Default: as `t`. */
  readonly lastTrade?: TinyClock;
  readonly volume?: number | null;
  readonly oi?: number | null;
}

export interface TinySpotRow {
  readonly t: TinyClock;
  readonly date?: IsoDate;
  readonly price: number | null;
}

export interface TinyFolder {
  /** Date of rows that name none; default 2024-08-20, a Tuesday before an expiry. */
  readonly date?: IsoDate;
  /** Name without `.parquet`: `banknifty2482150500ce`. */
  readonly contracts: readonly { readonly name: string; readonly rows: readonly TinyRow[] }[];
  /** One file per date; none when absent. */
  readonly spot?: readonly TinySpotRow[];
  /** One futures file per expiry, `BANKNIFTY24AUGFUT`. */
  readonly futures?: readonly { readonly name: string; readonly expiry: IsoDate; readonly rows: readonly TinyRow[] }[];
  /** Default: below the system's temporary folder, removed after the tests of the file. */
  readonly root?: string;
}

const NAME_TAIL = /^([a-z]+?)\d\d(?:[1-9ond]\d\d|[a-z]{3})(\d{4,5})(ce|pe)$/i;
const DEFAULT_DATE = "2024-08-20";
const DEFAULT_QUANTITY = 150;
const EPOCH_MS = 19_800_000;

/** Writes a folder of real Parquet files, all 52 columns, from a few rows each; returns its path. */
export function tinyFolder({ date = DEFAULT_DATE, contracts, spot = [], futures = [], root = tempFolder() }: TinyFolder): string {
  for (const { name, rows } of contracts) {
    const match = NAME_TAIL.exec(name);
    if (!match) throw new RangeError(`"${name}" is no name like banknifty2482150500ce or banknifty24aug50500ce`);
    const option = { strike: Number(match[2]), cp: match[3].toUpperCase() === "CE" ? "CE" : "PE" } as const;
    writeTables(root, `options/${name}.parquet`, [contractTable(tinyRows(rows, date), { symbol: match[1].toUpperCase(), option, unit: "us" })]);
  }
  for (const day of new Set(spot.map((row) => row.date ?? date))) {
    writeTables(root, `spot/banknifty/date=${day}.parquet`, [spotTable(spot.filter((row) => (row.date ?? date) === day), day)]);
  }
  for (const { name, expiry, rows } of futures) {
    const table = contractTable(tinyRows(rows, date), { symbol: name, unit: "us" });
    writeTables(root, `futures/${name}.parquet`, [{ rows: table.rows, columns: [...table.columns, constantText("expiry", table.rows, expiry)] }]);
  }
  return root;
}

function tinyRows(given: readonly TinyRow[], defaultDate: IsoDate): Rows {
  const rows = new Rows(given.length);
  rows.length = given.length;
  const set = (name: keyof typeof COL | number, r: number, value: number | null): void => {
    const column = typeof name === "number" ? name : COL[name];
    if (value === null) rows.setNull(column, r);
    else rows.columns[column][r] = value;
  };
  given.forEach((row, r) => {
    const day = row.date ?? defaultDate;
    set("timestamp", r, milliseconds(row.t, day));
    set("ts", r, milliseconds(row.ts === undefined ? row.t : row.ts, day));
    set("lastTradeTime", r, milliseconds(row.lastTrade === undefined ? row.t : row.lastTrade, day));
    set("price", r, row.price === undefined ? 0 : row.price);
    set("volume", r, row.volume ?? (row.volume === null ? null : 0));
    set("oi", r, row.oi ?? (row.oi === null ? null : 0));
    writeLevels(row.bids ?? levelOne(row.bid, row.bidQty), (level, part, value) => set(bidColumn(level) + part, r, value));
    writeLevels(row.asks ?? levelOne(row.ask, row.askQty), (level, part, value) => set(askColumn(level) + part, r, value));
  });
  return rows;
}

function levelOne(price: number | null | undefined, quantity: number | null | undefined): TinyLevels {
  if (price === undefined) return [];
  return [[price, quantity === undefined ? DEFAULT_QUANTITY : quantity]];
}

/** Parts of a level: 0 quantity, 1 price, 2 orders. */
function writeLevels(levels: TinyLevels, set: (level: number, part: 0 | 1 | 2, value: number | null) => void): void {
  levels.forEach(([price, quantity], level) => {
    set(level, 0, quantity);
    set(level, 1, price);
    set(level, 2, 1);
  });
}

function spotTable(rows: readonly TinySpotRow[], day: IsoDate): SampleTable {
  const clocks = rows.map(({ t }) => milliseconds(t, day));
  const nulls = Uint8Array.from(clocks, (clock) => (clock === null ? 1 : 0));
  return {
    rows: rows.length,
    columns: [
      timeColumn("timestamp", Float64Array.from(clocks, (clock) => clock ?? 0), "us", "UTC", nulls),
      { name: "price", type: "double", values: Float64Array.from(rows, ({ price }) => price ?? NaN), nulls: Uint8Array.from(rows, ({ price }) => (price === null ? 1 : 0)) },
      constantText("symbol", rows.length, "BANKNIFTY"),
    ],
  };
}

function milliseconds(clock: TinyClock, defaultDate: IsoDate): number | null {
  if (clock === null) return null;
  if (clock === "epoch") return EPOCH_MS;
  const [first, second] = clock.split(" ");
  const [time, fraction] = (second ?? first).split(".");
  const seconds = parseClock(time);
  if (seconds === undefined) throw new RangeError(`"${clock}" is no time like 09:15:00 or 09:15:00.250`);
  const day = dayNumber(second === undefined ? defaultDate : first);
  return (day * SECONDS_PER_DAY + seconds) * 1000 + Number((fraction ?? "0").padEnd(3, "0"));
}
