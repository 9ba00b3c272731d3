/** The one schema of a strategy file: shape, limits and defaults. `parse.ts` adds places, `$NAME`s and sweeps. */
import { z } from "../zod.ts";
import { conditionSchema } from "./condition-schema.ts";
import { parseClock, parseIsoDate, WEEKDAY_NAMES, type WeekdayName } from "../time.ts";

/** Seconds. For bars the default is their span instead. */
export const DEFAULT_SPOT_MAX_AGE = 30;

const NONE = "none";
/** `none` and an absent value mean the same. */
const orNone = <T extends z.ZodType>(schema: T, allowed?: string) =>
  z.union([z.literal(NONE).transform(() => null), z.null(), schema], allowed === undefined ? undefined : { error: allowed }).default(null);

const clock = z.string({ error: "allowed: a time such as 09:15 or 09:15:30, in quotes" }).refine((text) => parseClock(text) !== undefined, { error: "allowed: a time such as 09:15 or 09:15:30, in quotes" }).meta({ pattern: "^[0-9]{1,2}(:[0-9]{2}){1,2}$" });
const date = z.string({ error: "allowed: a date such as 2024-08-23" }).refine((text) => parseIsoDate(text) !== undefined, { error: "allowed: a date of the calendar such as 2024-08-23" }).meta({ pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" });
const count = z.number().int().min(0).max(100_000);
const notNegative = z.number().min(0).max(1_000_000);
const positive = z.number().positive().max(1_000_000_000);

const WINDOW = /^\s*([\d:]+)\s*-\s*([\d:]+)\s*$/;

/** The two ends of a window as written, `HH:MM-HH:MM`, in seconds of the day; undefined when it is none. */
export function parseWindow(text: string): { readonly start: number; readonly end: number } | undefined {
  const match = WINDOW.exec(text);
  const start = match ? parseClock(match[1]) : undefined;
  const end = match ? parseClock(match[2]) : undefined;
  return start === undefined || end === undefined ? undefined : { start, end };
}

const WINDOW_ALLOWED = 'allowed: a window such as "09:15-15:25", the start before the end, or a sorted list of windows that do not overlap';
const windowText = z.string({ error: WINDOW_ALLOWED }).refine((text) => {
  const window = parseWindow(text);
  return window !== undefined && window.start < window.end;
}, { error: WINDOW_ALLOWED }).meta({ pattern: WINDOW.source });

const THRESHOLD_ALLOWED = "allowed: exactly one of {rupees: n}, {pct: n}, {points: n}, n above 0";
const threshold = z.union([z.strictObject({ rupees: positive }), z.strictObject({ pct: positive }), z.strictObject({ points: positive })], { error: THRESHOLD_ALLOWED });
const ACTIVATE_ALLOWED = "allowed: exactly one of {rupees: n}, {pct: n}, {points: n}, n from 0";
const activation = z.union([z.strictObject({ rupees: notNegative }), z.strictObject({ pct: notNegative }), z.strictObject({ points: notNegative })], { error: ACTIVATE_ALLOWED });

const day = z.string().transform((text, context): WeekdayName => {
  const name = WEEKDAY_NAMES.find((known) => known.toLowerCase() === text.toLowerCase());
  if (!name) context.addIssue({ code: "custom", message: `allowed: ${WEEKDAY_NAMES.join(", ")}` });
  return name ?? "Mon";
});

const intervals = ["1m", "5m", "15m", "30m", "1h"] as const;
const interval = z.enum(intervals, { error: `allowed: none, ${intervals.join(", ")}` });
const REBALANCE_ALLOWED = `allowed: none, ${intervals.join(", ")}, or {every: 1h, align: window | clock}`;

const STRIKE_ALLOWED = "allowed: {atm: steps out of the money} with a whole number from -200 to 200, {strike: 50000}, {premium: 100} in rupees, or {delta: 0.25} between 0 and 1";
const strike = z.union(
  [
    z.strictObject({ atm: z.number().int().min(-200).max(200) }),
    z.strictObject({ strike: positive }),
    z.strictObject({ premium: positive }),
    z.strictObject({ delta: z.number().positive().lt(1) }),
  ],
  { error: STRIKE_ALLOWED },
);

const leg = z.strictObject({
  cp: z.enum(["CE", "PE"]),
  lots: z.number().int().min(-10_000).max(10_000).refine((lots) => lots !== 0, { error: "allowed: a whole number of lots, negative to sell, not 0" }),
  strike: strike.default({ atm: 0 }),
  stop_loss: orNone(threshold, THRESHOLD_ALLOWED),
  target: orNone(threshold, THRESHOLD_ALLOWED),
});

const simpleCosts = z
  .strictObject({ per_lot: notNegative.optional(), per_order: notNegative.optional(), taxes_bps: notNegative.optional() })
  .refine((parts) => Object.keys(parts).length > 0)
  .transform((parts) => ({ per_lot: parts.per_lot ?? 0, per_order: parts.per_order ?? 0, taxes_bps: parts.taxes_bps ?? 0 }));
const costs = z.union([z.strictObject({ preset: z.literal("nse") }), z.strictObject({ none: z.literal(true) }), simpleCosts], {
  error: "allowed: {preset: nse}, {none: true}, or any of per_lot, per_order (rupees) and taxes_bps",
});

/** Everything but `params` and `sweep`, which are gone once a variant is made. */
export const strategySchema = z.strictObject({
  version: z.literal(1).default(1),
  name: z.string().trim().min(1).max(200),
  universe: z.strictObject({
    symbol: z.string().min(1).max(40).transform((text) => text.toUpperCase()),
    expiry: z.union([z.enum(["nearest", "next", "weekly", "monthly"]), date], { error: "allowed: nearest, next, weekly, monthly, or a date such as 2024-08-28" }).default("nearest"),
    dte: orNone(
      z.tuple([count, count]).refine(([least, most]) => least <= most, { error: "allowed: [min, max] in calendar days, min not above max" }),
      "allowed: [min, max] in calendar days, whole numbers from 0, min not above max",
    ),
    spot: z.enum(["auto", "files", "future", "synthetic"]).default("auto"),
    spot_max_age: count.default(DEFAULT_SPOT_MAX_AGE),
    expiry_missing: z.enum(["use_next", "skip"]).default("use_next"),
  }),
  time: z.strictObject({
    from: orNone(date, "allowed: a date such as 2024-08-23"),
    to: orNone(date, "allowed: a date such as 2024-08-23"),
    days: orNone(z.union([z.array(day).min(1).max(7), day.transform((name) => [name])], { error: `allowed: a list of ${WEEKDAY_NAMES.join(", ")}` }), `allowed: a list of ${WEEKDAY_NAMES.join(", ")}`),
    window: z.union([windowText.transform((text) => [text]), z.array(windowText).min(1).max(100)], { error: WINDOW_ALLOWED }).default(["09:15-15:25"]),
  }).prefault({}),
  entry: z.strictObject({
    at: orNone(clock, "allowed: none, or a time such as 09:20"),
    when: orNone(conditionSchema),
    trigger: z.enum(["level", "edge"]).default("level"),
    legs: z.array(leg).min(1).max(10),
    rebalance: orNone(
      z.union([interval.transform((every) => ({ every, align: "window" as const })), z.strictObject({ every: interval, align: z.enum(["window", "clock"]).default("window") })], { error: REBALANCE_ALLOWED }),
      REBALANCE_ALLOWED,
    ),
    max_per_day: z.number().int().min(1).max(100_000).default(1),
    cooldown: count.default(0),
  }),
  exit: z.strictObject({
    at: orNone(clock, "allowed: none, or a time such as 15:20"),
    when: orNone(conditionSchema),
    stop_loss: orNone(threshold, THRESHOLD_ALLOWED),
    target: orNone(threshold, THRESHOLD_ALLOWED),
    trail: orNone(z.strictObject({ activate: orNone(activation, ACTIVATE_ALLOWED), step: threshold }), "allowed: {activate: {…}, step: {…}}, each with one of rupees, pct, points"),
  }).prefault({}),
  fill: z.strictObject({
    model: z.enum(["touch", "mid", "ltp", "depth"]).default("touch"),
    latency: count.default(1),
    ttl: count.default(3),
    patience: count.default(30),
    max_spread_ticks: notNegative.default(0),
    slippage: z.strictObject({ base: notNegative.default(0), alpha_spread: notNegative.default(0), beta_rv: notNegative.default(0) }).prefault({}),
  }).prefault({}),
  costs: costs.default({ preset: "nse" }),
  sampling: z.strictObject({ first_trades: z.number().int().min(0).max(10_000).default(100) }).prefault({}),
});
