/** Copies the data of a folder into another layout, or less of it. */
import { realpath } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { InvalidArgumentError } from "commander";
import type { RulesOverride } from "../core/market/override.ts";
import { COPY_KINDS, ROW_GROUPS, type CopyKind, type CopyOptions } from "../core/reshape/options.ts";
import { readingWords, type ReadingSpeeds } from "../core/reshape/reading-speeds.ts";
import type { DayNumber } from "../core/time.ts";
import { bytes as sizeWords } from "../core/words.ts";
import type { DataSettings } from "../data/catalogue/types.ts";
import { openNodeCopyTarget } from "../data/reshape/copy-target-node.ts";
import type { UnitRecord } from "../data/reshape/copy-units.ts";
import { CopyRefused, makeCopy, prepareCopy, type CopyJob, type CopyOutcome, type PreparedCopy } from "../pool/copy-job.ts";
import type { CopyPlan } from "../pool/copy-plan.ts";
import { measureReading } from "../pool/measure-reading.ts";
import { EXIT, UsageError } from "./exit.ts";
import { nodeHost, openData, sayProblems, sayProgress, type OpenData } from "./open-data.ts";
import { liesIn } from "./out-folder.ts";
import type { CopyLayout } from "./options.ts";
import { readRules } from "./read-given-file.ts";
import { count, print, say, sayOver } from "./words.ts";

export interface ReshapeCommandOptions {
  readonly data: string;
  readonly out: string;
  readonly symbol?: readonly string[];
  readonly from?: DayNumber;
  readonly to?: DayNumber;
  readonly kind?: readonly CopyKind[];
  readonly lean?: true;
  readonly allColumns?: true;
  readonly layout?: CopyLayout;
  readonly sort: CopyOptions["sort"];
  readonly rowGroup: number;
  readonly workers: number;
  readonly zone?: DataSettings["zone"];
  readonly rules?: string;
  readonly json?: true;
}

export function rowGroupOption(text: string): number {
  const rows = Number(text);
  if (!/^\d+$/.test(text) || rows < ROW_GROUPS.least || rows > ROW_GROUPS.most) throw new InvalidArgumentError(`Allowed: a whole number of rows from ${ROW_GROUPS.least} to ${ROW_GROUPS.most}.`);
  return rows;
}

export async function reshapeCommand(given: ReshapeCommandOptions): Promise<number> {
  const { data: folder, out, workers, zone, json } = given;
  const options: CopyOptions = {
    ...(given.symbol && { symbols: given.symbol }), ...(given.from !== undefined && { from: given.from }), ...(given.to !== undefined && { to: given.to }),
    kinds: given.kind ?? COPY_KINDS, columns: given.lean ? "lean" : "all", layout: given.layout?.copy ?? "days", sort: given.sort, rowGroup: given.rowGroup,
  };
  const rules = await readRules(given.rules);
  await refuseSameFolder(out, folder);
  const target = openNodeCopyTarget(resolve(out));
  const data = await openData(folder, { zone, layout: given.layout?.source }, rules);
  try {
    const job: CopyJob = {
      source: data.summary.folder, catalogue: data.catalogue, options, host: nodeHost, workers, target,
      open: (api, files) => api.open({ source: data.source, rules, files }),
      descriptor: { kind: "node", root: resolve(out) },
    };
    const prepared = await prepareCopy(job, sayProgress).catch((error: unknown) => {
      throw error instanceof CopyRefused ? new UsageError(`--out ${out}: ${error.message}`) : error;
    });
    sayOver("");
    sayProblems(await data.catalogue.summary());
    for (const remark of prepared.remarks) say(remark);
    if (prepared.refusal !== undefined) throw new Error(prepared.refusal);
    const outcome = await copy(job, prepared);
    const isWhole = outcome.ended === "done" && outcome.failures.length === 0;
    const { totals, ended, seconds, rowsPerSecond } = outcome;
    const reading = isWhole ? await readingSpeeds(job, prepared.plan, data, out, outcome.records, rules) : undefined;
    const result = { out, ended, ...totals, seconds, rows_per_second: rowsPerSecond };
    const measured = reading ? { date: reading.date, symbol: reading.symbol, source_ms: reading.source, copy_ms: reading.copy } : null;
    await print(json ? JSON.stringify({ ...result, reading: measured }, null, 2) : words(result, reading));
    return isWhole ? EXIT.done : EXIT.failed;
  } finally {
    data.close();
  }
}

/** Copies until all is done or the user interrupts it, and says what was left out. */
async function copy(job: CopyJob, prepared: PreparedCopy): Promise<CopyOutcome> {
  const stop = new AbortController();
  const onInterrupt = (): void => stop.abort();
  process.once("SIGINT", onInterrupt);
  try {
    const outcome = await makeCopy(job, prepared, { signal: stop.signal, onProgress: (done, total) => sayOver(`${done} of ${count(total, "part")} copied`) });
    sayOver("");
    for (const line of [...outcome.failures, ...outcome.leftOut]) say(line);
    if (outcome.why !== undefined) say(outcome.why);
    return outcome;
  } finally {
    process.off("SIGINT", onInterrupt);
  }
}

/** How long a day takes to read, of the source and of the copy; a copy that cannot be read so is told of, and stays. */
async function readingSpeeds(job: CopyJob, plan: CopyPlan, data: OpenData, out: string, records: readonly UnitRecord[], rules: RulesOverride | undefined): Promise<ReadingSpeeds | undefined> {
  try {
    return await measureReading({
      ...job, plan, records, catalogue: data.catalogue,
      async openCopy(settings) {
        const { catalogue, source, close } = await openData(out, settings, rules);
        return { catalogue, close, open: (api, files) => api.open({ source, rules, files }) };
      },
    });
  } catch (error) {
    say(`note: how fast the copy reads could not be measured (${(error as Error).message})`);
    return undefined;
  } finally {
    sayOver("");
  }
}

interface Result extends Readonly<CopyOutcome["totals"]> {
  readonly out: string;
  readonly seconds: number;
  readonly rows_per_second: number;
}

function words({ out, parts, files, rows, bytes, source_bytes: source, seconds, rows_per_second: speed }: Result, reading: ReadingSpeeds | undefined): string {
  const lines = [`${out}: ${count(parts, "part")} in ${count(files, "file")}, ${rows.toLocaleString("en-IN")} rows, every column checked against its source`];
  lines.push(`Size     ${sizeWords(bytes)}, of ${sizeWords(source)} of the source: ${Math.round((bytes / Math.max(1, source)) * 100)} %`);
  lines.push(`Copying  ${seconds.toFixed(1)} s, ${speed.toLocaleString("en-IN")} rows/s`);
  if (reading) lines.push(`Reading  ${readingWords(reading)}`);
  return lines.join("\n");
}

/** Nothing is ever written into the data, nor data into what is written: whatever links lead there. */
async function refuseSameFolder(out: string, data: string): Promise<void> {
  const [to, from] = [await realFolder(resolve(out)), await realFolder(resolve(data))];
  if (liesIn(to, from)) throw new UsageError(`--out ${out} lies in the data folder ${data}, to which nothing is ever written. Give a folder elsewhere.`);
  if (liesIn(from, to)) throw new UsageError(`The data folder ${data} lies in --out ${out}: the copy would stand around its own source. Give a folder elsewhere.`);
}

/** Of a folder that is not there yet: where it will be. */
async function realFolder(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if ((error as { code?: unknown }).code !== "ENOENT" || dirname(path) === path) throw error;
    return join(await realFolder(dirname(path)), basename(path));
  }
}
