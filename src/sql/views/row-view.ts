/** The SQL of a view over the rows of files: files that are stored alike are read together, and these groups are put one after another. */
import { isoDate } from "../../core/time.ts";
import { inGroups } from "../../data/catalogue/groups.ts";
import type { View, ViewColumn } from "../../data/views/views.ts";
import { sqlText } from "../duckdb.ts";
import type { SyncSource } from "../duckdb-runtime.ts";
import { clockSql, dateSql, isText, momentSql, rowClockSql, secondSql } from "./clock-sql.ts";
import { meaningSql, plainDateSql, sideSql, underlyingSql, type Meanings } from "./contract-sql.ts";
import { clockContext, storedColumn, type Measured } from "./measured.ts";
import { rowQualitySql, viewQuality } from "./quality-sql.ts";
import type { ViewFile } from "./view-file.ts";

/** A file with its place among those of the view, in path order. */
export interface PlacedFile {
  readonly file: ViewFile;
  readonly measured: Measured;
  readonly place: number;
}

export interface RowView {
  /** By the names under which the statements read them. */
  readonly files: ReadonlyMap<string, SyncSource>;
  /** In this order. */
  readonly statements: readonly string[];
  /** What they make. */
  readonly views: readonly string[];
  readonly tables: readonly string[];
}

export interface RowViewOptions {
  readonly view: View;
  /** Never used before: heads the names of the files and of what the view is made of. */
  readonly prefix: string;
  /** Lower case; undefined for all. */
  readonly names: ReadonlySet<string> | undefined;
  readonly files: readonly PlacedFile[];
}

/** Tables that the view may read: stretches of trading by date, paths by place, and dates on which a file gives way. */
export interface RowViewTables {
  readonly pieces: string;
  readonly paths: string;
  readonly givesWay: string | undefined;
}

/** Columns that are there for every row, whoever asks. */
const HIDDEN = ["_clock", "_row", "_file", "_quality", "_hash"];
const MADE = ["file", "quality", "file_row"];

export function rowView({ view, prefix, names, files }: RowViewOptions, tables: RowViewTables): RowView {
  const asked = (column: string): boolean => names === undefined || names.has(column);
  const contract = view.columns.slice(0, view.columns.findIndex(({ name }) => name === "date"));
  const base = new Set([...contract.map(({ name }) => name), "date", "second", "time"]);
  const columns = view.columns.filter(({ name }) => base.has(name) || asked(name.toLowerCase()) || (name === "volume" && asked("quality")));
  const groups = [...inGroups(files, (file) => likeness(view, file)).values()];
  const sources = new Map<string, SyncSource>();
  const statements = groups.map((group, g) => {
    for (const { file, place } of group) sources.set(virtualName(prefix, g, file, place), file.source);
    return `CREATE TEMP VIEW ${prefix}_${g} AS ${groupSql(view, columns, contract, group, `${prefix}/${g}/*/*/*/*/*/rows.parquet`, asked("quality"))}`;
  });
  const rows = groups.length === 0 ? emptyRows(columns) : groups.map((_, g) => `SELECT * FROM ${prefix}_${g}`).join(" UNION ALL ");
  const all = `${prefix}_rows`;
  const shown = columns.filter(({ name }) => asked(name.toLowerCase()) || base.has(name));
  const quality = asked("quality") ? viewQuality(all, tables.pieces, contract.map(({ name }) => name), prefix) : undefined;
  const select = shown.map(({ name }) => (name === "quality" ? `${quality?.sql} AS quality` : name === "file" ? "f.path AS file" : name === "file_row" ? "r._row AS file_row" : `r.${name}`));
  const from = quality?.from ?? `${all} r`;
  const path = asked("file") ? ` JOIN ${tables.paths} f ON f.place = r._file` : "";
  const where = tables.givesWay === undefined ? "" : ` WHERE NOT EXISTS (SELECT 1 FROM ${tables.givesWay} g WHERE g.place = r._file AND g.date = r.date)`;
  return {
    files: sources,
    statements: [...statements, `CREATE TEMP VIEW ${all} AS ${rows}`, ...(quality?.statements ?? []), `CREATE TEMP VIEW ${view.name} AS SELECT ${select.join(", ")} FROM ${from}${path}${where}`],
    views: [...groups.map((_, g) => `${prefix}_${g}`), all, view.name],
    tables: quality?.tables ?? [],
  };
}

/** Paths that say the contract, so that DuckDB leaves out the files that a condition on it rules out. `-` where the path does not. */
function virtualName(prefix: string, group: number, { answering: { file, symbols } }: ViewFile, place: number): string {
  const symbol = symbols.length === 1 ? symbols[0] : "-";
  const expiry = file.expiry === undefined ? "-" : isoDate(file.expiry);
  return `${prefix}/${group}/symbol=${symbol}/expiry=${expiry}/strike=${file.strike ?? "-"}/type=${file.cp ?? "-"}/n=${place}/rows.parquet`;
}

/** Files whose rows one statement can read. */
function likeness(view: View, { file, measured }: PlacedFile): string {
  const { open, elements, answering } = file;
  const types = elements.map(({ name, type, logical_type: logical, converted_type: converted }) => [name, type, logical, converted]);
  const told = view.fileColumns.map((column) => (column === "symbol" ? answering.symbols.length === 1 : column === "date" || column === "run_id" || answering.file[column] !== undefined));
  return JSON.stringify([types, open.columns.clock, open.columns.fallbackClock, open.zone, measured.shift, [...measured.largest].map(([place, size]) => [place, Math.floor(Math.log10(Math.max(1, size)))]), told]);
}

