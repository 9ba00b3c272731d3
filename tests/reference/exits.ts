/** What is decided about a position that is on or armed, in the order of semantics §4. */
import { decideAdjust } from "./adjust.ts";
import { atmAt } from "./contracts.ts";
import type { Day } from "./context.ts";
import { chooseLegs } from "./entries.ts";
import { decideLateLegs } from "./late-legs.ts";
import { endIfOver } from "./orders.ts";
import type { Window } from "./plan.ts";
import { openTrade, pnlOf, waits, withdraw, type Position } from "./position.ts";
import { legRule, positionRule } from "./position-rules.ts";

const INTERVALS = { "1m": 60, "5m": 300, "15m": 900, "30m": 1800, "1h": 3600 };

export function decidePosition(day: Day, position: Position, second: number): void {
  if (position.fillSecond === null) return decideArmed(day, position, second);
  if (second <= position.fillSecond && day.bug !== "rules_from_the_fill_second") return;
  const { market, strategy, bug } = day;
  const pnl = pnlOf(position, second, bug);
  position.peak = Math.max(position.peak, pnl);
  position.path.set(second, { pnl, peak: position.peak });
  if (position.closedBy !== null || !position.legs.some((leg) => waits(leg) || (openTrade(leg) && !openTrade(leg)!.exitOrder))) return;

  const ended = endsAt(day, position.window, second);
  const stale = (contract: { grid: typeof market.spotItself.grid }) => contract.grid!.at(second).bid !== null && second - contract.grid!.at(second).quoteSecond > strategy.fill.ttl;
  const rule = bug === "marks_go_stale" && position.legs.some((leg) => openTrade(leg) && stale(openTrade(leg)!.contract)) ? null : positionRule(position, strategy.exit, second, bug);
  if (ended && !(bug === "stops_before_window_end" && rule)) return closeAll(day, position, second, position.window.endReason);
  if (rule) return closeAll(day, position, second, rule);
  if (bug !== "exit_when_before_leg_stops" && legRules(day, position, second)) return;
  if (day.exitWhen && day.isTrue(day.exitWhen, second, position)) return closeAll(day, position, second, "exit_when");
  if (bug === "exit_when_before_leg_stops" && legRules(day, position, second)) return;
  if (bug === "rebalance_before_adjust" && rebalance(day, position, second)) return;
  if (decideAdjust(day, position, second) || rebalance(day, position, second)) return;
  decideLateLegs(day, position, second);
}

function endsAt({ lastSecond, latency, bug }: Day, window: Window, second: number): boolean {
  return second >= window.end + (bug === "window_end_one_later" ? 1 : 0) || second >= lastSecond - latency;
}

/** Nothing is filled yet: there is only the end of the window and the waiting. */
function decideArmed(day: Day, position: Position, second: number): void {
  if (!endsAt(day, position.window, second)) {
    decideLateLegs(day, position, second);
    return;
  }
  day.position = null;
  day.skip(position.decision, position.window, "not_reached");
}

/** Closes what is open, withdraws what waits. */
function closeAll(day: Day, position: Position, second: number, reason: string): void {
  const { bug } = day;
  position.closedBy = reason;
  const nothingOpen = position.legs.every((leg) => openTrade(leg) === null);
  orderExits(day, position, second, reason);
  if (bug !== "waiting_outlives_the_position" || reason === position.window.endReason) withdraw(position);
  // At the end of the window what only waited is over before the second's decision; otherwise its end was that decision.
  if (nothingOpen && reason !== position.window.endReason) day.lastLapse = second;
  endIfOver(day, second);
}

function orderExits(day: Day, position: Position, second: number, reason: string): void {
  day.lastExitDecision = second;
  for (const leg of position.legs) {
    const trade = openTrade(leg);
    if (trade) trade.exitOrder ??= { decision: second, reason };
  }
}

/** Rule 5: closes the legs whose own stop-loss or target holds, and the others where the strategy says so; whether there is one. */
function legRules(day: Day, position: Position, second: number): boolean {
  const { strategy: { exit }, bug } = day;
  const fired: string[] = [];
  for (const leg of position.legs) {
    const trade = openTrade(leg);
    if (!trade || trade.exitOrder || (trade.fillSecond >= second && bug !== "leg_rules_from_the_fill_second")) continue;
    const reason = legRule(trade, second, bug);
    if (reason === null || (fired.length > 0 && bug === "one_leg_stop_a_second")) continue;
    fired.push(reason);
    if (bug === "leg_stop_closes_all") orderExits(day, position, second, reason);
    else trade.exitOrder = { decision: second, reason };
  }
  const stopped = fired.some((reason) => reason !== "leg_target");
  const squaresOff = (stopped && exit.on_leg_stop === "all") || (fired.includes("leg_target") && exit.on_leg_target === "all");
  if (squaresOff) closeAll(day, position, second, "square_off");
  if (stopped && exit.on_leg_stop === "move_to_cost") {
    const from = second + (bug === "cost_stop_a_second_late" ? 2 : 1);
    for (const leg of position.legs) {
      const trade = openTrade(leg);
      if (trade && !trade.exitOrder) trade.costFrom ??= from;
    }
  }
  return fired.length > 0 && bug !== "rules_go_on_after_a_leg_stop";
}

function isAnchor({ strategy, bug }: Day, window: Window, second: number): boolean {
  const { rebalance: wanted } = strategy.entry;
  if (!wanted || second <= window.start || second >= window.end) return false;
  const interval = INTERVALS[wanted.every];
  return (wanted.align === "clock" || bug === "all_anchors_by_the_clock" ? second : second - window.start) % interval === 0;
}

/** Whether the position is moved to another ATM. */
function rebalance(day: Day, position: Position, second: number): boolean {
  const { market, bug } = day;
  const { window, block } = position;
  if (!isAnchor(day, window, second)) return false;
  const atm = atmAt(market, second, bug);
  if (atm === null || position.atm === null || (atm === position.atm && bug !== "rebalance_without_a_move")) return false;
  const chosen = chooseLegs(day, bug === "rebalance_to_the_first_block" ? day.blocks[0] : block, second, null);
  if (typeof chosen === "string") day.skip(second, window, chosen);
  else day.order = { position: day.newPosition(window, bug === "rebalance_to_the_first_block" ? day.blocks[0] : block, "rebalance", second, atm, chosen, position.reentries), from: null, to: null };
  closeAll(day, position, second, "rebalance");
  return true;
}
