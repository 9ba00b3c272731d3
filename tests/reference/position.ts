/** A position and its rules: marks, thresholds, peak (semantics §4). */
import type { Leg, Strategy, Threshold } from "../../src/core/strategy/types.ts";
import type { Bug } from "./bugs.ts";
import { productRounded } from "./exact.ts";
import { markOf, type FillPrice } from "./fills.ts";
import type { Grid } from "./grid.ts";

export interface ExitOrder {
  readonly decision: number;
  readonly reason: string;
}

export interface Contract {
  readonly strike: number;
  readonly cp: "CE" | "PE";
  readonly grid: Grid;
}

export interface OpenLeg {
  readonly legId: number;
  readonly leg: Leg;
  readonly contract: Contract;
  readonly qty: number;
  readonly entry: FillPrice;
  exitOrder: ExitOrder | null;
  exit: (FillPrice & { readonly second: number; readonly stale: boolean }) | null;
}

export interface Position {
  readonly id: number;
  readonly windowId: number;
  readonly reason: "at" | "when" | "rebalance";
  readonly decision: number;
  readonly fillSecond: number;
  /** The ATM at the decision; null when spot could not choose one then. */
  readonly atm: number | null;
  readonly legs: readonly OpenLeg[];
  peak: number;
  /** What the decision of each second saw, from the second of the fill on; paise. */
  readonly path: Map<number, { readonly pnl: number; readonly peak: number }>;
}

function signed(leg: Leg): 1 | -1 {
  return leg.lots > 0 ? 1 : -1;
}

/** Paise: realised of closed legs, open legs at their marks, no fees. */
export function pnlOf(position: Position, second: number, bug?: Bug): number {
  return position.legs.reduce((sum, leg) => {
    const now = leg.exit ? leg.exit.filled : markOf(leg.contract.grid, second, leg.leg.lots > 0, bug);
    return sum + signed(leg.leg) * (now - leg.entry.filled) * leg.qty;
  }, 0);
}

/** Paise of P&L at which a position's threshold stands, or null when it never triggers. */
function thresholdPaise(threshold: Threshold, position: Position, lotOfFirstLeg: number, bug?: Bug): number | null {
  if ("rupees" in threshold) return productRounded(threshold.rupees, 100);
  if ("points" in threshold) return productRounded(threshold.points, 100, bug === "points_of_all_lots" ? position.legs[0].qty : lotOfFirstLeg);
  const sign = (leg: Leg) => (bug === "pct_of_the_gross_premium" ? 1 : signed(leg));
  const premium = Math.abs(position.legs.reduce((sum, leg) => sum + sign(leg.leg) * leg.entry.filled * leg.qty, 0));
  return premium === 0 ? null : productRounded(threshold.pct, 0.01, premium);
}

/** The first of stop-loss, target and trail that holds at this second, or null. The peak must include this second. */
export function positionRule(position: Position, exit: Strategy["exit"], lot: number, second: number, bug?: Bug): "stop_loss" | "target" | "trail" | null {
  const pnl = pnlOf(position, second, bug);
  const stop = exit.stop_loss && thresholdPaise(exit.stop_loss, position, lot, bug);
  if (stop !== null && (bug === "stop_strict" ? -pnl > stop : -pnl >= stop)) return "stop_loss";
  const target = exit.target && thresholdPaise(exit.target, position, lot, bug);
  if (target !== null && (bug === "target_strict" ? pnl > target : pnl >= target)) return "target";
  if (exit.trail) {
    const activate = exit.trail.activate ? thresholdPaise(exit.trail.activate, position, lot, bug) : 0;
    const step = thresholdPaise(exit.trail.step, position, lot, bug);
    const active = bug === "trail_without_activation" || (activate !== null && position.peak >= activate);
    if (step !== null && active && (bug === "trail_strict" ? pnl < position.peak - step : pnl <= position.peak - step)) return "trail";
  }
  return null;
}

/** Whether a leg's own stop-loss or target holds at this second; null when neither does. */
export function legRule({ leg, contract, entry, qty }: OpenLeg, second: number, bug?: Bug): "leg_stop_loss" | "leg_target" | null {
  const perUnit = signed(leg) * (markOf(contract.grid, second, leg.lots > 0, bug) - entry.filled);
  const reached = (threshold: Threshold, gained: number): boolean => {
    if ("rupees" in threshold) return gained * qty >= productRounded(threshold.rupees, 100);
    if ("points" in threshold) return gained * (bug === "leg_points_of_the_whole" ? qty : 1) >= productRounded(threshold.points, 100);
    const limit = productRounded(threshold.pct, 0.01, entry.filled);
    return bug === "leg_threshold_strict" ? gained > limit : gained >= limit;
  };
  if (leg.stop_loss && reached(leg.stop_loss, -perUnit)) return "leg_stop_loss";
  return leg.target && reached(leg.target, perUnit) ? "leg_target" : null;
}
