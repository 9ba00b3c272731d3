/** What the rows of a file have to say before its columns can be understood: read by small queries of our own. */
import type { Table } from "apache-arrow";
import type { MarketRules, SymbolName } from "../../core/market/types.ts";
import type { DayNumber } from "../../core/time.ts";
import { columnsFromArrow } from "../../data/arrow-columns.ts";
import type { Answering } from "../../data/catalogue/answering.ts";
import { dayColumn } from "../../data/clock-columns.ts";
import { monthOfName } from "../../data/futures.ts";
import { NULL_DATE, NULL_TIME, type Column } from "../../data/ports.ts";
import { barShift, spanOf } from "../../data/slice-files.ts";
import type { ClockSource } from "../../data/source-columns.ts";
import { sqlText, type Duckdb } from "../duckdb.ts";
import { decodeError } from "../query-file.ts";
import { isText, rowClockSql, unitOf, type ClockContext, type StoredColumn } from "./clock-sql.ts";
import { plainDateSql, type Meanings } from "./contract-sql.ts";
import type { ViewFile } from "./view-file.ts";

export interface Measured {
  /** Seconds that clocks are moved by, because a bar is known at the end of its span. */
  readonly shift: number;
  /** The largest size of each clock of plain numbers, by its place. */
  readonly largest: ReadonlyMap<number, number>;
  /** Expiries by the values of the column that tells them. */
  readonly expiries: Meanings;
}

/** Rows that show whether a file holds snapshots. */
const FIRST_ROWS = 512;
const UNITS = { MILLIS: "ms", MICROS: "us", NANOS: "ns" } as const;

export function measure(db: Duckdb, file: ViewFile, answering: Pick<Answering, "zones" | "kinds" | "barLabel" | "barSpans">, rules: MarketRules): Measured {
  const { clock, fallbackClock, lastTrade, map } = file.open.columns;
  const largest = new Map<number, number>();
  for (const source of [clock, fallbackClock, lastTrade]) if (source) measureSize(db, file, source, largest);
  const context = clockContext(file, { shift: 0, largest });
  const expiries = file.answering.file.expiry === undefined ? measureExpiries(db, file, rules) : new Map<string, DayNumber | null>();
  if (!map.mayBeBars) return { shift: 0, largest, expiries };
  const clocks = (rows: string): BigInt64Array =>
    read(db, file, (from) => `SELECT ${rowClockSql(context, clock, fallbackClock)} AS v FROM ${from} ${rows}`, bigints);
  const batchOf = (values: BigInt64Array) => ({ rows: values.length, clock: { values, unit: "ns", shift: 0 } as const, fallbackClock: null, file: 0 });
  const spacing = { kinds: answering.kinds, barSpans: answering.barSpans ?? {} };
  const head = clocks(`LIMIT ${FIRST_ROWS}`);
  const span = spanOf(spacing, file.answering.file, [batchOf(head)]);
  // A file of snapshots shows itself in its first rows; what looks like bars is looked at as a whole.
  const whole = span === undefined || head.length < FIRST_ROWS ? span : spanOf(spacing, file.answering.file, [batchOf(clocks(""))]);
  return { shift: whole === undefined ? 0 : barShift(answering.barLabel, whole), largest, expiries };
}

export function clockContext({ open, places, elements }: ViewFile, { shift, largest }: Pick<Measured, "shift" | "largest">): ClockContext {
  return {
    path: open.data.path,
    zone: open.zone,
    shift,
    columnOf: (name) => storedColumn({ places, elements }, name),
    largestOf: (column) => largest.get(Number(column.sql.slice(1))) ?? 0,
  };
}

/** A column by the file's own name, which is known to be there. */
export function storedColumn({ places, elements }: Pick<ViewFile, "places" | "elements">, name: string): StoredColumn {
  const place = places.get(name);
  if (place === undefined) throw new Error(`column "${name}" is not among those that are read`);
  return { sql: `c${place}`, element: elements[place] };
}

