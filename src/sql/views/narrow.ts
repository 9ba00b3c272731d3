/** Which files a query has to open, judged by their names and what the index knows. DuckDB itself evaluates the query's conditions. */
import { dayNumber, isoDate, type DayNumber } from "../../core/time.ts";
import type { AnsweringFile } from "../../data/catalogue/answering.ts";
import type { CatalogueFile } from "../../data/catalogue/types.ts";
import type { FileColumn } from "../../data/views/views.ts";
import type { Duckdb } from "../duckdb.ts";
import { arrowTable } from "./arrow-table.ts";
import type { FileCondition } from "./conditions.ts";
import type { ViewUse } from "./references.ts";
import type { WantedRows } from "./view-file.ts";

/** No clock is earlier. */
const FIRST_DATE = dayNumber("2000-01-01");

/** With more pairs of file and date, looking at each would take longer than opening files. */
const MOST_PAIRS = 20_000_000;

/** Makes a table of what the names of files tell: NULL where they tell nothing. The row of a file has its place as `id`. */
export function nameTable(db: Duckdb, name: string, files: readonly CatalogueFile[]): void {
  const raw = `${name}_raw`;
  db.insert(raw, arrowTable({
    id: Int32Array.from(files, (_, i) => i),
    symbol: files.map(({ symbol }) => symbol),
    expiry: Float64Array.from(files, ({ expiry }) => expiry ?? NaN),
    strike: Float64Array.from(files, ({ strike }) => strike ?? NaN),
    cp: files.map(({ cp }) => cp ?? ""),
  }));
  try {
    db.query(`CREATE TABLE ${name} AS SELECT id, nullif(CAST(symbol AS VARCHAR), '') AS symbol, CASE WHEN NOT isnan(expiry) THEN DATE '1970-01-01' + CAST(expiry AS INTEGER) END AS expiry,
      CASE WHEN NOT isnan(strike) THEN strike END AS strike, nullif(CAST(cp AS VARCHAR), '') AS cp FROM ${raw}`);
  } finally {
    db.query(`DROP TABLE ${raw}`);
  }
}

/** Places of the files that their names do not rule out, ascending. */
export function byName(db: Duckdb, table: string, { places }: ViewUse): number[] {
  const wanted = places.map((conditions) => `(${conjunction(judged(db, table, conditions.filter(({ columns }) => !columns.has("date"))))})`);
  return wanted.length === 0 ? [] : ints(db, `SELECT id AS v FROM ${table} WHERE ${wanted.join(" OR ")} ORDER BY id`);
}

/** Of files that are left, those that their names alone do not date otherwise: a file of one date, a contract that expired before. */
export function datedByName(db: Duckdb, table: string, { places }: ViewUse, files: readonly CatalogueFile[], ids: readonly number[]): number[] {
  const last = lastOf(ids.map((id) => ({ last: files[id].date ?? files[id].expiry ?? Infinity })));
  const perPlace = places.map((conditions) => datesOf(db, conditions.filter((one) => one.columns.size === 1 && one.columns.has("date") && needsDate(db, table, one)), last));
  if (perPlace.some((days) => days === undefined)) return [...ids];
  const days = new Set(perPlace.flatMap((found) => found ?? []));
  const first = perPlace.reduce((least, found) => Math.min(least, found?.[0] ?? Infinity), Infinity);
  return ids.filter((id) => {
    const { date, expiry } = files[id];
    return date !== undefined ? days.has(date) : expiry === undefined || expiry >= first;
  });
}

export interface NarrowedFiles {
  readonly wanted: readonly WantedRows[];
  /** The dates that the query's conditions leave, ascending; undefined where they leave all. */
  readonly dates: readonly DayNumber[] | undefined;
}

/**
 * The files that their dates do not rule out either, with the dates between which their rows matter.
 * @param table names of all files, `ids` the places of these files in it
 */
