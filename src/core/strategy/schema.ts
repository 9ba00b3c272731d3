/** The one schema of a strategy file: shape, limits and defaults. `parse.ts` adds places, `$NAME`s and sweeps. */
import { z } from "../zod.ts";
import { WEEKDAY_NAMES } from "../time.ts";
import { conditionSchema } from "./condition-schema.ts";
import { leg, legs, positionReentry, strike, STRIKE_ALLOWED } from "./leg-schema.ts";
import { ACTIVATE_ALLOWED, activation, clock, count, date, expiry, MOVE_ALLOWED, notNegative, orNone, premiumMove, threshold, THRESHOLD_ALLOWED, times, weekday, windowText, WINDOW_ALLOWED } from "./schema-parts.ts";

export { parseWindow } from "./schema-parts.ts";

/** Seconds. For bars the default is their span instead. */
export const DEFAULT_SPOT_MAX_AGE = 30;

const intervals = ["1m", "5m", "15m", "30m", "1h"] as const;
const interval = z.enum(intervals, { error: `allowed: none, ${intervals.join(", ")}` });
const REBALANCE_ALLOWED = `allowed: none, ${intervals.join(", ")}, or {every: 1h, align: window | clock}`;
const DATES_ALLOWED = "allowed: a list of dates such as [2024-08-23]";
const DAYS_ALLOWED = `allowed: a list of ${WEEKDAY_NAMES.join(", ")}`;
const AT_ALLOWED = 'allowed: none, a time such as "09:20", or a sorted list of times';
const CROWD = 1_000;

const simpleCosts = z
  .strictObject({ per_lot: notNegative.optional(), per_order: notNegative.optional(), taxes_bps: notNegative.optional() })
  .refine((parts) => Object.keys(parts).length > 0)
  .transform((parts) => ({ per_lot: parts.per_lot ?? 0, per_order: parts.per_order ?? 0, taxes_bps: parts.taxes_bps ?? 0 }));
const costs = z.union([z.strictObject({ preset: z.literal("nse") }), z.strictObject({ none: z.literal(true) }), simpleCosts], {
  error: "allowed: {preset: nse}, {none: true}, or any of per_lot, per_order (rupees) and taxes_bps",
});

const at = z.union([clock, z.array(clock).min(1).max(CROWD)], { error: AT_ALLOWED });

const entry = z
  .strictObject({
    at: orNone(at, AT_ALLOWED),
    until: orNone(clock, "allowed: none, or a time such as 09:20"),
    when: orNone(conditionSchema),
    filter: orNone(conditionSchema),
    trigger: z.enum(["level", "edge"]).default("level"),
    // Needed unless `entries` stands in its place: cross-checks.ts.
    legs: z.array(leg).max(10).default([]),
    rebalance: orNone(
      z.union([interval.transform((every) => ({ every, align: "window" as const })), z.strictObject({ every: interval, align: z.enum(["window", "clock"]).default("window") })], { error: REBALANCE_ALLOWED }),
      REBALANCE_ALLOWED,
    ),
    max_per_day: z.number().int().min(1).max(100_000).optional(),
    cooldown: count.default(0),
    reentry: orNone(positionReentry),
  })
  .transform((given) => ({ ...given, max_per_day: given.max_per_day ?? (Array.isArray(given.at) ? given.at.length : 1) }));

/** Everything but `params` and `sweep`, which are gone once a variant is made. */
export const strategySchema = z.strictObject({
  version: z.literal(1).default(1),
  name: z.string().trim().min(1).max(200),
  universe: z.strictObject({
    symbol: z.string().min(1).max(40).transform((text) => text.toUpperCase()),
    expiry: expiry.default("nearest"),
    dte: orNone(
      z.tuple([count, count]).refine(([least, most]) => least <= most, { error: "allowed: [min, max] in calendar days, min not above max" }),
      "allowed: [min, max] in calendar days, whole numbers from 0, min not above max",
    ),
    spot: z.enum(["auto", "files", "future", "synthetic"]).default("auto"),
    spot_max_age: count.default(DEFAULT_SPOT_MAX_AGE),
    expiry_missing: z.enum(["use_next", "skip"]).default("use_next"),
    greeks: z.enum(["computed", "data"]).default("computed"),
  }),
  time: z.strictObject({
    from: orNone(date, "allowed: a date such as 2024-08-23"),
    to: orNone(date, "allowed: a date such as 2024-08-23"),
    days: orNone(z.union([z.array(weekday).min(1).max(7), weekday.transform((name) => [name])], { error: DAYS_ALLOWED }), DAYS_ALLOWED),
    include: orNone(z.array(date).min(1).max(CROWD * 10), DATES_ALLOWED),
    exclude: orNone(z.array(date).min(1).max(CROWD * 10), DATES_ALLOWED),
    window: z.union([windowText.transform((text) => [text]), z.array(windowText).min(1).max(100)], { error: WINDOW_ALLOWED }).default(["09:15-15:25"]),
  }).prefault({}),
  entry: entry.prefault({}),
  entries: orNone(z.array(z.strictObject({ when: conditionSchema, legs })).min(2).max(10)),
  exit: z.strictObject({
    at: orNone(clock, "allowed: none, or a time such as 15:20"),
    when: orNone(conditionSchema),
    stop_loss: orNone(threshold, THRESHOLD_ALLOWED),
    target: orNone(threshold, THRESHOLD_ALLOWED),
    trail: orNone(z.strictObject({ activate: orNone(activation, ACTIVATE_ALLOWED), step: threshold }), "allowed: {activate: {…}, step: {…}}, each with one of rupees, pct, points"),
    lock: orNone(z.strictObject({ reach: threshold, keep: activation, every: orNone(threshold, THRESHOLD_ALLOWED), by: orNone(threshold, THRESHOLD_ALLOWED) })),
    premium: orNone(z.strictObject({ rise: orNone(premiumMove, MOVE_ALLOWED), fall: orNone(premiumMove, MOVE_ALLOWED) })),
    on_leg_stop: z.enum(["leg", "all", "move_to_cost"]).default("leg"),
    on_leg_target: z.enum(["leg", "all"]).default("leg"),
  }).prefault({}),
  adjust: orNone(
    z.array(z.strictObject({ when: conditionSchema, leg: z.number().int().min(1).max(10), to: orNone(strike, STRIKE_ALLOWED), times })).min(1).max(20),
  ),
  fill: z.strictObject({
    model: z.enum(["touch", "mid", "ltp", "depth"]).default("touch"),
    latency: count.default(1),
    ttl: count.default(3),
    patience: count.default(30),
    max_spread_ticks: notNegative.default(0),
    slippage: z.strictObject({ base: notNegative.default(0), alpha_spread: notNegative.default(0), beta_rv: notNegative.default(0) }).prefault({}),
    max_share: orNone(z.number().positive().max(1), "allowed: none, or a share above 0 and at most 1"),
    slice: z.enum(["none", "freeze"]).default("none"),
  }).prefault({}),
  costs: costs.default({ preset: "nse" }),
  sampling: z.strictObject({ first_trades: z.number().int().min(0).max(10_000).default(100) }).prefault({}),
});
