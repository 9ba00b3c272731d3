import type { SymbolName } from "../types.ts";

/** What a contract name can plausibly say. */
export interface NameLimits {
  readonly symbol: SymbolName;
  /** Lowest and highest strike, rupees, that a name is read with. */
  readonly strikes: readonly [number, number];
}

/** The widest strikes that were ever listed, with room upwards for the years of the calendar. */
export const UNDERLYINGS: readonly NameLimits[] = [
  { symbol: "BANKNIFTY", strikes: [5_000, 199_999] },
  { symbol: "NIFTY", strikes: [1_000, 99_999] },
  { symbol: "FINNIFTY", strikes: [1_000, 99_999] },
  { symbol: "MIDCPNIFTY", strikes: [1_000, 99_999] },
  { symbol: "NIFTYNXT50", strikes: [10_000, 199_999] },
  { symbol: "SENSEX", strikes: [10_000, 199_999] },
  { symbol: "BANKEX", strikes: [10_000, 199_999] },
];

/** Two-digit years that a name is read with: index options began in 2001, the longest run five years. */
export const NAME_YEARS: readonly [number, number] = [2001, 2035];
