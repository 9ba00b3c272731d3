/** The kernels of checksums over tables; see assembly/sums.ts. Addresses are byte offsets, 0 for what there is not. */
export interface SumKernelExports {
  hashValues(values: number, words: number, rows: number, count: number, valid: number, out: number): void;
  addHashes(hashes: number, count: number, odd: number, sums: number, whole: number): void;
  addRows(whole: number, count: number, sums: number): void;
}
