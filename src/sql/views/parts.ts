/** Parts of an answer, put together by DuckDB as the query itself would have it. */
import { tableFromIPC } from "apache-arrow";
import type { AnswerColumn, Spread, SqlPart } from "../../data/views/spread.ts";
import type { Duckdb } from "../duckdb.ts";
import { SqlProblem } from "./sql-problem.ts";

/** Types that come back from a table of Arrow as what they were. */
const PLAIN = /^(BOOLEAN|U?TINYINT|U?SMALLINT|U?INTEGER|U?BIGINT|HUGEINT|FLOAT|DOUBLE|DECIMAL\(\d+,\d+\)|VARCHAR|DATE|TIME|TIMESTAMP)$/;

/** Names of DuckDB's aggregate functions, and of its functions of one row that give the same value each time. */
export function functionNames(db: Duckdb): { readonly aggregates: ReadonlySet<string>; readonly scalars: ReadonlySet<string> } {
  const named = (condition: string): ReadonlySet<string> => new Set(db.query(`SELECT DISTINCT function_name AS v FROM duckdb_functions() WHERE ${condition}`).toArray().map(({ v }: { v: string }) => v));
  return { aggregates: named("function_type = 'aggregate'"), scalars: named("function_type = 'scalar' AND NOT has_side_effects AND NOT regexp_matches(function_name, '^(alias|current_|txid_|pg_|has_)')") };
}

export function answerColumns(db: Duckdb, sql: string): AnswerColumn[] {
  return db.query(`DESCRIBE ${sql}`).toArray().map((row: { column_name: string; column_type: string }) => ({ name: row.column_name, type: row.column_type }));
}

/** Throws a SqlProblem where a column of a part, or of the answer, would not come back from another worker as it was. */
export function checkTypes(columns: readonly AnswerColumn[]): void {
  const other = columns.find(({ type }) => !PLAIN.test(type));
  if (other) throw new SqlProblem(`values of the type ${other.type} are not passed from one worker to another`);
}

/** Hands over the answer piece by piece. False where the parts cannot be put together: the query has to be asked as a whole. */
export function combineParts(db: Duckdb, table: string, { columns, rest, needsAll, anywhere, groups }: Spread, parts: readonly SqlPart[], take: (message: Uint8Array) => boolean): boolean {
  const [{ columns: told }] = parts;
  if (needsAll && parts.some(({ complete }) => !complete)) return false;
  if (parts.some((part) => part.columns.some(({ name, type }, i) => name !== told[i].name || type !== told[i].type))) return false;
  if (columns === undefined && rest === "") {
    parts.flatMap(({ messages }, place) => (place === 0 ? messages : messages.slice(1))).every(take);
    return true;
  }
  if (new Set(told.map(({ name }) => name.toLowerCase())).size < told.length) return false;
  try {
    parts.forEach(({ messages }, place) => db.insert(`${table}_${place}`, tableFromIPC(messages)));
    const all = parts.map((_, place) => `SELECT * FROM ${table}_${place}`).join(" UNION ALL ");
    // Whatever the files' names promised: a group that two parts have would come out wrong.
    if (!anywhere && db.query(`SELECT 1 FROM (${all}) GROUP BY ${groups.join(", ")} HAVING count(*) > 1 LIMIT 1`).numRows > 0) return false;
    const list = columns ? told.map(({ name, type }, i) => `CAST(${columns[i]} AS ${type}) AS ${quoted(name)}`).join(", ") : told.map(({ name, type }) => `CAST(${quoted(name)} AS ${type}) AS ${quoted(name)}`).join(", ");
    db.stream(`SELECT ${list} FROM (${all})${rest}`, take);
    return true;
  } finally {
    parts.forEach((_, place) => db.query(`DROP TABLE IF EXISTS ${table}_${place}`));
  }
}


function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
