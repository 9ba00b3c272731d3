/** The one schema of a study file: shape, limits and defaults. docs/studies.md explains every key. */
import { z } from "../zod.ts";
import { DECILES, REGIMES, type Regime } from "../facts/regimes.ts";
import { dateFilter, daysToExpiry, expiry, orNone, spotSource, symbol, windowText, WINDOW_ALLOWED } from "../strategy/schema-parts.ts";

export const STUDY_SERIES = ["spot", "future", "atm_ce", "atm_pe", "straddle"] as const;
export type StudySeries = (typeof STUDY_SERIES)[number];

/** What days can be put into groups by. */
export const DIMENSIONS = ["weekday", "month", "year", "dte", "expiry_day", ...REGIMES] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** In percent, with the two-sided quantile of the normal distribution. */
export const CONFIDENCE = { 90: 1.6448536269514722, 95: 1.959963984540054, 99: 2.5758293035489004 } as const;

const SERIES_ALLOWED = `allowed: one of ${STUDY_SERIES.join(", ")}, or a list of them, each once`;
const BY_ALLOWED = `allowed: none, or a list of ${DIMENSIONS.join(", ")}, each once`;
const WINDOWS_ALLOWED = `${WINDOW_ALLOWED.split(", or a sorted list")[0]}, or a list of windows, each once`;
const DECILES_ALLOWED = `allowed: none, or a list of deciles from 1 (lowest) to ${DECILES}`;
const CONFIDENCE_ALLOWED = "allowed: 90, 95 or 99 percent";

const once = (list: readonly unknown[]) => new Set(list).size === list.length;
const listOf = <T extends z.ZodType>(one: T, most: number, allowed: string) =>
  z.union([one.transform((value) => [value]), z.array(one).min(1).max(most).refine(once, { error: allowed })], { error: allowed });

const decile = z.number().int().min(1).max(DECILES);
const deciles = orNone(listOf(decile, DECILES, DECILES_ALLOWED), DECILES_ALLOWED);
const share = z.number().positive().max(1_000);
const REGIME_HELP: Readonly<Record<Regime, string>> = {
  gap: "deciles of the day's gap: 1 the largest gaps down, 10 the largest up",
  rv: "deciles of the realised volatility of the day before",
  range5: "deciles of the range of the first five minutes",
};

export const studySchema = z.strictObject({
  version: z.literal(1).default(1).describe("version of the language"),
  name: z.string().trim().min(1).max(200).describe("name for people"),
  universe: z.strictObject({
    symbol: symbol.describe("the index that is looked at"),
    expiry: expiry.default("nearest").describe("which expiry atm_ce, atm_pe and straddle are of"),
    spot: spotSource.describe("where spot comes from; auto takes the index files, else the nearest future, else the options themselves"),
  }).describe("what is looked at"),
  series: listOf(z.enum(STUDY_SERIES), STUDY_SERIES.length, SERIES_ALLOWED).default(["spot"]).describe("whose moves are counted: spot, the nearest future, the ATM call, put, or both together"),
  time: z.strictObject(dateFilter).prefault({}).describe("which days are looked at"),
  windows: listOf(windowText, 100, WINDOWS_ALLOWED).describe("parts of the day, start-end; they may overlap"),
  by: orNone(listOf(z.enum(DIMENSIONS), DIMENSIONS.length, BY_ALLOWED), BY_ALLOWED).describe("the figures once more for each weekday, decile …"),
  where: z.strictObject({
    gap: deciles.describe(REGIME_HELP.gap),
    rv: deciles.describe(REGIME_HELP.rv),
    range5: deciles.describe(REGIME_HELP.range5),
    dte: daysToExpiry.describe("calendar days to the next expiry of the calendar, [min, max]"),
    expiry_day: orNone(z.boolean(), "allowed: none, true or false").describe("true: days of expiry only; false: all others"),
  }).prefault({}).describe("days that are left in; none: all of them"),
  max_age: z.number().int().min(0).max(100_000).default(60).describe("seconds after which a price is too old to begin or end a window with"),
  flat: z.number().min(0).max(100).default(0).describe("a return of at most so many percent, up or down, counts as flat"),
  confidence: z.union([z.literal(90), z.literal(95), z.literal(99)], { error: CONFIDENCE_ALLOWED }).default(95).describe("percent of the confidence interval of up, down and flat"),
  divergence: share.default(0.5).describe("k: a mean further than k · MAD from the median is flagged"),
  outliers: z.strictObject({
    mad: share.default(3.5).describe("limit of 0.6745 · |value − median| / MAD"),
    iqr: share.default(1.5).describe("quartile ranges beyond the quartiles that are still usual"),
  }).prefault({}).describe("from where on a day is exceptional"),
});

export type Study = z.output<typeof studySchema>;
