/** Regimes: in which tenth of the days before it a day lies. Nothing of a later day is ever looked at. */

/** A day is ranked among the facts of at most so many of the latest earlier dates: about a year. */
export const RANKED_DATES = 252;
/** With fewer values before it a day has no label. */
export const LEAST_RANKED = 20;
export const DECILES = 10;

export const REGIMES = ["gap", "rv", "range5"] as const;
export type Regime = (typeof REGIMES)[number];

/**
 * 1 (the lowest tenth) … 10: ⌊10 · p⌋ + 1, at most 10, where p is the share of earlier values below it, equal ones counting half.
 * Null without a value, and with fewer than `LEAST_RANKED` values before it.
 * @param earlier values of earlier dates, null where a date has none
 */
export function decileAmong(value: number | null, earlier: readonly (number | null)[]): number | null {
  if (value === null) return null;
  let known = 0;
  let twice = 0;
  for (const other of earlier) {
    if (other === null) continue;
    known++;
    twice += other < value ? 2 : other === value ? 1 : 0;
  }
  return known < LEAST_RANKED ? null : Math.min(DECILES, Math.floor((DECILES * twice) / (2 * known)) + 1);
}
