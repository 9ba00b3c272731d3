/** Semantics §4: thresholds become paise, rounded half up, and are compared as integers. */
import { roundHalfUp } from "../money.ts";
import { NO_THRESHOLD, numbersOf, POINTS, RUPEES, THRESHOLDS_LENGTH, type ThresholdTable } from "../strategy/alike.ts";
import type { Threshold } from "../strategy/types.ts";
import type { PathRules } from "./path-store.ts";

/** No P&L reaches it: what the kernel reads as "no such rule". */
export const NO_RULE = Infinity;

/**
 * A threshold of a position as paise of its P&L. `premium` is the net entry premium in paise, `lotSize` that of the
 * first leg (points are P&L ÷ lot size). A percentage of a premium of 0 never triggers: NO_RULE.
 */
export function thresholdPaise(threshold: Threshold | null, base: PremiumBase): number {
  return amountPaise(...numbersOf(threshold), base);
}

function amountPaise(unit: number, amount: number, { premium, lotSize }: PremiumBase): number {
  if (unit === NO_THRESHOLD) return NO_RULE;
  if (unit === RUPEES) return roundHalfUp(amount * 100);
  if (unit === POINTS) return roundHalfUp(amount * 100) * lotSize;
  return premium === 0 ? NO_RULE : roundHalfUp((premium * amount) / 100);
}

/** What the thresholds of a position are taken of. */
export interface PremiumBase {
  /** Net entry premium in paise. */
  readonly premium: number;
  /** Of the first leg. */
  readonly lotSize: number;
}

/** The same as the kernel takes them: writes stop, target, activate and step to `into` from place `at` on, NO_RULE for none. */
export function putRules(table: ThresholdTable, row: number, base: PremiumBase, into: Float64Array, at: number): void {
  const first = row * THRESHOLDS_LENGTH;
  // Not as a loop: this is asked for every variant on every day.
  into[at] = amountPaise(table[first], table[first + 1], base);
  into[at + 1] = amountPaise(table[first + 2], table[first + 3], base);
  // Of a trail both or neither.
  into[at + 2] = amountPaise(table[first + 4], table[first + 5], base);
  into[at + 3] = amountPaise(table[first + 6], table[first + 7], base);
}

/** Stop-loss, target and trail of the variant whose thresholds stand at `row` of the table. */
export function pathRules(table: ThresholdTable, row: number, base: PremiumBase): PathRules {
  const at = row * THRESHOLDS_LENGTH;
  const paise = (i: number) => amountPaise(table[at + 2 * i], table[at + 2 * i + 1], base);
  return { stop: paise(0), target: paise(1), trail: table[at + 4] === NO_THRESHOLD ? null : { activate: paise(2), step: paise(3) } };
}
