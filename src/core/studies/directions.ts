/** How often a window went up, down or nowhere, and how sure that share is. */
export const DIRECTIONS = ["up", "down", "flat"] as const;
export type Direction = (typeof DIRECTIONS)[number];

export interface Share {
  readonly count: number;
  /** Of `n`; all three are null without a day. From 0 to 1. */
  readonly share: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** Wilson's score interval of `count` among `n`, with the normal quantile `z` (Wilson, 1927). */
export function wilson(count: number, n: number, z: number): Share {
  if (n === 0) return { count, share: null, low: null, high: null };
  const share = count / n;
  const centre = share + (z * z) / (2 * n);
  const half = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  const whole = 1 + (z * z) / n;
  return { count, share, low: Math.max(0, (centre - half) / whole), high: Math.min(1, (centre + half) / whole) };
}

/** @param flat percent up to which a return, either way, counts as none */
export function directionOf(percent: number, flat: number): Direction {
  if (Math.abs(percent) <= flat) return "flat";
  return percent > 0 ? "up" : "down";
}
