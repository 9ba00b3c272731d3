import type { summaryJson } from "../core/results/summary-json.ts";
import { money, percent, ratio, tableWords } from "./table-words.ts";
import { count } from "./words.ts";

type Summary = ReturnType<typeof summaryJson>;
type Figures = Summary["variants"][number];

/** A terminal has room for so many columns. */
const VARIANTS_SHOWN = 8;

/** The figures of a run as a table for a terminal: a line per figure, a column per variant. */
export function summaryWords(summary: Summary): string {
  const head = `${summary.strategy}: ${count(summary.days, "day")} run, ${count(summary.days_not_run, "day")} not run, ${count(summary.trades, "trade")}`;
  const shown = summary.variants.length <= VARIANTS_SHOWN ? summary.variants : summary.variants.toSorted((a, b) => b.total - a.total).slice(0, VARIANTS_SHOWN);
  const rows = figureRows(shown);
  const named = summary.variants.length === 1 ? rows : [["", ...shown.map(variantWords)], ...rows];
  const others = shown.length === summary.variants.length ? [] : [`These are the best ${count(shown.length, "variant")} of ${summary.variants.length} by net total; --json and --out give all.`];
  const doubts = summary.uncertain_rules.map(({ days, text }) => `Uncertain    ${text} (${count(days, "day")})`);
  return [head, ...others, ...tableWords(named), ...doubts, `Result hash  ${summary.result_hash}`].join("\n");
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

/** The same lines for any figures beside each other. */
export function figureRows(figures: readonly Figures[]): string[][] {
  return ROWS.map(([label, value]) => [label, ...figures.map(value)]);
}

function variantWords({ variant, params }: Figures): string {
  const values = Object.entries(params).map(([name, value]) => `${name}=${value}`);
  return [variant, ...values].join(" ");
}
