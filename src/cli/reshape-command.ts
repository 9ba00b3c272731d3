/** Copies the data of a folder into another layout, or less of it. */
import { realpath } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { InvalidArgumentError } from "commander";
import type { RulesOverride } from "../core/market/override.ts";
import { COPY_KINDS, ROW_GROUPS, type CopyKind, type CopyOptions } from "../core/reshape/options.ts";
import type { DayNumber } from "../core/time.ts";
import type { DataSettings } from "../data/catalogue/types.ts";
import { writeWhole, type CopyTarget } from "../data/reshape/copy-target.ts";
import { openNodeCopyTarget } from "../data/reshape/copy-target-node.ts";
import type { UnitRecord } from "../data/reshape/copy-units.ts";
import { copyData, DiskFull, estimateCopy, leftToCopy } from "../pool/copy-data.ts";
import { MANIFEST, manifestJson, refuseOtherCopy, totalsOf, uncopiedRows } from "../pool/copy-manifest.ts";
import type { CopyPlan } from "../pool/copy-plan.ts";
import { EXIT, UsageError } from "./exit.ts";
import { nodeHost, openData, sayProblems, sayProgress, type OpenData } from "./open-data.ts";
import { liesIn } from "./out-folder.ts";
import type { CopyLayout } from "./options.ts";
import { readRules } from "./read-rules.ts";
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
    const refusal = await refuseOtherCopy(target, data.summary.folder, options);
    if (refusal !== undefined) throw new UsageError(`--out ${out}: ${refusal}`);
    const plan = await data.catalogue.copyPlan(options, sayProgress);
    sayOver("");
    sayProblems(await data.catalogue.summary());
    for (const { symbol, message } of plan.refused) say(`${symbol}: ${message}`);
    if (plan.tasks.length === 0) throw new Error("There is nothing to copy: no file holds rows of what was asked for.");
    return await copy({ data, plan, options, target, out, workers, rules, json: json === true });
  } finally {
    data.close();
  }
}

interface Copying {
  readonly data: OpenData;
  readonly plan: CopyPlan;
  readonly options: CopyOptions;
  readonly target: CopyTarget;
  readonly out: string;
  readonly workers: number;
  readonly rules: RulesOverride | undefined;
  readonly json: boolean;
}

async function copy({ data, plan, options, target, out, workers, rules, json }: Copying): Promise<number> {
  const { finished, tasks } = await leftToCopy(plan, target);
  if (finished.length > 0) say(`${count(finished.length, "part is", "parts are")} complete from before and not written again`);
  const open = () => ({ source: data.source, rules });
  if (tasks.length > 0) await refuseTooSmall({ plan, options, host: nodeHost, open }, tasks, target, out);
  const records: UnitRecord[] = [...finished];
  const failures: string[] = [];
  const stop = new AbortController();
  const onInterrupt = (): void => stop.abort();
  process.once("SIGINT", onInterrupt);
  const started = performance.now();
  let ended: "done" | "stopped" | "full";
  try {
    await writeWhole(target, MANIFEST, manifestJson(data.summary.folder, options, plan, []));
    ended = await copyData({
      plan, options, host: nodeHost, workers, open, target, descriptor: { kind: "node", root: resolve(out) }, signal: stop.signal,
      onUnits: (done) => records.push(...done),
      onFailed: ({ work: { units } }, error) => failures.push(`${units.map(({ id }) => id).join(", ")}: not copied: ${error instanceof Error ? error.message : String(error)}`),
      onProgress: (done, total) => sayOver(`${done} of ${count(total, "part")} copied`),
    }, tasks);
  } catch (error) {
    if (!(error instanceof DiskFull)) throw error;
    sayOver("");
    say(error.message);
    ended = "full";
  }
  process.off("SIGINT", onInterrupt);
  sayOver("");
  const seconds = (performance.now() - started) / 1000;
  for (const failure of failures) say(failure);
  for (const { id, left_out } of records) for (const { path, message } of left_out) say(`${id}: without ${path}: ${message}`);
  if (options.from === undefined && options.to === undefined && ended === "done") for (const words of uncopiedRows(records)) say(`note: ${words}`);
  if (ended !== "full") await writeWhole(target, MANIFEST, manifestJson(data.summary.folder, options, plan, records));
  if (ended === "stopped") say("Stopped: what is complete stays; start again to go on from there.");
  const totals = totalsOf(records);
  const speed = ended === "done" && failures.length === 0 ? await readingSpeeds(data, out, records, rules) : undefined;
  const result = { out, ended, ...totals, seconds, rows_per_second: Math.round(totals.rows / Math.max(seconds, 1e-3)), reading: speed ?? null };
  await print(json ? JSON.stringify(result, null, 2) : words(result));
  return ended === "done" && failures.length === 0 ? EXIT.done : EXIT.failed;
}

