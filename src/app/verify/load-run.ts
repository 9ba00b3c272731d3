/** A run of the page as Verify takes it: the files that it could be downloaded as, or what the history has kept of it. */
import { readRecordedRun, recordedTrades, type RecordedRun } from "../../core/results/recorded-run.ts";
import { resultHash } from "../../core/results/hash.ts";
import { tradesCsv } from "../../core/results/trades-csv.ts";
import type { RunRecord } from "../runs/run-record.ts";
import type { Backend } from "../session/backend.ts";
import { makeDownload } from "../session/downloads.ts";
import type { RunSession } from "../session/run-session.ts";
import type { RunsSession } from "../runs/runs-session.ts";

/** The run on screen, with everything that its files say. */
export async function shownRun(backend: Backend, run: RunSession): Promise<RecordedRun> {
  const [ledger, trades] = await Promise.all((["run.json", "trades.csv"] as const).map(async (name) => (await makeDownload(backend, run, name)).text()));
  const skips = await (await backend.results.skipsCsv(run.shown()?.place ?? 0)).text();
  return readRecordedRun({ ledger, trades, skips });
}

/** A run of the history: its trades and days; skips, spot sources and the state of its files are not kept. */
export async function keptRun(record: RunRecord, runs: RunsSession): Promise<RecordedRun> {
  const { made, id, variants } = record;
  const table = await runs.trades(record);
  if (!made || !table) throw new Error("Nothing is kept of this run that could be verified. Run it again.");
  return {
    runId: id, strategy: made.strategy, rulesVersion: made.rulesVersion,
    daysRun: [...new Set(variants.flatMap(({ daily }) => daily.dates))].sort(),
    notRun: [], spotSources: null, files: [], skips: null,
    trades: recordedTrades([...tradesCsv(table.trades, table.labels, id)].join("")),
    untouched: resultHash(table.trades, table.labels) === made.resultHash,
  };
}
