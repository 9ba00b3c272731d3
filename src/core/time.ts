/** Calendar dates and seconds of the IST day. Nothing here knows about time zones: IST has no daylight saving. */

/** A calendar date as days since 1970-01-01. */
export type DayNumber = number;
/** A calendar date as `YYYY-MM-DD`. */
export type IsoDate = string;
/** Seconds since 00:00:00 of the IST day: 09:15:00 is 33300. */
export type Second = number;

export const SECONDS_PER_DAY = 86_400;
const MS_PER_DAY = 86_400_000;
const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const CLOCK = /^([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/;

/** `YYYY-MM-DD` as a day number, or undefined when it is no date of the calendar. */
export function parseIsoDate(text: string): DayNumber | undefined {
  const match = ISO_DATE.exec(text);
  if (!match) return undefined;
  return dayFromParts(Number(match[1]), Number(match[2]), Number(match[3]));
}

/** Year, month (1–12) and day of the month as a day number, or undefined when there is no such date. */
export function dayFromParts(year: number, month: number, day: number): DayNumber | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return date.getTime() / MS_PER_DAY;
}

/** A date that is known to be valid, as a day number. Throws a RangeError otherwise. */
export function dayNumber(iso: IsoDate): DayNumber {
  const day = parseIsoDate(iso);
  if (day === undefined) throw new RangeError(`"${iso}" is no date of the form YYYY-MM-DD`);
  return day;
}

export function isoDate(day: DayNumber): IsoDate {
  return new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
}

export function yearMonth(day: DayNumber): { year: number; month: number } {
  const date = new Date(day * MS_PER_DAY);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1 };
}

/** 1 = Monday … 7 = Sunday. */
export function weekday(day: DayNumber): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

export const WEEKDAY_NAMES = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;
export const MONTH_NAMES = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;
export type WeekdayName = (typeof WEEKDAY_NAMES)[number];

export function weekdayName(day: DayNumber): WeekdayName {
  return WEEKDAY_NAMES[weekday(day) - 1];
}

/** `HH:MM` or `HH:MM:SS` as a second of the day, or undefined. */
export function parseClock(text: string): Second | undefined {
  const match = CLOCK.exec(text);
  if (!match) return undefined;
  return Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3] ?? 0);
}

export function formatClock(second: Second): string {
  const two = (n: number) => String(n).padStart(2, "0");
  return `${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`;
}

/** `YYYY-MM-DD HH:MM:SS`, the form of every moment in result files. */
export function formatMoment(day: DayNumber, second: Second): string {
  return `${isoDate(day)} ${formatClock(second)}`;
}
