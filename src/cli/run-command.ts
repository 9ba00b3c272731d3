import { join } from "node:path";
import type { Thresholds } from "../core/health/thresholds.ts";
import type { RulesOverride } from "../core/market/override.ts";
import { rulesWith } from "../core/market/rules.ts";
import type { MarketRules } from "../core/market/types.ts";
import { resultHash } from "../core/results/hash.ts";
import { tradeLabels } from "../core/results/labels.ts";
import { ledgerJson } from "../core/results/ledger.ts";
import { createRunMerge, type RunMerge } from "../core/results/merge.ts";
import { rank, rankingJson } from "../core/results/ranking.ts";
import { changedFilesWords } from "../core/results/changed-files.ts";
import { runDoubts } from "../core/results/run-doubts.ts";
import { newRunId } from "../core/results/run-id.ts";
import { summaryJson, summaryText } from "../core/results/summary-json.ts";
import { summarize } from "../core/results/summary.ts";
import type { ParamValue, ParsedStrategy } from "../core/strategy/types.ts";
import { isoDate, type DayNumber } from "../core/time.ts";
import type { ReaderName } from "../data/ports.ts";
import { engineVersion } from "../pool/engine-version.ts";
import { createRunProgress } from "../pool/progress.ts";
import { judge, judgedDates, ledgerQuarantine, withoutQuarantined, type Quarantine } from "../pool/quarantine.ts";
import type { RunPlan, StrategyPlan } from "../pool/protocol.ts";
import { runBacktest } from "../pool/scheduler.ts";
import { EXIT, PlanRefused, UsageError } from "./exit.ts";
import { inspect } from "./inspect-health.ts";
import { thisMachine } from "./machine.ts";
import { nodeHost, openData, sayProblems, sayProgress, type OpenData } from "./open-data.ts";
import { dataSettings, type DataOptions } from "./options.ts";
import { refuseOutInData } from "./out-folder.ts";
import { readRules, readThresholds } from "./read-given-file.ts";
import { readStrategy } from "./read-strategy.ts";
import { rankingWords } from "./ranking-words.ts";
import { writeResultFiles } from "./result-files.ts";
import { strategyFiles, type StrategyFile } from "./strategy-files.ts";
import { summaryWords } from "./summary-words.ts";
import { count, print, printPieces, say, sayOver } from "./words.ts";

export interface RunOptions extends DataOptions {
  readonly out?: string;
  readonly from?: string;
  readonly to?: string;
  readonly days?: readonly string[];
  readonly window?: readonly string[];
  readonly set?: Readonly<Record<string, ParamValue>>;
  readonly workers: number;
  readonly reader: ReaderName;
  /** Gigabytes that the cache may hold; 0 does without it. */
  readonly cache: number;
  /** File of health thresholds. */
  readonly thresholds?: string;
  /** Dates that run whatever the thresholds say. */
  readonly overrule?: readonly DayNumber[];
  readonly json?: true;
}

/** A strategy that is run, and its place among those of the run. */
interface PlannedRun {
  readonly file: StrategyFile;
  readonly place: number;
  readonly runId: string;
  readonly strategy: ParsedStrategy;
  readonly plan: Extract<StrategyPlan, { kind: "planned" }>;
  readonly merge: RunMerge;
}

/** Runs strategies over a folder, all in one pass. Answers the exit status; what is wrong with one strategy costs only itself. */
export async function runCommand(given: readonly string[], options: RunOptions): Promise<number> {
  const files = await strategyFiles(given);
  const own = await readRules(options.rules);
  const thresholds = await readThresholds(options.thresholds);
  if (options.overrule && !thresholds) throw new UsageError("--overrule says which days run although thresholds put them into quarantine. Give the file with --thresholds too.");
  const read = await readAll(files, rulesWith(own), options);
  if (options.out !== undefined) refuseOutInData(options.out, options.data);
  const data = await openData(options.data, dataSettings(options), own);
  try {
    const strategies = read.map(({ strategy }) => strategy);
    const whole = await planned(data, strategies);
    const quarantine = thresholds && (await judgedDays(data, whole, strategies, thresholds, own, options));
    const plan = quarantine ? withoutQuarantined(whole, strategies, quarantine) : whole;
    const started = new Date();
    const runs = read.flatMap(({ file, strategy }, place): PlannedRun[] => {
      const own = plan.strategies[place];
      if (own.kind === "planned") return [{ file, place, strategy, runId: newRunId(started), plan: own, merge: createRunMerge(strategy) }];
      if (files.length === 1) throw new PlanRefused(own.message, own.choice);
      for (const line of own.message.split("\n")) say(`${file.path}: ${line}`);
      return [];
    });
    if (runs.length === 0) return EXIT.failed;
    const status = await runAll(runs, { plan, strategies, quarantine, rules: own, started, several: files.length > 1 }, data, options);
    return read.length < files.length ? EXIT.usage : runs.length < read.length ? EXIT.failed : status;
  } finally {
    data.close();
  }
}

