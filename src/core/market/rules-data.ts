/** The shape of the market rules as data: plain values, dates as `YYYY-MM-DD`, clocks as `HH:MM[:SS]`. */
import type { IsoDate, WeekdayName } from "../time.ts";
import type { SymbolName } from "./types.ts";

export type Exchange = "NSE" | "BSE";

/** A row that is in force from its date until the next row's. Tables of them are ascending. */
export interface Effective {
  readonly from: IsoDate;
  /** The source is not certain: shown in the product. */
  readonly uncertain?: true;
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
  readonly uncertain?: true;
}

export interface CalendarData {
  /** First and last date of which holidays and sessions are known. */
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly regularHours: readonly RegularHours[];
  /** Weekdays on which nothing expires and no ordinary session is held, `MM-DD` by year. */
  readonly holidays: Readonly<Record<string, readonly string[]>>;
  readonly specialSessions: readonly SpecialSession[];
}

/** One period of the cost schedule, by trade date. Percentages of premium turnover; brokerage in rupees per order. */
export interface CostRow extends Effective {
  readonly brokerage: number;
  readonly sttSellPct: number;
  readonly exchangePct: number;
  readonly sebiPct: number;
  readonly stampBuyPct: number;
  readonly gstPct: number;
}

export interface RulesData {
  /** Date up to which exchange circulars were taken in, and a count: `2026-08-22.1`. */
  readonly version: string;
  readonly symbols: readonly SymbolData[];
  readonly calendar: CalendarData;
  readonly redated: readonly RedatedContract[];
  readonly costs: Readonly<Record<Exchange, readonly CostRow[]>>;
}
