/** Semantics §2, expiry: which contracts a date trades. */
import type { Strategy } from "../../src/core/strategy/types.ts";
import type { Bug } from "./bugs.ts";
import { daysBetween } from "./dates.ts";
import { calendarExpiries } from "./rules.ts";

export type ExpiryChoice = { readonly expiry: string; readonly gap: boolean } | { readonly notRun: "no_expiry" | "dte" };

/** The expiry that a word or a date means on a date; undefined without one. `withRows` are those of which a contract is listed, in any order. */
export function expiryNamed(wanted: string, symbol: string, date: string, withRows: readonly string[], bug?: Bug): string | undefined {
  const alive = [...new Set(withRows)].filter((e) => e >= date).sort();
  const calendar = calendarExpiries(symbol).filter((e) => e.date >= date);
  const isMonthly = (expiry: string) => calendar.some((e) => e.date === expiry && e.monthly);
  if (wanted === "nearest") return bug === "nearest_from_the_calendar" ? alive.find((e) => e === calendar[0]?.date) : alive[0];
  if (wanted === "next") return alive[1];
  if (wanted === "weekly") return alive.find((e) => !isMonthly(e));
  if (wanted === "monthly") return alive.find(isMonthly);
  return alive.find((e) => e === wanted);
}

export function chooseExpiry(universe: Strategy["universe"], date: string, withRows: readonly string[], bug?: Bug): ExpiryChoice {
  const expiry = expiryNamed(universe.expiry, universe.symbol, date, withRows, bug);
  const missed = (e: string) => e >= date && expiry !== undefined && e < expiry && !withRows.includes(e);
  const gap = universe.expiry === "nearest" && calendarExpiries(universe.symbol).some((e) => missed(e.date));
  if (expiry === undefined || (gap && universe.expiry_missing === "skip")) return { notRun: "no_expiry" };
  if (universe.dte) {
    const days = daysBetween(date, expiry);
    if (days < universe.dte[0] || days > universe.dte[1]) return { notRun: "dte" };
  }
  return { expiry, gap };
}
