/** What DuckDB says of a query, for people: the place in their text, and nothing of how views are made. */
import type { View } from "../../data/views/views.ts";
import { decodeError } from "../query-file.ts";
import { SqlProblem, type SqlPlace } from "./sql-problem.ts";
import { isNamed, tokensOf } from "./tokens.ts";

const OUT_OF_MEMORY = /out of memory|could not allocate|failed to allocate|bad_alloc|allocation failure|memory access out of bounds|table index is out of bounds/i;
/** PIVOT without a list would first be a query for the values of its columns. */
const UNLISTED_PIVOT = /can only take a single statement/;
/** Of pages: a query that is wrong in itself fails in other words. */
const UNDECODED = /^Invalid Error: |not valid UTF8/;
const DUCKDB_SAYS = /^[A-Z][A-Za-z ]*Error: /;
const PLACE = /\nLINE (\d+): ([^\n]*)\n( *)\^/;

export interface AskedOf {
  /** All views. */
  readonly all: readonly View[];
  /** Names of those that the query reads. */
  readonly read: readonly string[];
}

/** Whether DuckDB refused a statement in words. */
export function isSaid(error: unknown): boolean {
  return error instanceof Error && DUCKDB_SAYS.test(error.message);
}

/** @param file that was read last */
export function problemOf(error: unknown, sql: string, memoryMb: number, views: AskedOf, file?: string): unknown {
  if (!(error instanceof Error) || error instanceof SqlProblem || error.name === "ParquetError") return error;
  const said = error.message;
  if (OUT_OF_MEMORY.test(said))
    return new SqlProblem(`the query needs more than the ${memoryMb.toLocaleString("en-IN")} MB of memory that it may take. Keep it to fewer days or contracts, name fewer columns, or aggregate before sorting and joining`, undefined, { cause: error });
  if (UNLISTED_PIVOT.test(said)) return new SqlProblem("PIVOT has to be told here which values become columns: PIVOT options ON cp IN ('CE', 'PE') USING max(price)", placeOfName("pivot", sql), { cause: error });
  if (file !== undefined && (UNDECODED.test(said) || error instanceof WebAssembly.RuntimeError)) return decodeError(file, error);
  // Whatever else failed is no fault of the query.
  if (!DUCKDB_SAYS.test(said)) return error;
  const [words] = said.split(/\nLINE \d+:/);
  const view = /Table with name (\S+) does not exist/.exec(words)?.[1].replace(/!$/, "");
  const column = /Referenced column "([^"]+)" not found|does not have a column named "([^"]+)"/.exec(words);
  const message = view !== undefined ? `there is no view "${view}". There are: ${views.all.map(({ name }) => name).join(", ")}`
    : column ? noColumn(column[1] ?? column[2], views)
    : words.replace(/^(Binder|Parser|Catalog|Conversion|Invalid Input) Error: /, "").trim();
  return new SqlProblem(message, placeOfName(view ?? column?.[1] ?? column?.[2], sql) ?? placeOf(said, sql), { cause: error });
}

/** DuckDB knows only the columns that the query names. */
function noColumn(name: string, { all, read }: AskedOf): string {
  const known = [...new Set(all.filter((view) => read.includes(view.name)).flatMap(({ columns }) => columns.map((column) => column.name)))];
  const near = known.map((column) => ({ column, steps: stepsBetween(name.toLowerCase(), column.toLowerCase()) })).filter(({ steps }) => steps <= Math.max(1, name.length / 3)).sort((a, b) => a.steps - b.steps).slice(0, 3);
  const views = `the ${read.length === 1 ? "view" : "views"} ${read.join(", ")}`;
  if (read.length === 0) return `there is no column "${name}"`;
  return near.length > 0 ? `there is no column "${name}" in ${views}. Near it: ${near.map(({ column }) => column).join(", ")}` : `there is no column "${name}" in ${views}`;
}

/** Letters to put in, take out or replace, to make one word of the other. */
function stepsBetween(a: string, b: string): number {
  let before = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const now = [i];
    for (let j = 1; j <= b.length; j++) now.push(Math.min(before[j] + 1, now[j - 1] + 1, before[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    before = now;
  }
  return before[b.length];
}

function placeOfName(name: string | undefined, sql: string): SqlPlace | undefined {
  const token = name === undefined ? undefined : tokensOf(sql).find((one) => isNamed(one) && one.text === name.toLowerCase());
  return token && { from: token.from, to: token.to };
}

/** DuckDB shows the line with a mark below, cut to what stands near the mark. */
function placeOf(said: string, sql: string): SqlPlace | undefined {
  const match = PLACE.exec(said);
  if (!match) return undefined;
  const [, line, shown, blanks] = match;
  const start = lineStart(sql, Number(line));
  const cut = shown.startsWith("...") ? shown.slice(3) : shown;
  const text = cut.endsWith("...") ? cut.slice(0, -3) : cut;
  const at = sql.indexOf(text, start);
  const mark = blanks.length - `LINE ${line}: `.length - (shown.length - (shown.startsWith("...") ? cut.length : shown.length));
  if (at < 0 || mark < 0) return undefined;
  const from = at + mark;
  const word = /^\w+|^\S/.exec(sql.slice(from));
  return word ? { from, to: from + word[0].length } : undefined;
}

function lineStart(sql: string, line: number): number {
  let at = 0;
  for (let i = 1; i < line; i++) at = sql.indexOf("\n", at) + 1;
  return at;
}
