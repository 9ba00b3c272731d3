/** Semantics §4, rule 5: stop-loss and target of single legs. */
import { roundHalfUp } from "../money.ts";
import type { Threshold } from "../strategy/types.ts";
import type { CompiledLeg } from "../strategy/compile.ts";
import type { DayMarket } from "./day-market.ts";
import type { Leg } from "./position.ts";
import { NO_RULE } from "./threshold.ts";

export interface LegCrossing {
  readonly second: number;
  readonly reason: "leg_stop_loss" | "leg_target";
}

/** A leg's threshold as paise of the P&L of `units`: `pct` of its own filled price and `points` are per unit, `rupees` of the whole leg. */
function legPaise(threshold: Threshold | null, price: number, units: number): number {
  if (threshold === null) return NO_RULE;
  if ("rupees" in threshold) return roundHalfUp(threshold.rupees * 100);
  const perUnit = "points" in threshold ? roundHalfUp(threshold.points * 100) : roundHalfUp((price * threshold.pct) / 100);
  return perUnit * units;
}

/** The first second in [filled + 1, to) in which the leg's own stop or target fires. */
export function legCrossing(market: DayMarket, rules: CompiledLeg, leg: Leg, filled: number, to: number): LegCrossing | undefined {
  if (!rules.stop && !rules.target) return undefined;
  const [stop, target] = [rules.stop, rules.target].map((threshold) => legPaise(threshold, leg.entry.price, Math.abs(leg.units)));
  const found = market.paths.of(filled, [leg]).crossing(filled + 1, to, { stop, target, trail: null }, -Infinity);
  return found.second < 0 ? undefined : { second: found.second, reason: found.reason === "stop_loss" ? "leg_stop_loss" : "leg_target" };
}
