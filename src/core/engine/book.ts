/** Semantics §1.6: the five levels of the latest valid quote, and what a quantity costs through them. */
import type { Slice } from "../grid/slice.ts";
import { PAISE_PER_RUPEE, PRICE_LIMIT, toPaise, type Paise } from "../money.ts";
import type { Second } from "../time.ts";

export const LEVELS = [0, 1, 2, 3, 4] as const;
/** 0.29 of 100 is 29, although 0.29 · 100 in binary is a hair less. */
const SHARE_EPSILON = 1e-9;
export const BOOK_FIELDS: readonly string[] = LEVELS.flatMap((level) => [`bq${level}`, `bp${level}`, `sq${level}`, `sp${level}`]);

/** Row of the latest valid quote up to a second of the day; −1 before the first. */
export function quoteRow({ second, bid, length }: Slice, at: Second): number {
  let low = 0;
  for (let high = length; low < high; ) {
    const middle = (low + high) >> 1;
    if (second[middle] <= at) low = middle + 1;
    else high = middle;
  }
  for (let row = low - 1; row >= 0; row--) if (bid[row] > 0) return row;
  return -1;
}

/** Quantity of one level of a row; 0 where missing. `side`: b or s. */
export function levelQuantity(slice: Slice, row: number, side: "b" | "s", level: number): number {
  const quantity = slice.fields.get(`${side}q${level}`)?.[row] ?? NaN;
  return quantity > 0 && quantity !== Infinity ? quantity : 0;
}

/** Price of one level of a row in paise; 0 where missing. */
export function levelPrice({ fields }: Slice, row: number, side: "b" | "s", level: number): Paise {
  const rupees = fields.get(`${side}p${level}`)?.[row] ?? NaN;
  return rupees > 0 && rupees * PAISE_PER_RUPEE < PRICE_LIMIT ? toPaise(rupees) : 0;
}

/** Whole units of a share of a quantity; all of it without a share. */
function shareOf(quantity: number, share: number | null): number {
  return share === null ? quantity : Math.floor(share * quantity + SHARE_EPSILON);
}

/** Units of the best level that an order may take at a second; 0 without a quote or its quantity. */
export function shareOfBest(slice: Slice, at: Second, buys: boolean, maxShare: number): number {
  const row = quoteRow(slice, at);
  return row < 0 ? 0 : shareOf(levelQuantity(slice, row, buys ? "s" : "b", 0), maxShare);
}

/**
 * The price of buying or selling a quantity through the levels at a second: weighted by quantity, rounded to the paisa
 * against the trader; undefined when the levels hold too little. Levels without price or quantity are skipped, and of
 * each at most `maxShare` is taken.
 */
export function depthPrice(slice: Slice, at: Second, quantity: number, buys: boolean, maxShare: number | null = null): Paise | undefined {
  const row = quoteRow(slice, at);
  if (row < 0) return undefined;
  const side = buys ? "s" : "b";
  let left = quantity;
  let turnover = 0;
  for (const level of LEVELS) {
    const price = levelPrice(slice, row, side, level);
    const available = shareOf(levelQuantity(slice, row, side, level), maxShare);
    if (price === 0 || available === 0) continue;
    const taken = Math.min(left, available);
    turnover += taken * price;
    left -= taken;
    if (left === 0) return buys ? Math.ceil(turnover / quantity) : Math.floor(turnover / quantity);
  }
  return undefined;
}
