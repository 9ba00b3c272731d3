import { rupees, rupeesOrNull } from "./json-money.ts";
import { doubtsJson, type RunDoubt } from "./run-doubts.ts";
import type { SummaryFigures, VariantSummary } from "./types.ts";

/** What stands above the variants in summary.json. */
export interface SummaryHead {
  readonly runId: string;
  readonly strategy: string;
  readonly resultHash: string;
  readonly daysRun: number;
  readonly daysNotRun: number;
  readonly trades: number;
  readonly uncertainRules: readonly RunDoubt[];
}

/** The content of summary.json, and of `run --json`: amounts in rupees rounded to the paisa, missing figures null. */
export function summaryJson(head: SummaryHead, summaries: readonly VariantSummary[]) {
  return {
    run_id: head.runId,
    strategy: head.strategy,
    result_hash: head.resultHash,
    days: head.daysRun,
    days_not_run: head.daysNotRun,
    trades: head.trades,
    uncertain_rules: doubtsJson(head.uncertainRules),
    variants: summaries.map((summary) => ({
      variant: summary.variant,
      params: summary.params,
      ...figuresJson(summary),
      by: {
        weekday: groupsJson(summary.by.weekday),
        month: groupsJson(summary.by.month),
        year: groupsJson(summary.by.year),
        dte: groupsJson(summary.by.dte),
        window: groupsJson(summary.by.window),
      },
      daily: summary.daily.dates.map((date, i) => ({ date, net: rupees(summary.daily.net[i]) })),
    })),
  };
}

/** The text of summary.json in pieces: that of a sweep of thousands would be too long for one string. */
export function* summaryText({ variants, ...head }: ReturnType<typeof summaryJson>): Generator<string, void, void> {
  yield `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "variants": [`;
  for (const [i, variant] of variants.entries()) yield `${i === 0 ? "" : ","}\n${JSON.stringify(variant, null, 2).replace(/^/gm, "    ")}`;
  yield "\n  ]\n}\n";
}

function groupsJson(groups: VariantSummary["by"]["weekday"]) {
  return groups.map((group) => ({ key: group.key, ...figuresJson(group) }));
}

function figuresJson(figures: SummaryFigures) {
  return {
    days: figures.days,
    trades: figures.trades,
    positions: figures.positions,
    win_rate: figures.winRate,
    total: rupees(figures.total),
    average: rupeesOrNull(figures.average),
    median: rupeesOrNull(figures.median),
    standard_deviation: rupeesOrNull(figures.standardDeviation),
    best: rupeesOrNull(figures.best),
    worst: rupeesOrNull(figures.worst),
    profit_factor: figures.profitFactor,
    expectancy: rupeesOrNull(figures.expectancy),
    sharpe: figures.sharpe,
    sortino: figures.sortino,
    max_drawdown: rupees(figures.maxDrawdown),
    max_drawdown_days: figures.maxDrawdownDays,
    median_holding_seconds: figures.medianHoldingSeconds,
    fees: rupees(figures.fees),
    slippage: rupees(figures.slippage),
    stale_exits: figures.staleExits,
    stale_exit_share: figures.staleExitShare,
  };
}
