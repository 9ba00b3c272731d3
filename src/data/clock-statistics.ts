import { dayNumber, SECONDS_PER_DAY } from "../core/time.ts";
import type { DayNumber } from "../core/time.ts";
import type { ClockZone } from "./catalogue/types.ts";
import { dayOfText, epochStep, floorDivide, IST_SHIFT, NS_PER_SECOND, parseMoment } from "./clock-columns.ts";
import type { Footer, FooterRowGroup } from "./ports.ts";
import type { ClockSource, SourceColumns } from "./source-columns.ts";

/** Dates between which the rows of a row group can lie, inclusive; undefined where the statistics do not tell. */
export interface DateSpan {
  readonly first?: DayNumber;
  readonly last?: DayNumber;
}

/** A clock before this is bogus (semantics §1.1). */
const FIRST_CLOCK_DAY = dayNumber("2000-01-01");
const UNKNOWN: DateSpan = {};

/**
 * What a row group's statistics say about its dates. A smallest clock before 2000 hides the true start, and where rows
 * fall back on `ts`, both clocks count.
 */
export function dateSpan(footer: Footer, group: FooterRowGroup, columns: SourceColumns, zone: ClockZone | undefined): DateSpan {
  if (group.rows === 0) return UNKNOWN;
  const main = clockDays(footer, group, columns.clock, zone);
  if (!main) return UNKNOWN;
  const fallback = columns.fallbackClock && clockDays(footer, group, columns.fallbackClock, zone);
  const sound = main.min >= FIRST_CLOCK_DAY;
  const complete = main.nulls === 0 || columns.fallbackClock === null;
  if (sound && complete) return { first: main.min, last: main.max };
  if (columns.fallbackClock && !fallback) return UNKNOWN;
  const last = Math.max(main.max, fallback?.max ?? -Infinity);
  return last < FIRST_CLOCK_DAY ? UNKNOWN : { last };
}

function clockDays(footer: Footer, group: FooterRowGroup, clock: ClockSource, zone: ClockZone | undefined): { min: DayNumber; max: DayNumber; nulls: number | undefined } | undefined {
  const found = group.statistics.get(clock.column);
  if (!found) return undefined;
  const type = footer.columns.find(({ name }) => name === clock.column)?.type ?? "";
  const shift = clock.zone !== undefined || zone === "utc" ? IST_SHIFT : 0;
  const min = dayOf(found.min, type, shift);
  const max = dayOf(found.max, type, shift);
  if (min === undefined || max === undefined) return undefined;
  const slack = isOrdered(found.min) && isOrdered(found.max) ? 0 : 1;
  return { min: min - slack, max: max + slack, nulls: found.nulls };
}

/** Whether the order of such values is that of their moments: not of texts that carry an offset or are cut short. */
function isOrdered(value: unknown): boolean {
  if (typeof value !== "string") return true;
  const moment = parseMoment(value);
  return moment !== undefined && moment.offset === undefined;
}

function dayOf(value: unknown, type: string, shift: number): DayNumber | undefined {
  if (typeof value === "string") {
    const moment = isOrdered(value) ? parseMoment(value) : undefined;
    return moment ? Number(floorDivide(moment.ns + BigInt(shift) * NS_PER_SECOND, BigInt(SECONDS_PER_DAY) * NS_PER_SECOND)) : dayOfText(value);
  }
  if (type.endsWith("DATE")) return typeof value === "number" ? value : undefined;
  if (typeof value !== "bigint" && typeof value !== "number") return undefined;
  const unit = /TIMESTAMP\((ms|us|ns)/.exec(type)?.[1];
  if (typeof value === "bigint" && unit !== undefined) {
    const perSecond = unit === "ms" ? 1_000n : unit === "us" ? 1_000_000n : 1_000_000_000n;
    return Number(floorDivide(value + BigInt(shift) * perSecond, BigInt(SECONDS_PER_DAY) * perSecond));
  }
  return dayOfEpoch(Number(value), shift);
}

/** As in clock columns of plain numbers: the size tells the unit. */
function dayOfEpoch(value: number, shift: number): DayNumber {
  return Math.floor((value / 1000 ** epochStep(Math.abs(value)) + shift) / SECONDS_PER_DAY);
}