function measureSize(db: Duckdb, file: ViewFile, { column, time }: ClockSource, largest: Map<number, number>): void {
  const { sql, element } = storedColumn(file, column);
  if (time !== undefined || unitOf(element) !== undefined || isText(element) || element.type === "INT96") return;
  const size = read(db, file, (from) => `SELECT coalesce(max(abs(CAST(${sql} AS DOUBLE))), 0) AS v FROM ${from}`, (column) => (column.type === "number" ? column.values[0] : 0));
  largest.set(Number(sql.slice(1)), size);
}

/** Of a file whose path names no expiry. */
function measureExpiries(db: Duckdb, file: ViewFile, rules: MarketRules): Meanings {
  const { map } = file.open.columns;
  const { kind } = file.answering.file;
  const [symbol = ""] = file.answering.symbols;
  const told = map.source.get("expiry");
  if (told !== undefined && kind !== "spot") return expiriesOfColumn(db, file, told, symbol, rules);
  const names = kind === "future" ? map.source.get("symbol") : undefined;
  if (names === undefined) return new Map();
  const { sql } = storedColumn(file, names);
  return read(db, file, (from) => `SELECT DISTINCT CAST(${sql} AS VARCHAR) AS v FROM ${from} WHERE ${sql} IS NOT NULL`, (column) =>
    new Map((column.type === "text" ? column.dictionary : []).flatMap((name): [string, DayNumber][] => {
      const month = monthOfName(rules, symbol, name);
      return month === undefined ? [] : [[name, month]];
    })));
}

function expiriesOfColumn(db: Duckdb, file: ViewFile, name: string, symbol: SymbolName, rules: MarketRules): Meanings {
  const column = storedColumn(file, name);
  const unit = unitOf(column.element);
  const found = scan(db, file, (from) => `SELECT DISTINCT ${column.sql} AS v, CAST(${column.sql} AS VARCHAR) AS t, ${plainDateSql(column)} AS d FROM ${from} WHERE ${column.sql} IS NOT NULL`);
  const columns = columnsFromArrow(found, ["v", "d"], file.open.data.path);
  const [values, plain] = [columns.get("v"), columns.get("d")];
  if (!values || plain?.type !== "date") return new Map();
  const stored: Column = unit !== undefined && values.type === "number" && values.exact ? { type: "time", values: values.exact, unit: UNITS[unit], zone: null } : values;
  const days = dayColumn(file.open.data.path, name, stored);
  const meanings = new Map<string, DayNumber | null>();
  days.forEach((day, i) => {
    const meant = day === NULL_DATE ? null : rules.actualExpiry(symbol, day);
    if (meant !== (plain.values[i] === NULL_DATE ? null : plain.values[i])) meanings.set(String(found.getChild("t")?.get(i)), meant);
  });
  return meanings;
}

function read<T>(db: Duckdb, file: ViewFile, sql: (from: string) => string, take: (column: Column) => T): T {
  const column = columnsFromArrow(scan(db, file, sql), ["v"], file.open.data.path).get("v");
  if (!column) throw new Error(`${file.open.data.path}: a query of one column gave none`);
  return take(column);
}

function scan(db: Duckdb, file: ViewFile, sql: (from: string) => string): Table {
  try {
    return db.withFile(file.source, (name) => db.scan(sql(`read_parquet(${sqlText(name)})`)));
  } catch (error) {
    // After a trap the module is in no known state: whoever runs it has to know.
    throw error instanceof WebAssembly.RuntimeError ? error : decodeError(file.open.data.path, error);
  }
}

function bigints(column: Column): BigInt64Array {
  if (column.type === "number" && column.exact) return column.exact;
  if (column.type === "number" && column.values.length === 0) return new BigInt64Array();
  throw new Error(`clocks were read as ${column.type}, not as whole numbers (${NULL_TIME})`);
}
