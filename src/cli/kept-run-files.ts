import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { positionTable } from "../core/results/position-table.ts";
import { readTradesCsv, type ReadTrades } from "../core/results/read-trades-csv.ts";
import type { KeptRun, KeptRuns } from "../data/views/kept-runs.ts";
import { UsageError } from "./exit.ts";

/** What a query needs of run.json. */
interface Ledger {
  readonly run_id: string;
  readonly result_hash: string;
  readonly strategy: { readonly name: string };
  readonly days: { readonly run: readonly string[] };
  readonly timings: { readonly started: string };
}

/** The runs in a folder that `run --out` has written: the folder itself, or the folders in it. Throws a UsageError where there are none. */
export async function keptRunFiles(folder: string): Promise<KeptRuns> {
  const found = await foldersWithTrades(folder);
  if (found.length === 0) throw new UsageError(`--runs ${folder}: there is no trades.csv with its run.json in this folder or in one below it. Give the folder that run --out has written.`);
  const tables = new Map<string, ReadTrades>();
  const runs: KeptRun[] = [];
  for (const path of found) {
    const ledger = JSON.parse(await readFile(join(path, "run.json"), "utf8")) as Ledger;
    const table = readTradesCsv(await readFile(join(path, "trades.csv"), "utf8"));
    tables.set(ledger.run_id, table);
    runs.push({ id: ledger.run_id, name: `${ledger.strategy.name} (${basename(path)})`, started: Date.parse(ledger.timings.started), days: ledger.days.run.length, resultHash: ledger.result_hash, variants: figuresOf(table) });
  }
  return { list: async () => runs, trades: async (id) => tables.get(id) };
}

async function foldersWithTrades(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: Error) => {
    throw new UsageError(`--runs ${folder}: the folder cannot be opened (${error.message}). Give the folder that run --out has written.`);
  });
  const names = entries.map(({ name }) => name);
  if (names.includes("trades.csv") && names.includes("run.json")) return [folder];
  const below = await Promise.all(entries.filter((entry) => entry.isDirectory()).map(({ name }) => foldersWithTrades(join(folder, name))));
  return below.flat().sort();
}

function figuresOf({ trades, labels }: ReadTrades): KeptRun["variants"] {
  const positions = positionTable(trades);
  return labels.variants.map((variant, i) => {
    const own = { variant, trades: 0, positions: 0, total: 0 };
    for (let row = 0; row < trades.length; row++) {
      if (trades.variant[row] !== i) continue;
      own.trades++;
      own.total += trades.pnl[row] - trades.fees[row];
    }
    for (let row = 0; row < positions.length; row++) if (positions.variant[row] === i) own.positions++;
    return own;
  });
}
