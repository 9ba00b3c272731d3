/** Semantics §1.6: the five levels of a row with a valid quote. */
import type { RawRow } from "./read-folder.ts";
import { paise, positive, price } from "./values.ts";

/** Price in paise, quantity in units; null for a level whose price or quantity is missing or not above 0. */
export type Level = { readonly price: number; readonly quantity: number } | null;

/** Best first, always five a side. */
export interface Book {
  readonly bids: readonly Level[];
  readonly asks: readonly Level[];
}

function levelOf(rupees: unknown, quantity: unknown): Level {
  const p = price(rupees);
  const q = positive(quantity);
  return p === null || q === null ? null : { price: paise(p), quantity: q };
}

export function bookOf(row: RawRow): Book {
  const levels = [0, 1, 2, 3, 4];
  return {
    bids: levels.map((i) => levelOf(row[`bp${i}`], row[`bq${i}`])),
    asks: levels.map((i) => levelOf(row[`sp${i}`], row[`sq${i}`])),
  };
}
