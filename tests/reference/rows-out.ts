/** Semantics §6: trades and skips as the text of their files. */
import type { Strategy } from "../../src/core/strategy/types.ts";
import type { Bug } from "./bugs.ts";
import { feesOf } from "./costs.ts";
import { clockOf } from "./dates.ts";
import type { SkipNote } from "./plan.ts";
import { signOf, tradesOf, type LegTrade, type Position } from "./position.ts";
import { freezeOf } from "./rules.ts";

export const TRADE_COLUMNS = [
  "variant", "date", "position_id", "leg_id", "symbol", "expiry", "strike", "cp", "side", "lots", "qty",
  "decision_entry", "ts_entry", "entry_px", "decision_exit", "ts_exit", "exit_px", "slippage", "fees", "pnl", "pnl_after_costs",
  "reason_entry", "reason_exit", "window_id", "flags",
] as const;

export const SKIP_COLUMNS = ["variant", "date", "first", "last", "count", "window_id", "reason"] as const;

/** Paise as rupees with two decimals, never -0.00. */
export function money(paise: number): string {
  const text = String(Math.abs(paise)).padStart(3, "0");
  return `${paise < 0 ? "-" : ""}${text.slice(0, -2)}.${text.slice(-2)}`;
}

export function tradeRows(strategy: Strategy, variant: string, date: string, positions: readonly Position[], bug?: Bug): string[][] {
  const rows = positions.flatMap((position) => tradesOf(position).map((trade) => ({ position, trade })));
  rows.sort((a, b) => a.trade.fillSecond - b.trade.fillSecond || a.position.id! - b.position.id! || a.trade.legId - b.trade.legId);
  return rows.map(({ position, trade }) => tradeRow(strategy, variant, date, position, trade, bug));
}

function tradeRow(strategy: Strategy, variant: string, date: string, position: Position, trade: LegTrade, bug?: Bug): string[] {
  const { leg, contract, qty, entry } = trade;
  const exit = trade.exit!;
  const isLong = leg.lots > 0;
  const lots = Math.abs(leg.lots);
  const slippage = (Math.abs(entry.filled - entry.beforeSlippage) + Math.abs(exit.filled - exit.beforeSlippage)) * qty;
  const orders = ordersOf(strategy, date, qty, bug);
  const fees = (price: number, buys: boolean) => feesOf(strategy.costs, { date, price, qty, lots, buys, orders, future: contract.cp === "FUT" }, bug);
  const entryFees = fees(entry.filled, isLong);
  const exitFees = exit.stale && bug === "stale_exit_free_of_fees" ? 0 : fees(exit.filled, !isLong);
  const pnl = signOf(leg) * (exit.filled - entry.filled) * qty;
  const moment = (second: number) => `${date} ${clockOf(second)}`;
  const block = bug === "no_flag_of_the_block" ? 1 : position.block.number;
  return [
    variant, date, String(position.id), String(trade.legId), strategy.universe.symbol, contract.expiry, String(contract.strike ?? ""), contract.cp,
    isLong ? "BUY" : "SELL", String(lots), String(qty),
    moment(trade.decision), moment(trade.fillSecond), money(entry.filled),
    moment(trade.exitOrder!.decision), moment(exit.second), money(exit.filled),
    money(slippage), money(entryFees + exitFees), money(pnl), money(pnl - entryFees - exitFees),
    trade.reason, trade.exitOrder!.reason, String(position.window.id), [...(exit.stale ? ["stale_exit"] : []), ...(block > 1 ? [`entry_${block}`] : [])].join("|"),
  ];
}

/** ⌈quantity ÷ freeze⌉ where the strategy slices its orders. */
function ordersOf({ fill, universe }: Strategy, date: string, qty: number, bug?: Bug): number {
  const freeze = fill.slice === "freeze" ? freezeOf(universe.symbol, date) : undefined;
  return freeze === undefined ? 1 : bug === "slices_round_down" ? Math.max(1, Math.floor(qty / freeze)) : Math.ceil(qty / freeze);
}

/** Equal skips of consecutive seconds become one row. */
export function skipRows(variant: string, date: string, notes: readonly SkipNote[]): string[][] {
  const merged: { first: number; last: number; count: number; windowId: number; reason: string }[] = [];
  for (const note of notes.toSorted((a, b) => a.second - b.second || a.windowId - b.windowId)) {
    const before = merged.find((m) => m.last === note.second - 1 && m.windowId === note.windowId && m.reason === note.reason);
    if (before) {
      before.last = note.second;
      before.count++;
    } else merged.push({ first: note.second, last: note.second, count: 1, windowId: note.windowId, reason: note.reason });
  }
  return merged.map((m) => [variant, date, `${date} ${clockOf(m.first)}`, `${date} ${clockOf(m.last)}`, String(m.count), String(m.windowId), m.reason]);
}
