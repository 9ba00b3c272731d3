import { parseClock, weekday, type DayNumber, type Second } from "../time.ts";
import { ascendingDates, inForce, ruleDate } from "./effective.ts";
import type { CalendarData, SessionHours } from "./rules-data.ts";
import type { Session } from "./types.ts";

export interface SessionCalendar {
  readonly from: DayNumber;
  readonly to: DayNumber;
  /** See `MarketRules.session`. */
  session(date: DayNumber): Session | "closed" | undefined;
  /** A weekday that is no holiday. Special sessions do not make one: nothing expires on them. */
  isBusinessDay(date: DayNumber): boolean;
}

/** @throws RangeError naming the row when a date or a clock of the data is wrong */
export function createSessionCalendar(data: CalendarData): SessionCalendar {
  const from = ruleDate("calendar, from", data.from);
  const to = ruleDate("calendar, to", data.to);
  const holidays = new Set<DayNumber>();
  for (const [year, dates] of Object.entries(data.holidays)) {
    for (const day of ascendingDates(`holidays of ${year}`, dates.map((date) => `${year}-${date}`))) holidays.add(day);
  }
  const regular = data.regularHours.map((row) => ({ from: row.from, session: sessionOf(`hours from ${row.from}`, row) }));
  const regularOn = inForce("regular hours", regular);
  const specialDays = ascendingDates("special sessions", data.specialSessions.map((special) => special.date));
  const special = new Map<DayNumber, Session | undefined>();
  for (const [index, { date, hours, uncertain }] of data.specialSessions.entries()) {
    special.set(specialDays[index], hours === null ? undefined : sessionOf(`session of ${date}`, hours, uncertain));
  }
  const isBusinessDay = (date: DayNumber): boolean => weekday(date) <= 5 && !holidays.has(date);
  return {
    from,
    to,
    isBusinessDay,
    session(date) {
      if (date < from || date > to) return undefined;
      if (special.has(date)) return special.get(date);
      return isBusinessDay(date) ? regularOn(date)?.session : "closed";
    },
  };
}

function sessionOf(where: string, hours: SessionHours, uncertain?: true): Session {
  const session = {
    open: clock(where, hours.open),
    close: clock(where, hours.close),
    breaks: (hours.breaks ?? []).map(([from, to]) => [clock(where, from), clock(where, to)] as const),
  };
  const edges = [session.open, ...session.breaks.flat(), session.close];
  if (edges.some((edge, index) => index > 0 && edge <= edges[index - 1])) {
    throw new RangeError(`market rules: ${where}: open, breaks and close are not in order of time`);
  }
  return uncertain ? { ...session, uncertain } : session;
}

function clock(where: string, text: string): Second {
  const second = parseClock(text);
  if (second === undefined) throw new RangeError(`market rules: ${where}: "${text}" is no time of day; write HH:MM`);
  return second;
}