/** Says how much room the copy will take, and refuses to begin where there is less. */
async function refuseTooSmall(request: Parameters<typeof estimateCopy>[0], tasks: Parameters<typeof estimateCopy>[1], target: CopyTarget, out: string): Promise<void> {
  const estimate = await estimateCopy(request, tasks);
  const room = await target.room();
  if (!estimate) return;
  say(`To copy: about ${size(estimate.sourceBytes)} of the source, ${size(estimate.copyBytes)} in the copy${room === undefined ? "" : `; ${size(room)} are free`}`);
  if (room !== undefined && estimate.copyBytes > room) throw new Error(`${out}: there is room for ${size(room)}, and the copy would take about ${size(estimate.copyBytes)}. Make room, or copy less: --lean, --symbol, --from, --to.`);
}

interface Reading {
  readonly date: string;
  readonly symbol: string;
  readonly source_ms: number;
  readonly copy_ms: number;
}

/** How long all options of the fullest day take to read, of the source and of the copy. */
async function readingSpeeds(data: OpenData, out: string, records: readonly UnitRecord[], rules: RulesOverride | undefined): Promise<Reading | undefined> {
  const days = records.flatMap(({ id, kind, files }) => {
    const date = kind === "option" ? /^(.+)\/option-(\d{4}-\d{2}-\d{2})$/.exec(id) : null;
    return date ? [{ symbol: date[1].toUpperCase(), date: date[2], rows: files.reduce((sum, { rows }) => sum + rows, 0) }] : [];
  });
  const fullest = days.reduce<(typeof days)[number] | undefined>((most, day) => (most && most.rows >= day.rows ? most : day), undefined);
  if (!fullest || fullest.rows === 0) return undefined;
  const settings = { zone: Object.fromEntries(data.summary.zones.flatMap(({ zone }) => (zone === "ask" ? [] : [["day", zone] as const]))) };
  const copied = await openData(out, settings, rules);
  try {
    return { date: fullest.date, symbol: fullest.symbol, source_ms: await timed(data, fullest, rules), copy_ms: await timed(copied, fullest, rules) };
  } finally {
    copied.close();
  }
}

async function timed(data: OpenData, { symbol, date }: { readonly symbol: string; readonly date: string }, rules: RulesOverride | undefined): Promise<number> {
  const day = Math.round(Date.parse(date) / 86_400_000);
  const plan = await data.catalogue.healthPlan({ symbols: [symbol], dates: [day], anew: true }, () => undefined);
  const worker = nodeHost.spawn("care");
  try {
    await worker.api.open({ source: data.source, rules, files: plan.files });
    // Once for the compiler, once for the clock.
    for (const task of plan.tasks) await worker.api.timeRead(task);
    let milliseconds = 0;
    for (const task of plan.tasks) milliseconds += (await worker.api.timeRead(task)).milliseconds;
    return Math.round(milliseconds);
  } finally {
    worker.end();
  }
}

function words({ out, parts, files, rows, bytes, source_bytes: source, seconds, rows_per_second: speed, reading }: ReturnType<typeof totalsOf> & { readonly out: string; readonly seconds: number; readonly rows_per_second: number; readonly reading: Reading | null }): string {
  const lines = [`${out}: ${count(parts, "part")} in ${count(files, "file")}, ${rows.toLocaleString("en-IN")} rows, every column checked against its source`];
  lines.push(`Size     ${size(bytes)}, of ${size(source)} of the source: ${Math.round((bytes / Math.max(1, source)) * 100)} %`);
  lines.push(`Copying  ${seconds.toFixed(1)} s, ${speed.toLocaleString("en-IN")} rows/s`);
  if (reading) lines.push(`Reading  all options of ${reading.symbol} on ${reading.date}: ${reading.source_ms} ms from the source, ${reading.copy_ms} ms from the copy`);
  return lines.join("\n");
}

function size(bytes: number): string {
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
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
