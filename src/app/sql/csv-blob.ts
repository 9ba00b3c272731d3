import { csvCell } from "../../core/results/csv-cell.ts";
import type { QueryTable } from "../../data/query-table.ts";

/** Milliseconds of work after which the page gets its turn. */
const SLICE = 12;
const LOOK_AT_CLOCK = 64;

/** The rows as CSV. Works in short stretches, so the page stays free. */
export async function csvBlob(table: QueryTable): Promise<Blob> {
  const parts: string[] = [];
  let until = performance.now() + SLICE;
  for (const line of table.csvLines(csvCell)) {
    parts.push(line);
    if (parts.length % LOOK_AT_CLOCK !== 0 || performance.now() <= until) continue;
    await new Promise((resolve) => setTimeout(resolve));
    until = performance.now() + SLICE;
  }
  return new Blob(parts, { type: "text/csv" });
}
