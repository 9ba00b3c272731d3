/** The shape of the market rules as data: plain values, dates as `YYYY-MM-DD`, clocks as `HH:MM[:SS]`. */
import type { IsoDate, WeekdayName } from "../time.ts";
import type { InstrumentKind, SymbolName } from "./types.ts";

export type Exchange = "NSE" | "BSE";

/** A row that is in force from its date until the next row's. Tables of them are ascending. */
export interface Effective {
  readonly from: IsoDate;
  /** Why the source is not certain, as the end of a sentence: shown in the product. */
  readonly uncertain?: string;
}

/** Units per lot of contracts whose expiry is `from` or later; null: contracts of this kind are no longer listed. */
export interface LotRow extends Effective {
  readonly lot: number | null;
}

/** Weekly and monthly contracts change lots at different expiries, so two lots can trade on one day. */
export interface LotTable {
  readonly weekly: readonly LotRow[];
  readonly monthly: readonly LotRow[];
}

export interface StrikeStepRow extends Effective {
  /** Rupees between neighbouring strikes near the money. */
  readonly step: number;
  /** Wider steps of far-dated contracts, by ascending `months`. */
  readonly far?: readonly FarStep[];
}

/** The step of contracts whose month is at least `months` after the nearest contract month. */
export interface FarStep {
  readonly months: number;
  readonly step: number;
  readonly uncertain?: string;
}

/** Smallest price step of options, rupees, by trade date. */
export interface TickRow extends Effective {
  readonly tick: number;
}

/** The largest quantity of one order, units, by trade date. */
export interface FreezeRow extends Effective {
  readonly quantity: number;
}

/** On which weekday contracts expire, by scheduled expiry date. null: none of this kind are listed. */
export interface ExpiryRuleRow extends Effective {
  readonly weekly: WeekdayName | null;
  /** The last such weekday of the month. */
  readonly monthly: WeekdayName | null;
}

export interface SymbolData {
  readonly symbol: SymbolName;
  readonly exchange: Exchange;
  readonly lots: LotTable;
  readonly strikeSteps: readonly StrikeStepRow[];
  readonly freeze: readonly FreezeRow[];
  readonly expiryRules: readonly ExpiryRuleRow[];
}

/** Contracts that were listed under one expiry and then moved to another: both names mean one contract. */
export interface RedatedContract {
  readonly symbols: readonly SymbolName[];
  readonly named: IsoDate;
  readonly actual: IsoDate;
}

export interface SessionHours {
  readonly open: string;
  readonly close: string;
  readonly breaks?: readonly (readonly [from: string, to: string])[];
}

export interface RegularHours extends SessionHours, Effective {}

/** A date with trading hours of its own. `hours` null: a session is announced, its hours are not known. */
export interface SpecialSession {
  readonly date: IsoDate;
  readonly name: string;
  readonly hours: SessionHours | null;
  readonly uncertain?: string;
}

/** Dates, both included, of which the list of holidays is not certain, and why. */
export interface UncertainDates {
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly why: string;
}

export interface CalendarData {
  /** First and last date of which holidays and sessions are known. */
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly regularHours: readonly RegularHours[];
  /** Weekdays on which nothing expires and no ordinary session is held, `MM-DD` by year. */
  readonly holidays: Readonly<Record<string, readonly string[]>>;
  readonly specialSessions: readonly SpecialSession[];
  readonly uncertain: readonly UncertainDates[];
}

/** One period of a cost schedule, by trade date. Percentages of turnover, at most five decimals; brokerage in rupees per order. */
export interface CostRow extends Effective {
  readonly brokerage: number;
  readonly sttSellPct: number;
  readonly exchangePct: number;
  readonly sebiPct: number;
  readonly stampBuyPct: number;
  readonly gstPct: number;
}

/** Options pay on their premium, futures on their price. */
export type CostTables = Readonly<Record<InstrumentKind, readonly CostRow[]>>;

export interface RulesData {
  /** Date up to which exchange circulars were taken in, and a count: `2026-08-22.1`. */
  readonly version: string;
  readonly symbols: readonly SymbolData[];
  readonly calendar: CalendarData;
  readonly redated: readonly RedatedContract[];
  readonly ticks: Readonly<Record<Exchange, readonly TickRow[]>>;
  readonly costs: Readonly<Record<Exchange, CostTables>>;
}
