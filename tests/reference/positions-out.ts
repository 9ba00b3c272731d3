/** positions.csv, worked out second by second: docs/results.md has the rules. */
import type { Strategy } from "../../src/core/strategy/types.ts";
import type { Bug } from "./bugs.ts";
import { clockOf, secondOf } from "./dates.ts";
import { markOf } from "./fills.ts";
import type { OpenLeg, Position } from "./position.ts";
import { money, tradeRows, TRADE_COLUMNS } from "./rows-out.ts";

export const POSITION_COLUMNS = [
  "variant", "date", "position_id", "window_id", "ts_entry", "ts_exit", "legs", "entry_premium", "pnl", "fees", "pnl_after_costs", "mae", "mfe",
  "holding_seconds", "reason_entry", "reasons_exit", "flags",
] as const;

const EXIT_ORDER = ["exit_at", "window_end", "stop_loss", "target", "trail", "leg_stop_loss", "leg_target", "exit_when", "rebalance"];

/** Paise of one leg at the end of a second: what it realised from its exit's fill on, until then its mark against its entry. */
function legPnl({ leg, contract, qty, entry, exit }: OpenLeg, second: number): number {
  const price = exit && exit.second <= second ? exit.filled : markOf(contract.grid, second, leg.lots > 0);
  return (leg.lots > 0 ? price - entry.filled : entry.filled - price) * qty;
}

export function positionRows(strategy: Strategy, variant: string, date: string, expiry: string, positions: readonly Position[], bug?: Bug): string[][] {
  return positions.map((position) => {
    const trades = tradeRows(strategy, variant, date, expiry, [position], bug);
    const cells = (column: (typeof TRADE_COLUMNS)[number]) => trades.map((row) => row[TRADE_COLUMNS.indexOf(column)]);
    const paise = (column: "pnl" | "fees") => cells(column).reduce((sum, text) => sum + Math.round(Number(text) * 100), 0);
    const last = Math.max(...cells("ts_exit").map((text) => secondOf(text.slice(11))));
    const path = [];
    for (let second = position.fillSecond; second <= last; second++) path.push(position.legs.reduce((sum, leg) => sum + legPnl(leg, second), 0));
    const premium = position.legs.reduce((sum, { leg, entry, qty }) => sum + (leg.lots > 0 ? -1 : 1) * entry.filled * qty, 0);
    return [
      variant, date, String(position.id), String(position.windowId), `${date} ${clockOf(position.fillSecond)}`, `${date} ${clockOf(last)}`,
      String(position.legs.length), money(premium), money(paise("pnl")), money(paise("fees")), money(paise("pnl") - paise("fees")),
      money(path.reduce((a, b) => Math.min(a, b))), money(path.reduce((a, b) => Math.max(a, b))), String(last - position.fillSecond), position.reason,
      EXIT_ORDER.filter((reason) => cells("reason_exit").includes(reason)).join("|"),
      cells("flags").includes("stale_exit") ? "stale_exit" : "",
    ];
  });
}
