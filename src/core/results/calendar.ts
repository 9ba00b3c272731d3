/** Daily results laid out as calendars: weeks as columns, months against years. */
import { dayNumber, isoDate, weekday, type DayNumber, type IsoDate } from "../time.ts";
import { median } from "./statistics.ts";

/** One day, one month or one year with its result and the size of the sample behind it. */
export interface CalendarCell {
  readonly net: number;
  readonly days: number;
  readonly positions: number;
}

export interface CalendarDay extends CalendarCell {
  readonly date: DayNumber;
  /** Place of its week within the year's columns, from 0. */
  readonly column: number;
  /** 0 = Monday. */
  readonly row: number;
}

export interface CalendarYear {
  readonly year: number;
  readonly days: readonly CalendarDay[];
  /** First week column of each month that has a day, in order. */
  readonly months: readonly { readonly month: number; readonly column: number }[];
}

interface Daily {
  readonly dates: readonly IsoDate[];
  readonly net: readonly number[];
}

/** Years in order. @param positions of each day */
export function calendarYears({ dates, net }: Daily, positions: ArrayLike<number>): readonly CalendarYear[] {
  const years = new Map<number, { days: CalendarDay[]; months: Map<number, number> }>();
  dates.forEach((iso, i) => {
    const date = dayNumber(iso);
    const year = Number(iso.slice(0, 4));
    const month = Number(iso.slice(5, 7));
    const found = years.get(year) ?? { days: [], months: new Map<number, number>() };
    years.set(year, found);
    const monday = (day: DayNumber) => day - weekday(day) + 1;
    const column = (monday(date) - monday(dayNumber(`${year}-01-01`))) / 7;
    if (!found.months.has(month)) found.months.set(month, column);
    found.days.push({ date, column, row: weekday(date) - 1, net: net[i], days: 1, positions: positions[i] });
  });
  return [...years].map(([year, { days, months }]) => ({ year, days, months: [...months].map(([month, column]) => ({ month, column })) }));
}

export interface MonthTable {
  readonly years: readonly { readonly year: number; readonly months: readonly (CalendarCell | undefined)[]; readonly total: CalendarCell }[];
  /** Of each calendar month over the years: average, median and the number of months behind it. */
  readonly months: readonly ({ readonly average: number; readonly median: number; readonly count: number } | undefined)[];
}

/** Months January to December by year. */
export function monthTable({ dates, net }: Daily, positions: ArrayLike<number>): MonthTable {
  const years = new Map<number, (CalendarCell | undefined)[]>();
  dates.forEach((iso, i) => {
    const year = Number(iso.slice(0, 4));
    const month = Number(iso.slice(5, 7)) - 1;
    const months = years.get(year) ?? new Array<CalendarCell | undefined>(12).fill(undefined);
    years.set(year, months);
    months[month] = plus(months[month], { net: net[i], days: 1, positions: positions[i] });
  });
  const rows = [...years].map(([year, months]) => ({ year, months, total: months.reduce<CalendarCell>((sum, cell) => plus(cell, sum), { net: 0, days: 0, positions: 0 }) }));
  const over = Array.from({ length: 12 }, (_, month) => {
    const values = rows.flatMap(({ months }) => months[month]?.net ?? []);
    const middle = median(values);
    return middle === null ? undefined : { average: values.reduce((a, b) => a + b, 0) / values.length, median: middle, count: values.length };
  });
  return { years: rows, months: over };
}

function plus(a: CalendarCell | undefined, b: CalendarCell): CalendarCell {
  return a === undefined ? b : { net: a.net + b.net, days: a.days + b.days, positions: a.positions + b.positions };
}

/** The calendar as a file: one line per day, amounts as they are given ÷ 100. */
export function calendarCsv({ dates, net }: Daily, positions: ArrayLike<number>): string {
  return ["date,net_pnl,positions\n", ...dates.map((date, i) => `${isoDate(dayNumber(date))},${(net[i] / 100).toFixed(2)},${positions[i]}\n`)].join("");
}
