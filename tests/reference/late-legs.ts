/** Legs that enter after their position: those that wait for their premium, and those that re-enter (docs, "Late legs", "Re-entry"). */
import type { Bug } from "./bugs.ts";
import { chooseContract, type Contract } from "./contracts.ts";
import type { Day } from "./context.ts";
import { productRounded } from "./exact.ts";
import { remembered } from "./memory.ts";
import { endIfOver } from "./orders.ts";
import { contractOf, signOf, type LegState, type LegTrade, type Position } from "./position.ts";
import type { FillModel, Leg } from "../../src/core/strategy/types.ts";

/** Twice the mid of the last valid quote, else (and with `ltp`) twice the last price; paise, null without either. */
export function twicePremium({ grid }: Contract, second: number, model: FillModel, bug?: Bug): number | null {
  const { bid, ask, price } = grid.at(second);
  if (bid !== null && (model !== "ltp" || bug === "wait_by_quotes_alone")) return bid + ask!;
  return price === null ? null : 2 * price;
}

/** The least and the most of the premium over the seconds; without a value nothing is beyond. */
function rangeOf(contract: Contract, from: number, to: number, model: FillModel, bug?: Bug): readonly [number, number] {
  let [lowest, highest] = [-Infinity, Infinity];
  for (let second = from; second <= to; second++) {
    const value = twicePremium(contract, second, model, bug);
    if (value === null) continue;
    lowest = lowest === -Infinity ? value : Math.min(lowest, value);
    highest = highest === Infinity ? value : Math.max(highest, value);
  }
  return [lowest, highest];
}

/** Whether a waiting leg's premium is where it waits for. */
function hasMoved(day: Day, leg: LegState, second: number): boolean {
  const { bug, strategy: { fill: { model } } } = day;
  const wait = leg.leg.wait!;
  const now = twicePremium(leg.chosen, second, model, bug);
  if (now === null) return false;
  if ("break" in wait) {
    const { open } = day.market;
    const last = open + wait.minutes * 60 - 1;
    if (second < last) return false;
    const [lowest, highest] = remembered(day.market, `range ${leg.chosen.instrument.key} ${wait.minutes} ${model}`, () => rangeOf(leg.chosen, open, last, model, bug));
    const strict = bug === "break_at_the_level" ? 0 : 1;
    return wait.break === "high" ? now - highest >= strict : lowest - now >= strict;
  }
  const [size, move] = "pct" in wait ? [wait.pct, productRounded(Math.abs(wait.pct), 0.01, leg.reference!)] : [wait.points, 2 * productRounded(Math.abs(wait.points), 100)];
  const beyond = (now - leg.reference!) * Math.sign(size) - move;
  return bug === "wait_strict" ? beyond > 0 : beyond >= 0;
}

/** Whether a leg needs its premium at the decision to know when to enter. */
export function needsReference({ wait }: Leg): boolean {
  return wait !== null && !("break" in wait);
}

/** A re-entry of a leg is due from the second after the fill of its own stop-loss or target. */
export function dueAfter(day: Day, position: Position, leg: LegState, { exit, exitOrder }: LegTrade): void {
  const { bug } = day;
  const { reentry } = leg.leg;
  const rule = exitOrder!.reason === "leg_target" ? "target" : ["leg_stop_loss", "leg_cost_stop"].includes(exitOrder!.reason) ? "stop_loss" : null;
  if (!reentry || rule === null || !reentry.on.includes(rule) || leg.reentries >= reentry.times + (bug === "reentry_once_more" ? 1 : 0)) return;
  if (bug === "cost_stop_is_no_stop" && exitOrder!.reason === "leg_cost_stop") return;
  const from = exit!.second + (bug === "reentry_a_second_late" ? 2 : 1);
  if (from >= position.window.end) return;
  leg.reentries++;
  leg.dueFrom = from;
}

/** Whether the leg could be opened again at the price it was first filled at. */
function costIsBack(day: Day, leg: LegState, second: number): boolean {
  const { bug, strategy: { fill: { model } } } = day;
  const last = leg.trades.at(-1)!;
  const first = bug === "cost_of_the_last_fill" ? last : leg.trades.find((trade) => trade.contract.instrument.key === last.contract.instrument.key)!;
  const now = openingPrice(last.contract, second, leg.leg, model);
  if (now === null) return false;
  const lost = signOf(leg.leg) * (last.exit!.filled - last.entry.filled) < 0;
  const above = (now - first.entry.filled) * signOf(leg.leg);
  return lost !== (bug === "cost_from_the_other_side") ? above >= 0 : above <= 0;
}

/** Bid for a sale, ask for a purchase, of the last valid quote; the last price with `ltp`. Null without it. */
export function openingPrice({ grid }: Contract, second: number, leg: Leg, model: FillModel): number | null {
  const { bid, ask, price } = grid.at(second);
  return model === "ltp" ? price : leg.lots > 0 ? ask : bid;
}

/** Decides every waiting leg and every re-entry that is due; whether there was one. */
export function decideLateLegs(day: Day, position: Position, second: number): boolean {
  let any = false;
  for (const leg of position.legs) {
    if (leg.order || (any && day.bug === "one_late_leg_a_second")) continue;
    if (leg.waitsFrom !== null && second >= leg.waitsFrom) {
      if (!hasMoved(day, leg, second)) continue;
      any = true;
      if (place(day, position, leg, "wait", leg.chosen, second)) leg.waitsFrom = null;
      else leg.waitsFrom = second + 1;
    } else if (leg.dueFrom !== null && second >= leg.dueFrom) {
      if (leg.leg.reentry!.mode === "at_cost" && !costIsBack(day, leg, second)) continue;
      any = true;
      leg.dueFrom = null;
      const contract = leg.leg.reentry!.mode === "new_atm" ? chooseContract(day.market, leg.leg, second, day.bug) : contractOf(leg);
      if (typeof contract === "string") day.skip(second, position.window, contract);
      else place(day, position, leg, "reentry", contract, second);
    }
  }
  if (any) {
    const before = day.position;
    endIfOver(day, second);
    if (before !== day.position) day.lastLapse = second;
  }
  return any;
}

/** Orders one leg; one that could not fill any more is a skip. */
function place(day: Day, { window }: Position, leg: LegState, kind: "wait" | "reentry", contract: Contract, second: number): boolean {
  const from = second + day.latency;
  const to = Math.min(from + day.patience, day.lastFillOf(window));
  if (from > to) {
    day.skip(second, window, "untradeable");
    return false;
  }
  leg.order = { kind, contract, decision: second, from, to };
  return true;
}
