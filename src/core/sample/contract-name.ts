import type { OptionSide, SymbolName } from "../market/types.ts";
import type { DayNumber } from "../time.ts";

const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"] as const;
const WEEKLY_MONTHS = "123456789OND";

/** How a vendor writes a contract's name (market-rules §7). */
export type NameStyle = "nse" | "nse_upper" | "day_month_year" | "day_month_year_side_first";

export interface NamedContract {
  readonly symbol: SymbolName;
  readonly expiry: DayNumber;
  readonly monthly: boolean;
  readonly strike: number;
  readonly cp: OptionSide;
}

/** The file name without its ending: `banknifty2482150500ce`, `banknifty24aug50500ce`, `BANKNIFTY28AUG24C50500`. */
export function contractFileName(contract: NamedContract, style: NameStyle): string {
  const { symbol, strike, cp } = contract;
  const { year, month, day } = dateParts(contract.expiry);
  switch (style) {
    case "nse":
      return nseName(contract).toLowerCase();
    case "nse_upper":
      return nseName(contract);
    case "day_month_year":
      return `${symbol}${day}${MONTHS[month]}${year}${strike}${cp}.NFO`;
    case "day_month_year_side_first":
      return `${symbol}${day}${MONTHS[month]}${year}${cp[0]}${strike}`;
  }
}

/** `BANKNIFTY24AUGFUT` */
export function futureName(symbol: SymbolName, expiry: DayNumber): string {
  const { year, month } = dateParts(expiry);
  return `${symbol}${year}${MONTHS[month]}FUT`;
}

function nseName({ symbol, expiry, monthly, strike, cp }: NamedContract): string {
  const { year, month, day } = dateParts(expiry);
  return monthly ? `${symbol}${year}${MONTHS[month]}${strike}${cp}` : `${symbol}${year}${WEEKLY_MONTHS[month]}${day}${strike}${cp}`;
}

/** Two-digit year and day, month from 0. */
function dateParts(day: DayNumber): { year: string; month: number; day: string } {
  const date = new Date(day * 86_400_000);
  return { year: String(date.getUTCFullYear() % 100).padStart(2, "0"), month: date.getUTCMonth(), day: String(date.getUTCDate()).padStart(2, "0") };
}
