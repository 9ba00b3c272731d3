/** Makes a copy by its plan: what is finished stays, the rest is done by workers. */
import type { CopyOptions } from "../core/reshape/options.ts";
import type { CopyTarget } from "../data/reshape/copy-target.ts";
import { finishedUnit, type UnitRecord } from "../data/reshape/copy-units.ts";
import type { CopyPlan, CopyTask } from "./copy-plan.ts";
import type { CareWorkerApi, CopyTargetDescriptor, PackedFiles } from "./protocol.ts";
import { HANG_AFTER, inTime } from "./in-time.ts";
import { runTasks } from "./task-pool.ts";
import type { WorkerHost } from "./worker-host.ts";

/** Parts of the work that a sample is taken of. */
const TASKS_SAMPLED = 3;

export interface CopyRequest {
  readonly plan: CopyPlan;
  readonly options: CopyOptions;
  readonly host: WorkerHost;
  readonly workers: number;
  /** Makes a worker ready for the plan's files. Called once per worker: a port to the page's files cannot be shared. */
  readonly open: (api: CareWorkerApi, files: PackedFiles) => Promise<void>;
  readonly target: CopyTarget;
  readonly descriptor: CopyTargetDescriptor;
  readonly onUnits: (records: readonly UnitRecord[]) => void;
  /** Units of which nothing was written: no worker could do them. */
  readonly onFailed: (task: CopyTask, error: unknown) => void;
  readonly onProgress: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
  /** As of `runTasks`. */
  readonly hangAfter?: number;
}

/** The units that an earlier copy has finished, and what is left to do. */
export async function leftToCopy(plan: CopyPlan, target: CopyTarget): Promise<{ readonly finished: readonly UnitRecord[]; readonly tasks: readonly CopyTask[] }> {
  const finished: UnitRecord[] = [];
  const tasks: CopyTask[] = [];
  for (const task of plan.tasks) {
    const records = await Promise.all(task.work.units.map((unit) => finishedUnit(target, unit)));
    const open = task.work.units.filter((_, i) => records[i] === undefined);
    finished.push(...records.filter((record) => record !== undefined));
    if (open.length === 0) continue;
    // Days that are finished are not written again beside those that are not.
    const dates = task.work.datesOf ? task.chunk.dates : task.chunk.dates.filter((_, i) => records[i] === undefined);
    tasks.push({ chunk: { ...task.chunk, dates }, work: { ...task.work, units: open }, sourceBytes: (task.sourceBytes * open.length) / task.work.units.length });
  }
  return { finished, tasks };
}

/** How large the copy will be, from some rows of some of its sources. Undefined where no row could be read. */
export async function estimateCopy({ plan, options, host, open }: Pick<CopyRequest, "plan" | "options" | "host" | "open">, tasks: readonly CopyTask[]): Promise<{ readonly sourceBytes: number; readonly copyBytes: number } | undefined> {
  const sourceBytes = tasks.reduce((sum, task) => sum + task.sourceBytes, 0);
  const sampled = { source: 0, copy: 0 };
  const step = Math.max(1, Math.floor(tasks.length / TASKS_SAMPLED));
  const worker = host.spawn("care");
  try {
    await inTime(open(worker.api, plan.files), HANG_AFTER, "getting ready");
    for (const task of tasks.filter((_, i) => i % step === 0).slice(0, TASKS_SAMPLED)) {
      const found = await inTime(worker.api.sampleCopy(task.chunk, options), HANG_AFTER, "reading some rows");
      sampled.source += found.sourceBytes;
      sampled.copy += found.copyBytes;
    }
  } finally {
    worker.end();
  }
  return sampled.source === 0 ? undefined : { sourceBytes, copyBytes: (sourceBytes * sampled.copy) / sampled.source };
}

/** Resolves when every unit is done or has failed, or with "stopped" after the signal; rejects where the target cannot take more. */
export async function copyData({ plan, options, host, workers, open, descriptor, onUnits, onFailed, onProgress, signal, hangAfter }: CopyRequest, tasks: readonly CopyTask[]): Promise<"done" | "stopped"> {
  const total = tasks.reduce((sum, { work }) => sum + work.units.length, 0);
  let done = 0;
  const count = (units: number): void => onProgress((done += units), total);
  const full = new AbortController();
  let refusal: unknown;
  const stop = (): void => full.abort();
  signal?.addEventListener("abort", stop, { once: true });
  if (signal?.aborted) stop();
  const ended = await runTasks<"care", CopyTask, readonly UnitRecord[]>({
    host, kind: "care", workers, tasks, signal: full.signal,
    open: (api) => open(api, plan.files),
    work: (api: CareWorkerApi, { chunk, work }, alive) => api.copy(descriptor, chunk, work, options, alive), hangAfter, doing: "copying rows",
    onDone(task, records) {
      onUnits(records);
      count(task.work.units.length);
    },
    onFailed(task, error) {
      // On a disk that is full nothing more can be written either.
      if (isFull(error)) {
        refusal ??= error;
        stop();
        return;
      }
      onFailed(task, error);
      count(task.work.units.length);
    },
  });
  signal?.removeEventListener("abort", stop);
  if (refusal !== undefined) throw new DiskFull({ cause: refusal });
  return ended;
}

/** The place that a copy is written into has no room left. What is complete stays, and is not written again. */
export class DiskFull extends Error {
  override readonly name = "DiskFull";
  constructor(options?: ErrorOptions) {
    super("The place that the copy is written into is full. What is complete stays: make room, and start again to go on from there.", options);
  }
}

/** What the platforms say of a full disk, also after an error has lost its class on the way from a worker. */
function isFull(error: unknown): boolean {
  const { code, name, message = "" } = error as { code?: unknown; name?: unknown; message?: string };
  return code === "ENOSPC" || name === "QuotaExceededError" || /ENOSPC|EDQUOT|quota/i.test(message);
}
