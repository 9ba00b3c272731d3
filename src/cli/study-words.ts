/** The results of a study as tables for a terminal. */
import { DIRECTIONS } from "../core/studies/directions.ts";
import { figure } from "../core/studies/exception-words.ts";
import { dimensionWords } from "../core/studies/labels.ts";
import { groupWords, missingReasons, type DirectionRow, type StatisticRow, type StudyReport } from "../core/studies/report.ts";
import type { StudySeries } from "../core/studies/schema.ts";
import { isoDate, weekdayName } from "../core/time.ts";
import { percent, ratio, tableWords } from "./table-words.ts";
import { count } from "./words.ts";

/** So many exceptional days are listed; the files have all. */
const EXCEPTIONS_LISTED = 20;

export function studyWords(report: StudyReport): string {
  const { study, days, leftOut, notRun } = report;
  const left = [...(leftOut > 0 ? [`${count(leftOut, "day")} left out by where`] : []), ...(notRun.length > 0 ? [`${count(notRun.length, "day")} not run`] : [])];
  const head = `${study.name}: ${study.universe.symbol}, ${count(days.length, "day")}${days.length > 0 ? ` from ${isoDate(days[0])} to ${isoDate(days[days.length - 1])}` : ""}${left.map((words) => `, ${words}`).join("")}`;
  const parts = study.series.flatMap((series) => study.windows.map((window) => windowWords(report, series, window)));
  return [head, ...parts, exceptionLines(report)].join("\n\n");
}

function windowWords(report: StudyReport, series: StudySeries, window: string): string {
  const { study, directions, statistics } = report;
  const here = <T extends { readonly series: string; readonly window: string }>(rows: readonly T[]) => rows.filter((row) => row.series === series && row.window === window);
  const [all, ...groups] = here(directions);
  const shares = DIRECTIONS.map((direction) => {
    const { count: times, share, low, high } = all.directions[direction];
    return [direction, String(times), percent(share), share === null ? "—" : `${percent(low)} to ${percent(high)}`];
  });
  const figures = here(statistics);
  const without = missingReasons(report, series, window).map(({ reason, days }) => `${count(days, "day")} without: ${reason}`);
  const head = [`${series} ${window}: ${count(all.n, "day")} with prices`, ...without];
  if (all.n === 0) return head.join("\n");
  return [
    ...head,
    ...tableWords([["", "days", "share", `${study.confidence} % interval`], ...shares]),
    "",
    ...tableWords([METRIC_HEAD, ...figures.filter(({ group }) => group.by === null).map(metricRow)]),
    ...(study.by ?? []).flatMap((by) => ["", ...tableWords([[dimensionWords(by), "days", "up", "down", "flat", "mean return", "median return", "sd", "mean range"], ...groups.filter(({ group }) => group.by === by).map((row) => groupRow(row, figures))])]),
  ].join("\n");
}

const METRIC_HEAD = ["", "n", "mean", "median", "sd", "MAD", "IQR", "skew", "min", "max", "outliers MAD", "IQR", "mean and median"];

function metricRow({ metric, stats, divergence, outliersMad, outliersIqr }: StatisticRow): string[] {
  const of = (value: number | null) => figure(metric, value);
  return [metric, String(stats.n), ...[stats.mean, stats.median, stats.sd, stats.mad, stats.iqr].map(of), ratio(stats.skew), of(stats.min), of(stats.max), String(outliersMad), String(outliersIqr), divergence ? "diverge" : "agree"];
}

function groupRow({ group, n, directions }: DirectionRow, figures: readonly StatisticRow[]): string[] {
  const stats = (metric: "return" | "range") => figures.find((row) => row.metric === metric && row.group.by === group.by && row.group.label === group.label)!.stats;
  const { mean, median, sd } = stats("return");
  return [groupWords(group), String(n), ...DIRECTIONS.map((direction) => percent(directions[direction].share)), figure("return", mean), figure("return", median), figure("return", sd), figure("range", stats("range").mean)];
}

function exceptionLines({ windows }: StudyReport): string {
  const lines = windows.flatMap(({ date, series, window, exceptions }) => exceptions.map(({ reason }) => `${isoDate(date)} ${weekdayName(date)} ${series} ${window}: ${reason}`));
  if (lines.length === 0) return "No exceptional day.";
  const more = lines.length - EXCEPTIONS_LISTED;
  return ["Exceptional days", ...lines.slice(0, EXCEPTIONS_LISTED), ...(more > 0 ? [`and ${more} more; --json and --out give all.`] : [])].join("\n");
}
