import { used, type RowClocks } from "./ordered-rows.ts";

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
