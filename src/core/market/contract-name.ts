/** Contract names of one source, read in one style. */
import { isoDate, type DayNumber } from "../time.ts";
import type { ContractId } from "./contract-id.ts";
import { readingsOf, type ContractReading, type NamedExpiry, type NameStyle, type OptionReading } from "./name-readings.ts";
import type { MarketRules, SymbolName } from "./types.ts";

export { readingsOf, type ContractReading, type NamedExpiry, type NameStyle } from "./name-readings.ts";

/** A future of one month (`expiry`) or a continuous series (`continuous`: 1 = the nearest month). Exactly one is present. */
export interface FutureName {
  readonly symbol: SymbolName;
  readonly expiry?: DayNumber;
  readonly continuous?: number;
}

interface NameFacts {
  readonly ok: true;
  readonly style: NameStyle;
  /** The date that the name gives, before re-dating; for a name that gives a month, the month's expiry. */
  readonly namedExpiry?: DayNumber;
  /** The rules know no expiry on that date. The contract is read all the same. */
  readonly unknownExpiry?: true;
}

export interface OptionName extends NameFacts {
  readonly kind: "option";
  readonly contract: ContractId;
  readonly namedExpiry: DayNumber;
}

export interface FutureResult extends NameFacts {
  readonly kind: "future";
  readonly contract: FutureName;
}

export interface NameFailure {
  readonly ok: false;
  readonly kind: "unreadable_name" | "ambiguous_name";
  /** What was found, what was expected, what to do. Does not repeat the path. */
  readonly message: string;
}

export type NameResult = OptionName | FutureResult | NameFailure;

/**
 * Reads all names of one source (a folder), which is taken to write its options in one style: where exactly one style
 * reads every readable option name, names that other styles could read too are read in it; otherwise those are ambiguous.
 * @param stems file names without folder and `.parquet`
 */
export function resolveNames(stems: readonly string[], rules: MarketRules): Map<string, NameResult> {
  const readings = new Map(stems.map((stem) => [stem, readingsOf(stem)]));
  const style = commonStyle(readings.values());
  const results = new Map<string, NameResult>();
  for (const [stem, possible] of readings) {
    const chosen = possible.length > 1 ? possible.filter((reading) => reading.style === style) : possible;
    if (chosen.length === 1) results.set(stem, resolve(chosen[0], rules));
    else results.set(stem, possible.length === 0 ? unreadable(stem) : ambiguous(possible));
  }
  return results;
}

function resolve(reading: ContractReading, rules: MarketRules): NameResult {
  const { symbol, style } = reading;
  if (reading.kind === "continuous") return { ok: true, kind: "future", style, contract: { symbol, continuous: reading.continuous } };
  const namedExpiry = "date" in reading.expiry ? reading.expiry.date : rules.monthlyExpiry(symbol, reading.expiry.year, reading.expiry.month);
  if (namedExpiry === undefined) return unknownMonth(symbol, reading.expiry, rules);
  const expiry = rules.actualExpiry(symbol, namedExpiry);
  const unknownExpiry = rules.isMonthly(symbol, expiry) === undefined ? true : undefined;
  if (reading.kind === "future") return { ok: true, kind: "future", style, contract: { symbol, expiry }, namedExpiry, unknownExpiry };
  const contract = { symbol, expiry, strike: reading.strike, cp: reading.cp };
  return { ok: true, kind: "option", style, contract, namedExpiry, unknownExpiry };
}

/** The one style in which every readable option name can be read, or undefined when there is none or more than one. */
function commonStyle(names: Iterable<readonly ContractReading[]>): NameStyle | undefined {
  const readable = new Map<NameStyle, number>();
  let options = 0;
  for (const readings of names) {
    if (readings[0]?.kind !== "option") continue;
    options++;
    for (const { style } of readings) readable.set(style, (readable.get(style) ?? 0) + 1);
  }
  const common = [...readable].filter(([, count]) => count === options);
  return common.length === 1 ? common[0][0] : undefined;
}

function unreadable(stem: string): NameFailure {
  return {
    ok: false,
    kind: "unreadable_name",
    message: `"${stem}" is no contract name; expected a name such as BANKNIFTY25AUG48000CE (monthly), NIFTY2510223500PE (weekly) or BANKNIFTY28AUG25C52000; rename the file`,
  };
}

function unknownMonth(symbol: SymbolName, named: NamedExpiry, rules: MarketRules): NameFailure {
  const monthly = rules.expiries(symbol).filter((expiry) => expiry.monthly);
  const known = monthly.length > 0 ? `monthly expiries from ${isoDate(monthly[0].date)} to ${isoDate(monthly[monthly.length - 1].date)}` : "no monthly expiries";
  return {
    ok: false,
    kind: "unreadable_name",
    message: `the name gives the monthly ${symbol} expiry of ${expiryText(named)}; the market rules ${rules.version} know ${known} of ${symbol}, so its day is unknown; name the file by the day, such as ${symbol}28AUG25C52000`,
  };
}

function ambiguous(readings: readonly ContractReading[]): NameFailure {
  const meanings = readings.filter((reading): reading is OptionReading => reading.kind === "option").map(meaning);
  return {
    ok: false,
    kind: "ambiguous_name",
    message: `the name can be read as ${meanings.join(" or as ")}, and the other names of its folder do not settle it; keep names of one style in a folder, or rename the file`,
  };
}

function meaning(reading: OptionReading): string {
  return `${reading.symbol} ${expiryText(reading.expiry)} ${reading.strike} ${reading.cp}`;
}

function expiryText(named: NamedExpiry): string {
  return "date" in named ? isoDate(named.date) : `${named.year}-${String(named.month).padStart(2, "0")}`;
}
