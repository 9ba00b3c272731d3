/** Strategies of one run side by side, each by its best variant. */
import type { ParsedStrategy } from "../strategy/types.ts";
import { rupees } from "./json-money.ts";
import type { SummaryFigures, VariantSummary } from "./types.ts";

/** The figures are those of the variant with the highest net total, the first of equal ones; one that traded goes before one that did not. Amounts in paise. */
export interface RankingRow extends Pick<SummaryFigures, "days" | "trades" | "positions" | "total" | "sharpe" | "maxDrawdown" | "winRate"> {
  /** Place among the strategies of the run. */
  readonly place: number;
  readonly strategy: string;
  /** How many variants the strategy has. */
  readonly variants: number;
  readonly variant: string;
  readonly params: VariantSummary["params"];
}

/** `figures` are those of the strategy's variants, in order. */
export interface RankedRun {
  readonly place: number;
  readonly strategy: ParsedStrategy;
  readonly figures: readonly SummaryFigures[];
}

/** Positive when `a` ranks before `b`. A total of 0 without a trade is no result. */
function better(a: Pick<SummaryFigures, "trades" | "total">, b: Pick<SummaryFigures, "trades" | "total">): number {
  return Number(a.trades > 0) - Number(b.trades > 0) || a.total - b.total;
}

/** By net total, the highest first, strategies without a trade last; equal ones in the order of the run. */
export function rank(runs: readonly RankedRun[]): RankingRow[] {
  return runs
    .map(({ place, strategy: { name: strategy, variants }, figures }): RankingRow => {
      const best = figures.reduce((found, own, variant) => (better(own, figures[found]) > 0 ? variant : found), 0);
      const { days, trades, positions, total, sharpe, maxDrawdown, winRate } = figures[best];
      return { place, strategy, variants: variants.length, variant: variants[best].name, params: variants[best].swept, days, trades, positions, total, sharpe, maxDrawdown, winRate };
    })
    .sort((a, b) => better(b, a) || a.place - b.place);
}

/** The ranking in `run --json`: amounts in rupees, missing figures null. */
export function rankingJson(rows: readonly RankingRow[]) {
  return rows.map(({ strategy, variant, params, days, trades, positions, total, sharpe, maxDrawdown, winRate }, i) => ({
    rank: i + 1, strategy, variant, params, total: rupees(total), sharpe, max_drawdown: rupees(maxDrawdown), days, trades, positions, win_rate: winRate,
  }));
}