/** What is wrong with one file is said, and the others run. Throws a UsageError when none can be read. */
async function readAll(files: readonly StrategyFile[], rules: MarketRules, { from, to, days, window, set }: RunOptions): Promise<{ readonly file: StrategyFile; readonly strategy: ParsedStrategy }[]> {
  const read: { readonly file: StrategyFile; readonly strategy: ParsedStrategy }[] = [];
  const wrong: string[] = [];
  for (const file of files) {
    try {
      read.push({ file, strategy: await readStrategy(file.path, rules, { from, to, days, window, params: set }) });
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      wrong.push(error.message);
    }
  }
  if (read.length === 0) throw new UsageError(wrong.join("\n"));
  wrong.forEach(say);
  return read;
}

/** Says what could not be used, whether a run can be planned without it or not. */
async function planned({ catalogue }: OpenData, strategies: readonly ParsedStrategy[]): Promise<RunPlan> {
  try {
    return await catalogue.plan(strategies, sayProgress);
  } finally {
    sayOver("");
    sayProblems(await catalogue.summary());
  }
}

/** Which days the thresholds keep from running: their health is looked up, or found by inspecting them. */
async function judgedDays(data: OpenData, plan: RunPlan, strategies: readonly ParsedStrategy[], thresholds: Thresholds, rules: RulesOverride | undefined, { workers, overrule = [] }: RunOptions): Promise<Quarantine> {
  const health = await data.catalogue.healthPlan(judgedDates(plan, strategies), sayProgress);
  const { found, stopped } = await inspect(data, health, { workers, rules });
  if (stopped) throw new Error("Stopped before the health of every day was known: nothing was run.");
  const quarantine = judge([...health.kept, ...found.map(({ day }) => day)], thresholds, new Set(overrule));
  for (const { date, symbol, reasons } of quarantine.overruled) say(`${isoDate(date)} ${symbol} runs although it is in quarantine: ${reasons.join("; ")}`);
  for (const date of overrule) if (!quarantine.overruled.some((one) => one.date === date)) say(`note: --overrule ${isoDate(date)}: the thresholds do not put this day into quarantine`);
  return quarantine;
}

interface Together {
  readonly plan: RunPlan;
  /** Absent where no thresholds were given. */
  readonly quarantine: Quarantine | undefined;
  readonly strategies: readonly ParsedStrategy[];
  readonly rules: RulesOverride | undefined;
  readonly started: Date;
  readonly several: boolean;
}

