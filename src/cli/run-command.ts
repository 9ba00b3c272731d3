import { isAbsolute, relative, resolve } from "node:path";
import { defaultRules } from "../core/market/rules.ts";
import { resultHash } from "../core/results/hash.ts";
import { tradeLabels } from "../core/results/labels.ts";
import { ledgerJson } from "../core/results/ledger.ts";
import { createRunMerge, type RunMerge } from "../core/results/merge.ts";
import { newRunId } from "../core/results/run-id.ts";
import { summaryJson } from "../core/results/summary-json.ts";
import { summarize } from "../core/results/summary.ts";
import type { ParamValue, ParsedStrategy } from "../core/strategy/types.ts";
import { isoDate } from "../core/time.ts";
import type { DataSettings } from "../data/catalogue/types.ts";
import type { ReaderName } from "../data/ports.ts";
import { engineVersion } from "../pool/engine-version.ts";
import { createRunProgress } from "../pool/progress.ts";
import type { RunPlan } from "../pool/protocol.ts";
import { runBacktest } from "../pool/scheduler.ts";
import { EXIT, UsageError } from "./exit.ts";
import { thisMachine } from "./machine.ts";
import { nodeHost, openData, sayProblems, sayProgress, type OpenData } from "./open-data.ts";
import { readStrategy } from "./read-strategy.ts";
import { writeResultFiles } from "./result-files.ts";
import { summaryWords } from "./summary-words.ts";
import { count, print, say, sayOver } from "./words.ts";

export interface RunOptions {
  readonly data: string;
  readonly out?: string;
  readonly from?: string;
  readonly to?: string;
  readonly days?: readonly string[];
  readonly window?: readonly string[];
  readonly set?: Readonly<Record<string, ParamValue>>;
  readonly workers: number;
  readonly reader: ReaderName;
  readonly zone?: DataSettings["zone"];
  readonly layout?: DataSettings["layout"];
  /** Gigabytes that the cache may hold; 0 does without it. */
  readonly cache: number;
  readonly json?: true;
}

/** Runs a strategy over a folder. Answers the exit status. */
export async function runCommand(file: string, options: RunOptions): Promise<number> {
  const { from, to, days, window, set, zone, layout } = options;
  const strategy = await readStrategy(file, { from, to, days, window, params: set });
  if (options.out !== undefined) refuseOutInData(options.out, options.data);
  const data = await openData(options.data, { zone, layout });
  try {
    const plan = await planned(data, strategy);
    if (plan.dates.length === 0) say(`No day of the data is left to run: ${count(plan.notRun.length, "day")} ruled out by the market rules, the others by from, to and days of the strategy.`);
    return await runPlan(strategy, plan, data, options);
  } finally {
    data.close();
  }
}

/** Says what could not be used, whether a run can be planned without it or not. */
async function planned({ catalogue }: OpenData, strategy: ParsedStrategy): Promise<RunPlan> {
  try {
    return await catalogue.plan(strategy, sayProgress);
  } finally {
    sayOver("");
    sayProblems(await catalogue.summary());
  }
}

async function runPlan(strategy: ParsedStrategy, plan: RunPlan, data: OpenData, options: RunOptions): Promise<number> {
  const started = new Date();
  const runId = newRunId(started);
  const merge = createRunMerge(strategy.variants.length);
  const notes = new Set<string>();
  const stop = new AbortController();
  const onInterrupt = (): void => stop.abort();
  process.once("SIGINT", onInterrupt);
  const progress = createRunProgress(plan.dates.length, ({ done, total, secondsLeft }) => sayOver(`${done} of ${total} days, ${Math.ceil(secondsLeft ?? 0)} s left`));
  const ended = await runBacktest({
    plan,
    host: nodeHost,
    workers: options.workers,
    init: () => ({ source: data.source, reader: options.reader, strategy, ...(options.cache > 0 && { cache: { bytes: options.cache * 1e9 } }) }),
    onNote: (note) => notes.add(note),
    onOutcome(outcome) {
      merge.add(outcome);
      progress.dayDone();
    },
    signal: stop.signal,
  });
  process.off("SIGINT", onInterrupt);
  sayOver("");
  for (const note of notes) say(`note: ${note}`);
  const stopped = ended === "stopped";
  const notRun = [...plan.notRun, ...merge.notRun()].sort((a, b) => a.date - b.date);
  for (const { date, reason, detail } of notRun) say(`${isoDate(date)} not run (${reason}): ${detail}`);
  if (stopped) say(`Stopped: the results are those of the ${count(merge.daysRun().length, "day")} done before.`);

  const hash = resultHash(merge.trades(), tradeLabels(strategy));
  const head = { runId, strategy: strategy.name, resultHash: hash, daysRun: merge.daysRun().length, daysNotRun: notRun.length, trades: merge.tradeCount };
  const summary = summaryJson(head, summarize(strategy, merge.trades(), () => merge.daysRun()));
  if (options.out !== undefined) {
    const { zones, problems } = await data.catalogue.summary();
    const ledger = ledgerJson({
      runId, strategy, rulesVersion: defaultRules.version, engineVersion, folder: data.summary.folder, clockZones: zones, problems, reader: options.reader,
      workers: options.workers, merge, plannedOut: plan.notRun, machine: thisMachine(), started, finished: new Date(), stopped, resultHash: hash,
    });
    await writeResultFiles(options.out, { runId, strategy, merge, summary, ledger, source: data.source }, nodeHost);
    say(`Written to ${options.out}: trades.csv, trades.parquet, summary.json, skips.csv, sample.json, run.json`);
  }
  await print(options.json ? JSON.stringify(summary, null, 2) : summaryWords(summary));
  return stopped || nothingReadable(merge) ? EXIT.failed : EXIT.done;
}

/** Every day that was tried failed on its input. */
function nothingReadable(merge: RunMerge): boolean {
  return merge.daysRun().length === 0 && merge.notRun().some(({ reason }) => reason === "unreadable");
}

/** Result files among the data would be read as data by the next run. */
function refuseOutInData(out: string, data: string): void {
  const way = relative(resolve(data), resolve(out));
  if (!way.startsWith("..") && !isAbsolute(way)) throw new UsageError(`--out ${out} lies in the data folder ${data}, to which nothing is ever written. Give a folder elsewhere.`);
}