function groupSql(view: View, columns: readonly ViewColumn[], contract: readonly ViewColumn[], group: readonly PlacedFile[], glob: string, withQuality: boolean): string {
  const [{ file, measured }] = group;
  const { source } = file.open.columns.map;
  const context = clockContext(file, measured);
  const { clock, fallbackClock, price, bid, ask } = file.open.columns;
  const numberSql = (own: string | null | undefined): string | undefined => {
    if (own === null || own === undefined || !file.places.has(own)) return undefined;
    const { sql, element } = storedColumn(file, own);
    return isText(element) ? `TRY_CAST(${sql} AS DOUBLE)` : `CAST(${sql} AS DOUBLE)`;
  };
  const valueOf = ({ name, type }: ViewColumn): string => {
    switch (name) {
      case "date":
        return dateSql("_clock");
      case "second":
        return secondSql("_clock");
      case "time":
        return momentSql("_clock");
      case "price":
        return numberSql(price) ?? "CAST(NULL AS DOUBLE)";
      case "timestamp":
        return clock.column === source.get("timestamp") ? momentSql(clockSql(context, clock)) : "CAST(NULL AS TIMESTAMP)";
      case "ts":
      case "lastTradeTime": {
        const own = source.get(name);
        return own !== undefined && file.places.has(own) ? momentSql(clockSql(context, { column: own, ...zoneOf(file, own) })) : "CAST(NULL AS TIMESTAMP)";
      }
      default:
        return numberSql(source.get(name)) ?? `CAST(NULL AS ${type})`;
    }
  };
  const keys = new Map(contract.map(({ name }) => [name, contractSql(name, group)]));
  const values = columns.filter(({ name }) => !keys.has(name) && !MADE.includes(name)).map((column) => `${valueOf(column)} AS ${column.name}`);
  const quality = withQuality
    ? rowQualitySql({ clock: "_clock", own: fallbackClock ? clockSql(context, clock) : undefined, price: numberSql(price), bid: numberSql(bid), ask: numberSql(ask), ticks: view.name !== "spot" })
    : "0";
  const hash = withQuality ? `hash(${file.elements.map((_, place) => `c${place}`).join(", ")})` : "0";
  const read = `read_parquet(${sqlText(glob)}, hive_partitioning = true, hive_types_autocast = false, file_row_number = true)`;
  const rows = `SELECT *, ${rowClockSql(context, clock, fallbackClock)} AS _clock, file_row_number AS _row, CAST(n AS INTEGER) AS _file FROM ${read}`;
  return `SELECT ${[...keys].map(([name, sql]) => `${sql} AS ${name}`).join(", ")}, ${values.join(", ")}, _clock, _row, _file, ${quality} AS _quality, ${hash} AS _hash FROM (${rows})`;
}

/** By the names of hive paths, or by the row's own columns. */
function contractSql(name: string, group: readonly PlacedFile[]): string {
  const [{ file }] = group;
  const { answering, open } = file;
  const { source } = open.columns.map;
  const own = (known: string): ReturnType<typeof storedColumn> | undefined => {
    const column = source.get(known);
    return column !== undefined && file.places.has(column) ? storedColumn(file, column) : undefined;
  };
  const many = answering.file.kind === "option" && answering.file.strike === undefined;
  switch (name) {
    case "symbol": {
      const column = own("symbol");
      const named = answering.symbols.length === 1;
      if (!many || !column) return named ? "symbol" : column ? underlyingSql(column.sql) : "CAST(NULL AS VARCHAR)";
      // A row of another underlying is nobody's in a file of one.
      return named ? `CASE WHEN ${underlyingSql(column.sql)} = symbol THEN symbol END` : underlyingSql(column.sql);
    }
    case "expiry": {
      if (answering.file.expiry !== undefined) return "CAST(expiry AS DATE)";
      const meanings: Meanings = new Map(group.flatMap(({ measured }) => [...measured.expiries]));
      const told = own("expiry");
      if (told) return meaningSql(told.sql, plainDateSql(told), meanings);
      const named = own("symbol");
      return named && answering.file.kind === "future" ? meaningSql(named.sql, "CAST(NULL AS DATE)", meanings) : "CAST(NULL AS DATE)";
    }
    case "strike":
      return answering.file.strike !== undefined ? "CAST(strike AS DOUBLE)" : `TRY_CAST(${own("strike")?.sql ?? "NULL"} AS DOUBLE)`;
    default: {
      const column = own("opt_type");
      return answering.file.cp !== undefined ? '"type"' : column ? sideSql(column.sql) : "CAST(NULL AS VARCHAR)";
    }
  }
}

function zoneOf({ open }: ViewFile, column: string): { readonly zone?: string } {
  const { clock, fallbackClock, lastTrade } = open.columns;
  const known = [clock, fallbackClock, lastTrade].find((source) => source?.column === column);
  return known?.zone === undefined ? {} : { zone: known.zone };
}

function emptyRows(columns: readonly ViewColumn[]): string {
  const typed = columns.filter(({ name }) => !MADE.includes(name)).map(({ name, type }) => `CAST(NULL AS ${type}) AS ${name}`);
  return `SELECT ${typed.join(", ")}, ${HIDDEN.map((name) => `CAST(NULL AS BIGINT) AS ${name}`).join(", ")} WHERE false`;
}

