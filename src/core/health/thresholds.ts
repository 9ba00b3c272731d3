/** The user's thresholds: on which days nothing shall be run. Without any, no day is in quarantine. */
import { parseClock } from "../time.ts";
import { z } from "../zod.ts";
import type { DayHealth } from "./day-health.ts";
import { MEASURES, measureText, type MeasureUnit } from "./measures.ts";

/** By the key of the measure; clocks are seconds of the day. */
export type Thresholds = Readonly<Record<string, number>>;

const CLOCK_ALLOWED = "allowed: a time such as 15:25, in quotes";
const VALUE: Readonly<Record<MeasureUnit, z.ZodType<number, number | string>>> = {
  percent: z.number().min(0).max(100),
  seconds: z.number().int().min(0).max(86_400),
  count: z.number().int().min(0).max(1_000_000_000),
  clock: z.string({ error: CLOCK_ALLOWED }).refine((text) => parseClock(text) !== undefined, { error: CLOCK_ALLOWED }).transform((text) => parseClock(text) ?? 0),
};

const measures = z.strictObject(Object.fromEntries(MEASURES.map(({ key, unit }) => [key, VALUE[unit].optional()])));

/** A file of thresholds. */
export const thresholdsSchema = z.strictObject({ version: z.literal(1).optional(), quarantine: measures });

export function thresholdsOf(parsed: z.output<typeof thresholdsSchema>): Thresholds {
  const set: Record<string, number> = {};
  for (const { key } of MEASURES) {
    const value = parsed.quarantine[key];
    if (value !== undefined) set[key] = value;
  }
  return set;
}

/** Why the thresholds put a day into quarantine, one sentence each; none when they do not. */
export function quarantineReasons(day: DayHealth, thresholds: Thresholds): readonly string[] {
  return MEASURES.flatMap(({ key, words, unit, bad, value }) => {
    const limit = thresholds[key];
    const found = limit === undefined ? null : value(day);
    if (limit === undefined || found === null || (bad === "above" ? found <= limit : found >= limit)) return [];
    return [`${words}: ${measureText(unit, found)}, ${bad} ${measureText(unit, limit)} (${key})`];
  });
}

/** The thresholds as a file says them. */
export function thresholdsJson(thresholds: Thresholds): Readonly<Record<string, number | string>> {
  return Object.fromEntries(MEASURES.flatMap(({ key, unit }) => (thresholds[key] === undefined ? [] : [[key, unit === "clock" ? measureText(unit, thresholds[key]) : thresholds[key]]])));
}
