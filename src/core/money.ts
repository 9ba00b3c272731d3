/** Money is integer paise inside the engine, rupees with two decimals outside. */

export type Paise = number;

export const PAISE_PER_RUPEE = 100;

/** The smallest price step of index options: 0.05 rupees. */
export const TICK_PAISE = 5;

/** No instrument costs as much: a larger number is a broken field, and would not fit the 32 bits of a price (assembly/rows.ts has the same). */
export const PRICE_LIMIT: Paise = 2_000_000_000;

/** Rupees to paise, rounding half away from zero (semantics §1.5). */
export function toPaise(rupees: number): Paise {
  const scaled = rupees * PAISE_PER_RUPEE;
  // A decimal such as 1.005 is stored a hair below its value: half means half of the decimal that was written.
  const nudged = Math.abs(scaled) * (1 + Number.EPSILON);
  return Math.sign(scaled) * Math.floor(nudged + 0.5);
}

/** Of an amount that is a product of a few decimals, in parts of itself: what their binary fractions may lack. */
const PRODUCT_LACKS = 2 * Number.EPSILON;
/** More than this is no rounding error, however large the amount. */
const MOST_LACKING = 0.01;

/**
 * Rounds to an integer, half towards plus infinity (semantics §4: thresholds and cost components). Half means half of what the
 * decimals give on paper: 16.4 % of 301.25 are 4940.5 paise, although the product of their binary fractions is a hair less. Never −0.
 */
export function roundHalfUp(value: number): number {
  if (Number.isInteger(value)) return value + 0;
  return Math.floor(value + Math.min(MOST_LACKING, Math.abs(value) * PRODUCT_LACKS) + 0.5);
}

/** Paise as rupees with exactly two decimals and never `-0.00`, the form of every amount in result files. */
export function formatRupees(paise: Paise): string {
  const sign = paise < 0 ? "-" : "";
  const whole = Math.abs(paise);
  const rupees = Math.floor(whole / 100);
  return `${sign}${rupees}.${String(whole % 100).padStart(2, "0")}`;
}

/** The inverse of `formatRupees`, also for fewer decimals; undefined for what is no such amount, or no exact number of paise. */
export function parsePaise(rupees: string): Paise | undefined {
  const match = /^(-?)(\d{1,14})(?:\.(\d{1,2}))?$/.exec(rupees);
  if (!match) return undefined;
  const paise = Number(match[2]) * 100 + Number((match[3] ?? "").padEnd(2, "0"));
  if (!Number.isSafeInteger(paise)) return undefined;
  return match[1] === "-" && paise !== 0 ? -paise : paise;
}
