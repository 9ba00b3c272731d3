/** Strategies of one run side by side, each by its best variant. */
import { rupees } from "./json-money.ts";
import type { VariantSummary } from "./types.ts";

export interface RankingRow {
  /** Place among the strategies of the run. */
  readonly place: number;
  readonly strategy: string;
  /** How many variants the strategy has. */
  readonly variants: number;
  /** The variant with the highest net total; the first of equal ones. */
  readonly best: VariantSummary;
}

/** By net total, the highest first; equal ones in the order of the run. */
export function rank(runs: readonly { readonly place: number; readonly strategy: string; readonly summary: readonly VariantSummary[] }[]): RankingRow[] {
  return runs
    .map(({ place, strategy, summary }): RankingRow => ({ place, strategy, variants: summary.length, best: summary.reduce((best, one) => (one.total > best.total ? one : best)) }))
    .sort((a, b) => b.best.total - a.best.total || a.place - b.place);
}

/** The ranking in `run --json`: amounts in rupees, missing figures null. */
export function rankingJson(rows: readonly RankingRow[]) {
  return rows.map(({ strategy, best }, i) => ({
    rank: i + 1,
    strategy,
    variant: best.variant,
    params: best.params,
    total: rupees(best.total),
    sharpe: best.sharpe,
    max_drawdown: rupees(best.maxDrawdown),
    days: best.days,
    trades: best.trades,
    positions: best.positions,
    win_rate: best.winRate,
  }));
}
