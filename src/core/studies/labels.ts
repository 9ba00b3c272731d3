/** The group that a day belongs to, by each dimension. */
import type { DayFacts } from "../facts/day-facts.ts";
import { DECILES, REGIMES } from "../facts/regimes.ts";
import type { MarketRules } from "../market/types.ts";
import { MONTH_NAMES, WEEKDAY_NAMES, weekday, yearMonth, type DayNumber } from "../time.ts";
import type { Dimension, Study } from "./schema.ts";

/** Numbers, or 1 for an expiry day and 0 for another; null where it cannot be told. */
export type DayLabels = Readonly<Record<Dimension, number | null>>;

/** @param facts of the date; absent where it has no spot, or no regime is asked for */
export function dayLabels(date: DayNumber, facts: DayFacts | undefined, expiries: ReturnType<MarketRules["expiries"]>): DayLabels {
  const { year, month } = yearMonth(date);
  const expiry = expiries.find((one) => one.date >= date)?.date;
  const dte = expiry === undefined ? null : expiry - date;
  const regimes = facts?.regimes ?? { gap: null, rv: null, range5: null };
  return { weekday: weekday(date), month, year, dte, expiry_day: dte === null ? null : Number(dte === 0), ...regimes };
}

/** Whether `where` leaves the day in. A label that cannot be told is in no list. */
export function leftIn(labels: DayLabels, where: Study["where"]): boolean {
  if (REGIMES.some((regime) => where[regime] !== null && !(labels[regime] !== null && where[regime].includes(labels[regime])))) return false;
  if (where.dte !== null && (labels.dte === null || labels.dte < where.dte[0] || labels.dte > where.dte[1])) return false;
  return where.expiry_day === null || labels.expiry_day === Number(where.expiry_day);
}

const NAMES: Record<Dimension, string> = {
  weekday: "weekday", month: "month", year: "year", dte: "days to expiry", expiry_day: "expiry day",
  gap: "decile of the gap", rv: "decile of yesterday's volatility", range5: "decile of the first five minutes",
};

export function dimensionWords(dimension: Dimension): string {
  return NAMES[dimension];
}

export function labelWords(dimension: Dimension, label: number | null): string {
  if (label === null) return "not known";
  switch (dimension) {
    case "weekday":
      return WEEKDAY_NAMES[label - 1];
    case "month":
      return MONTH_NAMES[label - 1];
    case "expiry_day":
      return label === 1 ? "yes" : "no";
    case "year":
    case "dte":
      return String(label);
    default:
      return label === 1 ? "1 (lowest)" : label === DECILES ? `${DECILES} (highest)` : String(label);
  }
}
