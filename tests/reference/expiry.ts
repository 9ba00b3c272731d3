/** Semantics §2, expiry: which contracts a date trades. */
import type { Strategy } from "../../src/core/strategy/types.ts";
import type { Bug } from "./bugs.ts";
import { daysBetween } from "./dates.ts";
import { calendarExpiries } from "./rules.ts";

export type ExpiryChoice = { readonly expiry: string; readonly gap: boolean } | { readonly notRun: "no_expiry" | "dte" };

/** `withRows` are the expiries of which at least one contract is listed on the date, in any order. */
export function chooseExpiry(universe: Strategy["universe"], date: string, withRows: readonly string[], bug?: Bug): ExpiryChoice {
  const alive = [...new Set(withRows)].filter((e) => e >= date).sort();
  const calendar = calendarExpiries(universe.symbol).filter((e) => e.date >= date);
  const isMonthly = (expiry: string) => calendar.some((e) => e.date === expiry && e.monthly);
  const earlier = (candidates: readonly string[], chosen: string) => candidates.some((e) => e < chosen && !alive.includes(e));

  let expiry: string | undefined;
  let gap = false;
  if (universe.expiry === "nearest") {
    expiry = bug === "nearest_from_the_calendar" ? alive.find((e) => e === calendar[0]?.date) : alive[0];
    gap = expiry !== undefined && earlier(calendar.map((e) => e.date), expiry);
  } else if (universe.expiry === "next") expiry = alive[1];
  else if (universe.expiry === "weekly") expiry = alive.find((e) => !isMonthly(e));
  else if (universe.expiry === "monthly") expiry = alive.find(isMonthly);
  else expiry = alive.find((e) => e === universe.expiry);

  if (expiry === undefined || (gap && universe.expiry_missing === "skip")) return { notRun: "no_expiry" };
  if (universe.dte) {
    const days = daysBetween(date, expiry);
    if (days < universe.dte[0] || days > universe.dte[1]) return { notRun: "dte" };
  }
  return { expiry, gap };
}
