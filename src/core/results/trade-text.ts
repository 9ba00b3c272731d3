/** How the fields of a trade are written in result files (semantics §6). */
import { formatRupees } from "../money.ts";
import { formatClock, isoDate, type DayNumber, type Second } from "../time.ts";
import type { TradeLabels } from "./labels.ts";
import { ENTRY_REASONS, EXIT_REASONS, LEG_KINDS, SIDES, TRADE_FLAGS, type TradeColumns } from "./types.ts";

/** The columns of the trade files in their order, `run_id` apart. */
export const TRADE_FIELDS = [
  "variant", "date", "position_id", "leg_id", "symbol", "expiry", "strike", "cp", "side", "lots", "qty",
  "decision_entry", "ts_entry", "entry_px", "decision_exit", "ts_exit", "exit_px", "slippage", "fees", "pnl", "pnl_after_costs",
  "reason_entry", "reason_exit", "window_id", "flags",
] as const;
export type TradeField = (typeof TRADE_FIELDS)[number];

/** Writes one row's fields, in the order of `TRADE_FIELDS`. */
export type TradeRowText = (trades: TradeColumns, row: number) => string[];

/** @returns a writer that remembers the dates and clocks it has formatted */
export function createTradeRowText(labels: TradeLabels): TradeRowText {
  const clocks: string[] = [];
  const dates = new Map<DayNumber, string>();
  const dateText = (day: DayNumber): string => {
    let text = dates.get(day);
    if (text === undefined) {
      text = isoDate(day);
      dates.set(day, text);
    }
    return text;
  };
  return (trades, row) => {
    const date = dateText(trades.date[row]);
    const moment = (second: Second) => `${date} ${(clocks[second] ??= formatClock(second))}`;
    const variant = trades.variant[row];
    return [
      labels.variants[variant],
      date,
      String(trades.positionId[row]),
      String(trades.legId[row]),
      labels.symbols[variant],
      dateText(trades.expiry[row]),
      strikeText(trades.strike[row]),
      LEG_KINDS[trades.cp[row]],
      SIDES[trades.side[row]],
      String(trades.lots[row]),
      String(trades.qty[row]),
      moment(trades.decisionEntry[row]),
      moment(trades.tsEntry[row]),
      formatRupees(trades.entryPx[row]),
      moment(trades.decisionExit[row]),
      moment(trades.tsExit[row]),
      formatRupees(trades.exitPx[row]),
      formatRupees(trades.slippage[row]),
      formatRupees(trades.fees[row]),
      formatRupees(trades.pnl[row]),
      formatRupees(trades.pnl[row] - trades.fees[row]),
      ENTRY_REASONS[trades.reasonEntry[row]],
      EXIT_REASONS[trades.reasonExit[row]],
      String(trades.windowId[row]),
      flagsText(trades.flags[row]),
    ];
  };
}

/** Without decimals; empty for a future, which has none. */
export function strikeText(strike: number): string {
  return Number.isNaN(strike) ? "" : strike.toFixed(0);
}

/** `BANKNIFTY 50000 CE`, `BANKNIFTY FUT` */
export function contractText(symbol: string, strike: number, kind: number): string {
  return [symbol, strikeText(strike), LEG_KINDS[kind]].filter((word) => word !== "").join(" ");
}

/** Names of the set bits joined by `|`, empty for none. */
export function flagsText(bits: number): string {
  return TRADE_FLAGS.filter((_, bit) => bits & (1 << bit)).join("|");
}
