/** A copy of the data from the first question to the last word, whoever has it made: the command line or the page. */
import { bytes, count } from "../core/words.ts";
import type { Progress } from "../data/catalogue/types.ts";
import { writeWhole } from "../data/reshape/copy-target.ts";
import type { UnitRecord } from "../data/reshape/copy-units.ts";
import { copyData, DiskFull, estimateCopy, leftToCopy, type CopyRequest } from "./copy-data.ts";
import { MANIFEST, manifestJson, refuseOtherCopy, totalsOf, uncopiedRows } from "./copy-manifest.ts";
import type { CopyPlan, CopyTask } from "./copy-plan.ts";
import type { CatalogueWorkerApi } from "./protocol.ts";

export interface CopyJob extends Pick<CopyRequest, "options" | "host" | "workers" | "open" | "target" | "descriptor"> {
  /** The folder that is copied, by its name. */
  readonly source: string;
  readonly catalogue: Pick<CatalogueWorkerApi, "copyPlan">;
}

/** What is to be done, before anything is written. */
export interface PreparedCopy {
  readonly plan: CopyPlan;
  /** Complete from an earlier copy. */
  readonly finished: readonly UnitRecord[];
  readonly left: readonly CopyTask[];
  /** In words, what the user should know before it begins: what is complete, how much room it takes. */
  readonly remarks: readonly string[];
  /** In words, why it cannot begin. */
  readonly refusal: string | undefined;
}

/** The folder holds something else. */
export class CopyRefused extends Error {
  override readonly name = "CopyRefused";
}

/** Throws CopyRefused. */
export async function prepareCopy(job: CopyJob, progress: (progress: Progress) => void): Promise<PreparedCopy> {
  const { source, catalogue, options, target } = job;
  const other = await refuseOtherCopy(target, source, options);
  if (other !== undefined) throw new CopyRefused(other);
  const plan = await catalogue.copyPlan(options, progress);
  const { finished, tasks: left } = await leftToCopy(plan, target);
  const remarks = plan.refused.map(({ symbol, message }) => `${symbol}: ${message}`);
  if (finished.length > 0) remarks.push(`${count(finished.length, "part is", "parts are")} complete from before and not written again`);
  if (plan.tasks.length === 0) return { plan, finished, left, remarks, refusal: "There is nothing to copy: no file holds rows of what was asked for." };
  const size = left.length > 0 ? await estimateCopy({ ...job, plan }, left) : undefined;
  const room = await target.room();
  if (size) remarks.push(`To copy: about ${bytes(size.sourceBytes)} of the source, ${bytes(size.copyBytes)} in the copy${room === undefined ? "" : `; ${bytes(room)} are free`}`);
  const isTooLarge = size !== undefined && room !== undefined && size.copyBytes > room;
  return { plan, finished, left, remarks, refusal: isTooLarge ? `There is room for ${bytes(room)}, and the copy would take about ${bytes(size.copyBytes)}. Make room, or copy less: lean, or fewer symbols or dates.` : undefined };
}

export interface CopyWatch {
  readonly signal: AbortSignal;
  /** Parts of what was left to copy. */
  readonly onProgress: (done: number, total: number) => void;
}

export interface CopyOutcome {
  readonly ended: "done" | "stopped" | "full";
  /** In words, why it ended before all was done. */
  readonly why: string | undefined;
  /** Of what is complete, that of earlier copies too. */
  readonly records: readonly UnitRecord[];
  readonly totals: ReturnType<typeof totalsOf>;
  /** In words: parts of which nothing was written. */
  readonly failures: readonly string[];
  /** In words: files that could not be read, and those of which rows are in no part. */
  readonly leftOut: readonly string[];
  readonly seconds: number;
  /** Of what was written this time. */
  readonly rowsPerSecond: number;
}

/** Copies what is left, and sums it up in the manifest. */
export async function makeCopy(job: CopyJob, { plan, finished, left }: PreparedCopy, watch: CopyWatch): Promise<CopyOutcome> {
  const { source, options, target } = job;
  const written: UnitRecord[] = [];
  const failures: string[] = [];
  const started = performance.now();
  let ended: CopyOutcome["ended"];
  let why: string | undefined;
  try {
    // First, so that a copy that is interrupted is known for one.
    await writeWhole(target, MANIFEST, manifestJson(source, options, plan, finished));
    ended = await copyData({
      ...job, ...watch, plan,
      onUnits: (done) => written.push(...done),
      onFailed: ({ work: { units } }, error) => failures.push(`${units.map(({ id }) => id).join(", ")}: not copied: ${error instanceof Error ? error.message : String(error)}`),
    }, left);
    if (ended === "stopped") why = "Stopped: what is complete stays; start again to go on from there.";
  } catch (error) {
    if (!(error instanceof DiskFull)) throw error;
    ended = "full";
    why = error.message;
  }
  const seconds = (performance.now() - started) / 1000;
  const records = [...finished, ...written];
  if (ended !== "full") await writeWhole(target, MANIFEST, manifestJson(source, options, plan, records));
  const leftOut = records.flatMap(({ id, left_out }) => left_out.map(({ path, message }) => `${id}: without ${path}: ${message}`));
  if (options.from === undefined && options.to === undefined && ended === "done") leftOut.push(...uncopiedRows(records));
  return { ended, why, records, totals: totalsOf(records), failures, leftOut, seconds, rowsPerSecond: Math.round(totalsOf(written).rows / Math.max(seconds, 1e-3)) };
}
