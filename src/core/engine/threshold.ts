/** Semantics §4: thresholds become paise, rounded half up, and are compared as integers. */
import { roundHalfUp } from "../money.ts";
import type { CompiledStrategy } from "../strategy/compile.ts";
import type { Threshold } from "../strategy/types.ts";
import type { PathRules } from "./path-store.ts";

/** No P&L reaches it: what the kernel reads as "no such rule". */
export const NO_RULE = Infinity;

/** One of them is there. To read it costs a tenth of asking which with `in`, which counts with a hundred variants a day. */
type Amounts = { readonly [K in "rupees" | "points" | "pct"]?: number };

/**
 * A threshold of a position as paise of its P&L. `premium` is the net entry premium in paise, `lotSize` that of the
 * first leg (points are P&L ÷ lot size). A percentage of a premium of 0 never triggers: NO_RULE.
 */
export function thresholdPaise(threshold: Threshold | null, premium: number, lotSize: number): number {
  if (threshold === null) return NO_RULE;
  const { rupees, points, pct }: Amounts = threshold;
  if (rupees !== undefined) return roundHalfUp(rupees * 100);
  if (points !== undefined) return roundHalfUp(points * 100) * lotSize;
  return premium === 0 ? NO_RULE : roundHalfUp((premium * pct!) / 100);
}

/** What the thresholds of a position are taken of. */
export interface PremiumBase {
  /** Net entry premium in paise. */
  readonly premium: number;
  /** Of the first leg. */
  readonly lotSize: number;
}

/** Stop-loss, target and trail of a strategy. */
export function pathRules({ stop, target, trail }: CompiledStrategy, { premium, lotSize }: PremiumBase): PathRules {
  return {
    stop: thresholdPaise(stop, premium, lotSize),
    target: thresholdPaise(target, premium, lotSize),
    trail: trail && { activate: thresholdPaise(trail.activate, premium, lotSize), step: thresholdPaise(trail.step, premium, lotSize) },
  };
}
