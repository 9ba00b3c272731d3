/** Shades of a heatmap: −4 (largest loss) … 4 (largest gain), 0 for nothing. */
export function heatLevel(value: number, largest: number): number {
  if (value === 0 || largest === 0) return 0;
  return Math.sign(value) * Math.max(1, Math.ceil((Math.abs(value) / largest) * 4));
}

/** The largest absolute value, which the strongest shade stands for. */
export function largestOf(values: Iterable<number>): number {
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  return largest;
}
