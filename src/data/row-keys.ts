import type { OptionSide, SymbolName } from "../core/market/types.ts";
import type { Column } from "./ports.ts";

const OTHER_SPELLINGS: Readonly<Record<string, SymbolName>> = { NIFTYBANK: "BANKNIFTY", NIFTY50: "NIFTY" };

/** Whether a row's symbol is that of the underlying, alone or heading a contract's name. */
export function isSymbol(text: string, symbol: SymbolName): boolean {
  const word = text.toUpperCase().replace(/[^A-Z0-9]/g, "");
  const known = OTHER_SPELLINGS[word] ?? word;
  return known === symbol || (known.startsWith(symbol) && /^\d/.test(known.slice(symbol.length)));
}

/** CE or PE however a vendor writes it; undefined for anything else. */
export function optionSide(text: string): OptionSide | undefined {
  switch (text.trim().toUpperCase()) {
    case "CE":
    case "C":
    case "CALL":
      return "CE";
    case "PE":
    case "P":
    case "PUT":
      return "PE";
    default:
      return undefined;
  }
}

/** A text column as one number per row by its dictionary; NaN where the word means nothing. */
export function codesOf(column: Extract<Column, { type: "text" }>, meaning: (word: string) => number | undefined): Float64Array {
  const known = column.dictionary.map((word) => meaning(word) ?? NaN);
  return Float64Array.from(column.codes, (code) => (code < 0 ? NaN : known[code]));
}

