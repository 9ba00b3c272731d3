/** Which values are out of the ordinary, and whether a mean tells something else than the median. docs/studies.md states the rules. */
import type { Stats } from "./describe.ts";
import type { Study } from "./schema.ts";

/** Makes the MAD of a normal distribution its standard deviation (Iglewicz and Hoaglin, 1993). */
const NORMAL = 0.6745;
/** Two numbers so near are equal, as everywhere in conditions. */
const EQUAL = 1e-9;

/** |mean − median| > k · MAD. */
export function diverges({ mean, median, mad }: Stats, k: number): boolean {
  if (mean === null || median === null || mad === null) return false;
  const apart = Math.abs(mean - median);
  return apart > EQUAL * Math.max(1, Math.abs(mean), Math.abs(median)) && apart > k * mad;
}

export interface Outlying {
  /** 0.6745 · |value − median| / MAD; null where half of the values are equal, so that the MAD is 0. */
  readonly score: number | null;
  readonly mad: boolean;
  readonly iqr: boolean;
  /** The fence of Tukey that it lies beyond. */
  readonly fence: number | null;
}

/** A spread of 0 makes no value an outlier: it would make every other one. */
export function outlying(value: number, { median, mad, q1, q3, iqr }: Stats, limits: Study["outliers"]): Outlying {
  const score = mad === null || median === null || mad === 0 ? null : (NORMAL * Math.abs(value - median)) / mad;
  const byMad = score !== null && score > limits.mad;
  if (q1 === null || q3 === null || iqr === null || iqr === 0) return { score, mad: byMad, iqr: false, fence: null };
  const [low, high] = [q1 - limits.iqr * iqr, q3 + limits.iqr * iqr];
  const fence = value < low ? low : value > high ? high : null;
  return { score, mad: byMad, iqr: fence !== null, fence };
}
