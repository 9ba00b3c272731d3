/** What the exchange rules say, looked up by contract or by date. Implemented over versioned data in this folder. */
import type { DayNumber, Second } from "../time.ts";

export type OptionSide = "CE" | "PE";
/** What a leg can be: an option, or the future. */
export type LegKind = OptionSide | "FUT";
export type SymbolName = string;
export type InstrumentKind = "option" | "future";

/** A trading session. Rows count in [open, close) outside breaks; break seconds belong to the grid but are untradeable. */
export interface Session {
  readonly open: Second;
  readonly close: Second;
  /** Half-open [from, to) stretches without trading, ascending. */
  readonly breaks: readonly (readonly [Second, Second])[];
}

/** An expiry date of one symbol by the rules and the holidays. */
export interface ExpiryDate {
  readonly date: DayNumber;
  /** The weekday rule's date before holidays and re-dating moved it. */
  readonly scheduled: DayNumber;
  readonly monthly: boolean;
}

/** Rates of one period of the `nse` schedule. Percentages are of turnover: of options their premium, of futures their price. */
export interface CostRates {
  readonly from: DayNumber;
  /** Rupees per order. */
  readonly brokerage: number;
  readonly sttSellPct: number;
  readonly exchangePct: number;
  readonly sebiPct: number;
  readonly stampBuyPct: number;
  readonly gstPct: number;
}

/** A rule whose source is not certain, as a sentence for people. */
export interface UncertainRule {
  readonly rule: "lot" | "strike_step" | "tick" | "freeze" | "expiry" | "session" | "holidays" | "costs" | "future_costs";
  readonly text: string;
}

/** Every lookup answers undefined where there is no rule: the caller then does not run the day (`no_rule`). */
export interface MarketRules {
  readonly version: string;
  readonly symbols: readonly SymbolName[];
  /** A hash of what an index of data files depends on: sessions and re-dated contracts. */
  readonly calendarHash: string;
  /** Units per lot of the contract that expires on `expiry`. It belongs to the contract, not to the trade date. */
  lotSize(symbol: SymbolName, expiry: DayNumber): number | undefined;
  /** Distance between neighbouring strikes, rupees, by trade date: of contracts of this expiry; without one, of the nearest contracts. */
  strikeStep(symbol: SymbolName, date: DayNumber, expiry?: DayNumber): number | undefined;
  /** Smallest price step of options, rupees, by trade date. */
  tick(symbol: SymbolName, date: DayNumber): number | undefined;
  /** The largest quantity of one order, units, by trade date. */
  freezeQuantity(symbol: SymbolName, date: DayNumber): number | undefined;
  /** "closed" on a weekend or holiday without a special session; undefined where the calendar does not reach. */
  session(date: DayNumber): Session | "closed" | undefined;
  /** The `nse` schedule of the symbol's exchange by trade date; of options unless told otherwise. */
  costs(symbol: SymbolName, date: DayNumber, kind?: InstrumentKind): CostRates | undefined;
  /** All known expiries, ascending. */
  expiries(symbol: SymbolName): readonly ExpiryDate[];
  /** The monthly expiry of a contract month, or undefined where the rules do not reach. */
  monthlyExpiry(symbol: SymbolName, year: number, month: number): DayNumber | undefined;
  /** Whether a contract expiring on this date is the monthly one; undefined for a date that is no known expiry. */
  isMonthly(symbol: SymbolName, expiry: DayNumber): boolean | undefined;
  /** The date on which a contract named for `named` really expires: the same date unless it was re-dated. */
  actualExpiry(symbol: SymbolName, named: DayNumber): DayNumber;
  /** What is not certain of the rules for a trade date and, where one is given, a contract's expiry. */
  uncertain(symbol: SymbolName, date: DayNumber, expiry?: DayNumber): readonly UncertainRule[];
  /** Everything in the rules that is not certain. */
  readonly allUncertain: readonly UncertainRule[];
}
