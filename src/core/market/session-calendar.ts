import { parseClock, weekday, yearMonth, type DayNumber, type Second } from "../time.ts";
import { ascendingDates, inForce, ruleDate } from "./effective.ts";
import type { CalendarData, SessionHours } from "./rules-data.ts";
import type { Session, UncertainRule } from "./types.ts";
import { found, holidayDoubt, hoursDoubt, sessionDoubt } from "./uncertain.ts";

export interface SessionCalendar {
  readonly from: DayNumber;
  readonly to: DayNumber;
  /** See `MarketRules.session`. */
  session(date: DayNumber): Session | "closed" | undefined;
  /** A weekday that is no holiday. Special sessions do not make one: nothing expires on them. */
  isBusinessDay(date: DayNumber): boolean;
  /** What is not certain of the date's hours and of the holidays around it. */
  uncertain(date: DayNumber): UncertainRule[];
}

/** @throws RangeError naming the row when holidays of a year are missing, or when a date or a clock of the data is wrong */
export function createSessionCalendar(data: CalendarData): SessionCalendar {
  const from = ruleDate("calendar, from", data.from);
  const to = ruleDate("calendar, to", data.to);
  const holidays = new Set<DayNumber>();
  for (let { year } = yearMonth(from); year <= yearMonth(to).year; year++) {
    if (data.holidays[year] === undefined) throw new RangeError(`market rules: holidays of ${year} are missing, although the calendar reaches from ${data.from} to ${data.to}`);
  }
  for (const [year, dates] of Object.entries(data.holidays)) {
    for (const day of ascendingDates(`holidays of ${year}`, dates.map((date) => `${year}-${date}`))) holidays.add(day);
  }
  const regular = data.regularHours.map((row) => ({ from: row.from, row, session: sessionOf(`hours from ${row.from}`, row) }));
  const regularOn = inForce("regular hours", regular);
  const specialDays = ascendingDates("special sessions", data.specialSessions.map(({ date }) => date));
  const special = new Map(data.specialSessions.map((row, i) => [specialDays[i], { row, session: row.hours === null ? undefined : sessionOf(`session of ${row.date}`, row.hours) }]));
  const doubtful = data.uncertain.map((row) => ({ row, first: ruleDate("uncertain holidays", row.from), last: ruleDate("uncertain holidays", row.to) }));
  const isBusinessDay = (date: DayNumber): boolean => weekday(date) <= 5 && !holidays.has(date);
  return {
    from,
    to,
    isBusinessDay,
    session(date) {
      if (date < from || date > to) return undefined;
      const own = special.get(date);
      if (own) return own.session;
      return isBusinessDay(date) ? regularOn(date)?.session : "closed";
    },
    uncertain(date) {
      const own = special.get(date);
      const holidays = doubtful.filter(({ first, last }) => date >= first && date <= last).map(({ row }) => holidayDoubt(row));
      return found([own ? sessionDoubt(own.row) : hoursDoubt(regularOn(date)?.row), ...holidays]);
    },
  };
}

function sessionOf(where: string, hours: SessionHours): Session {
  const session = {
    open: clock(where, hours.open),
    close: clock(where, hours.close),
    breaks: (hours.breaks ?? []).map(([from, to]) => [clock(where, from), clock(where, to)] as const),
  };
  const edges = [session.open, ...session.breaks.flat(), session.close];
  if (edges.some((edge, index) => index > 0 && edge <= edges[index - 1])) {
    throw new RangeError(`market rules: ${where}: open, breaks and close are not in order of time`);
  }
  return session;
}

function clock(where: string, text: string): Second {
  const second = parseClock(text);
  if (second === undefined) throw new RangeError(`market rules: ${where}: "${text}" is no time of day; write HH:MM`);
  return second;
}
