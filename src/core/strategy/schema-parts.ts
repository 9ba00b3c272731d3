/** The smallest parts of the schema of a strategy: scalars, thresholds, and the word `none`. */
import { z } from "../zod.ts";
import { parseClock, parseIsoDate, WEEKDAY_NAMES, type WeekdayName } from "../time.ts";

const NONE = "none";
/** `none` and an absent value mean the same. */
export const orNone = <T extends z.ZodType>(schema: T, allowed?: string) =>
  z.union([z.literal(NONE).transform(() => null), z.null(), schema], allowed === undefined ? undefined : { error: allowed }).default(null);

const CLOCK_ALLOWED = "allowed: a time such as 09:15 or 09:15:30, in quotes";
export const clock = z.string({ error: CLOCK_ALLOWED }).refine((text) => parseClock(text) !== undefined, { error: CLOCK_ALLOWED }).meta({ pattern: "^[0-9]{1,2}(:[0-9]{2}){1,2}$" });
/** `abort`: a text that is none fits no better than other things that may stand there. */
const dateText = (abort: boolean) =>
  z.string({ error: "allowed: a date such as 2024-08-23" }).refine((text) => parseIsoDate(text) !== undefined, { error: "allowed: a date of the calendar such as 2024-08-23", abort }).meta({ pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" });
export const date = dateText(false);
export const count = z.number().int().min(0).max(100_000);
export const notNegative = z.number().min(0).max(1_000_000);
export const positive = z.number().positive().max(1_000_000_000);
/** How often something may happen again. */
export const times = z.number().int().min(1).max(1_000).default(1);

export const THRESHOLD_ALLOWED = "allowed: exactly one of {rupees: n}, {pct: n}, {points: n}, n above 0";
export const threshold = z.union([z.strictObject({ rupees: positive }), z.strictObject({ pct: positive }), z.strictObject({ points: positive })], { error: THRESHOLD_ALLOWED });
export const ACTIVATE_ALLOWED = "allowed: exactly one of {rupees: n}, {pct: n}, {points: n}, n from 0";
/** A threshold that may be 0. */
export const activation = z.union([z.strictObject({ rupees: notNegative }), z.strictObject({ pct: notNegative }), z.strictObject({ points: notNegative })], { error: ACTIVATE_ALLOWED });
export const MOVE_ALLOWED = "allowed: exactly one of {pct: n}, {points: n}, n above 0";
export const premiumMove = z.union([z.strictObject({ pct: positive }), z.strictObject({ points: positive })], { error: MOVE_ALLOWED });

export const weekday = z.string().transform((text, context): WeekdayName => {
  const name = WEEKDAY_NAMES.find((known) => known.toLowerCase() === text.toLowerCase());
  if (!name) context.addIssue({ code: "custom", message: `allowed: ${WEEKDAY_NAMES.join(", ")}`, params: { words: WEEKDAY_NAMES } });
  return name ?? "Mon";
});

export const EXPIRY_ALLOWED = "allowed: nearest, next, weekly, monthly, or a date such as 2024-08-28";
export const expiry = z.union([z.enum(["nearest", "next", "weekly", "monthly"]), dateText(true)], { error: EXPIRY_ALLOWED });

/** Entries of a list that may be long. */
export const CROWD = 1_000;
const DATE_ALLOWED = "allowed: a date such as 2024-08-23";
const DATES_ALLOWED = "allowed: a list of dates such as [2024-08-23]";
const DAYS_ALLOWED = `allowed: a list of ${WEEKDAY_NAMES.join(", ")}`;

/** Which dates of the data are meant. */
export const dateFilter = {
  from: orNone(date, DATE_ALLOWED).describe("first date, included"),
  to: orNone(date, DATE_ALLOWED).describe("last date, included"),
  days: orNone(z.union([z.array(weekday).min(1).max(7), weekday.transform((name) => [name])], { error: DAYS_ALLOWED }), DAYS_ALLOWED).describe("days of the week; none: all of them"),
  include: orNone(z.array(date).min(1).max(CROWD * 10), DATES_ALLOWED).describe("runs only these dates"),
  exclude: orNone(z.array(date).min(1).max(CROWD * 10), DATES_ALLOWED).describe("leaves these dates out"),
};

export const symbol = z.string().min(1).max(40).transform((text) => text.toUpperCase());
export const spotSource = z.enum(["auto", "files", "future", "synthetic"]).default("auto");
export const daysToExpiry = orNone(
  z.tuple([count, count]).refine(([least, most]) => least <= most, { error: "allowed: [min, max] in calendar days, min not above max" }),
  "allowed: [min, max] in calendar days, whole numbers from 0, min not above max",
);

const WINDOW = /^\s*([\d:]+)\s*-\s*([\d:]+)\s*$/;

/** The two ends of a window as written, `HH:MM-HH:MM`, in seconds of the day; undefined when it is none. */
export function parseWindow(text: string): { readonly start: number; readonly end: number } | undefined {
  const match = WINDOW.exec(text);
  const start = match ? parseClock(match[1]) : undefined;
  const end = match ? parseClock(match[2]) : undefined;
  return start === undefined || end === undefined ? undefined : { start, end };
}

export const WINDOW_ALLOWED = 'allowed: a window such as "09:15-15:25", the start before the end, or a sorted list of windows that do not overlap';
export const windowText = z.string({ error: WINDOW_ALLOWED }).refine((text) => {
  const window = parseWindow(text);
  return window !== undefined && window.start < window.end;
}, { error: WINDOW_ALLOWED }).meta({ pattern: WINDOW.source });