export function byDate(db: Duckdb, table: string, { places }: ViewUse, files: readonly AnsweringFile[], ids: readonly number[]): NarrowedFiles {
  const ranges = files.map((): DateRange => ({ ...NOTHING }));
  const dates = new Set<DayNumber>();
  let everyDate = false;
  for (const conditions of places) {
    const named = new Set(ints(db, `SELECT id AS v FROM ${table} WHERE ${conjunction(judged(db, table, conditions.filter(({ columns }) => !columns.has("date"))))}`));
    const dated = conditions.filter((condition) => condition.columns.has("date") && needsDate(db, table, condition));
    const days = datesOf(db, dated.filter(({ columns }) => columns.size === 1), lastOf(files));
    everyDate ||= days === undefined;
    for (const day of days ?? []) dates.add(day);
    const mixed = dated.filter(({ columns }) => columns.size > 1);
    const pairs = mixed.length === 0 ? undefined : pairsOf(db, table, mixed, files, ids, days ?? calendarOf(files));
    files.forEach((file, i) => {
      if (!named.has(ids[i])) return;
      const { first, last } = pairs ? (pairs.get(i) ?? NOTHING) : days ? daysWithin(days, file) : file;
      ranges[i].first = Math.min(ranges[i].first, first);
      ranges[i].last = Math.max(ranges[i].last, last);
    });
  }
  const wanted = files.flatMap((file, i): WantedRows[] => (ranges[i].first <= ranges[i].last ? [{ file, ...ranges[i] }] : []));
  return { wanted, dates: everyDate ? undefined : [...dates].sort((a, b) => a - b) };
}

/** Every file may hold rows without a clock, and so without a date: what they can meet rules out no file. */
function needsDate(db: Duckdb, table: string, { sql }: FileCondition): boolean {
  const undated = `SELECT count(*) AS v FROM (SELECT *, CAST(NULL AS DATE) AS date FROM ${table}) WHERE ${sql}`;
  return can(db, undated) && ints(db, undated)[0] === 0;
}

interface DateRange {
  first: DayNumber;
  last: DayNumber;
}

const NOTHING: Readonly<DateRange> = { first: Infinity, last: -Infinity };

/** A condition cannot rule out a file of which it would have to know more. */
function conjunction(conditions: readonly FileCondition[]): string {
  const guarded = conditions.map(({ sql, columns }) => `(${[...columns].map((column) => `${column} IS NULL OR `).join("")}(${sql}))`);
  return guarded.length === 0 ? "true" : guarded.join(" AND ");
}

/** Those that DuckDB can evaluate: what is wrong with the others, the query itself will tell. */
function judged(db: Duckdb, table: string, conditions: readonly FileCondition[]): FileCondition[] {
  return conditions.filter(({ sql }) => can(db, `SELECT count(*) FROM ${table} WHERE ${sql}`));
}

function can(db: Duckdb, sql: string): boolean {
  try {
    db.query(sql);
    return true;
  } catch {
    // Left out, a condition costs the opening of files and nothing else.
    return false;
  }
}

/** The dates up to the last one that conditions on the date alone leave, ascending; undefined where there is no such condition. */
function datesOf(db: Duckdb, conditions: readonly FileCondition[], last: DayNumber): DayNumber[] | undefined {
  if (conditions.length === 0) return undefined;
  const calendar = `(SELECT DATE '${isoDate(FIRST_DATE)}' + CAST(range AS INTEGER) AS date FROM range(${last - FIRST_DATE + 1}))`;
  const usable = conditions.filter(({ sql }) => can(db, `SELECT count(*) FROM ${calendar} WHERE ${sql}`));
  if (usable.length === 0) return undefined;
  return ints(db, `SELECT date_diff('day', DATE '1970-01-01', date) AS v FROM ${calendar} WHERE ${usable.map(({ sql }) => `(${sql})`).join(" AND ")} ORDER BY 1`);
}

/** Every day on which one of the files may have a row. */
function calendarOf(files: readonly AnsweringFile[]): DayNumber[] {
  return Array.from({ length: lastOf(files) - FIRST_DATE + 1 }, (_, i) => FIRST_DATE + i);
}

function lastOf(files: readonly Pick<AnsweringFile, "last">[]): DayNumber {
  return files.reduce((latest, { last }) => (Number.isFinite(last) ? Math.max(latest, last) : latest), FIRST_DATE);
}

function daysWithin(days: readonly DayNumber[], { first, last, exact }: AnsweringFile): Readonly<DateRange> {
  const known = exact && new Set(exact);
  const own = days.slice(placeOf(days, first), placeOf(days, last + 1)).filter((day) => !known || known.has(day));
  return own.length === 0 ? NOTHING : { first: own[0], last: own[own.length - 1] };
}

