import type { Table } from "apache-arrow";
import type { View } from "../../data/views/views.ts";
import type { Duckdb } from "../duckdb.ts";

/** A table in memory, and the SELECT that gives it its types. */
export interface MadeTable {
  readonly arrow: Table;
  select(from: string): string;
}

/** Relations that one view puts together: DuckDB goes one level deeper for each, and its stack is small. */
const MOST_TOGETHER = 8;

/** Makes a view of tables put one after another; of no row where there is none. Answers the names of what was made, in that order. */
export function makeView(db: Duckdb, { name, columns }: View, prefix: string, tables: readonly MadeTable[]): { readonly tables: readonly string[]; readonly views: readonly string[] } {
  const views: string[] = [];
  const make = (view: string, sql: string): string => {
    db.query(`CREATE TEMP VIEW ${view} AS ${sql}`);
    views.push(view);
    return view;
  };
  const made = tables.map(({ arrow }, i) => {
    const table = `${prefix}_${name}_${i}`;
    db.insert(table, arrow);
    return table;
  });
  // A view of its own for each: the SELECTs of all together would soon be longer than DuckDB takes.
  let parts = tables.map(({ select }, i) => make(`${made[i]}_typed`, select(made[i])));
  const together = (names: readonly string[]): string => names.map((one) => `SELECT * FROM ${one}`).join(" UNION ALL ");
  for (let round = 0; parts.length > MOST_TOGETHER; round++) {
    const groups = Array.from({ length: Math.ceil(parts.length / MOST_TOGETHER) }, (_, i) => parts.slice(i * MOST_TOGETHER, (i + 1) * MOST_TOGETHER));
    parts = groups.map((names, i) => make(`${prefix}_${name}_${round}_${i}_together`, together(names)));
  }
  const none = `SELECT ${columns.map((column) => `CAST(NULL AS ${column.type}) AS ${column.name}`).join(", ")} WHERE false`;
  make(name, parts.length === 0 ? none : together(parts));
  return { tables: made, views };
}
