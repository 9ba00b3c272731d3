/** positions.csv, worked out second by second: docs/results.md has the rules. */
import { EXIT_REASONS, TRADE_FLAGS } from "../../src/core/results/types.ts";
import type { Strategy } from "../../src/core/strategy/types.ts";
import type { Bug } from "./bugs.ts";
import { clockOf } from "./dates.ts";
import { markOf } from "./fills.ts";
import { signOf, tradesOf, type LegTrade, type Position } from "./position.ts";
import { money, tradeRows, TRADE_COLUMNS } from "./rows-out.ts";

export const POSITION_COLUMNS = [
  "variant", "date", "position_id", "window_id", "ts_entry", "ts_exit", "legs", "entry_premium", "pnl", "fees", "pnl_after_costs", "mae", "mfe",
  "holding_seconds", "reason_entry", "reasons_exit", "flags",
] as const;

/** Paise of one trade at the end of a second: nothing before its fill, what it realised from its exit's fill on, between them its mark against its entry. */
function tradePnl({ leg, contract, qty, entry, exit, fillSecond }: LegTrade, second: number): number {
  if (second < fillSecond) return 0;
  const price = exit && exit.second <= second ? exit.filled : markOf(contract.grid, second, leg.lots > 0);
  return signOf(leg) * (price - entry.filled) * qty;
}

export function positionRows(strategy: Strategy, variant: string, date: string, positions: readonly Position[], bug?: Bug): string[][] {
  return positions.map((position) => {
    const trades = tradesOf(position);
    const rows = tradeRows(strategy, variant, date, [position], bug);
    const cells = (column: (typeof TRADE_COLUMNS)[number]) => rows.map((row) => row[TRADE_COLUMNS.indexOf(column)]);
    const paise = (column: "pnl" | "fees") => cells(column).reduce((sum, text) => sum + Math.round(Number(text) * 100), 0);
    const first = position.fillSecond!;
    const last = Math.max(...trades.map((trade) => trade.exit!.second));
    const path = Array.from({ length: last - first + 1 }, (_, i) => trades.reduce((sum, trade) => sum + tradePnl(trade, first + i), 0));
    const premium = trades.reduce((sum, { leg, entry, qty }) => sum - signOf(leg) * entry.filled * qty, 0);
    const flags = cells("flags").flatMap((text) => text.split("|"));
    return [
      variant, date, String(position.id), String(position.window.id), `${date} ${clockOf(first)}`, `${date} ${clockOf(last)}`,
      String(trades.length), money(premium), money(paise("pnl")), money(paise("fees")), money(paise("pnl") - paise("fees")),
      money(path.reduce((a, b) => Math.min(a, b))), money(path.reduce((a, b) => Math.max(a, b))), String(last - first), position.reason,
      EXIT_REASONS.filter((reason) => cells("reason_exit").includes(reason)).join("|"),
      TRADE_FLAGS.filter((flag) => flags.includes(flag)).join("|"),
    ];
  });
}
