import type { ClockColumn } from "../core/grid/slice-rows.ts";
import { dayFromParts, parseIsoDate, SECONDS_PER_DAY } from "../core/time.ts";
import type { ClockZone } from "./catalogue/types.ts";
import { NULL_DATE, NULL_TIME, ParquetError } from "./ports.ts";
import type { Column } from "./ports.ts";
import { wrongType } from "./source-columns.ts";
import type { ClockSource } from "./source-columns.ts";

/** India is ahead of UTC by this many seconds, all year. */
export const IST_SHIFT = 19_800;
export const NS_PER_SECOND = 1_000_000_000n;
const UNITS = ["s", "ms", "us", "ns"] as const;
const MOMENT = /^(\d{4})[-/]?(\d{2})[-/]?(\d{2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9})\d*)?)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/i;
const TIME_OF_DAY = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9})\d*)?)?$/;

/**
 * A clock as the grid takes it: whole numbers of a unit, and the seconds to add for IST digits.
 * `zone` is the one decided for the layout; undefined only where every file names its own. Throws ParquetError.
 */
export function clockColumn(path: string, source: ClockSource, columns: ReadonlyMap<string, Column>, zone: ClockZone | undefined): ClockColumn | null {
  const column = columns.get(source.column);
  if (!column) return null;
  const { values, unit, instants } = source.time === undefined ? stamps(path, source.column, column) : datesAndTimes(path, source, column, columns.get(source.time));
  return { values, unit, shift: shiftOf(path, source, instants, zone) };
}

interface Stamps {
  readonly values: BigInt64Array;
  readonly unit: ClockColumn["unit"];
  /** The values carry their own offset: they are true instants. */
  readonly instants: boolean;
}

function shiftOf(path: string, source: ClockSource, instants: boolean, zone: ClockZone | undefined): number {
  if (instants || source.zone !== undefined) return IST_SHIFT;
  if (zone === undefined)
    throw new ParquetError(path, `whether the digits of "${source.column}" are Indian time or UTC is not decided. Choose the clock zone of the data set.`, { fault: "wrong_type" });
  return zone === "utc" ? IST_SHIFT : 0;
}

function stamps(path: string, name: string, column: Column): Stamps {
  switch (column.type) {
    case "time":
      return { values: column.values, unit: column.unit, instants: false };
    case "number":
      return epochs(column);
    case "text":
      return texts(path, name, column);
    case "date":
      throw wrongType(path, name, "DATE", "a date with a time of day");
  }
}

/** How many times the unit of a number since 1970 is a thousandth of a second's, by its size: 0 = s … 3 = ns. */
export function epochStep(size: number): 0 | 1 | 2 | 3 {
  return size < 1e11 ? 0 : size < 1e14 ? 1 : size < 1e17 ? 2 : 3;
}

/** Numbers since 1970; their size tells the unit. */
function epochs({ values, exact }: Extract<Column, { type: "number" }>): Stamps {
  let largest = 0;
  for (const value of values) if (Math.abs(value) > largest) largest = Math.abs(value);
  const step = epochStep(largest);
  if (exact) return { values: exact, unit: UNITS[step], instants: false };
  // Doubles may carry a fraction of their unit: three more digits keep it.
  const finer = Math.min(step + (step === 0 ? 2 : 1), 3);
  const factor = 1000 ** (finer - step);
  const out = new BigInt64Array(values.length);
  for (let i = 0; i < values.length; i++) out[i] = Number.isFinite(values[i]) ? BigInt(Math.round(values[i] * factor)) : NULL_TIME;
  return { values: out, unit: UNITS[finer], instants: false };
}

function texts(path: string, name: string, { codes, dictionary }: Extract<Column, { type: "text" }>): Stamps {
  const moments = dictionary.map(parseMoment);
  const readable = moments.filter((moment) => moment !== undefined);
  if (dictionary.length > 0 && readable.length === 0) throw wrongType(path, name, `text such as "${dictionary[0]}"`, "texts like 2024-08-23 09:15:00");
  const instants = readable.some(({ offset }) => offset !== undefined && offset !== 0);
  if (instants && readable.some(({ offset }) => offset === undefined)) throw wrongType(path, name, "text with and without an offset from UTC", "one of the two in all rows");
  const known = moments.map((moment) => (moment === undefined ? NULL_TIME : moment.ns - BigInt(moment.offset ?? 0) * NS_PER_SECOND));
  const values = new BigInt64Array(codes.length);
  for (let i = 0; i < codes.length; i++) values[i] = codes[i] < 0 ? NULL_TIME : known[codes[i]];
  return { values, unit: "ns", instants };
}

