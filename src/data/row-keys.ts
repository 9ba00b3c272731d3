import { UNDERLYINGS } from "../core/market/data/underlyings.ts";
import type { OptionSide, SymbolName } from "../core/market/types.ts";
import type { Column } from "./ports.ts";

/** How vendors write a spot index. */
export const OTHER_SPELLINGS: Readonly<Record<string, SymbolName>> = { NIFTYBANK: "BANKNIFTY", NIFTY50: "NIFTY" };
export const LONGEST_FIRST: readonly SymbolName[] = UNDERLYINGS.map(({ symbol }) => symbol).sort((a, b) => b.length - a.length);
/** What may follow an underlying in the name of a contract or a continuous series. */
export const CONTRACT_REST = /^(\d|FUT|F\d|I{1,3}$)/;

/** The underlying that a row's text names, alone or heading a contract's name; undefined for words that name none. */
export function underlyingOf(text: string): SymbolName | undefined {
  const word = text.toUpperCase().replace(/[^A-Z0-9]/g, "");
  const spelled = OTHER_SPELLINGS[word];
  if (spelled !== undefined) return spelled;
  return LONGEST_FIRST.find((symbol) => word.startsWith(symbol) && (word.length === symbol.length || CONTRACT_REST.test(word.slice(symbol.length))));
}

/** Upper case. */
export const SIDE_WORDS: Readonly<Record<OptionSide, readonly string[]>> = { CE: ["CE", "C", "CALL"], PE: ["PE", "P", "PUT"] };

/** CE or PE however a vendor writes it; undefined for anything else. */
export function optionSide(text: string): OptionSide | undefined {
  const word = text.trim().toUpperCase();
  return SIDE_WORDS.CE.includes(word) ? "CE" : SIDE_WORDS.PE.includes(word) ? "PE" : undefined;
}

/** A text column as one number per row by its dictionary; NaN where the word means nothing. */
export function codesOf(column: Extract<Column, { type: "text" }>, meaning: (word: string) => number | undefined): Float64Array {
  const known = column.dictionary.map((word) => meaning(word) ?? NaN);
  return mappedRows(column.codes, (code) => (code < 0 ? NaN : known[code]));
}


/** What is made of each of the values. Neighbours are mostly equal: what was made of the one before is taken again. */
export function mappedRows(values: Int32Array | Float64Array, make: (value: number) => number): Float64Array {
  const made = new Float64Array(values.length);
  let last = NaN;
  let of = NaN;
  for (let row = 0; row < made.length; row++) {
    const value = values[row];
    if (value !== last) {
      last = value;
      of = make(value);
    }
    made[row] = of;
  }
  return made;
}
