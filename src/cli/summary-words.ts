import type { summaryJson } from "../core/results/summary-json.ts";
import { money, percent, ratio, tableWords } from "./table-words.ts";
import { count } from "./words.ts";

type Summary = ReturnType<typeof summaryJson>;
type Figures = Summary["variants"][number];

/** The figures of a run as a table for a terminal: a line per figure, a column per variant. */
export function summaryWords(summary: Summary): string {
  const head = `${summary.strategy}: ${count(summary.days, "day")} run, ${count(summary.days_not_run, "day")} not run, ${count(summary.trades, "trade")}`;
  const rows = ROWS.map(([label, value]) => [label, ...summary.variants.map(value)]);
  const named = summary.variants.length === 1 ? rows : [["", ...summary.variants.map(variantWords)], ...rows];
  const doubts = summary.uncertain_rules.map(({ days, text }) => `Uncertain    ${text} (${count(days, "day")})`);
  return [head, ...tableWords(named), ...doubts, `Result hash  ${summary.result_hash}`].join("\n");
}

const ROWS: readonly [string, (figures: Figures) => string][] = [
  ["Positions", ({ positions }) => String(positions)],
  ["Win rate", ({ win_rate: rate }) => percent(rate)],
  ["Total ₹", ({ total }) => money(total)],
  ["Average ₹", ({ average }) => money(average)],
  ["Median ₹", ({ median }) => money(median)],
  ["Best ₹", ({ best }) => money(best)],
  ["Worst ₹", ({ worst }) => money(worst)],
  ["Profit factor", ({ profit_factor: factor }) => ratio(factor)],
  ["Sharpe", ({ sharpe }) => ratio(sharpe)],
  ["Sortino", ({ sortino }) => ratio(sortino)],
  ["Max drawdown ₹", ({ max_drawdown: depth }) => money(depth)],
  ["Fees ₹", ({ fees }) => money(fees)],
  ["Slippage ₹", ({ slippage }) => money(slippage)],
  ["Stale exits", ({ stale_exits: exits }) => String(exits)],
];

function variantWords({ variant, params }: Figures): string {
  const values = Object.entries(params).map(([name, value]) => `${name}=${value}`);
  return [variant, ...values].join(" ");
}
