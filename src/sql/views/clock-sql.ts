/**
 * The clock rule of semantics §1.1–1.2 in SQL: `assembly/clock.ts` and `data/clock-columns.ts` state it for the grid. Every
 * expression is BIGINT nanoseconds of the Indian wall clock, NULL where there is no usable clock.
 */
import type { SchemaElement } from "hyparquet";
import { dayNumber, SECONDS_PER_DAY } from "../../core/time.ts";
import type { ClockZone } from "../../data/catalogue/types.ts";
import { epochStep, IST_SHIFT, NS_PER_SECOND } from "../../data/clock-columns.ts";
import { ParquetError } from "../../data/ports.ts";
import type { ClockSource } from "../../data/source-columns.ts";

const NS_PER_DAY = BigInt(SECONDS_PER_DAY) * NS_PER_SECOND;
/** A clock before this is none. */
const FIRST_CLOCK = BigInt(dayNumber("2000-01-01")) * NS_PER_DAY;
const LARGEST = 2n ** 63n - 1n - NS_PER_DAY;
const PER_UNIT = { MILLIS: 1_000_000n, MICROS: 1_000n, NANOS: 1n } as const;

/** How a column of a file is stored, and what it is called where it is read. */
export interface StoredColumn {
  /** As an SQL identifier. */
  readonly sql: string;
  readonly element: SchemaElement;
}

export interface ClockContext {
  readonly path: string;
  /** Decided for the layout; undefined only where every file names its own. */
  readonly zone: ClockZone | undefined;
  /** Seconds that every clock of the file is moved by: bars become known at the end of their span. */
  readonly shift: number;
  columnOf(name: string): StoredColumn;
  /** The largest size of a column of plain numbers, which tells their unit. */
  largestOf(column: StoredColumn): number;
}

/** The clock of each row: the first of the file's clocks that is usable. */
export function rowClockSql(context: ClockContext, clock: ClockSource, fallback: ClockSource | null): string {
  return fallback === null ? clockSql(context, clock) : `coalesce(${clockSql(context, clock)}, ${clockSql(context, fallback)})`;
}

export function clockSql(context: ClockContext, source: ClockSource): string {
  const shift = BigInt(shiftOf(context, source)) * NS_PER_SECOND + BigInt(context.shift) * NS_PER_SECOND;
  const column = context.columnOf(source.column);
  if (source.time !== undefined) return sound(`${daysSql(column)} * ${NS_PER_DAY} + ${timeOfDaySql(context.columnOf(source.time))}`, shift);
  const unit = unitOf(column.element);
  if (unit !== undefined) return wholeSql(column.sql, PER_UNIT[unit], shift);
  if (column.element.type === "INT96") return sound(`epoch_us(${column.sql}) * 1000`, shift);
  return isText(column.element) ? textSql(column.sql, shift) : numberSql(column, context.largestOf(column), shift);
}

/** True instants are moved to Indian digits; Indian digits stay. */
function shiftOf({ path, zone }: ClockContext, source: ClockSource): number {
  if (source.zone !== undefined) return IST_SHIFT;
  if (zone === undefined)
    throw new ParquetError(path, `whether the digits of "${source.column}" are Indian time or UTC is not decided. Choose the clock zone of the data set.`, { fault: "wrong_type" });
  return zone === "utc" ? IST_SHIFT : 0;
}

/** The unit of a timestamp, which is read as the integer that is stored. */
export function unitOf({ type, logical_type: logical, converted_type: converted }: SchemaElement): keyof typeof PER_UNIT | undefined {
  if (type !== "INT64") return undefined;
  if (logical?.type === "TIMESTAMP") return logical.unit;
  return converted === "TIMESTAMP_MILLIS" ? "MILLIS" : converted === "TIMESTAMP_MICROS" ? "MICROS" : undefined;
}

export function isText({ type, logical_type: logical, converted_type: converted }: SchemaElement): boolean {
  return type === "BYTE_ARRAY" && (converted === "UTF8" || logical?.type === "STRING" || (logical === undefined && converted === undefined));
}

/** Whole numbers of a unit. What would not fit nanoseconds is no clock. */
function wholeSql(value: string, unit: bigint, shift: bigint): string {
  const first = (FIRST_CLOCK - shift + unit - 1n) / unit;
  return `CASE WHEN ${value} BETWEEN ${first} AND ${LARGEST / unit - 1n} THEN ${value} * ${unit} + ${shift} END`;
}

