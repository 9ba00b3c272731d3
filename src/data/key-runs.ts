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
  const starts: number[] = [];
  for (let row = begins.indexOf(1); row !== -1; row = begins.indexOf(1, row + 1)) starts.push(row);
  return Int32Array.from(starts);
}

/** Whatever the values are, by their 32-bit words: one kind of array is compared several times as quickly as three. */
function markChanges({ buffer, byteOffset, byteLength }: Float64Array | BigInt64Array | Int32Array, begins: Uint8Array): void {
  const words = new Int32Array(buffer, byteOffset, byteLength / 4);
  const width = words.length / begins.length;
  for (let word = width; word < words.length; word++) if (words[word] !== words[word - width]) begins[Math.floor(word / width)] = 1;
}
