import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { rulesWith } from "../core/market/rules.ts";
import type { MarketRules } from "../core/market/types.ts";
import { problemText, StrategyError } from "../core/strategy/types.ts";
import { checkStudy } from "../core/studies/check.ts";
import { createStudyMerge } from "../core/studies/merge.ts";
import { parseStudy, type ParsedStudy } from "../core/studies/parse.ts";
import type { StudyReport } from "../core/studies/report.ts";
import { studyJson } from "../core/studies/study-json.ts";
import { studyParquet } from "../core/studies/study-parquet.ts";
import { STUDY_TABLES, studyCsv, studyTable } from "../core/studies/tables.ts";
import { isoDate } from "../core/time.ts";
import type { ReaderName } from "../data/ports.ts";
import { createRunProgress } from "../pool/progress.ts";
import { runStudy } from "../pool/run-study.ts";
import { EXIT, PlanRefused, UsageError } from "./exit.ts";
import { nodeHost, openData, sayProblems, sayProgress } from "./open-data.ts";
import { dataSettings, type DataOptions } from "./options.ts";
import { refuseOutInData } from "./out-folder.ts";
import { readRules } from "./read-given-file.ts";
import { studyWords } from "./study-words.ts";
import { count, print, say, sayOver } from "./words.ts";

export interface StudyOptions extends DataOptions {
  readonly out?: string;
  readonly workers: number;
  readonly reader: ReaderName;
  /** Gigabytes that the cache may hold; 0 does without it. */
  readonly cache: number;
  readonly json?: true;
}

/** Runs a window study over a folder. Answers the exit status; a day that cannot be read costs only itself. */
export async function studyCommand(file: string, options: StudyOptions): Promise<number> {
  const own = await readRules(options.rules);
  const rules = rulesWith(own);
  const parsed = await readStudy(file, rules);
  const { study, warnings } = parsed;
  for (const warning of warnings) say(`${file}: warning: ${problemText(warning)}`);
  if (options.out !== undefined) refuseOutInData(options.out, options.data);
  const data = await openData(options.data, dataSettings(options), own);
  try {
    const plan = await data.catalogue.planStudy(parsed, sayProgress);
    sayOver("");
    sayProblems(await data.catalogue.summary());
    if (plan.kind === "refused") throw new PlanRefused(plan.message, plan.choice);
    if (plan.wanted.length === 0) say(`No day of the data is left to look at: ${count(plan.notRun.length, "day")} ruled out by the market rules, the others by from, to and days of the study.`);
    const merge = createStudyMerge(study, rules, plan.notRun);
    const stop = new AbortController();
    const onInterrupt = (): void => stop.abort();
    process.once("SIGINT", onInterrupt);
    const progress = createRunProgress(plan.dates.length, ({ done, total, secondsLeft }) => sayOver(`${done} of ${total} days, ${Math.ceil(secondsLeft ?? 0)} s left`));
    const notes = new Set<string>();
    const ended = await runStudy({
      plan, study, host: nodeHost, workers: options.workers, signal: stop.signal,
      init: () => ({ source: data.source, reader: options.reader, rules: own, ...(options.cache > 0 && { keep: { warm: options.cache * 1e9, hot: 0 } }) }),
      onKept: ({ trouble }) => trouble !== undefined && notes.add(trouble),
      onDay(day) {
        merge.add(day);
        progress.dayDone();
      },
    });
    process.off("SIGINT", onInterrupt);
    sayOver("");
    for (const note of notes) say(`note: ${note}`);
    const report = merge.report();
    for (const { date, reason, detail } of report.notRun) say(`${isoDate(date)} not run (${reason}): ${detail}`);
    if (ended === "stopped") say(`Stopped: the results are those of the ${count(report.days.length, "day")} done before.`);
    if (options.out !== undefined) await writeStudy(options.out, report);
    await print(options.json ? JSON.stringify(studyJson(report), null, 2) : studyWords(report));
    const nothingReadable = report.days.length === 0 && report.notRun.some(({ reason }) => reason === "unreadable");
    return ended === "stopped" || nothingReadable ? EXIT.failed : EXIT.done;
  } finally {
    data.close();
  }
}

/** Throws a UsageError that names the file and every problem in it. */
async function readStudy(file: string, rules: MarketRules): Promise<ParsedStudy> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    throw new UsageError(`${file}: the study file cannot be read (${(error as Error).message}). Give the path of a YAML or JSON file.`);
  }
  try {
    const parsed = parseStudy(text);
    const problems = checkStudy(parsed, rules);
    if (problems.length > 0) throw new StrategyError(problems);
    return parsed;
  } catch (error) {
    if (!(error instanceof StrategyError)) throw error;
    throw new UsageError(error.message.split("\n").map((line) => `${file}: ${line}`).join("\n"));
  }
}

async function writeStudy(folder: string, report: StudyReport): Promise<void> {
  await mkdir(folder, { recursive: true });
  await Promise.all([
    writeFile(join(folder, "study.json"), `${JSON.stringify(studyJson(report), null, 2)}\n`),
    ...STUDY_TABLES.flatMap((name) => {
      const columns = studyTable(report, name);
      return [writeFile(join(folder, `${name}.csv`), studyCsv(columns)), writeFile(join(folder, `${name}.parquet`), studyParquet(columns))];
    }),
  ]);
  say(`Written to ${folder}: ${STUDY_TABLES.join(", ")} (.csv, .parquet), study.json`);
}
