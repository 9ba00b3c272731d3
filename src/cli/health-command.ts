/** Says how sound the data of a folder is, day by day. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { hasRows, type DayHealth, type InstrumentReport } from "../core/health/day-health.ts";
import { calendarGaps, type CalendarGaps } from "../core/health/missing-days.ts";
import { dayJson, dayReportCsv, dayReportJson, daysCsv } from "../core/health/report.ts";
import { quarantineReasons, thresholdsJson, type Thresholds } from "../core/health/thresholds.ts";
import { rulesWith } from "../core/market/rules.ts";
import { isoDate, type DayNumber } from "../core/time.ts";
import { EXIT, UsageError } from "./exit.ts";
import { inspect } from "./inspect-health.ts";
import { openData, sayProblems, sayProgress, type OpenData } from "./open-data.ts";
import { dataSettings, type DataOptions } from "./options.ts";
import { refuseOutInData } from "./out-folder.ts";
import { readRules, readThresholds } from "./read-given-file.ts";
import { percent, tableWords } from "./table-words.ts";
import { count, print, say, sayOver } from "./words.ts";

export interface HealthOptions extends DataOptions {
  readonly out?: string;
  readonly symbol?: readonly string[];
  readonly from?: DayNumber;
  readonly to?: DayNumber;
  readonly thresholds?: string;
  readonly anew?: true;
  readonly workers: number;
  readonly json?: true;
}

/** A day with why it is in quarantine. */
interface JudgedDay {
  readonly day: DayHealth;
  readonly quarantine: readonly string[];
}

export async function healthCommand(options: HealthOptions): Promise<number> {
  const { data: folder, out, symbol: symbols, from, to, workers, json } = options;
  const thresholds = await readThresholds(options.thresholds);
  const own = await readRules(options.rules);
  const rules = rulesWith(own);
  if (out !== undefined) refuseOutInData(out, folder);
  const data = await openData(folder, dataSettings(options), own);
  try {
    refuseUnknownSymbols(symbols, data);
    const plan = await data.catalogue.healthPlan({ symbols, from, to, ...((out !== undefined || options.anew) && { anew: true }) }, sayProgress);
    sayOver("");
    sayProblems(await data.catalogue.summary());
    for (const { symbol, message } of plan.refused) say(`${symbol}: ${message}`);
    const files = out === undefined ? undefined : await ReportFiles.below(out, thresholds ?? {});
    const { found, stopped } = await inspect(data, plan, { workers, rules: own, each: (one) => files?.write(one) });
    await files?.written();
    const days = [...plan.kept, ...found.map(({ day }) => day)].filter(hasRows).sort((a, b) => (a.symbol < b.symbol ? -1 : a.symbol > b.symbol ? 1 : a.date - b.date));
    const judged = days.map((day): JudgedDay => ({ day, quarantine: thresholds ? quarantineReasons(day, thresholds) : [] }));
    // What was not inspected would all seem to be missing.
    const gaps = stopped ? new Map<string, CalendarGaps>() : new Map([...new Set(days.map(({ symbol }) => symbol))].map((symbol) => [symbol, calendarGaps(rules, days.filter((day) => day.symbol === symbol).map(({ date }) => date), { from, to })]));
    const summary = () => `${JSON.stringify(summaryJson(data, judged, gaps, thresholds, stopped), null, 2)}\n`;
    if (out !== undefined) {
      await writeFile(join(out, "health.json"), summary());
      await writeFile(join(out, "health.csv"), daysCsv(judged));
      say(`Written to ${out}: health.json and health.csv of all days, and one report (.json, .csv) for each of ${count(found.length, "day")}`);
    }
    await print(json ? summary().trimEnd() : words(judged, gaps, thresholds));
    if (stopped) say(`Stopped: ${count(days.length, "day")} done before. Trading days without data are known when all are inspected.`);
    return stopped || (days.length === 0 && plan.refused.length > 0) ? EXIT.failed : EXIT.done;
  } finally {
    data.close();
  }
}

function refuseUnknownSymbols(asked: readonly string[] | undefined, { summary }: OpenData): void {
  const known = summary.symbols.map(({ symbol }) => symbol);
  const unknown = asked?.find((symbol) => !known.includes(symbol));
  if (unknown !== undefined) throw new UsageError(`--symbol ${unknown}: the folder holds no such symbol. Allowed: ${known.join(", ") || "none, no symbol was found"}.`);
}

