/** The ways in which vendors write contract names, each as one pattern over what follows the underlying. */
import { dayFromParts, type DayNumber } from "../time.ts";
import { NAME_YEARS, UNDERLYINGS, type NameLimits } from "./data/underlyings.ts";
import type { OptionSide, SymbolName } from "./types.ts";

/**
 * How a source writes its names, K being the strike:
 * - `nse`: `U YY M DD K CE` weekly (M = 1–9, O, N, D) and `U YY MON K CE` monthly
 * - `day-first`: `U DD MON YY K CE` (GFDL, AngelOne)
 * - `day-first-c`: `U DD MON YY C K` (Shoonya, Flattrade, Alice)
 * - `day-first-ce`: `U DD MON YY CE K`
 * - `spaced`: `U K CE DD MON YY`
 * - `future`: `U YY MON FUT`, `U DD MON YY FUT`, and the continuous `U-I`, `U_F1`
 */
export type NameStyle = "nse" | "day-first" | "day-first-c" | "day-first-ce" | "spaced" | "future";

/** The expiry as a name gives it: a date, or a month whose monthly expiry is meant. */
export type NamedExpiry = { readonly date: DayNumber } | { readonly year: number; readonly month: number };

export interface OptionReading {
  readonly kind: "option";
  readonly style: Exclude<NameStyle, "future">;
  readonly symbol: SymbolName;
  readonly expiry: NamedExpiry;
  /** Rupees. */
  readonly strike: number;
  readonly cp: OptionSide;
}

export interface FutureReading {
  readonly kind: "future";
  readonly style: "future";
  readonly symbol: SymbolName;
  readonly expiry: NamedExpiry;
}

/** A future that is always the same number of months ahead: 1 = the nearest, 2 = the next, 3 = the far one. */
export interface ContinuousReading {
  readonly kind: "continuous";
  readonly style: "future";
  readonly symbol: SymbolName;
  readonly continuous: number;
}

export type ContractReading = OptionReading | FutureReading | ContinuousReading;

const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const WEEKLY_MONTHS = "123456789OND";
const LONGEST_FIRST = UNDERLYINGS.toSorted((a, b) => b.symbol.length - a.symbol.length);

const MON = `(${MONTHS.join("|")})`;
const WEEKLY = /^(\d\d)([1-9OND])(\d\d)(\d+)(CE|PE)$/;
const MONTHLY = new RegExp(`^(\\d\\d)${MON}(\\d+)(CE|PE)$`);
const DAY_FIRST = new RegExp(`^(\\d\\d)${MON}(\\d\\d)(\\d+)(CE|PE)$`);
const DAY_FIRST_SIDE = new RegExp(`^(\\d\\d)${MON}(\\d\\d)(CE|PE|C|P)(\\d+)$`);
const SPACED = new RegExp(`^ +(\\d+) +(CE|PE) +(\\d\\d?) +${MON} +(\\d\\d)$`);
const MONTH_FUTURE = new RegExp(`^(\\d\\d)${MON}FUT$`);
const DAY_FUTURE = new RegExp(`^(\\d\\d)${MON}(\\d\\d)FUT$`);
const CONTINUOUS = /^(?:-(I{1,3})|_F([1-3]))$/;

/**
 * Every plausible reading of a file's name, none when it names no contract. Case and a segment suffix (`.NFO`, `.BFO`) do not matter.
 * A reading is plausible when its date exists and its strike lies in the range of the underlying.
 * @param stem the file's name without folder and `.parquet`
 */
export function readingsOf(stem: string): ContractReading[] {
  const name = stem.trim().toUpperCase().replace(/\.[NB]FO$/, "");
  const limits = LONGEST_FIRST.find((underlying) => name.startsWith(underlying.symbol));
  if (!limits) return [];
  const rest = name.slice(limits.symbol.length);
  const readings: ContractReading[] = [];
  let match: RegExpExecArray | null;

  const option = (style: OptionReading["style"], expiry: NamedExpiry | undefined, strikeText: string, cp: string): void => {
    const strike = plausibleStrike(limits, strikeText);
    if (expiry && strike !== undefined) {
      readings.push({ kind: "option", style, symbol: limits.symbol, expiry, strike, cp: cp.startsWith("C") ? "CE" : "PE" });
    }
  };
  const future = (expiry: NamedExpiry | undefined): void => {
    if (expiry) readings.push({ kind: "future", style: "future", symbol: limits.symbol, expiry });
  };

  if ((match = WEEKLY.exec(rest))) {
    option("nse", namedDate(match[1], WEEKLY_MONTHS.indexOf(match[2]) + 1, match[3]), match[4], match[5]);
    return readings;
  }
  if ((match = MONTHLY.exec(rest))) option("nse", namedMonth(match[1], match[2]), match[3], match[4]);
  if ((match = DAY_FIRST.exec(rest))) option("day-first", namedDate(match[3], monthOf(match[2]), match[1]), match[4], match[5]);
  if ((match = DAY_FIRST_SIDE.exec(rest))) {
    const style = match[4].length === 1 ? "day-first-c" : "day-first-ce";
    option(style, namedDate(match[3], monthOf(match[2]), match[1]), match[5], match[4]);
  }
  if ((match = SPACED.exec(rest))) option("spaced", namedDate(match[5], monthOf(match[4]), match[3]), match[1], match[2]);
  if ((match = MONTH_FUTURE.exec(rest))) future(namedMonth(match[1], match[2]));
  if ((match = DAY_FUTURE.exec(rest))) future(namedDate(match[3], monthOf(match[2]), match[1]));
  if ((match = CONTINUOUS.exec(rest))) {
    readings.push({ kind: "continuous", style: "future", symbol: limits.symbol, continuous: match[1]?.length ?? Number(match[2]) });
  }
  return readings;
}

function monthOf(name: string): number {
  return MONTHS.indexOf(name) + 1;
}

function plausibleYear(twoDigits: string): number | undefined {
  const year = 2000 + Number(twoDigits);
  return year >= NAME_YEARS[0] && year <= NAME_YEARS[1] ? year : undefined;
}

function namedDate(yearText: string, month: number, dayText: string): NamedExpiry | undefined {
  const year = plausibleYear(yearText);
  const date = year === undefined ? undefined : dayFromParts(year, month, Number(dayText));
  return date === undefined ? undefined : { date };
}

function namedMonth(yearText: string, monthName: string): NamedExpiry | undefined {
  const year = plausibleYear(yearText);
  return year === undefined ? undefined : { year, month: monthOf(monthName) };
}

function plausibleStrike(limits: NameLimits, text: string): number | undefined {
  const strike = Number(text);
  const [lowest, highest] = limits.strikes;
  return !text.startsWith("0") && strike >= lowest && strike <= highest ? strike : undefined;
}
