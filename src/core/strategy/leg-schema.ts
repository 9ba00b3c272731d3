/** The schema of one leg: its contract, when it enters, when it leaves, when it comes again. */
import { z } from "../zod.ts";
import { EXPIRY_ALLOWED, expiry, orNone, positive, threshold, THRESHOLD_ALLOWED, times } from "./schema-parts.ts";

/** Selectors by premium, delta and theta look at most so many steps around ATM. */
export const SEARCH_STEPS = 30;
const THETA_STEPS = 10;

export const STRIKE_ALLOWED =
  "allowed: {atm: steps out of the money} with a whole number from -200 to 200, {strike: 50000}, {premium: 100} in rupees, {premium: {min: 80, max: 120}}, {delta: 0.25} between 0 and 1, {theta: max, within: 10}, or {straddle_width: 0.5} from -5 to 5, not 0";
const premiumRange = z.strictObject({ min: positive, max: positive }).refine(({ min, max }) => min <= max, { error: "allowed: min not above max" });
export const strike = z.union(
  [
    z.strictObject({ atm: z.number().int().min(-200).max(200).describe("steps out of the money, negative: in the money") }),
    z.strictObject({ strike: positive.describe("the strike itself") }),
    z.strictObject({ premium: z.union([positive, premiumRange]).describe("the mid price nearest to so many rupees, or a range {min, max}") }),
    z.strictObject({ delta: z.number().positive().lt(1).describe("the delta nearest to this, without its sign") }),
    z.strictObject({ theta: z.literal("max").describe("the largest theta"), within: z.number().int().min(0).max(SEARCH_STEPS).default(THETA_STEPS).describe("steps of ATM to look among") }),
    z.strictObject({ straddle_width: z.number().min(-5).max(5).refine((width) => width !== 0, { error: "allowed: from -5 to 5, not 0" }).describe("so many ATM straddle premiums out of the money") }),
  ],
  { error: STRIKE_ALLOWED },
);

const moved = (value: number) => value !== 0;
const MOVED = { error: "allowed: above 0 for up, below 0 for down" };
const WAIT_ALLOWED = "allowed: exactly one of {pct: n}, {points: n}, n above 0 for up and below 0 for down (pct above -100), or {break: high | low, minutes: 15}";
const wait = z.union(
  [z.strictObject({ pct: z.number().gt(-100).max(1_000_000).refine(moved, MOVED) }), z.strictObject({ points: z.number().min(-1_000_000).max(1_000_000).refine(moved, MOVED) }), z.strictObject({ break: z.enum(["high", "low"]).describe("above the highest or below the lowest"), minutes: z.number().int().min(1).max(100_000).describe("first minutes of the session") })],
  { error: WAIT_ALLOWED },
);

/** Each word once. */
const distinct = (words: readonly string[]) => new Set(words).size === words.length;
const DISTINCT = { error: "allowed: each word at most once" };
const MODE_HELP = "on the same strike, on one chosen anew, or on the same once the price is back at its entry";
const mode = z.enum(["same_strike", "new_atm", "at_cost"]).default("same_strike");
const legReentry = z.strictObject({
  on: z.array(z.enum(["stop_loss", "target"])).min(1).refine(distinct, DISTINCT).default(["stop_loss"]).describe("after which of its rules"),
  times: times.describe("how often"),
  mode: mode.describe(MODE_HELP),
});
/** Of the whole position; `trail` stands for trail and lock. */
export const positionReentry = z.strictObject({
  on: z.array(z.enum(["stop_loss", "target", "trail"])).min(1).refine(distinct, DISTINCT).default(["stop_loss"]).describe("after which of its rules; trail stands for trail and lock"),
  times: times.describe("how often"),
  mode: mode.describe(MODE_HELP),
});

const plainLeg = z.strictObject({
  cp: z.enum(["CE", "PE", "FUT"]).describe("call, put, or the nearest future"),
  lots: z.number().int().min(-10_000).max(10_000).refine((lots) => lots !== 0, { error: "allowed: a whole number of lots, negative to sell, not 0" }).describe("lots, negative sells"),
  strike: z.union([z.null(), strike], { error: STRIKE_ALLOWED }).optional().describe("which strike; default {atm: 0}"),
  expiry: orNone(expiry, EXPIRY_ALLOWED).describe("expiry of this leg; none: that of the universe"),
  wait: orNone(wait, WAIT_ALLOWED).describe("enters only when its premium has moved by so much, or out of the range of the first minutes"),
  stop_loss: orNone(threshold, THRESHOLD_ALLOWED).describe("closes this leg at this loss; pct is of its own filled price"),
  target: orNone(threshold, THRESHOLD_ALLOWED).describe("closes this leg at this profit; pct is of its own filled price"),
  reentry: orNone(legReentry).describe("opens this leg again after it was closed by one of these rules"),
});

export const leg = plainLeg.transform((given, context) => {
  if (given.cp !== "FUT") return { ...given, strike: given.strike ?? { atm: 0 } };
  for (const key of ["strike", "expiry"] as const) {
    if (given[key] !== undefined && given[key] !== null) context.addIssue({ code: "custom", path: [key], message: `a future has no ${key} of its own: it is the nearest one of the symbol; take the key out` });
  }
  return { ...given, strike: null };
});

export const legs = z.array(leg).min(1).max(10);
