/** `runs`, `trades` and `positions`: tables made of the runs that are kept. */
import { IST_SHIFT } from "../../data/clock-columns.ts";
import type { KeptRun, KeptRuns } from "../../data/views/kept-runs.ts";
import type { View } from "../../data/views/views.ts";
import type { DuckdbHost } from "../duckdb.ts";
import { resultRows } from "../write-parquet.ts";
import { arrowTable } from "./arrow-table.ts";
import type { MadeTable } from "./made-view.ts";
import { meeting } from "./narrow.ts";
import type { ViewUse } from "./references.ts";
import { SqlProblem } from "./sql-problem.ts";

/** So many trades are held for one query, some 300 MB. */
const MOST_TRADES = 2_000_000;

export async function runTables(host: DuckdbHost, view: View, use: ViewUse, kept: KeptRuns): Promise<MadeTable[]> {
  const runs = await kept.list();
  if (view.name === "runs") return runsTable(runs);
  const table = view.name === "trades" ? "trades" : "positions";
  const ids = runs.map(({ id }) => id);
  const wanted = (await host.run((db) => meeting(db, { run_id: ids }, use))).map((place) => ids[place]);
  const tables: MadeTable[] = [];
  let held = 0;
  for (const id of wanted) {
    const found = await kept.trades(id);
    if (!found) continue;
    held += found.trades.length;
    if (held > MOST_TRADES)
      throw new SqlProblem(`the kept runs have more than ${MOST_TRADES.toLocaleString("en-IN")} trades together. Keep the query to some of them beside FROM ${view.name}, such as WHERE run_id = '${wanted[0]}'`);
    const { arrow, select } = resultRows(table, found.trades, found.labels);
    tables.push({ arrow, select: (from) => select(id, from) });
  }
  return tables;
}

function runsTable(runs: readonly KeptRun[]): MadeTable[] {
  const rows = runs.flatMap((run) => run.variants.map((variant) => ({ run, ...variant })));
  if (rows.length === 0) return [];
  return [{
    arrow: arrowTable({
      run_id: rows.map(({ run }) => run.id),
      name: rows.map(({ run }) => run.name),
      started: rows.map(({ run }) => run.started + IST_SHIFT * 1000),
      variant: rows.map(({ variant }) => variant),
      days: rows.map(({ run }) => run.days),
      trades: rows.map(({ trades }) => trades),
      positions: rows.map(({ positions }) => positions),
      total: rows.map(({ total }) => total),
      result_hash: rows.map(({ run }) => run.resultHash ?? ""),
    }),
    select: (from) => `SELECT CAST(run_id AS VARCHAR) AS run_id, CAST(name AS VARCHAR) AS name, epoch_ms(CAST(started AS BIGINT)) AS started, CAST(variant AS VARCHAR) AS variant, CAST(days AS INTEGER) AS days,
      CAST(trades AS INTEGER) AS trades, CAST(positions AS INTEGER) AS positions, CAST(total / 100 AS DECIMAL(18, 2)) AS total, nullif(CAST(result_hash AS VARCHAR), '') AS result_hash FROM ${from}`,
  }];
}
