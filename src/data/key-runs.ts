/** Stretches of rows that agree in some columns: rows of one contract mostly stand together, so that a stretch is looked at once. */
import type { Piece } from "./file-rows.ts";
import { pickColumn } from "./columns.ts";
import type { Column } from "./ports.ts";

export interface KeyRuns {
  readonly rows: number;
  /** First row of each stretch, ascending. */
  readonly starts: Int32Array;
  /** One row of each stretch, with the columns named. */
  readonly heads: Piece;
}

export function keyRuns({ rows, columns }: Piece, names: readonly string[]): KeyRuns {
  const own = new Map([...columns].filter(([name]) => names.includes(name)));
  const starts = runStarts([...own.values()], rows);
  return { rows, starts, heads: { rows: starts.length, columns: new Map([...own].map(([name, column]) => [name, pickColumn(column, starts)])) } };
}

/** Every row of these stretches, given by number, ascending. */
export function rowsOfRuns({ rows, starts }: KeyRuns, runs: Int32Array): Int32Array {
  const endOf = (run: number): number => (run + 1 < starts.length ? starts[run + 1] : rows);
  const found = new Int32Array(runs.reduce((sum, run) => sum + endOf(run) - starts[run], 0));
  let at = 0;
  for (const run of runs) for (let row = starts[run]; row < endOf(run); row++) found[at++] = row;
  return found;
}

function runStarts(columns: readonly Column[], rows: number): Int32Array {
  const begins = new Uint8Array(rows);
  begins[0] = 1;
  for (const column of columns) markChanges(column.type === "text" ? column.codes : column.values, begins);
  const starts = new Int32Array(begins.reduce((sum, mark) => sum + mark, 0));
  let at = 0;
  for (let row = begins.indexOf(1); row !== -1; row = begins.indexOf(1, row + 1)) starts[at++] = row;
  return starts;
}

function markChanges(values: Float64Array | BigInt64Array | Int32Array, begins: Uint8Array): void {
  for (let row = 1; row < begins.length; row++) if (values[row] !== values[row - 1]) begins[row] = 1;
}
