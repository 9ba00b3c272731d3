/** The figures of a list of values. docs/studies.md states the formulas; what a list cannot give is null. */

/** Values ascending, and how often each stands there. */
export interface Tally {
  readonly values: Float64Array;
  readonly counts: Float64Array;
}

export interface Stats {
  readonly n: number;
  readonly mean: number | null;
  readonly median: number | null;
  /** With divisor n − 1. */
  readonly sd: number | null;
  /** Median of |value − median|, not scaled. */
  readonly mad: number | null;
  /** 75 % quantile − 25 % quantile. */
  readonly iqr: number | null;
  /** G₁ = n / ((n − 1)(n − 2)) · Σ((value − mean) / sd)³; null below three values, and where all are equal. */
  readonly skew: number | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly q1: number | null;
  readonly q3: number | null;
}

export const NO_STATS: Stats = { n: 0, mean: null, median: null, sd: null, mad: null, iqr: null, skew: null, min: null, max: null, q1: null, q3: null };

export function tallyOf(values: Iterable<number>): Tally {
  const counted = new Map<number, number>();
  for (const value of values) counted.set(value, (counted.get(value) ?? 0) + 1);
  return sortedTally(counted);
}

export function mergedTally(tallies: Iterable<Tally>): Tally {
  const counted = new Map<number, number>();
  for (const { values, counts } of tallies) for (let i = 0; i < values.length; i++) counted.set(values[i], (counted.get(values[i]) ?? 0) + counts[i]);
  return sortedTally(counted);
}

function sortedTally(counted: ReadonlyMap<number, number>): Tally {
  const values = Float64Array.from(counted.keys()).sort();
  return { values, counts: values.map((value) => counted.get(value)!) };
}

export function describe(tally: Tally): Stats {
  const { values, counts } = tally;
  const n = counts.reduce((sum, count) => sum + count, 0);
  if (n === 0) return NO_STATS;
  const mean = weighted(tally, (value) => value) / n;
  const median = quantile(tally, n, 0.5);
  const [q1, q3] = [quantile(tally, n, 0.25), quantile(tally, n, 0.75)];
  const [min, max] = [values[0], values[values.length - 1]];
  const sd = n < 2 ? null : min === max ? 0 : Math.sqrt(weighted(tally, (value) => (value - mean) ** 2) / (n - 1));
  const skew = n < 3 || sd === null || sd === 0 ? null : (n / ((n - 1) * (n - 2))) * weighted(tally, (value) => ((value - mean) / sd) ** 3);
  return { n, mean, median, sd, mad: quantile(away(tally, median), n, 0.5), iqr: q3 - q1, skew, min, max, q1, q3 };
}

function weighted({ values, counts }: Tally, of: (value: number) => number): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += of(values[i]) * counts[i];
  return sum;
}

/** Between the two values around place (n − 1) · share of the sorted list, by their distance from it. */
function quantile(tally: Tally, n: number, share: number): number {
  const place = (n - 1) * share;
  const below = Math.floor(place);
  const low = valueAt(tally, below);
  const high = place === below ? low : valueAt(tally, below + 1);
  return low + (high - low) * (place - below);
}

/** The value at a place of the sorted list, from 0. */
function valueAt({ values, counts }: Tally, place: number): number {
  let passed = 0;
  for (let i = 0; i < values.length; i++) {
    passed += counts[i];
    if (place < passed) return values[i];
  }
  throw new RangeError(`There is no place ${place} in a list of ${passed} values.`);
}

/** Distances from a centre, each as often as its value. */
function away({ values, counts }: Tally, centre: number): Tally {
  const distances = values.map((value) => Math.abs(value - centre));
  const order = Array.from(distances.keys()).sort((a, b) => distances[a] - distances[b]);
  return { values: Float64Array.from(order, (i) => distances[i]), counts: Float64Array.from(order, (i) => counts[i]) };
}
