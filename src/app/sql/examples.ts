import { isoDate, type DayNumber } from "../../core/time.ts";

export interface Example {
  readonly title: string;
  readonly sql: string;
}

/** Queries to begin with. @param date a trading date of the data */
export const examples = (date: DayNumber): readonly Example[] => [
  { title: "What there is, day by day", sql: "SELECT symbol, date, contracts, spot, future, expiry, dte\nFROM days\nORDER BY symbol, date" },
  { title: "Index in bars of 15 minutes", sql: "SELECT date, time_bucket(INTERVAL 15 MINUTE, time) AS bar,\n  arg_min(price, time) AS open, max(price) AS high, min(price) AS low, arg_max(price, time) AS close\nFROM spot\nWHERE price > 0 AND quality = 0\nGROUP BY ALL\nORDER BY bar" },
  { title: "Contracts that traded most on a day", sql: `SELECT expiry, strike, cp, max(volume) AS volume, max(oi) AS oi\nFROM options\nWHERE date = DATE '${isoDate(date)}' AND second < 55800\nGROUP BY ALL\nORDER BY volume DESC\nLIMIT 20` },
  { title: "Bad rows, counted", sql: "SELECT date, count(*) AS rows,\n  count(*) FILTER (quality & 4 > 0) AS outside_session,\n  count(*) FILTER (quality & 96 > 0) AS crossed_or_locked,\n  count(*) FILTER (quality & 16 > 0) AS duplicates\nFROM spot\nGROUP BY date\nORDER BY date" },
  { title: "Kept runs", sql: "SELECT name, variant, days, trades, total\nFROM runs\nORDER BY total DESC" },
  { title: "P&L by reason of the exit", sql: "SELECT reason_exit, count(*) AS trades, sum(pnl_after_costs) AS total, median(pnl_after_costs) AS middle\nFROM trades\nGROUP BY reason_exit\nORDER BY total" },
];
