/**
 * Sums over the values of a table that do not depend on the order of its rows: one for each column, and one over whole rows, so that
 * a value that is lost, changed, or put beside the values of another row is seen.
 */
export class TableSums {
  readonly #sums = new Map<string, Int32Array>();
  readonly #rows = new Int32Array(2);
  #count = 0;

  /** Adds rows: for each column the hash of its value in each of them. */
  add(rows: number, columns: ReadonlyMap<string, Int32Array>): void {
    const whole = new Int32Array(rows);
    for (const [name, hashes] of columns) {
      const sum = this.#sums.get(name) ?? new Int32Array(2);
      this.#sums.set(name, sum);
      let [low, high] = sum;
      const odd = hashText(`column ${name}`) | 1;
      for (let row = 0; row < rows; row++) {
        const hash = hashes[row];
        low = (low + hash) | 0;
        high = (high + Math.imul(hash ^ (hash >>> 16), odd)) | 0;
        // Added up, not chained: columns may come in another order.
        whole[row] = (whole[row] + Math.imul(hash ^ (hash >>> 15), odd)) | 0;
      }
      sum[0] = low;
      sum[1] = high;
    }
    for (let row = 0; row < rows; row++) {
      this.#rows[0] = (this.#rows[0] + mix(whole[row])) | 0;
      this.#rows[1] = (this.#rows[1] + mix(whole[row] ^ 0x5bd1e995)) | 0;
    }
    this.#count += rows;
  }

  get rows(): number {
    return this.#count;
  }

  /** By column, `*` for whole rows: sixteen hex digits each. */
  result(): Readonly<Record<string, string>> {
    return Object.fromEntries([...[...this.#sums].sort(([a], [b]) => (a < b ? -1 : 1)), ["*", this.#rows] as const].map(([name, sum]) => [name, hex(sum)]));
  }
}

export const NULL_HASH = 0x3c6ef372;
const SEED = 0x165667b1;

/** Hashes of fixed-width values out of 32-bit words; `words` per value. */
export function hashWords(values: Int32Array, words: number, rows: Int32Array): Int32Array {
  const hashes = new Int32Array(rows.length);
  if (words === 1) {
    for (let i = 0; i < rows.length; i++) hashes[i] = mix(SEED ^ values[rows[i]]);
  } else if (words === 2) {
    for (let i = 0; i < rows.length; i++) hashes[i] = mix(mix(SEED ^ values[2 * rows[i]]) ^ values[2 * rows[i] + 1]);
  } else {
    for (let i = 0; i < rows.length; i++) {
      let hash = SEED;
      for (let word = 0; word < words; word++) hash = mix(hash ^ values[rows[i] * words + word]);
      hashes[i] = hash;
    }
  }
  return hashes;
}

export function hashText(text: string): number {
  let hash = 0x1b873593;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return mix(hash ^ text.length);
}

function mix(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

function hex(sum: Int32Array): string {
  return [...sum].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}