async function runAll(runs: readonly PlannedRun[], { plan, strategies, quarantine, rules, started, several }: Together, data: OpenData, options: RunOptions): Promise<number> {
  for (const { file, plan: own } of runs) {
    if (own.dates.length === 0) say(`${several ? `${file.path}: ` : ""}No day of the data is left to run: ${count(own.notRun.length, "day")} ruled out by the market rules, the others by from, to and days of the strategy.`);
  }
  const notes = new Set<string>();
  const stop = new AbortController();
  const onInterrupt = (): void => stop.abort();
  process.once("SIGINT", onInterrupt);
  const byPlace = new Map(runs.map((run) => [run.place, run]));
  const dates = new Set<DayNumber>();
  const progress = createRunProgress(plan.dates.length, ({ done, total, secondsLeft }) => sayOver(`${done} of ${total} days, ${Math.ceil(secondsLeft ?? 0)} s left`));
  const ended = await runBacktest({
    plan,
    strategies,
    host: nodeHost,
    workers: options.workers,
    init: () => ({ source: data.source, reader: options.reader, rules, ...(options.cache > 0 && { keep: { warm: options.cache * 1e9, hot: 0 } }) }),
    onKept: ({ trouble }) => trouble !== undefined && notes.add(trouble),
    onOutcome(place, outcome) {
      byPlace.get(place)!.merge.add(outcome);
      if (dates.has(outcome.date)) return;
      dates.add(outcome.date);
      progress.dayDone();
    },
    signal: stop.signal,
  });
  process.off("SIGINT", onInterrupt);
  sayOver("");
  for (const note of notes) say(`note: ${note}`);
  const stopped = ended === "stopped";
  const finished = [];
  for (const run of runs) finished.push(await finish(run, { rules: rulesWith(rules), quarantine, started, several, stopped }, data, options));
  const ranking = rankingJson(rank(finished));
  const summaries = finished.map(({ json }) => json);
  if (options.json) await printPieces(several ? runsText(summaries, ranking) : summaryText(summaries[0]));
  else await print([...summaries.map(summaryWords), ...(several ? [rankingWords(ranking)] : [])].join("\n\n"));
  return stopped || runs.some(({ merge }) => nothingReadable(merge)) ? EXIT.failed : EXIT.done;
}

/** What `--json` prints of several strategies: one object. */
function* runsText(summaries: readonly ReturnType<typeof summaryJson>[], ranking: ReturnType<typeof rankingJson>): Generator<string, void, void> {
  yield '{ "runs": [\n';
  for (const [i, summary] of summaries.entries()) {
    if (i > 0) yield ",\n";
    yield* summaryText(summary);
  }
  yield `],\n"ranking": ${JSON.stringify(ranking, null, 2)} }\n`;
}

/** The figures of one strategy, and its files where they are wanted. */
async function finish({ file, place, runId, strategy, plan, merge }: PlannedRun, { rules, quarantine, started, several, stopped }: Pick<Together, "quarantine" | "started" | "several"> & { readonly rules: MarketRules; readonly stopped: boolean }, data: OpenData, options: RunOptions) {
  const lead = several ? `${file.path}: ` : "";
  const notRun = [...plan.notRun, ...merge.notRun()].sort((a, b) => a.date - b.date);
  for (const { date, reason, detail, variants } of notRun) say(`${lead}${isoDate(date)} not run${variants === undefined ? "" : ` for ${variants}`} (${reason}): ${detail}`);
  const daysRun = merge.daysRun();
  if (stopped) say(`${lead}Stopped: the results are those of the ${count(daysRun.length, "day")} done before.`);

  const changed = changedFilesWords(merge.changedFiles());
  if (changed !== undefined) say(`${lead}${changed}`);

  const ran = new Set(daysRun);
  const daysNotRun = new Set(notRun.map(({ date }) => date).filter((date) => !ran.has(date))).size;
  const hash = resultHash(merge.trades(), tradeLabels(strategy));
  const summary = summarize(strategy, merge.trades(), merge.daysRun);
  const uncertainRules = runDoubts(rules, strategy, merge);
  const json = summaryJson({ uncertainRules, runId, strategy: strategy.name, resultHash: hash, daysRun: daysRun.length, daysNotRun, trades: merge.tradeCount }, summary);
  if (options.out !== undefined) {
    const out = several ? join(options.out, file.name) : options.out;
    const { zones, problems } = await data.catalogue.summary();
    const ledger = ledgerJson({
      runId, strategy, rulesVersion: rules.version, uncertainRules, engineVersion, folder: data.summary.folder, clockZones: zones, problems, reader: options.reader,
      workers: options.workers, merge, plannedOut: plan.notRun, machine: thisMachine(), started, finished: new Date(), stopped, resultHash: hash, ...(quarantine && { quarantine: ledgerQuarantine(quarantine) }),
    });
    await writeResultFiles(out, { runId, strategy, merge, summary: json, ledger }, nodeHost);
    say(`Written to ${out}: trades and positions (.csv, .parquet), summary.json, skips.csv, sample.json, run.json`);
  }
  return { place, strategy, figures: summary, json };
}

/** Every day that was tried failed on its input. */
function nothingReadable(merge: RunMerge): boolean {
  return merge.daysRun().length === 0 && merge.notRun().some(({ reason }) => reason === "unreadable");
}
