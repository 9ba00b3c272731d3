import type { Selection } from "../../core/results/selection.ts";
import { dayFromParts } from "../../core/time.ts";

/** The days of a year's months from the first to the last, both 1–12. */
export function monthsSelected(year: number, first: number, last: number): Pick<Selection, "from" | "to"> {
  const next = last === 12 ? dayFromParts(year + 1, 1, 1) : dayFromParts(year, last + 1, 1);
  return { from: dayFromParts(year, first, 1) ?? null, to: next === undefined ? null : next - 1 };
}
