import type { Kernels } from "../kernels.ts";
import type { TakenRows } from "./taken-rows.ts";

/** Values of so many 32-bit words each, with a bitmap of those that are no null. */
interface StoredValues {
  readonly words: Int32Array;
  readonly perValue: number;
  readonly valid?: Uint8Array;
}

/** What a column holds: its values, a hash for each row taken, or one value or hash for all of them. */
export type SummedColumn = StoredValues | { readonly hashes: Int32Array } | { readonly value: Int32Array } | { readonly hash: number };

/**
 * Sums over the values of a table that do not depend on the order of its rows: one for each column, and one over whole rows, so that
 * a value that is lost, changed, or put beside the values of another row is seen.
 */
export class TableSums {
  readonly #kernels: Kernels;
  readonly #sums = new Map<string, Int32Array>();
  readonly #rows = new Int32Array(2);
  #count = 0;

  constructor(kernels: Kernels) {
    this.#kernels = kernels;
  }

  /** Adds rows of a table. */
  add(taken: TakenRows, columns: ReadonlyMap<string, SummedColumn>): void {
    const kernels = this.#kernels;
    const { run } = kernels;
    const count = taken.length;
    kernels.scoped(() => {
      const [sums, whole, hashes] = [run.alloc(8), run.alloc(count * 4), run.alloc(count * 4)];
      const first = firstOfByte(taken.from);
      const rows = taken.together && taken.from === first ? 0 : run.alloc(count * 4);
      if (rows !== 0) for (let i = 0; i < count; i++) kernels.i32[(rows >> 2) + i] = taken.rows[i] - first;
      kernels.i32.fill(0, whole >> 2, (whole >> 2) + count);
      const addTo = (own: Int32Array, add: () => void): void => {
        kernels.i32.set(own, sums >> 2);
        add();
        own.set(kernels.i32.subarray(sums >> 2, (sums >> 2) + 2));
      };
      for (const [name, column] of columns) {
        const own = this.#sums.get(name) ?? new Int32Array(2);
        this.#sums.set(name, own);
        const fill = (hash: number): unknown => kernels.i32.fill(hash, hashes >> 2, (hashes >> 2) + count);
        if ("hash" in column) fill(column.hash);
        else if ("value" in column) fill(hashOf(kernels, column.value));
        else if ("hashes" in column) kernels.i32.set(column.hashes, hashes >> 2);
        else kernels.scoped(() => hashColumn(kernels, column, taken, rows, hashes));
        addTo(own, () => run.addHashes(hashes, count, hashText(`column ${name}`) | 1, sums, whole));
      }
      addTo(this.#rows, () => run.addRows(whole, count, sums));
    });
    this.#count += count;
  }

  get rows(): number {
    return this.#count;
  }

  /** By column, `*` for whole rows: sixteen hex digits each. */
  result(): Readonly<Record<string, string>> {
    return Object.fromEntries([...[...this.#sums].sort(([a], [b]) => (a < b ? -1 : 1)), ["*", this.#rows] as const].map(([name, sum]) => [name, hex(sum)]));
  }
}

/** @param rows where the rows taken stand, counted from the byte of the bitmap in which the first of them has its bit; 0 where they begin there and follow one another */
function hashColumn(kernels: Kernels, { words, perValue, valid }: StoredValues, taken: TakenRows, rows: number, hashes: number): void {
  const { from, to, length } = taken;
  const first = valid || !taken.together ? firstOfByte(from) : from;
  const values = kernels.run.alloc((to - first) * perValue * 4);
  const bits = valid ? kernels.run.alloc((to - first + 7) >> 3) : 0;
  kernels.i32.set(words.subarray(first * perValue, to * perValue), values >> 2);
  if (valid) kernels.u8.set(valid.subarray(first >> 3, (to + 7) >> 3), bits);
  kernels.run.hashValues(values, perValue, first === from && taken.together ? 0 : rows, length, bits, hashes);
}

function hashOf(kernels: Kernels, value: Int32Array): number {
  return kernels.scoped(() => {
    const [words, hash] = [kernels.run.alloc(value.byteLength), kernels.run.alloc(4)];
    kernels.i32.set(value, words >> 2);
    kernels.run.hashValues(words, value.length, 0, 1, 0, hash);
    return kernels.i32[hash >> 2];
  });
}

function firstOfByte(row: number): number {
  return row & ~7;
}

export const NULL_HASH = 0x3c6ef372;

export function hashText(text: string): number {
  let hash = 0x1b873593;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash ^= text.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

function hex(sum: Int32Array): string {
  return [...sum].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}
