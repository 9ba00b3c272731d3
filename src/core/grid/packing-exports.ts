/** The kernels that make slices small and back again; see assembly/packing.ts. Addresses are byte offsets. */
export interface PackingKernelExports {
  allMultiples(source: number, rows: number, divisor: number): number;
  packColumn(source: number, base: number, divisor: number, rows: number, out: number): number;
  unpackColumn(packed: number, bytes: number, base: number, divisor: number, rows: number, out: number): number;
  wholeNumbers(source: number, rows: number, scale: number, out: number): number;
  fromWholeNumbers(source: number, rows: number, scale: number, out: number): void;
  checksum(bytes: number, length: number): number;
}
