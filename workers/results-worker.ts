import { analyse } from "../src/core/results/analysis.ts";
import { DAY_FIELDS, dayTable } from "../src/core/results/day-table.ts";
import { resultHash } from "../src/core/results/hash.ts";
import { tradeLabels } from "../src/core/results/labels.ts";
import { ledgerJson } from "../src/core/results/ledger.ts";
import { createRunMerge, type RunMerge } from "../src/core/results/merge.ts";
import { summarize } from "../src/core/results/summary.ts";
import { sliceTrades, tradeBuffers } from "../src/core/results/trade-builder.ts";
import { tradesCsv } from "../src/core/results/trades-csv.ts";
import type { DayNotRun } from "../src/core/results/types.ts";
import { defaultRules } from "../src/core/market/rules.ts";
import type { ParsedStrategy } from "../src/core/strategy/types.ts";
import { transfer } from "comlink";
import { engineVersion } from "../src/pool/engine-version.ts";
import type { ResultsWorkerApi } from "../src/pool/protocol.ts";

interface Run {
  readonly strategy: ParsedStrategy;
  readonly merge: RunMerge;
  readonly plannedOut: readonly DayNotRun[];
}

/** Merges the days of one run and makes its figures and files. */
export function createResultsWorker(): ResultsWorkerApi {
  let current: Run | undefined;
  const begun = (): Run => {
    if (!current) throw new Error("results were asked for before a run began");
    return current;
  };
  return {
    async begin(strategy, plannedOut) {
      current = { strategy, plannedOut, merge: createRunMerge(strategy.variants.length) };
    },
    async add(outcome) {
      begun().merge.add(outcome);
    },
    async snapshot() {
      const { strategy, merge, plannedOut } = begun();
      const merged = merge.trades();
      const trades = sliceTrades(merged, 0, merged.length);
      const first = strategy.variants.reduce((most, variant) => Math.max(most, variant.strategy.sampling.first_trades), 0);
      const snapshot = {
        trades,
        summary: summarize(strategy, merged, () => merge.daysRun()),
        skips: merge.skips(),
        notRun: [...plannedOut, ...merge.notRun()].sort((a, b) => a.date - b.date),
        sample: merge.sample(first),
        spotSources: merge.spotSources(),
      };
      return transfer(snapshot, tradeBuffers(trades));
    },
    async analyse(request) {
      const { strategy, merge } = begun();
      return analyse(merge.trades(), strategy.variants.length, () => merge.daysRun(), request);
    },
    async dayTable(request) {
      const { strategy, merge } = begun();
      const table = dayTable(merge.trades(), strategy.variants.length, request);
      return transfer(table, DAY_FIELDS.map((name) => table[name].buffer));
    },
    async hash() {
      const { strategy, merge } = begun();
      return resultHash(merge.trades(), tradeLabels(strategy));
    },
    async csv(runId) {
      const { strategy, merge } = begun();
      return new Blob([...tradesCsv(merge.trades(), tradeLabels(strategy), runId)], { type: "text/csv" });
    },
    async runJson(context) {
      const { strategy, merge, plannedOut } = begun();
      const ledger = ledgerJson({ ...context, strategy, merge, plannedOut, rulesVersion: defaultRules.version, engineVersion, resultHash: resultHash(merge.trades(), tradeLabels(strategy)) });
      return new Blob([`${JSON.stringify(ledger, null, 2)}\n`], { type: "application/json" });
    },
  };
}
