/** The results of a study as one JSON object: what `--json` prints and study.json holds. docs/studies.md names its keys. */
import { isoDate } from "../time.ts";
import { DIRECTIONS } from "./directions.ts";
import { groupWords, type Group, type StudyReport } from "./report.ts";

export function studyJson({ study, days, leftOut, notRun, directions, statistics, windows }: StudyReport) {
  return {
    study: study.name,
    symbol: study.universe.symbol,
    settings: study,
    days: days.length,
    first: days.length === 0 ? null : isoDate(days[0]),
    last: days.length === 0 ? null : isoDate(days[days.length - 1]),
    days_left_out: leftOut,
    not_run: notRun.map(({ date, reason, detail }) => ({ date: isoDate(date), reason, detail })),
    directions: directions.map(({ group, series, window, n, directions: ways }) => ({ ...groupJson(group), series, window, n, ...Object.fromEntries(DIRECTIONS.map((direction) => [direction, ways[direction]])) })),
    statistics: statistics.map(({ group, series, window, metric, stats: { q1: _, q3: __, ...figures }, divergence, outliersMad, outliersIqr }) => ({
      ...groupJson(group), series, window, metric, ...figures, divergence_flag: divergence, outliers_mad: outliersMad, outliers_iqr: outliersIqr,
    })),
    exceptions: windows.flatMap(({ date, series, window, exceptions }) =>
      exceptions.map(({ metric, value, score, mad, iqr, reason }) => ({ date: isoDate(date), series, window, metric, value, score_mad: score, outlier_mad: mad, outlier_iqr: iqr, exception_flag: true, reason }))),
    windows: windows.map(({ date, labels: { gap, rv, range5, ...labels }, series, window, found, direction, exceptions }) => ({
      date: isoDate(date), ...labels, gap_decile: gap, rv_decile: rv, range5_decile: range5, series, window, direction, exception_flag: exceptions.length > 0,
      ...("missing" in found ? { missing: found.missing } : { open: found.open, high: found.high, low: found.low, close: found.close, ...found.values }),
    })),
  };
}

function groupJson(group: Group) {
  return { by: group.by, group: groupWords(group) };
}
