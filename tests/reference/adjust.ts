/** Rolling a leg to another contract (docs, "Rolling a leg: adjust"). */
import { chooseContract } from "./contracts.ts";
import type { Day } from "./context.ts";
import { openTrade, type Position } from "./position.ts";

/** The first rule that fires closes its leg and orders the contract that takes its place; whether one did. */
export function decideAdjust(day: Day, position: Position, second: number): boolean {
  const { bug } = day;
  for (const [i, { rule, when }] of day.adjust.entries()) {
    const leg = position.legs[rule.leg - 1];
    const trade = leg && openTrade(leg);
    if (!trade || trade.exitOrder || trade.fillSecond >= second || position.adjusted[i] >= rule.times || !day.isTrue(when, second, position)) continue;
    const contract = chooseContract(day.market, leg.leg, second, bug, rule.to ?? leg.leg.strike);
    if (typeof contract !== "string" && contract.instrument.key === trade.contract.instrument.key) {
      if (bug === "adjust_to_the_same_is_used_up") position.adjusted[i]++;
      continue;
    }
    position.adjusted[i]++;
    if (typeof contract === "string") day.skip(second, position.window, contract);
    if (typeof contract === "string" && bug === "adjust_needs_a_contract") return true;
    trade.exitOrder = { decision: second, reason: "adjust" };
    day.lastExitDecision = second;
    if (typeof contract !== "string") leg.order = { kind: "adjust", contract, decision: second, from: null, to: null };
    return true;
  }
  return false;
}
