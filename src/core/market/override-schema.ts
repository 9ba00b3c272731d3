/** The schema of a user's market-rules file: the words of the file to the rows of the rules. */
import { z } from "../zod.ts";
import { parseClock, parseIsoDate, WEEKDAY_NAMES } from "../time.ts";
import { UNDERLYINGS } from "./data/underlyings.ts";
import type { CostRow, ExpiryRuleRow, FreezeRow, LotRow, RedatedContract, RegularHours, SpecialSession, StrikeStepRow, TickRow } from "./rules-data.ts";

// A page without 'unsafe-eval' must not even probe for it.
z.config({ jitless: true });

const DATE_ALLOWED = "allowed: a date of the calendar such as 2024-08-23";
const date = z.string({ error: DATE_ALLOWED }).refine((text) => parseIsoDate(text) !== undefined, { error: DATE_ALLOWED }).meta({ pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" });
const CLOCK_ALLOWED = "allowed: a time such as 09:15, in quotes";
const clock = z.string({ error: CLOCK_ALLOWED }).refine((text) => parseClock(text) !== undefined, { error: CLOCK_ALLOWED }).meta({ pattern: "^[0-9]{1,2}(:[0-9]{2}){1,2}$" });
const DAY_ALLOWED = "allowed: a month and day such as 01-26, in quotes";
const monthDay = z.string({ error: DAY_ALLOWED }).regex(/^\d{2}-\d{2}$/, { error: DAY_ALLOWED });
const units = z.number().int().min(1).max(1_000_000);
/** 10,000 lots of it, the most that a leg may have, are a number of 32 bits. */
const lotSize = z.number().int().min(1).max(100_000);
const rupees = z.number().positive().max(1_000_000);
/** Fees are worked out with five decimals of a percentage. */
const percent = z.number().min(0).max(100).refine((value) => Number(value.toFixed(5)) === value, { error: "allowed: a percentage with at most five decimals" });
const weekday = z.enum(WEEKDAY_NAMES).nullable();
const symbol = z.enum(UNDERLYINGS.map((known) => known.symbol));

/** `uncertain` says why, and the product shows it. */
const since = { from: date, uncertain: z.string().min(1).max(300).optional() };
const rows = <T extends z.ZodType>(row: T) => z.array(row).max(1_000);

const lots = rows(z.strictObject({ ...since, lot: lotSize.nullable() }) satisfies z.ZodType<LotRow>);
const far = z.strictObject({ months: z.number().int().min(1).max(120), step: rupees, uncertain: since.uncertain });
const steps = rows(z.strictObject({ ...since, step: rupees, far: z.array(far).max(10).optional() }) satisfies z.ZodType<StrikeStepRow>);
const freeze = rows(z.strictObject({ ...since, quantity: units }) satisfies z.ZodType<FreezeRow>);
const weekdays = rows(z.strictObject({ ...since, weekly: weekday, monthly: weekday }) satisfies z.ZodType<ExpiryRuleRow>);
const ticks = rows(z.strictObject({ ...since, tick: rupees }) satisfies z.ZodType<TickRow>);

const costs = rows(
  z
    .strictObject({ ...since, brokerage: z.number().min(0).max(100_000), stt_sell_pct: percent, exchange_pct: percent, sebi_pct: percent, stamp_buy_pct: percent, gst_pct: percent })
    .transform(({ stt_sell_pct, exchange_pct, sebi_pct, stamp_buy_pct, gst_pct, ...row }): CostRow => ({
      ...row, sttSellPct: stt_sell_pct, exchangePct: exchange_pct, sebiPct: sebi_pct, stampBuyPct: stamp_buy_pct, gstPct: gst_pct,
    })),
);
const costTables = z.strictObject({ options: costs, futures: costs }).partial().transform(({ options, futures }) => ({ ...(options && { option: options }), ...(futures && { future: futures }) }));

const hours = { open: clock, close: clock, breaks: z.array(z.tuple([clock, clock])).max(20).optional() };
const special = z.strictObject({ date, name: z.string().min(1).max(100), hours: z.strictObject(hours).nullable(), uncertain: since.uncertain }) satisfies z.ZodType<SpecialSession>;
const redated = z.strictObject({ symbols: z.array(symbol).min(1), named: date, actual: date }) satisfies z.ZodType<RedatedContract>;
const year = z.string().regex(/^(?:19|20)\d{2}$/, { error: "allowed: a year such as 2027" });

const symbolRows = z
  .strictObject({ exchange: z.enum(["NSE", "BSE"]), lots: z.strictObject({ weekly: lots, monthly: lots }).partial(), strike_steps: steps, freeze, expiry_weekdays: weekdays })
  .partial()
  .transform(({ strike_steps, expiry_weekdays, ...own }) => ({ ...own, ...(strike_steps && { strikeSteps: strike_steps }), ...(expiry_weekdays && { expiryRules: expiry_weekdays }) }));

export const overrideSchema = z
  .strictObject({
    version: z.literal(1),
    symbols: z.strictObject(Object.fromEntries(symbol.options.map((name) => [name, symbolRows]))).partial(),
    costs: z.strictObject({ NSE: costTables, BSE: costTables }).partial(),
    ticks: z.strictObject({ NSE: ticks, BSE: ticks }).partial(),
    calendar: z.strictObject({ from: date, to: date }).partial(),
    hours: rows(z.strictObject({ ...since, ...hours }) satisfies z.ZodType<RegularHours>),
    holidays: z.record(year, z.array(monthDay).max(366)),
    special_sessions: rows(special),
    redated: rows(redated),
  })
  .partial();
