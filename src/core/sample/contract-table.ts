import type { OptionSide, SymbolName } from "../market/types.ts";
import { type SampleColumn, type SampleTable, type TimeUnit, constantInt, constantText, timeColumn } from "./table.ts";
import { COL, INTEGER_COLUMNS, ROW_COLUMNS, type Rows } from "./rows.ts";

const MS_PER_DAY = 86_400_000;
const CLOCKS: ReadonlySet<string> = new Set(["timestamp", "lastTradeTime", "ts"]);

/** The columns of the thin files: the first eight; a ninth, `volactual`, in those of 2019. */
export const EIGHT_COLUMNS: readonly string[] = ["timestamp", "price", "ts", "symbol", "opt_type", "strike", "year", "month"];

export interface TableIdentity {
  readonly symbol: SymbolName;
  /** Absent for a future, whose files then lack `opt_type` and `strike`. */
  readonly option?: { readonly strike: number; readonly cp: OptionSide };
  readonly unit: TimeUnit;
}

/** The 52 columns of semantics §1 in their order (50 for a future), digits of IST under a UTC type. */
export function contractTable(rows: Rows, identity: TableIdentity): SampleTable {
  const columns: SampleColumn[] = ROW_COLUMNS.map((name, c) => fileColumn(rows, name, c, identity.unit));
  const { year, month } = partsOfTs(rows);
  columns.push(constantText("symbol", rows.length, identity.symbol));
  if (identity.option) {
    columns.push(constantText("opt_type", rows.length, identity.option.cp), constantInt("strike", rows.length, identity.option.strike));
  }
  columns.push({ name: "year", type: "int", values: year }, { name: "month", type: "int", values: month });
  return { rows: rows.length, columns };
}

/** Only the eight columns of the thin files, or nine with `volactual`, the day's volume. */
export function thinTable(full: SampleTable, withVolume: boolean): SampleTable {
  const columns = EIGHT_COLUMNS.map((name) => columnOf(full, name));
  if (withVolume) columns.push({ ...columnOf(full, "volume"), name: "volactual" });
  return { rows: full.rows, columns };
}

function columnOf(table: SampleTable, name: string): SampleColumn {
  const column = table.columns.find((candidate) => candidate.name === name);
  if (!column) throw new RangeError(`The table has no column ${name}`);
  return column;
}

function fileColumn(rows: Rows, name: string, c: number, unit: TimeUnit): SampleColumn {
  const values = rows.columns[c].subarray(0, rows.length);
  const nulls = rows.nulls[c]?.subarray(0, rows.length);
  if (CLOCKS.has(name)) return timeColumn(name, values, unit, "UTC", nulls);
  if (INTEGER_COLUMNS.has(name)) return { name, type: "int", values: Int32Array.from(values), nulls };
  return { name, type: "double", values, nulls };
}

/** `year` and `month` as the vendor has them: parts of `ts`, the epoch's where it is bogus or missing. */
function partsOfTs(rows: Rows): { year: Int32Array; month: Int32Array } {
  const year = new Int32Array(rows.length);
  const month = new Int32Array(rows.length);
  let day = NaN;
  let parts = { year: 1970, month: 1 };
  for (let r = 0; r < rows.length; r++) {
    const ms = rows.isNull(COL.ts, r) ? 0 : rows.columns[COL.ts][r];
    if (Math.floor(ms / MS_PER_DAY) !== day) {
      day = Math.floor(ms / MS_PER_DAY);
      const date = new Date(ms);
      parts = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1 };
    }
    year[r] = parts.year;
    month[r] = parts.month;
  }
  return { year, month };
}