function datesAndTimes(path: string, source: ClockSource, dates: Column, times: Column | undefined): Stamps {
  const days = dayColumn(path, source.column, dates);
  if (!times || (times.type !== "number" && times.type !== "text")) throw wrongType(path, source.time ?? "", times?.type ?? "none", "times of day");
  const known = times.type === "text" ? times.dictionary.map(parseTimeOfDay) : [];
  const values = new BigInt64Array(days.length);
  for (let i = 0; i < values.length; i++) {
    const ns = times.type === "text" ? known[times.codes[i]] : Number.isNaN(times.values[i]) ? undefined : BigInt(Math.round(times.values[i] * 1e9));
    values[i] = days[i] === NULL_DATE || ns === undefined ? NULL_TIME : BigInt(days[i]) * BigInt(SECONDS_PER_DAY) * NS_PER_SECOND + ns;
  }
  return { values, unit: "ns", instants: false };
}

/** A column of dates, however written, as days since 1970; `NULL_DATE` where missing or unreadable. Throws ParquetError. */
export function dayColumn(path: string, name: string, column: Column): Int32Array {
  switch (column.type) {
    case "date":
      return column.values;
    case "text": {
      const known = column.dictionary.map(dayOfText);
      return Int32Array.from(column.codes, (code) => known[code] ?? NULL_DATE);
    }
    case "time": {
      const perSecond = 1000n ** BigInt(UNITS.indexOf(column.unit));
      return daysOfInstants(column.values, perSecond);
    }
    case "number": {
      const days = Int32Array.from(column.values, (value) => dayOfDigits(value) ?? NULL_DATE);
      if (days.length > 0 && days.every((day) => day === NULL_DATE)) throw wrongType(path, name, "numbers", "dates, or numbers like 20240829");
      return days;
    }
  }
}

/** A date kept as the instant of IST midnight reads 18:30 of the day before: it is moved into its day. */
function daysOfInstants(values: BigInt64Array, perSecond: bigint): Int32Array {
  const perDay = BigInt(SECONDS_PER_DAY) * perSecond;
  const shift = BigInt(IST_SHIFT) * perSecond;
  const days = new Int32Array(values.length);
  let last = NULL_TIME;
  let lastDay = NULL_DATE;
  for (let i = 0; i < days.length; i++) {
    if (values[i] !== last) {
      last = values[i];
      const day = floorDivide(last, perDay);
      lastDay = last === NULL_TIME ? NULL_DATE : Number(last - day * perDay === perDay - shift ? day + 1n : day);
    }
    days[i] = lastDay;
  }
  return days;
}

export function floorDivide(value: bigint, by: bigint): bigint {
  const whole = value / by;
  return value < 0n && whole * by !== value ? whole - 1n : whole;
}

function dayOfDigits(value: number): number | undefined {
  if (!(value >= 19_000_101 && value <= 29_991_231)) return undefined;
  return dayFromParts(Math.floor(value / 10_000), Math.floor(value / 100) % 100, value % 100);
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** `2024-08-29`, `20240829`, `29AUG2024`, `29-Aug-2024`, with or without a time after it. */
export function dayOfText(text: string): number | undefined {
  const iso = parseIsoDate(text.slice(0, 10));
  if (iso !== undefined) return iso;
  if (/^\d{8}$/.test(text)) return dayOfDigits(Number(text));
  const named = /^(\d{1,2})[- ]?([a-z]{3})[- ]?(\d{4})$/i.exec(text);
  return named ? dayFromParts(Number(named[3]), MONTHS.indexOf(named[2].toLowerCase()) + 1, Number(named[1])) : undefined;
}

/** A moment in nanoseconds since 1970 by its digits, and its offset from UTC in seconds where written. */
export function parseMoment(text: string): { readonly ns: bigint; readonly offset: number | undefined } | undefined {
  const match = MOMENT.exec(text.trim());
  if (!match) return undefined;
  const day = dayFromParts(Number(match[1]), Number(match[2]), Number(match[3]));
  if (day === undefined || match[4] === undefined) return undefined;
  const time = clockNs(match[4], match[5], match[6], match[7]);
  return time === undefined ? undefined : { ns: BigInt(day) * BigInt(SECONDS_PER_DAY) * NS_PER_SECOND + time, offset: offsetSeconds(match[8]) };
}

function parseTimeOfDay(text: string): bigint | undefined {
  const match = TIME_OF_DAY.exec(text.trim());
  return match ? clockNs(match[1], match[2], match[3], match[4]) : undefined;
}

function clockNs(hours: string, minutes: string, seconds = "0", fraction = ""): bigint | undefined {
  const [h, m, s] = [Number(hours), Number(minutes), Number(seconds)];
  if (h > 23 || m > 59 || s > 59) return undefined;
  return BigInt(h * 3600 + m * 60 + s) * NS_PER_SECOND + BigInt(fraction.padEnd(9, "0"));
}

function offsetSeconds(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(text);
  return match ? (match[1] === "-" ? -1 : 1) * (Number(match[2]) * 3600 + Number(match[3]) * 60) : 0;
}
