import { SECONDS_PER_DAY } from "../core/time.ts";

/** The shortest span of a bar, seconds (semantics §1.8). */
const SHORTEST_BAR = 60;
/** Share of the steps that must fit the spacing. */
const REGULAR_SHARE = 0.95;

/**
 * The spacing of rows that stand like bars: 60 seconds or more, and the steps within a day are whole multiples of it.
 * Undefined for snapshots and where too few rows tell. `seconds` are IST seconds since 1970, NaN where unknown.
 */
export function barSpacing(seconds: Float64Array): number | undefined {
  let shortest = Infinity;
  const steps: number[] = [];
  let before = NaN;
  for (const second of seconds) {
    if (Number.isNaN(second)) continue;
    const step = second - before;
    if (step > 0 && Math.floor(second / SECONDS_PER_DAY) === Math.floor(before / SECONDS_PER_DAY)) {
      steps.push(step);
      if (step < shortest) shortest = step;
    }
    before = second;
  }
  if (steps.length === 0 || shortest < SHORTEST_BAR) return undefined;
  const fitting = steps.filter((step) => step % shortest === 0).length;
  return fitting >= REGULAR_SHARE * steps.length ? shortest : undefined;
}
