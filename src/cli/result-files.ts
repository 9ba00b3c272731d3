/** The files of a run (semantics §6). */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { tradeLabels, type TradeLabels } from "../core/results/labels.ts";
import type { ledgerJson } from "../core/results/ledger.ts";
import type { RunMerge } from "../core/results/merge.ts";
import { positionsCsv } from "../core/results/positions-csv.ts";
import { sampleJson } from "../core/results/sample-json.ts";
import { skipsCsv } from "../core/results/skips-csv.ts";
import { summaryText, type summaryJson } from "../core/results/summary-json.ts";
import { sliceTrades } from "../core/results/trade-builder.ts";
import { tradesCsv } from "../core/results/trades-csv.ts";
import type { ResultTable, TradeColumns } from "../core/results/types.ts";
import type { ParsedStrategy } from "../core/strategy/types.ts";
import { movedTrades } from "../pool/transfers.ts";
import type { WorkerHost } from "../pool/worker-host.ts";

export interface FinishedRun {
  readonly runId: string;
  readonly strategy: ParsedStrategy;
  readonly merge: RunMerge;
  readonly summary: ReturnType<typeof summaryJson>;
  readonly ledger: ReturnType<typeof ledgerJson>;
}

export async function writeResultFiles(folder: string, run: FinishedRun, host: WorkerHost): Promise<void> {
  const { runId, strategy, merge } = run;
  const labels = tradeLabels(strategy);
  const trades = merge.trades();
  await mkdir(folder, { recursive: true });
  await Promise.all([
    writeTradeFiles(folder, { trades, labels, runId }, host),
    writeFile(join(folder, "skips.csv"), skipsCsv(merge.skips(), labels)),
    writeFile(join(folder, "summary.json"), summaryText(run.summary)),
    writeFile(join(folder, "sample.json"), jsonText(sampleJson(merge.sample(), trades, labels))),
    writeFile(join(folder, "run.json"), jsonText(run.ledger)),
  ]);
}

export interface TradeTables {
  readonly trades: TradeColumns;
  readonly labels: TradeLabels;
  readonly runId: string;
}

/** Trades and positions, each as CSV and as Parquet, into a folder that is there. */
export async function writeTradeFiles(folder: string, { trades, labels, runId }: TradeTables, host: WorkerHost): Promise<void> {
  const sql = host.spawn("sql");
  try {
    const parquet = async (table: ResultTable) => new Uint8Array(await (await sql.api.parquet(table, movedTrades(sliceTrades(trades, 0, trades.length)), labels, runId)).arrayBuffer());
    await Promise.all([
      writeFile(join(folder, "trades.csv"), tradesCsv(trades, labels, runId)),
      writeFile(join(folder, "trades.parquet"), await parquet("trades")),
      writeFile(join(folder, "positions.csv"), positionsCsv(trades, labels, runId)),
      writeFile(join(folder, "positions.parquet"), await parquet("positions")),
    ]);
  } finally {
    sql.end();
  }
}

export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
