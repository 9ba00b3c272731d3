import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readSavedRun, SavedRunError, type SavedRun } from "../core/results/saved-run.ts";
import { UsageError } from "./exit.ts";

/** A run out of the folder that `run --out` wrote. Throws a UsageError that names the folder and what is wrong. */
export async function readRun(folder: string): Promise<SavedRun> {
  // One after another: of several files that are missing the first is named, every time.
  const ledger = await runFile(folder, "run.json");
  const summary = await runFile(folder, "summary.json");
  const trades = await runFile(folder, "trades.csv");
  try {
    return readSavedRun({ name: folder, ledger, summary, trades });
  } catch (error) {
    if (error instanceof SavedRunError) throw new UsageError(error.message);
    throw error;
  }
}

/** The text of one of its files. */
export async function runFile(folder: string, file: string): Promise<string> {
  try {
    return await readFile(join(folder, file), "utf8");
  } catch (error) {
    throw new UsageError(`${folder}: ${file} cannot be read (${(error as Error).message}). Give a folder that “run --out” wrote.`);
  }
}
