/** The files of a run (semantics §6). */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { tradeLabels } from "../core/results/labels.ts";
import type { ledgerJson } from "../core/results/ledger.ts";
import type { RunMerge } from "../core/results/merge.ts";
import { positionsCsv } from "../core/results/positions-csv.ts";
import { sampleJson } from "../core/results/sample-json.ts";
import { skipsCsv } from "../core/results/skips-csv.ts";
import { summaryText, type summaryJson } from "../core/results/summary-json.ts";
import { sliceTrades } from "../core/results/trade-builder.ts";
import { tradesCsv } from "../core/results/trades-csv.ts";
import type { ResultTable } from "../core/results/types.ts";
import type { ParsedStrategy } from "../core/strategy/types.ts";
import type { SourceDescriptor } from "../pool/protocol.ts";
import { movedTrades } from "../pool/transfers.ts";
import type { WorkerHost } from "../pool/worker-host.ts";

export interface FinishedRun {
  readonly runId: string;
  readonly strategy: ParsedStrategy;
  readonly merge: RunMerge;
  readonly summary: ReturnType<typeof summaryJson>;
  readonly ledger: ReturnType<typeof ledgerJson>;
  readonly source: SourceDescriptor;
}

export async function writeResultFiles(folder: string, run: FinishedRun, host: WorkerHost): Promise<void> {
  const { runId, strategy, merge } = run;
  const labels = tradeLabels(strategy);
  const trades = merge.trades();
  await mkdir(folder, { recursive: true });
  const sql = host.spawn("sql");
  try {
    await sql.api.init(run.source);
    const parquet = async (table: ResultTable) => new Uint8Array(await (await sql.api.parquet(table, movedTrades(sliceTrades(trades, 0, trades.length)), labels, runId)).arrayBuffer());
    await Promise.all([
      writeFile(join(folder, "trades.csv"), tradesCsv(trades, labels, runId)),
      writeFile(join(folder, "trades.parquet"), await parquet("trades")),
      writeFile(join(folder, "positions.csv"), positionsCsv(trades, labels, runId)),
      writeFile(join(folder, "positions.parquet"), await parquet("positions")),
      writeFile(join(folder, "skips.csv"), skipsCsv(merge.skips(), labels)),
      writeFile(join(folder, "summary.json"), summaryText(run.summary)),
      writeFile(join(folder, "sample.json"), json(sampleJson(merge.sample(), trades, labels))),
      writeFile(join(folder, "run.json"), json(run.ledger)),
    ]);
  } finally {
    sql.end();
  }
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
