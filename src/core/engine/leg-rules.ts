/** Semantics §4, rule 5: stop-loss and target of single legs. */
import { roundHalfUp } from "../money.ts";
import type { Threshold } from "../strategy/types.ts";
import type { CompiledLeg } from "../strategy/compile.ts";
import type { DayMarket } from "./day-market.ts";
import type { LegTrade } from "./position.ts";
import { NO_RULE } from "./threshold.ts";

export interface LegCrossing {
  readonly second: number;
  readonly reason: "leg_stop_loss" | "leg_cost_stop" | "leg_target";
}

/** A leg's threshold as paise of the P&L of `units`: `pct` of its own filled price and `points` are per unit, `rupees` of the whole leg. */
function legPaise(threshold: Threshold | null, price: number, units: number): number {
  if (threshold === null) return NO_RULE;
  if ("rupees" in threshold) return roundHalfUp(threshold.rupees * 100);
  const perUnit = "points" in threshold ? roundHalfUp(threshold.points * 100) : roundHalfUp((price * threshold.pct) / 100);
  return perUnit * units;
}

/** The first second in [from, to) in which the leg's own stop or target fires. `atCost`: its stop stands at its filled price. */
export function legCrossing(market: DayMarket, rules: CompiledLeg, leg: LegTrade, from: number, to: number, atCost = false): LegCrossing | undefined {
  if (!rules.stop && !rules.target && !atCost) return undefined;
  const units = Math.abs(leg.units);
  const stop = atCost ? 0 : legPaise(rules.stop, leg.entry.price, units);
  const target = legPaise(rules.target, leg.entry.price, units);
  const found = market.paths.of(leg.filled, [leg]).crossing(from, to, { stop, target, trail: null }, -Infinity);
  if (found.second < 0) return undefined;
  return { second: found.second, reason: found.reason !== "stop_loss" ? "leg_target" : atCost ? "leg_cost_stop" : "leg_stop_loss" };
}