/** The reports of single days, written as they come. */
class ReportFiles {
  readonly #folder: string;
  readonly #thresholds: Thresholds;
  #writing: Promise<unknown> = Promise.resolve();

  private constructor(folder: string, thresholds: Thresholds) {
    this.#folder = folder;
    this.#thresholds = thresholds;
  }

  static async below(out: string, thresholds: Thresholds): Promise<ReportFiles> {
    const folder = join(out, "days");
    await mkdir(folder, { recursive: true });
    return new ReportFiles(folder, thresholds);
  }

  write({ day, reports }: { readonly day: DayHealth; readonly reports: readonly InstrumentReport[] }): void {
    if (!hasRows(day)) return;
    const name = join(this.#folder, `${isoDate(day.date)}-${day.symbol.toLowerCase()}`);
    const json = `${JSON.stringify(dayReportJson(day, reports, quarantineReasons(day, this.#thresholds)), null, 2)}\n`;
    const csv = dayReportCsv(day, reports);
    this.#writing = this.#writing.then(() => Promise.all([writeFile(`${name}.json`, json), writeFile(`${name}.csv`, csv)]));
    // Whoever waits for all is told.
    this.#writing.catch(() => undefined);
  }

  written(): Promise<unknown> {
    return this.#writing;
  }
}

function summaryJson({ summary }: OpenData, days: readonly JudgedDay[], gaps: ReadonlyMap<string, CalendarGaps>, thresholds: Thresholds | undefined, stopped: boolean) {
  return {
    folder: summary.folder,
    stopped,
    thresholds: thresholds ? thresholdsJson(thresholds) : null,
    days: days.map(({ day, quarantine }) => dayJson(day, quarantine)),
    calendar: [...gaps].map(([symbol, { missing, closed }]) => ({ symbol, missing: missing.map(isoDate), closed: closed.map(isoDate) })),
  };
}

const SHOWN_FLAGS = [["crossed", "crossed"], ["locked", "locked"], ["off_tick", "off tick"], ["out_of_order", "out of order"], ["duplicate", "twice"], ["bad_clock", "no clock"]] as const;

function words(days: readonly JudgedDay[], gaps: ReadonlyMap<string, CalendarGaps>, thresholds: Thresholds | undefined): string {
  if (days.length === 0) return "No day with rows was found.";
  const header = ["day", "contracts", "rows", "no row", "longest gap", "stale", ...SHOWN_FLAGS.map(([, words]) => words), "spot gap"];
  const rows = days.map(({ day: { date, symbol, contracts, rows, flags, busiest, spot } }) => [
    `${isoDate(date)} ${symbol}`, String(contracts), rows.toLocaleString("en-IN"),
    busiest ? percent(busiest.missingPct / 100) : "—", busiest ? `${busiest.longestGap} s` : "—", busiest?.stalePct == null ? "—" : percent(busiest.stalePct / 100),
    ...SHOWN_FLAGS.map(([flag]) => flags[flag].toLocaleString("en-IN")),
    spot ? `${spot.longestGap} s` : "—",
  ]);
  const lines = tableWords([header, ...rows]);
  for (const { day, quarantine } of days) {
    for (const reason of quarantine) lines.push(`${isoDate(day.date)} ${day.symbol} in quarantine: ${reason}`);
    for (const { path, message } of day.problems) lines.push(`${isoDate(day.date)} ${day.symbol}: ${path}: ${message}`);
  }
  for (const [symbol, { missing, closed }] of gaps) {
    if (missing.length > 0) lines.push(`${symbol}: ${count(missing.length, "trading day")} without data: ${missing.map(isoDate).join(", ")}`);
    if (closed.length > 0) lines.push(`${symbol}: data on ${count(closed.length, "day")} on which the exchange was closed: ${closed.map(isoDate).join(", ")}`);
  }
  if (thresholds && days.every(({ quarantine }) => quarantine.length === 0)) lines.push("No day is in quarantine.");
  lines.push("no row, longest gap and stale are those of the ten busiest contracts; docs/data-health.md defines every figure");
  return lines.join("\n");
}
