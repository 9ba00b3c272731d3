/** The results of a study as tables for files: `statistics`, `directions`, `days` and `exceptions`. docs/studies.md names the columns. */
import { csvCell } from "../results/csv-cell.ts";
import { isoDate, WEEKDAY_NAMES } from "../time.ts";
import { DIRECTIONS } from "./directions.ts";
import { WINDOW_METRICS, STUDY_METRICS } from "./metrics.ts";
import { groupWords, type Group, type StudyReport, type WindowRow } from "./report.ts";
import { looksBack } from "./parse.ts";
import { REGIMES } from "../facts/regimes.ts";

export const STUDY_TABLES = ["statistics", "directions", "days", "exceptions"] as const;
export type StudyTableName = (typeof STUDY_TABLES)[number];

type Cell = string | number | boolean | null;

export interface StudyColumn {
  readonly name: string;
  /** `date`: days since 1970. */
  readonly type: "text" | "number" | "whole" | "truth" | "date";
  readonly values: readonly Cell[];
}

export function studyTable(report: StudyReport, name: StudyTableName): readonly StudyColumn[] {
  switch (name) {
    case "statistics":
      return statistics(report);
    case "directions":
      return directions(report);
    case "days":
      return days(report);
    case "exceptions":
      return exceptions(report);
  }
}

/** With a header; numbers in full, dates as YYYY-MM-DD, nothing for a missing cell. */
export function studyCsv(columns: readonly StudyColumn[]): string {
  const rows = columns[0].values.map((_, r) => columns.map(({ type, values }) => cellText(type, values[r])).join(","));
  return [columns.map(({ name }) => name).join(","), ...rows, ""].join("\n");
}

function cellText(type: StudyColumn["type"], value: Cell): string {
  if (value === null) return "";
  return type === "date" ? isoDate(value as number) : typeof value === "string" ? csvCell(value) : String(value);
}

type ColumnOf<T> = readonly [name: string, type: StudyColumn["type"], of: (row: T) => Cell];

function table<T>(rows: readonly T[], columns: readonly ColumnOf<T>[]): readonly StudyColumn[] {
  return columns.map(([name, type, of]) => ({ name, type, values: rows.map(of) }));
}

const GROUP: readonly ColumnOf<{ readonly group: Group; readonly series: string; readonly window: string }>[] = [
  ["by", "text", ({ group }) => group.by],
  ["group", "text", ({ group }) => groupWords(group)],
  ["series", "text", ({ series }) => series],
  ["window", "text", ({ window }) => window],
];

function statistics({ statistics: rows }: StudyReport) {
  return table(rows, [
    ...GROUP,
    ["metric", "text", ({ metric }) => metric],
    ["unit", "text", ({ metric }) => STUDY_METRICS[metric].unit],
    ["n", "whole", ({ stats }) => stats.n],
    ...(["mean", "median", "sd", "mad", "iqr", "skew", "min", "max"] as const).map((name): ColumnOf<(typeof rows)[number]> => [name, "number", ({ stats }) => stats[name]]),
    ["divergence_flag", "truth", ({ divergence }) => divergence],
    ["outliers_mad", "whole", ({ outliersMad }) => outliersMad],
    ["outliers_iqr", "whole", ({ outliersIqr }) => outliersIqr],
  ]);
}

function directions({ directions: rows }: StudyReport) {
  const flat = rows.flatMap((row) => DIRECTIONS.map((direction) => ({ ...row, direction, share: row.directions[direction] })));
  return table(flat, [
    ...GROUP,
    ["direction", "text", ({ direction }) => direction],
    ["count", "whole", ({ share }) => share.count],
    ["n", "whole", ({ n }) => n],
    ["share", "number", ({ share }) => share.share],
    ["low", "number", ({ share }) => share.low],
    ["high", "number", ({ share }) => share.high],
  ]);
}

const DAY: readonly ColumnOf<WindowRow>[] = [
  ["date", "date", ({ date }) => date],
  ["weekday", "text", ({ labels }) => WEEKDAY_NAMES[labels.weekday! - 1]],
  ["dte", "whole", ({ labels }) => labels.dte],
  ["expiry_day", "truth", ({ labels }) => (labels.expiry_day === null ? null : labels.expiry_day === 1)],
];

function days(report: StudyReport) {
  const found = ({ found: one }: WindowRow) => ("missing" in one ? null : one);
  return table(report.windows, [
    ...DAY,
    ...(looksBack(report.study) ? REGIMES : []).map((regime): ColumnOf<WindowRow> => [`${regime}_decile`, "whole", ({ labels }) => labels[regime]]),
    ["series", "text", ({ series }) => series],
    ["window", "text", ({ window }) => window],
    ...(["open", "high", "low", "close"] as const).map((name): ColumnOf<WindowRow> => [name, "number", (row) => found(row)?.[name] ?? null]),
    ["direction", "text", ({ direction }) => direction],
    ...WINDOW_METRICS.map((metric): ColumnOf<WindowRow> => [metric, "number", (row) => found(row)?.values[metric] ?? null]),
    ["missing", "text", ({ found: one }) => ("missing" in one ? one.missing : null)],
    ["exception_flag", "truth", ({ exceptions }) => exceptions.length > 0],
    ["reason", "text", ({ exceptions }) => (exceptions.length === 0 ? null : exceptions.map(({ reason }) => reason).join(". "))],
  ]);
}

function exceptions({ windows }: StudyReport) {
  const rows = windows.flatMap((row) => row.exceptions.map((exception) => ({ ...row, exception })));
  return table(rows, [
    ...DAY,
    ["series", "text", ({ series }) => series],
    ["window", "text", ({ window }) => window],
    ["metric", "text", ({ exception }) => exception.metric],
    ["value", "number", ({ exception }) => exception.value],
    ["score_mad", "number", ({ exception }) => exception.score],
    ["outlier_mad", "truth", ({ exception }) => exception.mad],
    ["outlier_iqr", "truth", ({ exception }) => exception.iqr],
    ["exception_flag", "truth", () => true],
    ["reason", "text", ({ exception }) => exception.reason],
  ]);
}
