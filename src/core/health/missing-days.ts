import type { MarketRules } from "../market/types.ts";
import type { DayNumber } from "../time.ts";

/** Trading days of the exchange calendar without data, and days with data on which the exchange was closed; both ascending. */
export interface CalendarGaps {
  readonly missing: readonly DayNumber[];
  readonly closed: readonly DayNumber[];
}

/**
 * Compares the dates that have rows with the calendar, from the first to the last of them, or over the window asked for. Where the
 * calendar does not reach, nothing is missing.
 */
export function calendarGaps(rules: Pick<MarketRules, "session">, held: readonly DayNumber[], { from, to }: { readonly from?: DayNumber; readonly to?: DayNumber } = {}): CalendarGaps {
  if (held.length === 0) return { missing: [], closed: [] };
  const has = new Set(held);
  const first = from ?? Math.min(...held);
  const last = to ?? Math.max(...held);
  const missing: DayNumber[] = [];
  for (let date = first; date <= last; date++) {
    const session = rules.session(date);
    if (session !== undefined && session !== "closed" && !has.has(date)) missing.push(date);
  }
  return { missing, closed: [...has].filter((date) => rules.session(date) === "closed").sort((a, b) => a - b) };
}
