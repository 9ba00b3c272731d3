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
function legPaise(threshold: Threshold | null, price: number, units: number): bigint {
  if (threshold === null) return NO_RULE;
  if ("rupees" in threshold) return BigInt(roundHalfUp(threshold.rupees * 100));
  const perUnit = "points" in threshold ? roundHalfUp(threshold.points * 100) : roundHalfUp((price * threshold.pct) / 100);
  return BigInt(perUnit) * BigInt(units);
}

/** The first second in [from, to) in which the leg's own stop or target fires. `atCost`: its stop stands at its filled price. */
export function legCrossing(market: DayMarket, rules: CompiledLeg, leg: LegTrade, from: number, to: number, atCost = false): LegCrossing | undefined {
  if (!rules.stop && !rules.target && !atCost) return undefined;
  const { kernels, stride, legPath, table } = market;
  const units = Math.abs(leg.units);
  const stop = atCost ? 0n : legPaise(rules.stop, leg.entry.price, units);
  const target = legPaise(rules.target, leg.entry.price, units);
  kernels.run.pnlPath(market.grid(leg.contract).pointer, stride, leg.units, leg.entry.price, from, to, legPath, true);
  // The state of the position's own search stands at the start of the table; a leg has no trail and needs none.
  const state = table + 16;
  const second = kernels.run.firstCrossing(legPath, from, to, stop, target, NO_RULE, NO_RULE, state);
  if (second < 0) return undefined;
  return { second, reason: kernels.i32[(state + 8) >> 2] !== 1 ? "leg_target" : atCost ? "leg_cost_stop" : "leg_stop_loss" };
}
