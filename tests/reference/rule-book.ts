/** The market rules that the reference asks for. The tests' own are typed in by hand in rules.ts; Verify gives it those of a run. */

export interface SessionHours {
  readonly open: number;
  readonly close: number;
  readonly breaks: readonly (readonly [number, number])[];
}

/** Brokerage in rupees per order, everything else in percent. */
export interface CostRates {
  readonly brokerage: number;
  readonly stt: number;
  readonly exchange: number;
  readonly sebi: number;
  readonly stamp: number;
  readonly gst: number;
}

/** Dates as `YYYY-MM-DD`. */
export interface RuleBook {
  sessionOf(date: string): SessionHours | "closed";
  /** Ascending. */
  calendarExpiries(symbol: string): readonly { readonly date: string; readonly monthly: boolean }[];
  lotOf(symbol: string, expiry: string): number | undefined;
  stepOf(symbol: string, date: string, expiry: string): number;
  costRatesOf(date: string, future: boolean): CostRates | undefined;
  freezeOf(symbol: string, date: string): number | undefined;
}

let inForce: RuleBook | undefined;

/** Undefined: the rules that are typed in. */
export function bookInForce(): RuleBook | undefined {
  return inForce;
}

/** Does some work by other rules than those that are typed in. */
export function withRules<T>(book: RuleBook, work: () => T): T {
  const before = inForce;
  inForce = book;
  try {
    return work();
  } finally {
    inForce = before;
  }
}
