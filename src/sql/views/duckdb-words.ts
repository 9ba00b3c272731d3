/** What DuckDB says of a query, for people: the place in their text, and nothing of how views are made. */
import { SqlProblem, type SqlPlace } from "./sql-problem.ts";

const OUT_OF_MEMORY = /out of memory|could not allocate|failed to allocate|bad_alloc|allocation failure|memory access out of bounds|table index is out of bounds/i;
const PLACE = /\nLINE (\d+): ([^\n]*)\n( *)\^/;

/** @param views names of all views, for a table that there is not */
export function problemOf(error: unknown, sql: string, memoryMb: number, views: readonly string[]): unknown {
  if (!(error instanceof Error) || error instanceof SqlProblem || error.name === "ParquetError") return error;
  const said = error.message;
  if (OUT_OF_MEMORY.test(said))
    return new SqlProblem(`the query needs more than the ${memoryMb.toLocaleString("en-IN")} MB of memory that it may take. Keep it to fewer days or contracts, name fewer columns, or aggregate before sorting and joining`, undefined, { cause: error });
  const [words] = said.split(/\nLINE \d+:/);
  const unknown = /Table with name (\S+) does not exist/.exec(words);
  const message = unknown ? `there is no view "${unknown[1].replace(/!$/, "")}". There are: ${views.join(", ")}` : words.replace(/^(Binder|Parser|Catalog|Conversion|Invalid Input) Error: /, "").trim();
  return new SqlProblem(message, placeOf(said, sql), { cause: error });
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
