import { isoDate, type DayNumber } from "../time.ts";
import type { OptionSide, SymbolName } from "./types.ts";

/** What tells one option contract from every other. Strike in rupees. */
export interface ContractId {
  readonly symbol: SymbolName;
  readonly expiry: DayNumber;
  readonly strike: number;
  readonly cp: OptionSide;
}

/** A key that is equal exactly when the contracts are the same. */
export function contractKey(id: ContractId): string {
  return `${id.symbol}|${id.expiry}|${id.strike}|${id.cp}`;
}

/** The form for people: `BANKNIFTY 2024-08-28 50500 CE`. */
export function contractLabel(id: ContractId): string {
  return `${id.symbol} ${isoDate(id.expiry)} ${id.strike} ${id.cp}`;
}
