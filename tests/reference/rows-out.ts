/** Semantics §6: trades and skips as the text of their files. */
import type { Strategy } from "../../src/core/strategy/types.ts";
import type { Bug } from "./bugs.ts";
import { feesOf } from "./costs.ts";
import { clockOf } from "./dates.ts";
import type { SkipNote } from "./day.ts";
import type { Position } from "./position.ts";

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

export function tradeRows(strategy: Strategy, variant: string, date: string, expiry: string, positions: readonly Position[], bug?: Bug): string[][] {
  const rows: string[][] = [];
  for (const position of positions) {
    for (const leg of position.legs) {
      const exit = leg.exit!;
      const isLong = leg.leg.lots > 0;
      const lots = Math.abs(leg.leg.lots);
      const slippage = (Math.abs(leg.entry.filled - leg.entry.beforeSlippage) + Math.abs(exit.filled - exit.beforeSlippage)) * leg.qty;
      const entryFees = feesOf(strategy.costs, { date, price: leg.entry.filled, qty: leg.qty, lots, buys: isLong }, bug);
      const exitFees = exit.stale && bug === "stale_exit_free_of_fees" ? 0 : feesOf(strategy.costs, { date, price: exit.filled, qty: leg.qty, lots, buys: !isLong }, bug);
      const pnl = (isLong ? exit.filled - leg.entry.filled : leg.entry.filled - exit.filled) * leg.qty;
      const moment = (second: number) => `${date} ${clockOf(second)}`;
      rows.push([
        variant, date, String(position.id), String(leg.legId), strategy.universe.symbol, expiry, String(leg.contract.strike), leg.contract.cp,
        isLong ? "BUY" : "SELL", String(lots), String(leg.qty),
        moment(position.decision), moment(position.fillSecond), money(leg.entry.filled),
        moment(leg.exitOrder!.decision), moment(exit.second), money(exit.filled),
        money(slippage), money(entryFees + exitFees), money(pnl), money(pnl - entryFees - exitFees),
        position.reason, leg.exitOrder!.reason, String(position.windowId), exit.stale ? "stale_exit" : "",
      ]);
    }
  }
  return rows;
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
