/** Inspects the days of a health plan in workers and passes each on when all of it is there. */
import { dayHealth, type DaySession, type HealthProblem, type InstrumentReport } from "../core/health/day-health.ts";
import type { MarketRules } from "../core/market/types.ts";
import type { DayNumber } from "../core/time.ts";
import type { BadRows, BadRowsQuery } from "../data/health/bad-rows.ts";
import { fileGroups } from "../data/health/instruments.ts";
import type { HealthFound, HealthPlan } from "./health-protocol.ts";
import { WorkerHung } from "./in-time.ts";
import { unpackChunk } from "./packed-plan.ts";
import type { CareOpen, CareWorkerApi, PlannedChunk } from "./protocol.ts";
import { movedCare } from "./transfers.ts";
import { runTasks } from "./task-pool.ts";
import type { WorkerHost } from "./worker-host.ts";

export interface HealthCheck {
  readonly plan: HealthPlan;
  readonly host: WorkerHost;
  readonly rules: MarketRules;
  /** At most. */
  readonly workers: number;
  /** Called once per worker: a port to the page's files cannot be shared. */
  readonly open: () => Omit<CareOpen, "files">;
  /** In any order; once per day of the plan unless the check is stopped. */
  readonly onDay: (found: HealthFound) => void;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
  /** As of `runTasks`. */
  readonly hangAfter?: number;
}

interface OpenDay {
  readonly key: string;
  waiting: number;
  readonly reports: InstrumentReport[];
  readonly problems: HealthProblem[];
}

/** A file that cannot be read is a problem of the days that it may hold rows of, and costs no other file. */
export async function checkHealth({ plan, host, rules, workers, open, onDay, onProgress, signal, hangAfter }: HealthCheck): Promise<"done" | "stopped"> {
  const days = new Map<string, OpenDay>(plan.days.map(({ symbol, date, key }) => [`${symbol} ${date}`, { key, waiting: 0, reports: [], problems: [] }]));
  const dayOf = (symbol: string, date: DayNumber): OpenDay => days.get(`${symbol} ${date}`)!;
  for (const { symbol, dates } of plan.tasks) for (const date of dates) dayOf(symbol, date).waiting++;
  const close = (symbol: string, date: DayNumber): void => {
    const { key, reports, problems } = dayOf(symbol, date);
    days.delete(`${symbol} ${date}`);
    onDay({ key, reports, day: dayHealth(symbol, date, sessionOf(rules, date), reports, problems) });
  };
  let done = 0;
  let total = plan.tasks.length;
  const settle = ({ symbol, dates }: PlannedChunk): void => {
    for (const date of dates) if (--dayOf(symbol, date).waiting === 0) close(symbol, date);
    onProgress?.(++done, total);
  };
  for (const { symbol, date } of plan.days) if (dayOf(symbol, date).waiting === 0) close(symbol, date);
  return runTasks({
    host, kind: "care", workers, signal, tasks: plan.tasks,
    open: (api) => api.open(movedCare({ ...open(), files: plan.files })),
    work: (api, task, alive) => api.inspect(task, alive), hangAfter, doing: "inspecting rows",
    onDone(task, { reports, problems }) {
      for (const { date, report } of reports) dayOf(task.symbol, date).reports.push(report);
      for (const { dates, ...problem } of problems) for (const date of dates) dayOf(task.symbol, date).problems.push(problem);
      settle(task);
    },
    split(task) {
      const parts = splitTask(task, plan);
      for (const date of task.dates) dayOf(task.symbol, date).waiting += parts.length - 1;
      total += parts.length - 1;
      return parts;
    },
    onFailed(task, error) {
      const message = failedWords(error);
      for (const { path } of unpackChunk(task, plan.files).files)
        for (const date of task.dates) dayOf(task.symbol, date).problems.push({ path, message });
      settle(task);
    },
  });
}

/** The rows of an instrument, out of those tasks of a plan of one day that may hold it. */
export async function findBadRows(api: CareWorkerApi, tasks: readonly PlannedChunk[], query: BadRowsQuery): Promise<BadRows> {
  let none: BadRows = { total: 0, columns: [], rows: [] };
  for (const task of tasks) {
    const found = await api.badRows(task, query);
    if (found.total > 0) return found;
    none = found;
  }
  return none;
}

function failedWords(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  if (error instanceof WorkerHung) return `inspecting it does not end, tried twice (${said}). See whether the disk or the network that it lies on answers, then check again; the others are not affected.`;
  return `inspecting it failed twice (${said}). Copy the file again from its source; the others are not affected.`;
}

/** One task for each group of files that belong together. */
function splitTask(task: PlannedChunk, { files }: HealthPlan): PlannedChunk[] {
  const chunk = unpackChunk(task, files);
  const places = new Map(chunk.files.map(({ path }, i) => [path, task.files[i]]));
  return fileGroups(chunk).map((group) => ({ ...task, files: Uint32Array.from(group.files, ({ path }) => places.get(path)!) }));
}

function sessionOf(rules: MarketRules, date: DayNumber): DaySession {
  const session = rules.session(date);
  return session === undefined ? "unknown" : session === "closed" ? "closed" : "open";
}
