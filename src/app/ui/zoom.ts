/**
 * The part of the x axis after one turn of the wheel or key around `at`: smaller for a factor below 1, larger above, never
 * beyond the whole axis.
 */
export function zoomed(range: readonly [number, number], at: number, factor: number, whole: readonly [number, number]): [number, number] {
  const from = Math.max(whole[0], at - (at - range[0]) * factor);
  const to = Math.min(whole[1], at + (range[1] - at) * factor);
  return from < to ? [from, to] : [whole[0], whole[1]];
}