/** Nanoseconds that the expression gives, moved; NULL before 2000. */
function sound(ns: string, shift: bigint): string {
  return `CASE WHEN ${ns} >= ${FIRST_CLOCK - shift} THEN ${ns} + ${shift} END`;
}

/** Numbers since 1970, whose size tells the unit. Doubles may carry a fraction of it: three more digits keep that. */
function numberSql({ sql, element }: StoredColumn, largest: number, shift: bigint): string {
  const step = epochStep(largest);
  if (element.type === "INT64" || element.type === "INT32") return wholeSql(`CAST(${sql} AS BIGINT)`, 1000n ** BigInt(3 - step), shift);
  const finer = Math.min(step + (step === 0 ? 2 : 1), 3);
  return wholeSql(`TRY_CAST(round(${sql} * ${1000 ** (finer - step)}) AS BIGINT)`, 1000n ** BigInt(3 - finer), shift);
}

const MOMENT = "^\\s*(\\d{4})[-/]?(\\d{2})[-/]?(\\d{2})[T ]+(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9})\\d*)?)?\\s*(Z|z|UTC|[+-]\\d{2}:?\\d{2})?\\s*$";
const TIME_OF_DAY = "^\\s*(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9})\\d*)?)?\\s*$";

/** Texts like 2024-08-23 09:15:00.250, with or without an offset from UTC: one that has an offset is a true instant. */
function textSql(value: string, shift: bigint): string {
  const part = (group: number): string => `regexp_extract(${value}, '${MOMENT}', ${group})`;
  const offset = `regexp_replace(${part(8)}, '[^0-9+-]', '', 'g')`;
  const seconds = `CASE WHEN ${offset} = '' THEN ${shift / NS_PER_SECOND} ELSE ${IST_SHIFT} - CAST(left(${offset}, 1) || '1' AS INTEGER) * (CAST(substr(${offset}, 2, 2) AS INTEGER) * 3600 + CAST(right(${offset}, 2) AS INTEGER) * 60) END`;
  const ns = `date_diff('day', DATE '1970-01-01', TRY_CAST(${part(1)} || '-' || ${part(2)} || '-' || ${part(3)} AS DATE)) * ${NS_PER_DAY} + ${clockNs(part(4), part(5), part(6), part(7))} + (${seconds}) * ${NS_PER_SECOND}`;
  return sound(`(${ns})`, 0n);
}

function clockNs(hours: string, minutes: string, seconds: string, fraction: string): string {
  const whole = (text: string): string => `CAST('0' || ${text} AS BIGINT)`;
  const [h, m, s] = [hours, minutes, seconds].map(whole);
  return `CASE WHEN ${hours} <> '' AND ${h} <= 23 AND ${m} <= 59 AND ${s} <= 59 THEN (${h} * 3600 + ${m} * 60 + ${s}) * ${NS_PER_SECOND} + CAST(rpad(${fraction}, 9, '0') AS BIGINT) END`;
}

/** Days since 1970 of a date beside a time of day. */
function daysSql({ sql, element }: StoredColumn): string {
  const date = isText(element) ? `TRY_CAST(left(${sql}, 10) AS DATE)` : `CAST(${sql} AS DATE)`;
  return `date_diff('day', DATE '1970-01-01', ${date})`;
}

/** Nanoseconds since midnight. */
function timeOfDaySql({ sql, element }: StoredColumn): string {
  if (!isText(element)) return `date_diff('microsecond', TIME '00:00:00', CAST(${sql} AS TIME)) * 1000`;
  const part = (group: number): string => `regexp_extract(${sql}, '${TIME_OF_DAY}', ${group})`;
  return clockNs(part(1), part(2), part(3), part(4));
}

/** A clock as TIMESTAMP, cut to the microsecond. */
export const momentSql = (ns: string): string => `make_timestamp(${ns} // 1000)`;
export const dateSql = (ns: string): string => `DATE '1970-01-01' + CAST(${ns} // ${NS_PER_DAY} AS INTEGER)`;
export const secondSql = (ns: string): string => `CAST(${ns} // ${NS_PER_SECOND} % ${SECONDS_PER_DAY} AS INTEGER)`;
