import { analyse } from "../src/core/results/analysis.ts";
import { DAY_FIELDS, dayTable } from "../src/core/results/day-table.ts";
import { compareTrades } from "../src/core/results/compare.ts";
import { canonicalHash, resultHash } from "../src/core/results/hash.ts";
import { tradeLabels } from "../src/core/results/labels.ts";
import { ledgerJson } from "../src/core/results/ledger.ts";
import { createRunMerge, type RunMerge } from "../src/core/results/merge.ts";
import { collectPositions } from "../src/core/results/positions.ts";
import { positionsCsv } from "../src/core/results/positions-csv.ts";
import { rank } from "../src/core/results/ranking.ts";
import { readTradesCsv } from "../src/core/results/read-trades-csv.ts";
import { skipsCsv } from "../src/core/results/skips-csv.ts";
import { runDoubts } from "../src/core/results/run-doubts.ts";
import { summarize, summarizePositions, summarizeVariant, variantFigures } from "../src/core/results/summary.ts";
import { sliceTrades, tradeBuffers } from "../src/core/results/trade-builder.ts";
import { variantRanges } from "../src/core/results/trade-order.ts";
import { tradesCsv } from "../src/core/results/trades-csv.ts";
import type { DayNotRun, SummaryFigures } from "../src/core/results/types.ts";
import { rulesWith } from "../src/core/market/rules.ts";
import type { MarketRules } from "../src/core/market/types.ts";
import type { ParsedStrategy } from "../src/core/strategy/types.ts";
import { transfer } from "comlink";
import { engineVersion } from "../src/pool/engine-version.ts";
import { unpackDays } from "../src/pool/packed-days.ts";
import type { ResultsWorkerApi } from "../src/pool/protocol.ts";

interface Run {
  readonly strategy: ParsedStrategy;
  readonly merge: RunMerge;
  readonly plannedOut: readonly DayNotRun[];
  readonly rules: MarketRules;
  /** The figures as of so many days. */
  figures?: { readonly days: number; readonly variants: readonly SummaryFigures[] };
}

/** A run of more trades or skips shows those of one variant at a time: they would stand in the page's memory once more. */
const TRADES_SHOWN = 1_500_000;
const SKIPS_SHOWN = 100_000;

/** Every variant's figures, worked out anew only when days have come. */
function figuresOf(run: Run): readonly SummaryFigures[] {
  const { strategy, merge } = run;
  if (run.figures?.days !== merge.dayCount) run.figures = { days: merge.dayCount, variants: variantFigures(merge.trades(), strategy.variants.length, merge.daysRun) };
  return run.figures.variants;
}

const CSV = { trades: tradesCsv, positions: positionsCsv } as const;

/** Merges the days of the strategies of one run, each by itself, and makes their figures and files. */
export function createResultsWorker(): ResultsWorkerApi {
  let runs: readonly Run[] = [];
  const begun = (place: number): Run => {
    const run = runs[place];
    if (!run) throw new Error(`results of strategy ${place} were asked for before its run began`);
    return run;
  };
  const hashOf = ({ strategy, merge }: Run): string => resultHash(merge.trades(), tradeLabels(strategy));
  return {
    async begin(strategies, own) {
      const rules = rulesWith(own);
      runs = strategies.map(({ strategy, plannedOut }) => ({ strategy, plannedOut, rules, merge: createRunMerge(strategy) }));
    },
    async add(places, days) {
      unpackDays(days).forEach((outcome, i) => begun(places[i]).merge.add(outcome));
    },
    async snapshot(place, variant) {
      const run = begun(place);
      const { strategy, merge, plannedOut, rules } = run;
      const merged = merge.trades();
      const skips = merge.skips();
      const only = strategy.variants.length > 1 && (merged.length > TRADES_SHOWN || skips.length > SKIPS_SHOWN) ? variant : null;
      const [from, to] = only === null ? [0, merged.length] : variantRanges(merged, strategy.variants.length)[variant];
      const trades = sliceTrades(merged, from, to);
      const ofVariant = <T extends { readonly variant: number }>(rows: readonly T[]): readonly T[] => (only === null ? rows : rows.filter((row) => row.variant === only));
      const snapshot = {
        trades,
        only,
        summary: summarizeVariant(strategy, merged, variant, merge.daysRun(variant)),
        skips: ofVariant(skips),
        notRun: [...plannedOut, ...merge.notRun()].sort((a, b) => a.date - b.date),
        sample: ofVariant(merge.sample()),
        spotSources: merge.spotSources(),
        uncertainRules: runDoubts(rules, strategy, merge),
        changedFiles: merge.changedFiles(),
      };
      return transfer(snapshot, tradeBuffers(trades));
    },
    async trades(place) {
      const merged = begun(place).merge.trades();
      const trades = sliceTrades(merged, 0, merged.length);
      return transfer(trades, tradeBuffers(trades));
    },
    async ranking() {
      return rank(runs.map((run, place) => ({ place, strategy: run.strategy, figures: figuresOf(run) })));
    },
    async analyse(place, request) {
      const { strategy, merge } = begun(place);
      return analyse(merge.trades(), strategy.variants.length, merge.daysRun, request);
    },
    async dayTable(place, request) {
      const { strategy, merge } = begun(place);
      const table = dayTable(merge.trades(), strategy.variants.length, request);
      return transfer(table, DAY_FIELDS.map((name) => table[name].buffer));
    },
    async hash(place) {
      return hashOf(begun(place));
    },
    async csv(place, table, runId) {
      const { strategy, merge } = begun(place);
      return new Blob([...CSV[table](merge.trades(), tradeLabels(strategy), runId)], { type: "text/csv" });
    },
    async skipsCsv(place) {
      const { strategy, merge } = begun(place);
      return new Blob([skipsCsv(merge.skips(), tradeLabels(strategy))], { type: "text/csv" });
    },
    async record(place) {
      const { strategy, merge, rules } = begun(place);
      const summaries = summarize(strategy, merge.trades(), merge.daysRun);
      return {
        rulesVersion: rules.version, engineVersion, dataFingerprint: canonicalHash(merge.files()), days: merge.daysRun().length, trades: merge.tradeCount,
        variants: summaries.map(({ by: _, ...kept }) => kept),
      };
    },
    async compareTrades(a, b) {
      return compareTrades(a, b);
    },
    async readTrades(text) {
      const table = readTradesCsv(text);
      const { trades, labels } = table;
      const days = [...new Set(trades.date)].sort((a, b) => a - b);
      const variants = variantRanges(trades, labels.variants.length).map((range, i) => {
        const { by: _, ...kept } = summarizePositions(collectPositions(trades, ...range), days);
        return { variant: labels.variants[i], params: {}, ...kept };
      });
      return { table, variants, days: days.length };
    },
    async runJson(place, context) {
      const run = begun(place);
      const { strategy, merge, plannedOut, rules } = run;
      const ledger = ledgerJson({ ...context, strategy, merge, plannedOut, rulesVersion: rules.version, uncertainRules: runDoubts(rules, strategy, merge), engineVersion, resultHash: hashOf(run) });
      return new Blob([`${JSON.stringify(ledger, null, 2)}\n`], { type: "application/json" });
    },
  };
}
