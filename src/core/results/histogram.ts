/** How values spread: bins of equal, round width, of which none holds both gains and losses. */

export interface Histogram {
  /** Lower edge of the first bin. */
  readonly first: number;
  readonly width: number;
  /** Values per bin: [edge, next edge). The outer bins also hold what lies beyond them. */
  readonly counts: Uint32Array;
  /** True where values lie beyond the outer bins. */
  readonly below: boolean;
  readonly above: boolean;
}

/** Share of the values on each side that may lie beyond the outer bins, so that one outlier does not squeeze the rest. */
const TAIL = 0.005;

/** Undefined without values. @param bins about how many */
export function histogram(values: Float64Array, bins: number): Histogram | undefined {
  if (values.length === 0) return undefined;
  const sorted = values.toSorted();
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))];
  const [low, high] = [at(TAIL), at(1 - TAIL)];
  const width = roundStep((high - low) / bins || Math.abs(high) / bins || 1);
  const lowBin = Math.floor(low / width);
  const counts = new Uint32Array(Math.floor(high / width) - lowBin + 1);
  for (const value of values) counts[Math.min(counts.length - 1, Math.max(0, Math.floor(value / width) - lowBin))]++;
  return { first: lowBin * width, width, counts, below: sorted[0] < lowBin * width, above: sorted[sorted.length - 1] >= (lowBin + counts.length) * width };
}

/** The least of 1, 2, 2.5, 5 × a power of ten that is not below. */
export function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 2.5, 5].find((step) => step * power >= least * (1 - 1e-9)) ?? 10);
}
