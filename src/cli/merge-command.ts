/** Makes one run out of partial runs by date of the same strategy. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { resultHash } from "../core/results/hash.ts";
import { tradeLabels } from "../core/results/labels.ts";
import { mergeRuns, MergeRefused, type MergedRuns, type PartialRun } from "../core/results/merge-runs.ts";
import { mergedLedger, mergedSample, mergedSkips, type SampledJson } from "../core/results/merged-files.ts";
import { newRunId } from "../core/results/run-id.ts";
import { summaryJson, summaryText } from "../core/results/summary-json.ts";
import { summarize } from "../core/results/summary.ts";
import { EXIT, UsageError } from "./exit.ts";
import { nodeHost } from "./open-data.ts";
import { liesIn } from "./out-folder.ts";
import { readRun, runFile } from "./read-run.ts";
import { jsonText, writeTradeFiles } from "./result-files.ts";
import { summaryWords } from "./summary-words.ts";
import { print, printPieces, say } from "./words.ts";

export interface MergeOptions {
  readonly out: string;
  readonly json?: true;
}

export async function mergeCommand(folders: readonly string[], { out, json }: MergeOptions): Promise<number> {
  const within = folders.find((folder) => liesIn(out, folder));
  if (within !== undefined) throw new UsageError(`--out ${out} is or lies in ${within}, which is merged. Give a folder of its own.`);
  const parts: PartialRun[] = [];
  for (const folder of folders) parts.push({ ...(await readRun(folder)), positions: await runFile(folder, "positions.csv") });
  const merged = merge(parts);
  const { strategy, trades } = merged;
  const runId = newRunId(new Date());
  const hash = resultHash(trades, tradeLabels(strategy));
  const ledger = mergedLedger(parts, merged, { runId, resultHash: hash });
  const notRun = new Set([...ledger.days.skipped, ...ledger.days.quarantined].map(({ date }) => date));
  for (const date of ledger.days.run) notRun.delete(date);
  const summary = summaryJson(
    { runId, strategy: strategy.name, resultHash: hash, daysRun: ledger.days.run.length, daysNotRun: notRun.size, trades: trades.length, uncertainRules: merged.uncertainRules },
    summarize(strategy, trades, merged.daysRun),
  );
  const skips = mergedSkips(await Promise.all(folders.map((folder) => runFile(folder, "skips.csv"))), merged);
  const sample = mergedSample(await Promise.all(folders.map(async (folder) => JSON.parse(await runFile(folder, "sample.json")) as SampledJson[])), merged);
  await mkdir(out, { recursive: true });
  await Promise.all([
    writeTradeFiles(out, { trades, labels: tradeLabels(strategy), runId }, nodeHost),
    writeFile(join(out, "skips.csv"), skips),
    writeFile(join(out, "summary.json"), summaryText(summary)),
    writeFile(join(out, "sample.json"), jsonText(sample)),
    writeFile(join(out, "run.json"), jsonText(ledger)),
  ]);
  say(`Written to ${out}: trades and positions (.csv, .parquet), summary.json, skips.csv, sample.json, run.json`);
  if (json) await printPieces(summaryText(summary));
  else await print(summaryWords(summary));
  return EXIT.done;
}

function merge(parts: readonly PartialRun[]): MergedRuns {
  try {
    return mergeRuns(parts);
  } catch (error) {
    if (error instanceof MergeRefused) throw new UsageError(error.message);
    throw error;
  }
}
