/** The one schema of a strategy file: shape, limits and defaults. `parse.ts` adds places, `$NAME`s and sweeps. */
import { z } from "../zod.ts";
import { conditionSchema } from "./condition-schema.ts";
import { leg, legs, positionReentry, strike, STRIKE_ALLOWED } from "./leg-schema.ts";
import { ACTIVATE_ALLOWED, activation, clock, count, CROWD, dateFilter, daysToExpiry, expiry, MOVE_ALLOWED, notNegative, orNone, premiumMove, spotSource, symbol, threshold, THRESHOLD_ALLOWED, times, windowText, WINDOW_ALLOWED } from "./schema-parts.ts";

export { parseWindow } from "./schema-parts.ts";

/** Seconds. For bars the default is their span instead. */
export const DEFAULT_SPOT_MAX_AGE = 30;

const intervals = ["1m", "5m", "15m", "30m", "1h"] as const;
const interval = z.enum(intervals, { error: `allowed: none, ${intervals.join(", ")}` });
const REBALANCE_ALLOWED = `allowed: none, ${intervals.join(", ")}, or {every: 1h, align: window | clock}`;
const AT_ALLOWED = 'allowed: none, a time such as "09:20", or a sorted list of times';

const simpleCosts = z
  .strictObject({
    per_lot: notNegative.optional().describe("rupees per lot"), per_order: notNegative.optional().describe("rupees per order"),
    taxes_bps: notNegative.optional().describe("hundredths of a percent of the premium turnover"),
  })
  .refine((parts) => Object.keys(parts).length > 0)
  .transform((parts) => ({ per_lot: parts.per_lot ?? 0, per_order: parts.per_order ?? 0, taxes_bps: parts.taxes_bps ?? 0 }));
const costs = z.union([z.strictObject({ preset: z.literal("nse") }), z.strictObject({ none: z.literal(true) }), simpleCosts], {
  error: "allowed: {preset: nse}, {none: true}, or any of per_lot, per_order (rupees) and taxes_bps",
});

const at = z.union([clock, z.array(clock).min(1).max(CROWD)], { error: AT_ALLOWED });

const entry = z
  .strictObject({
    at: orNone(at, AT_ALLOWED).describe("time of the entry, or several; none: the start of each window"),
    until: orNone(clock, "allowed: none, or a time such as 09:20").describe("no entry is decided at or after this time"),
    when: orNone(conditionSchema).describe("condition that decides the entry, in place of a time"),
    filter: orNone(conditionSchema).describe("condition that has to be true, too, in the second of the decision"),
    trigger: z.enum(["level", "edge"]).default("level").describe("of when: level is any second in which it is true, edge only those in which it becomes true"),
    // Needed unless `entries` stands in its place: cross-checks.ts.
    legs: z.array(leg).max(10).default([]).describe("what is bought and sold together, 1 to 10 legs"),
    rebalance: orNone(
      z.union([interval.transform((every) => ({ every, align: "window" as const })), z.strictObject({ every: interval, align: z.enum(["window", "clock"]).default("window") })], { error: REBALANCE_ALLOWED }),
      REBALANCE_ALLOWED,
    ).describe("closes and opens the legs anew at these times, when the at-the-money strike has moved"),
    max_per_day: z.number().int().min(1).max(100_000).optional().describe("entries per window and day; default 1, or as many as at has times"),
    cooldown: count.default(0).describe("seconds after an exit in which no entry is decided"),
    reentry: orNone(positionReentry).describe("enters again after the position was closed by one of these rules"),
  })
  .transform((given) => ({ ...given, max_per_day: given.max_per_day ?? (Array.isArray(given.at) ? given.at.length : 1) }));