/** The place of the first day that is not before `day`. */
function placeOf(days: readonly DayNumber[], day: DayNumber): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (days[middle] < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** For files by place, the dates between which conditions that set the date against the contract can hold (`date = expiry`). */
function pairsOf(db: Duckdb, table: string, conditions: readonly FileCondition[], files: readonly AnsweringFile[], ids: readonly number[], days: readonly DayNumber[]): Map<number, DateRange> | undefined {
  if (files.length === 0 || days.length === 0) return new Map();
  if (files.length * days.length > MOST_PAIRS) return undefined;
  const [spans, dates] = [`${table}_spans`, `${table}_dates`];
  const clip = (day: DayNumber): DayNumber => Math.max(days[0], Math.min(days[days.length - 1] + 1, day));
  try {
    db.insert(spans, arrowTable({ id: Int32Array.from(ids), place: Int32Array.from(files, (_, i) => i), first: Int32Array.from(files, ({ first }) => clip(first)), last: Int32Array.from(files, ({ last }) => clip(last)) }));
    db.insert(dates, arrowTable({ day: Int32Array.from(days) }));
    const from = `(SELECT n.*, s.place, d.day, DATE '1970-01-01' + d.day AS date FROM ${spans} s JOIN ${table} n ON n.id = s.id JOIN ${dates} d ON d.day BETWEEN s.first AND s.last)`;
    const usable = conditions.filter(({ sql }) => can(db, `SELECT count(*) FROM ${from} WHERE ${sql}`));
    if (usable.length === 0) return undefined;
    const found = db.query(`SELECT place, min(day) AS first, max(day) AS last FROM ${from} WHERE ${conjunction(usable)} GROUP BY place`);
    return new Map(found.toArray().map((row: { place: number; first: number; last: number }) => [row.place, { first: row.first, last: row.last }]));
  } finally {
    for (const name of [spans, dates]) db.query(`DROP TABLE IF EXISTS ${name}`);
  }
}

function ints(db: Duckdb, sql: string): number[] {
  const found = db.query(sql).getChild("v");
  return found ? Array.from(found.toArray() as ArrayLike<number | bigint>, Number) : [];
}


/** Values by column, one per thing that is known; null where a thing has none. Dates are day numbers. */
export type KnownColumns = Partial<Readonly<Record<FileColumn, readonly (string | number | null)[]>>>;

/** The places of the things that a view's conditions on these columns leave, ascending. */
export function meeting(db: Duckdb, columns: KnownColumns, { places }: ViewUse): number[] {
  const table = "known_values";
  const names = Object.keys(columns) as FileColumn[];
  const isText = (name: FileColumn): boolean => TEXTS.includes(name);
  const stored = names.map((name) => {
    const values = columns[name] ?? [];
    return [name, isText(name) ? values.map((value) => String(value ?? "")) : Float64Array.from(values, (value) => (value === null ? NaN : Number(value)))] as const;
  });
  const things = stored[0]?.[1].length ?? 0;
  if (things === 0) return [];
  const typed = names.map((name) => `${isText(name) ? `nullif(CAST(${name} AS VARCHAR), '')` : `CASE WHEN NOT isnan(${name}) THEN ${DATES.includes(name) ? `DATE '1970-01-01' + CAST(${name} AS INTEGER)` : name} END`} AS ${name}`);
  try {
    db.insert(table, arrowTable({ place: Int32Array.from({ length: things }, (_, i) => i), ...Object.fromEntries(stored) }));
    const from = `(SELECT place, ${typed.join(", ")} FROM ${table})`;
    const wanted = places.map((conditions) => {
      const usable = conditions.filter(({ sql, columns: asked }) => [...asked].every((column) => column in columns) && can(db, `SELECT count(*) FROM ${from} WHERE ${sql}`));
      return `(${["true", ...usable.map(({ sql }) => `(${sql})`)].join(" AND ")})`;
    });
    return wanted.length === 0 ? [] : ints(db, `SELECT place AS v FROM ${from} WHERE ${wanted.join(" OR ")} ORDER BY place`);
  } finally {
    db.query(`DROP TABLE IF EXISTS ${table}`);
  }
}

const TEXTS: readonly FileColumn[] = ["symbol", "cp", "run_id"];
const DATES: readonly FileColumn[] = ["date", "expiry"];
