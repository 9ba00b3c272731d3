import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { readRecordedRun, RecordedRunError, type RecordedRun } from "../core/results/recorded-run.ts";
import { isVerified } from "../core/results/verification.ts";
import { VerifyRefused, verifyRun } from "../pool/verify-run.ts";
import { EXIT, UsageError } from "./exit.ts";
import { nodeHost, openData, sayProgress } from "./open-data.ts";
import { dataSettings, type DataOptions } from "./options.ts";
import { readRules } from "./read-given-file.ts";
import { dayLines, verdictLines } from "./verify-words.ts";
import { count, print, say, sayOver } from "./words.ts";

export interface VerifyOptions extends DataOptions {
  readonly sample: number;
  readonly seed?: number;
  readonly json?: true;
}

/** Draws a seed where the user gives none; it is printed, so that the same sample can be had again. */
const newSeed = (): number => Math.floor(Math.random() * 1_000_000);

/** Works out days of a run anew with the reference engine. Answers 0 when all are equal and every decision stands. */
export async function verifyCommand(folder: string, options: VerifyOptions): Promise<number> {
  const { sample, seed = newSeed(), json } = options;
  const run = await readRun(folder);
  const rules = await readRules(options.rules);
  const data = await openData(options.data, dataSettings(options), rules);
  const stop = new AbortController();
  const onInterrupt = (): void => stop.abort();
  process.once("SIGINT", onInterrupt);
  try {
    const found = await verifyRun({
      run, rules, sample, seed, catalogue: data.catalogue, host: nodeHost, source: () => data.source, signal: stop.signal, onPlan: sayProgress,
      onDrawn(dates, variants) {
        sayOver("");
        say(`Run ${run.runId}: ${count(dates.length, "day")} of ${run.daysRun.length}${run.strategy.variants.length > variants.length ? ` and ${count(variants.length, "variant")} (${variants.join(", ")}) of ${run.strategy.variants.length}` : ""}, drawn by seed ${seed}`);
      },
      onDay: (verdict, ahead) => dayLines(verdict, ahead).forEach(say),
    });
    await print(json ? JSON.stringify(found, null, 2) : verdictLines(found).join("\n"));
    return isVerified(found) ? EXIT.done : EXIT.failed;
  } catch (error) {
    if (error instanceof VerifyRefused) throw new Error(`${folder}: ${error.message}`, { cause: error });
    throw error;
  } finally {
    process.off("SIGINT", onInterrupt);
    data.close();
  }
}

/** Throws a UsageError for a folder that no run has written. */
async function readRun(folder: string): Promise<RecordedRun> {
  const found = await stat(folder).catch((error: Error) => {
    throw new UsageError(`${folder}: the folder cannot be opened (${error.message}). Give the folder that run --out has written.`);
  });
  if (!found.isDirectory()) throw new UsageError(`${folder}: this is a file. Give the folder that run --out has written.`);
  const text = (name: string): Promise<string> =>
    readFile(join(folder, name), "utf8").catch((error: Error) => {
      throw new UsageError(`${folder}: ${name} cannot be read (${error.message}). Give the folder that run --out has written.`);
    });
  try {
    return readRecordedRun({ ledger: await text("run.json"), trades: await text("trades.csv"), skips: await text("skips.csv") });
  } catch (error) {
    if (!(error instanceof RecordedRunError)) throw error;
    throw new UsageError(`${join(folder, error.message)}`);
  }
}