/** Everything but `params` and `sweep`, which are gone once a variant is made. */
export const strategySchema = z.strictObject({
  version: z.literal(1).default(1).describe("version of the language"),
  name: z.string().trim().min(1).max(200).describe("name for people"),
  universe: z.strictObject({
    symbol: symbol.describe("the index whose options are traded"),
    expiry: expiry.default("nearest").describe("which expiry is traded"),
    dte: daysToExpiry.describe("calendar days to the expiry, [min, max]: other days are left out"),
    spot: spotSource.describe("where spot comes from; auto takes the index files, else the nearest future, else the options themselves"),
    spot_max_age: count.default(DEFAULT_SPOT_MAX_AGE).describe("seconds after which a spot value cannot choose a strike any more"),
    expiry_missing: z.enum(["use_next", "skip"]).default("use_next").describe("on days on which the expiry of the calendar has no rows: take the next one, or leave the day out"),
    greeks: z.enum(["computed", "data"]).default("computed").describe("Greeks by Black-76, or as they stand in the data"),
  }).describe("what is traded"),
  time: z.strictObject({
    ...dateFilter,
    window: z.union([windowText.transform((text) => [text]), z.array(windowText).min(1).max(100)], { error: WINDOW_ALLOWED }).default(["09:15-15:25"]).describe("when positions may be held, start-end; several in order"),
  }).prefault({}).describe("which days and hours are run"),
  entry: entry.prefault({}).describe("when a position is opened, and what it is made of"),
  entries: orNone(z.array(z.strictObject({ when: conditionSchema, legs }).describe("one way to enter: its condition and its legs")).min(2).max(10)).describe("several ways to enter, looked at in order"),
  exit: z.strictObject({
    at: orNone(clock, "allowed: none, or a time such as 15:20").describe("time at which everything is closed; none: the end of the window"),
    when: orNone(conditionSchema).describe("condition that closes the position; may look at the position itself"),
    stop_loss: orNone(threshold, THRESHOLD_ALLOWED).describe("closes the whole position at this loss"),
    target: orNone(threshold, THRESHOLD_ALLOWED).describe("closes the whole position at this profit"),
    trail: orNone(
      z.strictObject({
        activate: orNone(activation, ACTIVATE_ALLOWED).describe("best P&L from which the trail is on; none: from the entry"),
        step: threshold.describe("fall from the best P&L that closes"),
      }),
      "allowed: {activate: {…}, step: {…}}, each with one of rupees, pct, points",
    ).describe("closes when the P&L falls back from its best"),
    lock: orNone(z.strictObject({
      reach: threshold.describe("best P&L from which the floor is on"), keep: activation.describe("the floor: P&L at which it closes"),
      every: orNone(threshold, THRESHOLD_ALLOWED).describe("for each so much beyond reach …"), by: orNone(threshold, THRESHOLD_ALLOWED).describe("… the floor rises by so much"),
    })).describe("keeps a profit once it has been reached"),
    premium: orNone(z.strictObject({
      rise: orNone(premiumMove, MOVE_ALLOWED).describe("closes when it has risen by so much"),
      fall: orNone(premiumMove, MOVE_ALLOWED).describe("closes when it has fallen by so much"),
    })).describe("of the combined premium of the legs"),
    on_leg_stop: z.enum(["leg", "all", "move_to_cost"]).default("leg").describe("when one leg is stopped: that leg closes, all close, or the stops of the others move to their cost"),
    on_leg_target: z.enum(["leg", "all"]).default("leg").describe("when one leg reaches its target: that leg closes, or all"),
  }).prefault({}).describe("when a position is closed"),
  adjust: orNone(
    z.array(z.strictObject({
      when: conditionSchema, leg: z.number().int().min(1).max(10).describe("the leg that is rolled, from 1"),
      to: orNone(strike, STRIKE_ALLOWED).describe("the contract it goes to; none: what its own selector gives then"), times: times.describe("how often"),
    }).describe("rolls a leg when its condition is true")).min(1).max(20),
  ).describe("rules that roll a leg to another contract"),
  fill: z.strictObject({
    model: z.enum(["touch", "mid", "ltp", "depth"]).default("touch").describe("price of a fill: touch buys at the ask and sells at the bid, mid, ltp is the last price, depth goes through the book"),
    latency: count.default(1).describe("seconds from a decision to the first possible fill"),
    ttl: count.default(3).describe("a price older than so many seconds cannot fill"),
    patience: count.default(30).describe("seconds that an entry waits for all its legs"),
    max_spread_ticks: notNegative.default(0).describe("widest spread for an entry, ticks of 0.05, 0 for no gate"),
    slippage: z.strictObject({
      base: notNegative.default(0).describe("ticks on every fill"), alpha_spread: notNegative.default(0).describe("share of the spread added to it"),
      beta_rv: notNegative.default(0).describe("ticks for each percent of realised volatility of 10 seconds"),
    }).prefault({}).describe("ticks of 0.05 that a fill is worse by"),
    max_share: orNone(z.number().positive().max(1), "allowed: none, or a share above 0 and at most 1").describe("largest share of the quantity that stands in the book"),
    slice: z.enum(["none", "freeze"]).default("none").describe("freeze splits orders above the freeze quantity of the exchange"),
  }).prefault({}).describe("at what price and how soon orders fill"),
  costs: costs.default({ preset: "nse" }).describe("brokerage and taxes"),
  sampling: z.strictObject({ first_trades: z.number().int().min(0).max(10_000).default(100).describe("trades of each variant that are kept with all their inputs") }).prefault({}).describe("how many trades can be looked into"),
});
