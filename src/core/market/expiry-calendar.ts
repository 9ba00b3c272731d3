import { WEEKDAY_NAMES, weekday, yearMonth, type DayNumber, type WeekdayName } from "../time.ts";
import { ascendingDates } from "./effective.ts";
import type { ExpiryRuleRow } from "./rules-data.ts";
import type { SessionCalendar } from "./session-calendar.ts";
import type { ExpiryDate, SymbolName } from "./types.ts";

export interface ExpiryCalendar {
  /** Ascending. */
  readonly all: readonly ExpiryDate[];
  on(expiry: DayNumber): ExpiryDate | undefined;
  monthly(year: number, month: number): ExpiryDate | undefined;
}

/**
 * Generates the expiries of one symbol: the last given weekday of every month, and the given weekday of every week
 * that holds no monthly expiry. On a holiday the expiry moves to the business day before.
 * @throws RangeError naming the row when a date of the rules is wrong
 */
export function createExpiryCalendar(symbol: SymbolName, rules: readonly ExpiryRuleRow[], calendar: SessionCalendar): ExpiryCalendar {
  const starts = ascendingDates(`${symbol} expiry weekdays`, rules.map((rule) => rule.from));
  const byMonth = new Map<number, ExpiryDate>();
  const monthlyWeeks = new Set<DayNumber>();
  const all: ExpiryDate[] = [];

  const forEachScheduled = (kind: "weekly" | "monthly", add: (scheduled: DayNumber) => void): void => {
    for (const [index, rule] of rules.entries()) {
      const name = rule[kind];
      if (name === null) continue;
      const end = Math.min((starts[index + 1] ?? Infinity) - 1, calendar.to);
      for (let date = onOrAfter(Math.max(starts[index], calendar.from), name); date <= end; date += 7) add(date);
    }
  };
  const movedBeforeHolidays = (scheduled: DayNumber): DayNumber => {
    let date = scheduled;
    while (!calendar.isBusinessDay(date)) date--;
    return date;
  };

  forEachScheduled("monthly", (scheduled) => {
    if (monthKey(scheduled) === monthKey(scheduled + 7)) return;
    const expiry = { date: movedBeforeHolidays(scheduled), scheduled, monthly: true };
    byMonth.set(monthKey(scheduled), expiry);
    monthlyWeeks.add(monday(scheduled));
    all.push(expiry);
  });
  forEachScheduled("weekly", (scheduled) => {
    if (monthlyWeeks.has(monday(scheduled))) return;
    all.push({ date: movedBeforeHolidays(scheduled), scheduled, monthly: false });
  });
  all.sort((a, b) => a.date - b.date);
  const byDate = new Map(all.map((expiry) => [expiry.date, expiry]));
  return {
    all,
    on: (expiry) => byDate.get(expiry),
    monthly: (year, month) => byMonth.get(keyOf(year, month)),
  };
}

function onOrAfter(date: DayNumber, name: WeekdayName): DayNumber {
  return date + ((WEEKDAY_NAMES.indexOf(name) + 1 - weekday(date) + 7) % 7);
}

function monday(date: DayNumber): DayNumber {
  return date - weekday(date) + 1;
}

function monthKey(date: DayNumber): number {
  const { year, month } = yearMonth(date);
  return keyOf(year, month);
}

function keyOf(year: number, month: number): number {
  return year * 12 + month;
}
