/** Semantics §4: what fills, lapses, and what follows from it. */
import { atmAt, type Contract } from "./contracts.ts";
import type { Day, EntryOrder } from "./context.ts";
import { fillPrice, isTradeable, markOf, type Trade } from "./fills.ts";
import { dueAfter } from "./late-legs.ts";
import { isClosed, openTrade, pnlOf, tradesOf, waits, type EntryReason, type LegOrder, type LegState, type LegTrade, type Position } from "./position.ts";
import { reentryAfter } from "./position-reentry.ts";
import type { Leg } from "../../src/core/strategy/types.ts";

export function fillOrders(day: Day, second: number): void {
  if (day.bug === "entries_before_exits") {
    fillEntries(day, second);
    fillExits(day, second);
  } else {
    fillExits(day, second);
    fillEntries(day, second);
  }
}

function tradeOf(leg: Leg, { lot }: Contract): Trade {
  return { qty: Math.abs(leg.lots) * lot, buys: leg.lots > 0 };
}

function fillExits(day: Day, second: number): void {
  const { position } = day;
  if (position === null) return;
  for (const leg of position.legs) {
    const trade = openTrade(leg);
    if (!trade?.exitOrder || second < trade.exitOrder.decision + day.latency || !fillExit(day, trade, second)) continue;
    day.lastExit = second;
    if (leg.order?.kind === "adjust") liveFrom(day, position, leg.order, Math.max(leg.order.decision + day.latency, second));
    if (position.closedBy === null) dueAfter(day, position, leg, trade);
  }
  endIfOver(day, second);
}

function fillExit({ rules, lastSecond, bug }: Day, trade: LegTrade, second: number): boolean {
  const { contract, qty, leg } = trade;
  const wanted: Trade = { qty, buys: leg.lots < 0 };
  if (isTradeable(contract, second, "exit", wanted, rules)) {
    trade.exit = { ...fillPrice(contract.grid, second, wanted, rules), second, stale: false };
    return true;
  }
  if (second !== lastSecond) return false;
  const mark = markOf(contract.grid, second, leg.lots > 0, bug);
  trade.exit = { beforeSlippage: mark, filled: bug === "stale_exit_pays_slippage" ? fillPrice(contract.grid, second, wanted, rules).filled : mark, second, stale: true };
  return true;
}

/** Sets when the order that replaces a leg may fill; its trade was closed for it. */
function liveFrom(day: Day, position: Position, order: LegOrder, from: number): void {
  order.from = from;
  order.to = Math.min((day.bug === "adjust_patience_from_decision" ? order.decision + day.latency : from) + day.patience, day.lastFillOf(position.window));
}

/** A position is over when everything that it opened is closed and nothing of it waits. */
export function endIfOver(day: Day, second: number): void {
  const { position } = day;
  if (position === null || position.fillSecond === null || !isClosed(position) || position.legs.some(waits)) return;
  day.position = null;
  day.reentry = reentryAfter(day, position);
  // The opening order of a rebalance lives from the last closing fill on.
  if (day.order && day.order.from === null) openAfterClosing(day, day.order, second);
}

function openAfterClosing(day: Day, order: EntryOrder, second: number): void {
  const anchor = order.position.decision;
  const o = Math.max(anchor + day.latency, day.bug === "rebalance_waits_a_second" ? second + 1 : second);
  if (order.position.legs.every((leg) => leg.leg.wait)) return arm(day, order.position, (day.bug === "armed_at_the_closing_fill" ? anchor : Math.max(anchor, second)) + 1);
  order.from = o;
  order.to = Math.min((day.bug === "rebalance_patience_from_anchor" ? anchor + day.latency : o) + day.patience, day.lastFillOf(order.position.window));
}

/** All legs wait: nothing is ordered yet. */
export function arm(day: Day, position: Position, from: number): void {
  for (const leg of position.legs) leg.waitsFrom = from;
  day.order = null;
  day.position = position;
}

function fillEntries(day: Day, second: number): void {
  if (day.order) fillEntry(day, day.order, second);
  const { position } = day;
  if (position) for (const leg of position.legs) if (leg.order) fillLeg(day, position, leg, leg.order, second);
  if (day.position?.fillSecond === second && !day.position.path.has(second)) seeFirstFills(day, day.position, second);
}

function fillEntry(day: Day, order: EntryOrder, second: number): void {
  const { rules, bug } = day;
  const { position, from, to } = order;
  if (from === null || to === null || second < from) return;
  const legs = position.legs.filter((leg) => !leg.leg.wait);
  const fillable = ({ leg, chosen }: LegState) => isTradeable(chosen, second, "entry", tradeOf(leg, chosen), rules);
  const priced = ({ chosen: { grid } }: LegState) => grid.at(second).bid !== null || (rules.fill.model === "ltp" && grid.at(second).price !== null);
  const all = bug === "entry_leg_by_leg" ? legs.some(fillable) && legs.every(priced) : legs.every(fillable);
  if (second <= to && all) {
    for (const leg of legs) open(day, position, leg, leg.chosen, position.reason, position.decision, second);
    day.order = null;
    day.position = position;
  } else if (second >= to) {
    day.skip(bug === "skip_dated_at_the_end" ? second : position.decision, position.window, "untradeable");
    day.lastLapse = second;
    day.order = null;
  }
}

function fillLeg(day: Day, position: Position, leg: LegState, order: LegOrder, second: number): void {
  const { from, to, kind, contract, decision } = order;
  if (from === null || to === null || second < from) return;
  if (second <= to && isTradeable(contract, second, "entry", tradeOf(leg.leg, contract), day.rules)) {
    leg.order = null;
    open(day, position, leg, contract, kind === "wait" ? position.reason : kind, decision, second);
  } else if (second >= to) {
    leg.order = null;
    day.skip(decision, position.window, "untradeable");
    if (kind === "wait" && day.bug !== "lapsed_wait_is_over") leg.waitsFrom = second + 1;
    day.lastLapse = second;
    endIfOver(day, second);
  }
}

function open(day: Day, position: Position, leg: LegState, contract: Contract, reason: EntryReason, decision: number, second: number): void {
  const trade = tradeOf(leg.leg, contract);
  leg.trades.push({
    legId: leg.id, leg: leg.leg, contract, qty: trade.qty, reason, decision, fillSecond: second,
    entry: fillPrice(contract.grid, second, trade, day.rules), costFrom: null, exitOrder: null, exit: null,
  });
  if (tradesOf(position).length < position.legs.filter((other) => !other.leg.wait).length) return;
  if (position.fillSecond === null) begin(day, position, second);
}

/** The first fill: the position is on. */
function begin(day: Day, position: Position, second: number): void {
  const { bug } = day;
  position.fillSecond = second;
  if (bug === "atm_of_the_fill_second") position.atm = atmAt(day.market, second, bug);
  position.id = day.firstPositionId + day.positions.length;
  day.positions.push(position);
  if (position.reason === "when" || (position.reason === "rebalance" && bug === "rebalances_count") || (position.reason === "reentry" && bug === "reentries_count")) day.useUp(position.window.id);
  for (const other of position.legs) if (other.waitsFrom === Infinity) other.waitsFrom = second + 1;
}

/** The P&L of the second in which a position began, after all that filled in it. */
function seeFirstFills({ bug }: Day, position: Position, second: number): void {
  const pnl = pnlOf(position, second, bug);
  position.peak = bug === "peak_without_the_fill_second" ? -Infinity : Math.max(pnl, bug === "peak_starts_at_zero" ? 0 : -Infinity);
  position.path.set(second, { pnl, peak: position.peak });
}
