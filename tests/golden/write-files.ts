/** Writes rows into Parquet files of the raw layout. */
import { constantInt, constantText, timeColumn, type SampleColumn } from "../../src/core/sample/table.ts";
import { writeTables } from "../support/write-table.ts";
import type { Row } from "./row-text.ts";

export interface FileRows {
  /** Relative to the folder, `banknifty2482150000ce.parquet`. */
  readonly path: string;
  readonly rows: readonly Row[];
}

function times(name: string, values: readonly (number | null)[]): SampleColumn {
  const nulls = Uint8Array.from(values, (v) => (v === null ? 1 : 0));
  return timeColumn(name, Float64Array.from(values, (v) => v ?? 0), "us", "UTC", nulls.includes(1) ? nulls : undefined);
}

function numbers(name: string, values: readonly (number | null)[]): SampleColumn {
  const nulls = Uint8Array.from(values, (v) => (v === null ? 1 : 0));
  return { name, type: "double", values: Float64Array.from(values, (v) => v ?? 0), nulls: nulls.includes(1) ? nulls : undefined };
}

/** The columns of a contract's file that decide trades, and those that name the contract. */
function optionColumns(rows: readonly Row[], strike: number, cp: string, symbol: string): SampleColumn[] {
  return [
    times("timestamp", rows.map((r) => r.timestamp)),
    numbers("price", rows.map((r) => r.price)),
    times("lastTradeTime", rows.map((r) => r.lastTradeTime)),
    ...quoteColumns(rows),
    times("ts", rows.map((r) => r.ts)),
    constantText("symbol", rows.length, symbol), constantText("opt_type", rows.length, cp), constantInt("strike", rows.length, strike),
    ...moreColumns(rows, ["bq0", "sq0"]),
  ];
}

function quoteColumns(rows: readonly Row[]): SampleColumn[] {
  const quantity = (side: "bid" | "ask", column: string) => rows.map((r) => (r.more?.[column] !== undefined ? r.more[column] : r[side] === null ? null : r.quantity));
  return [numbers("bq0", quantity("bid", "bq0")), numbers("bp0", rows.map((r) => r.bid)), numbers("sq0", quantity("ask", "sq0")), numbers("sp0", rows.map((r) => r.ask))];
}

/** An index has no quotes; a future may. */
function seriesColumns(rows: readonly Row[]): SampleColumn[] {
  return [
    times("timestamp", rows.map((r) => r.timestamp)),
    numbers("price", rows.map((r) => r.price)),
    ...(rows.some((r) => r.bid !== null) ? quoteColumns(rows) : []),
    times("ts", rows.map((r) => r.ts)),
    ...moreColumns(rows, rows.some((r) => r.bid !== null) ? ["bq0", "sq0"] : []),
  ];
}

/** Columns that at least one row has a value for. */
function moreColumns(rows: readonly Row[], written: readonly string[]): SampleColumn[] {
  const names = [...new Set(rows.flatMap((r) => Object.keys(r.more ?? {})))].filter((name) => !written.includes(name));
  return names.map((name) => numbers(name, rows.map((r) => r.more?.[name] ?? null)));
}

const OPTION_NAME = /^(banknifty|nifty)\d\d(?:[1-9ond]\d\d|[a-z]{3})(\d{4,5})(ce|pe)$/;

export function writeRows(folder: string, { path, rows }: FileRows): void {
  const option = OPTION_NAME.exec(path.split("/").at(-1)!.replace(".parquet", ""));
  const columns = option ? optionColumns(rows, Number(option[2]), option[3].toUpperCase(), option[1].toUpperCase()) : seriesColumns(rows);
  writeTables(folder, path, [{ rows: rows.length, columns }]);
}
