import { analyse } from "../src/core/results/analysis.ts";
import { DAY_FIELDS, dayTable } from "../src/core/results/day-table.ts";
import { compareTrades } from "../src/core/results/compare.ts";
import { canonicalHash, resultHash } from "../src/core/results/hash.ts";
import { tradeLabels } from "../src/core/results/labels.ts";
import { ledgerJson } from "../src/core/results/ledger.ts";
import { createRunMerge, type RunMerge } from "../src/core/results/merge.ts";
import { collectPositions } from "../src/core/results/positions.ts";
import { readTradesCsv } from "../src/core/results/read-trades-csv.ts";
import { runDoubts } from "../src/core/results/run-doubts.ts";
import { summarize, summarizePositions } from "../src/core/results/summary.ts";
import { sliceTrades, tradeBuffers } from "../src/core/results/trade-builder.ts";
import { variantRanges } from "../src/core/results/trade-order.ts";
import { tradesCsv } from "../src/core/results/trades-csv.ts";
import type { DayNotRun } from "../src/core/results/types.ts";
import { rulesWith } from "../src/core/market/rules.ts";
import type { MarketRules } from "../src/core/market/types.ts";
import type { ParsedStrategy } from "../src/core/strategy/types.ts";
import { transfer } from "comlink";
import { engineVersion } from "../src/pool/engine-version.ts";
import type { ResultsWorkerApi } from "../src/pool/protocol.ts";

interface Run {
  readonly strategy: ParsedStrategy;
  readonly merge: RunMerge;
  readonly plannedOut: readonly DayNotRun[];
  readonly rules: MarketRules;
}

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
    async add(place, outcome) {
      begun(place).merge.add(outcome);
    },
    async snapshot(place) {
      const { strategy, merge, plannedOut, rules } = begun(place);
      const merged = merge.trades();
      const trades = sliceTrades(merged, 0, merged.length);
      const first = strategy.variants.reduce((most, variant) => Math.max(most, variant.strategy.sampling.first_trades), 0);
      const snapshot = {
        trades,
        summary: summarize(strategy, merged, merge.daysRun),
        skips: merge.skips(),
        notRun: [...plannedOut, ...merge.notRun()].sort((a, b) => a.date - b.date),
        sample: merge.sample(first),
        spotSources: merge.spotSources(),
        uncertainRules: runDoubts(rules, strategy, merge),
      };
      return transfer(snapshot, tradeBuffers(trades));
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
    async csv(place, runId) {
      const { strategy, merge } = begun(place);
      return new Blob([...tradesCsv(merge.trades(), tradeLabels(strategy), runId)], { type: "text/csv" });
    },
    async provenance(place) {
      const { merge, rules } = begun(place);
      return { rulesVersion: rules.version, engineVersion, dataFingerprint: canonicalHash(merge.files()) };
    },
    async compareTrades(a, b) {
      return compareTrades(a, b);
    },
    async readTrades(text) {
      const table = readTradesCsv(text);
      const { trades, labels } = table;
      const days = [...new Set(trades.date)].sort((a, b) => a - b);
      const summary = variantRanges(trades, labels.variants.length).map((range, i) => ({ variant: labels.variants[i], params: {}, ...summarizePositions(collectPositions(trades, ...range), days) }));
      return { table, summary, days: days.length };
    },
    async runJson(place, context) {
      const run = begun(place);
      const { strategy, merge, plannedOut, rules } = run;
      const ledger = ledgerJson({ ...context, strategy, merge, plannedOut, rulesVersion: rules.version, uncertainRules: runDoubts(rules, strategy, merge), engineVersion, resultHash: hashOf(run) });
      return new Blob([`${JSON.stringify(ledger, null, 2)}\n`], { type: "application/json" });
    },
  };
}
