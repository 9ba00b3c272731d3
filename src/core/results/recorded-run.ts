/** A run as its files tell it: what Verify takes on trust of nobody but the files themselves. */
import type { ParsedStrategy } from "../strategy/types.ts";
import type { IsoDate } from "../time.ts";
import { canonicalHash, textHash } from "./hash.ts";
import type { FileFingerprint } from "./types.ts";

/** Cells of a table by the names of its header. */
export interface TextTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface RecordedRun {
  readonly runId: string;
  readonly strategy: ParsedStrategy;
  readonly rulesVersion: string;
  readonly daysRun: readonly IsoDate[];
  /** Days and parts that were not run, by date. */
  readonly notRun: readonly { readonly date: IsoDate; readonly reason: string }[];
  readonly spotSources: readonly { readonly date: IsoDate; readonly source: string }[];
  readonly files: readonly FileFingerprint[];
  /** Without `run_id`. */
  readonly trades: TextTable;
  readonly skips: TextTable;
  /** Whether trades.csv is the one whose hash run.json names. */
  readonly untouched: boolean;
}

/** What is wrong with the files of a run, in words. */
export class RecordedRunError extends Error {
  override readonly name = "RecordedRunError";
}

interface Ledger {
  readonly run_id: string;
  readonly result_hash: string;
  readonly strategy: ParsedStrategy;
  readonly strategy_hash: string;
  readonly rules_version: string;
  readonly data: { readonly files: readonly FileFingerprint[]; readonly spot_sources: RecordedRun["spotSources"] };
  readonly days: { readonly run: readonly IsoDate[]; readonly skipped: RecordedRun["notRun"] };
}

/** @param files texts of run.json, trades.csv and skips.csv. Throws RecordedRunError. */
export function readRecordedRun(files: { readonly ledger: string; readonly trades: string; readonly skips: string }): RecordedRun {
  const { run_id: runId, strategy, data, days, ...ledger } = readLedger(files.ledger);
  const trades = readTable("trades.csv", files.trades, ["run_id", "variant", "date", "position_id", "leg_id", "ts_exit"]);
  if (trades.columns[0] !== "run_id") throw new RecordedRunError(`trades.csv: the first column is ${trades.columns[0]}; expected run_id, as a run writes it.`);
  return {
    runId, strategy, rulesVersion: ledger.rules_version, daysRun: days.run, notRun: days.skipped, spotSources: data.spot_sources, files: data.files,
    trades: { columns: trades.columns.slice(1), rows: trades.rows.map(([, ...row]) => row) },
    skips: readTable("skips.csv", files.skips, ["variant", "date", "first", "reason"]),
    untouched: textHash(files.trades.replace(/^(?:"[^"]*"|[^,\n]*),/gm, "")) === ledger.result_hash,
  };
}

function readLedger(text: string): Ledger {
  let ledger: Partial<Ledger>;
  try {
    ledger = JSON.parse(text) as Partial<Ledger>;
  } catch (error) {
    throw new RecordedRunError(`run.json is no JSON (${(error as Error).message}). Give a folder that run --out has written.`);
  }
  const { run_id, strategy, strategy_hash, data, days } = ledger ?? {};
  const whole = typeof run_id === "string" && Array.isArray(strategy?.variants) && Array.isArray(data?.files) && Array.isArray(data.spot_sources) && Array.isArray(days?.run) && Array.isArray(days.skipped);
  if (!whole) throw new RecordedRunError("run.json lacks run_id, strategy, data or days. Give a folder that run --out has written.");
  if (canonicalHash(strategy) !== strategy_hash) throw new RecordedRunError("run.json: the strategy is not the one whose hash stands beside it, so the file was changed after the run. Run the strategy again.");
  return ledger as Ledger;
}

/** Plain cells: what a run writes quotes nothing but labels that a spreadsheet could take for formulas. */
function readTable(name: string, text: string, needed: readonly string[]): TextTable {
  const [header, ...lines] = text.split("\n");
  const columns = header.split(",");
  const missing = needed.filter((column) => !columns.includes(column));
  if (missing.length > 0) throw new RecordedRunError(`${name}: the first line has no ${missing.join(", ")}. Give a folder that run --out has written.`);
  if (lines.at(-1) === "") lines.pop();
  const rows = lines.map((line) => line.split(","));
  const odd = rows.findIndex((row) => row.length !== columns.length);
  if (odd >= 0) throw new RecordedRunError(`${name}, line ${odd + 2}: ${rows[odd].length} cells; the first line names ${columns.length}.`);
  return { columns, rows };
}
