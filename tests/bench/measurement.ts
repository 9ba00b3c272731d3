/** One line of the table. */
export interface Measurement {
  readonly name: string;
  readonly where: string;
  readonly value: number;
  readonly unit: "ms" | "µs" | "KB" | "reads" | "bytes" | "times";
  /** What the figure was taken from: number of repetitions, rows, files. */
  readonly over: string;
  /** The most that it should be. */
  readonly goal?: number;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
