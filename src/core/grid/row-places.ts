import { used, type RowBatch, type RowClocks } from "./ordered-rows.ts";

/** Where the rows of several batches lie, by their place among all that are used, taken one batch after another. */
export class RowPlaces {
  readonly #batches: readonly RowClocks[];
  readonly #starts: readonly number[];
  #batch = 0;

  constructor(batches: readonly RowClocks[]) {
    this.#batches = batches;
    const starts: number[] = [];
    batches.reduce((start, batch) => (starts.push(start), start + used(batch)), 0);
    this.#starts = starts;
  }

  batchOf(place: number): number {
    // Rows come in clock order, so the next one is nearly always in the same batch.
    while (place < this.#starts[this.#batch]) this.#batch--;
    while (this.#batch + 1 < this.#starts.length && place >= this.#starts[this.#batch + 1]) this.#batch++;
    return this.#batch;
  }

  /** Which of its batch's rows it is, those that the batch does not use counted too. */
  rowOf(place: number): number {
    const batch = this.batchOf(place);
    const at = place - this.#starts[batch];
    const { select } = this.#batches[batch];
    return select ? select[at] : at;
  }
}

/** A number column of all batches, one after another; NaN for a batch that lacks it, undefined where all do. */
export function gatherNumbers(batches: readonly RowBatch[], column: (batch: RowBatch) => Float64Array | null): Float64Array | undefined {
  if (!batches.some((batch) => column(batch))) return undefined;
  const values = new Float64Array(batches.reduce((sum, batch) => sum + used(batch), 0)).fill(NaN);
  let at = 0;
  for (const batch of batches) {
    const found = column(batch);
    const count = used(batch);
    if (found && batch.select) for (let i = 0; i < count; i++) values[at + i] = found[batch.select[i]];
    else if (found) values.set(found.subarray(0, count), at);
    at += count;
  }
  return values;
}
