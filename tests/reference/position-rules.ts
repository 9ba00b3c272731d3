/** Stops, targets, trail, lock and combined premium of a position, and the stops and targets of its legs (semantics §4). */
import type { Strategy, Threshold } from "../../src/core/strategy/types.ts";
import type { Bug } from "./bugs.ts";
import { productRounded } from "./exact.ts";
import { signOf, pnlOf, valueOf, type LegState, type LegTrade, type Position } from "./position.ts";
import { markOf } from "./fills.ts";

/** What triggers at a position's P&L, in the order of their looking. */
export type PositionRule = "stop_loss" | "target" | "trail" | "lock" | "premium_rise" | "premium_fall";

/** Σ ± filled price × quantity of each leg's first fill, without its sign. */
function netPremium(position: Position, bug?: Bug): number {
  const firsts = position.legs.flatMap((leg) => (bug === "net_premium_of_all_trades" ? leg.trades : leg.trades.slice(0, 1)));
  return Math.abs(firsts.reduce((sum, trade) => sum + (bug === "pct_of_the_gross_premium" ? 1 : signOf(trade.leg)) * trade.entry.filled * trade.qty, 0));
}

/** Paise of P&L at which a position's threshold stands, or null when it never triggers. */
function thresholdPaise(threshold: Threshold, position: Position, bug?: Bug): number | null {
  if ("rupees" in threshold) return productRounded(threshold.rupees, 100);
  const { chosen, leg } = position.legs[0];
  if ("points" in threshold) return productRounded(threshold.points, 100, bug === "points_of_all_lots" ? chosen.lot * Math.abs(leg.lots) : chosen.lot);
  const premium = netPremium(position, bug);
  return premium === 0 ? null : productRounded(threshold.pct, 0.01, premium);
}

/** The first that holds at this second, or null. The peak must include this second. */
export function positionRule(position: Position, exit: Strategy["exit"], second: number, bug?: Bug): PositionRule | null {
  const pnl = pnlOf(position, second, bug);
  const stop = exit.stop_loss && thresholdPaise(exit.stop_loss, position, bug);
  if (stop !== null && (bug === "stop_strict" ? -pnl > stop : -pnl >= stop)) return "stop_loss";
  const target = exit.target && thresholdPaise(exit.target, position, bug);
  if (target !== null && (bug === "target_strict" ? pnl > target : pnl >= target)) return "target";
  if (exit.trail) {
    const activate = exit.trail.activate ? thresholdPaise(exit.trail.activate, position, bug) : 0;
    const step = thresholdPaise(exit.trail.step, position, bug);
    const active = bug === "trail_without_activation" || (activate !== null && position.peak >= activate);
    if (step !== null && active && (bug === "trail_strict" ? pnl < position.peak - step : pnl <= position.peak - step)) return "trail";
  }
  const floor = exit.lock && lockedFloor(exit.lock, position, bug);
  if (floor !== null && (bug === "lock_strict" ? pnl < floor : pnl <= floor)) return "lock";
  return exit.premium && premiumRule(exit.premium, position, second, bug);
}

/** Paise below which the P&L may not fall; null until the peak has reached `reach`. */
function lockedFloor(lock: NonNullable<Strategy["exit"]["lock"]>, position: Position, bug?: Bug): number | null {
  const reach = thresholdPaise(lock.reach, position, bug);
  const keep = thresholdPaise(lock.keep, position, bug);
  if (reach === null || keep === null || position.peak < reach) return null;
  if (!lock.every || !lock.by) return keep;
  const every = thresholdPaise(lock.every, position, bug);
  const by = thresholdPaise(lock.by, position, bug);
  if (every === null || by === null) return null;
  const beyond = (position.peak - (bug === "lock_steps_from_zero" ? 0 : reach)) / Math.max(1, every);
  return keep + by * (bug === "lock_by_parts" ? Math.round(beyond) : Math.floor(beyond));
}

/** Σ mark × lots of the latest trade of every option leg against Σ of what it was filled at. */
function premiumRule(premium: NonNullable<Strategy["exit"]["premium"]>, position: Position, second: number, bug?: Bug): "premium_rise" | "premium_fall" | null {
  const latest = (leg: LegState) => (bug === "premium_of_all_trades" ? leg.trades : leg.trades.slice(-1));
  const trades = position.legs.flatMap(latest).filter((trade) => trade.contract.cp !== "FUT" || bug === "premium_with_futures");
  const counted = trades.filter((trade) => !(bug === "premium_of_open_legs" && trade.exit));
  const sum = (of: (trade: LegTrade) => number) => counted.reduce((total, trade) => total + of(trade) * Math.abs(trade.leg.lots), 0);
  const before = sum((trade) => trade.entry.filled);
  const change = sum((trade) => valueOf(trade, second, bug)) - before;
  const reached = (threshold: Threshold | null, moved: number) => {
    if (threshold === null || "rupees" in threshold || before === 0) return false;
    return moved >= ("points" in threshold ? productRounded(threshold.points, 100) : productRounded(threshold.pct, 0.01, before));
  };
  if (reached(premium.rise, change)) return "premium_rise";
  return reached(premium.fall, -change) ? "premium_fall" : null;
}

/** Whether a trade's own stop-loss or target holds at this second; null when neither does. */
export function legRule(trade: LegTrade, second: number, bug?: Bug): "leg_stop_loss" | "leg_cost_stop" | "leg_target" | null {
  const { leg, contract, entry, qty, costFrom } = trade;
  const perUnit = signOf(leg) * (markOf(contract.grid, second, leg.lots > 0, bug) - entry.filled);
  const reached = (threshold: Threshold, gained: number): boolean => {
    if ("rupees" in threshold) return gained * qty >= productRounded(threshold.rupees, 100);
    if ("points" in threshold) return gained * (bug === "leg_points_of_the_whole" ? qty : 1) >= productRounded(threshold.points, 100);
    const limit = productRounded(threshold.pct, 0.01, entry.filled);
    return bug === "leg_threshold_strict" ? gained > limit : gained >= limit;
  };
  if (costFrom !== null && second >= costFrom) {
    if (bug === "cost_stop_strict" ? perUnit < 0 : perUnit <= 0) return "leg_cost_stop";
  } else if (leg.stop_loss && reached(leg.stop_loss, -perUnit)) return "leg_stop_loss";
  return leg.target && reached(leg.target, perUnit) ? "leg_target" : null;
}
