import type { Table } from "apache-arrow";
import type { View } from "../../data/views/views.ts";
import type { Duckdb } from "../duckdb.ts";

/** A table in memory, and the SELECT that gives it its types. */
export interface MadeTable {
  readonly arrow: Table;
  select(from: string): string;
}

/** Makes a view of tables put one after another; of no row where there is none. Answers the names of what was made for it. */
export function makeView(db: Duckdb, { name, columns }: View, prefix: string, tables: readonly MadeTable[]): string[] {
  const made = tables.map(({ arrow }, i) => {
    const table = `${prefix}_${name}_${i}`;
    db.insert(table, arrow);
    return table;
  });
  const parts = tables.map(({ select }, i) => `SELECT * FROM (${select(made[i])})`);
  const none = `SELECT ${columns.map((column) => `CAST(NULL AS ${column.type}) AS ${column.name}`).join(", ")} WHERE false`;
  db.query(`CREATE TEMP VIEW ${name} AS ${parts.length === 0 ? none : parts.join(" UNION ALL ")}`);
  return made;
}
