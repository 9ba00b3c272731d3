/** The figures of a study over the days that have come. */
import { factsByDate, type DayFacts } from "../facts/day-facts.ts";
import type { MarketRules } from "../market/types.ts";
import type { DayNotRun } from "../results/types.ts";
import type { DayNumber } from "../time.ts";
import { describe, mergedTally, tallyOf, type Stats, type Tally } from "./describe.ts";
import { DIRECTIONS, directionOf, wilson, type Direction, type Share } from "./directions.ts";
import { exceptionWords } from "./exception-words.ts";
import { dayLabels, labelWords, leftIn, type DayLabels } from "./labels.ts";
import { metricFacts, STUDY_METRIC_NAMES, WINDOW_METRICS, type StudyMetric, type WindowMetric } from "./metrics.ts";
import { diverges, outlying } from "./outliers.ts";
import { looksBack } from "./parse.ts";
import { CONFIDENCE, type Dimension, type Study, type StudySeries } from "./schema.ts";
import type { StudyDay } from "./study-day.ts";
import type { WindowFacts } from "./window-facts.ts";

/** All days (`by` null), or those of one group. */
export interface Group {
  readonly by: Dimension | null;
  readonly label: number | null;
}

interface Place {
  readonly group: Group;
  readonly series: StudySeries;
  readonly window: string;
}

export interface DirectionRow extends Place {
  /** Days on which the window has figures. */
  readonly n: number;
  readonly directions: Readonly<Record<Direction, Share>>;
}

export interface StatisticRow extends Place {
  readonly metric: StudyMetric;
  readonly stats: Stats;
  /** |mean − median| > k · MAD. */
  readonly divergence: boolean;
  readonly outliersMad: number;
  readonly outliersIqr: number;
}

export interface WindowRow {
  readonly date: DayNumber;
  readonly labels: DayLabels;
  readonly series: StudySeries;
  readonly window: string;
  readonly found: StudyDay["windows"][number]["found"];
  readonly direction: Direction | null;
  /** Why the day is exceptional, metric by metric; empty where it is not. */
  readonly exceptions: readonly Exception[];
}

export interface Exception {
  readonly metric: WindowMetric;
  readonly value: number;
  /** See `outlying`. */
  readonly score: number | null;
  readonly mad: boolean;
  readonly iqr: boolean;
  readonly reason: string;
}

export interface StudyReport {
  readonly study: Study;
  /** Days that the figures are of: in the dates of the study, left in by `where`, and readable. */
  readonly days: readonly DayNumber[];
  /** Days that `where` left out. */
  readonly leftOut: number;
  /** Days that could not be used, with the reason. */
  readonly notRun: readonly DayNotRun[];
  readonly directions: readonly DirectionRow[];
  readonly statistics: readonly StatisticRow[];
  /** One per day, series and window, in this order. */
  readonly windows: readonly WindowRow[];
}

export interface StudyInput {
  readonly study: Study;
  readonly rules: MarketRules;
  /** Ascending: the dates of the study, and those before that regimes look at. */
  readonly days: readonly StudyDay[];
  /** Dates that the plan has ruled out. */
  readonly plannedOut: readonly DayNotRun[];
}

export function studyReport({ study, rules, days, plannedOut }: StudyInput): StudyReport {
  const facts = new Map<DayNumber, DayFacts>(looksBack(study) ? factsByDate(days.flatMap((day) => day.facts ?? [])).map((one) => [one.date, one]) : []);
  const expiries = rules.expiries(study.universe.symbol);
  const wanted = days.filter(({ windows }) => windows.length > 0).map((day) => ({ day, labels: dayLabels(day.date, facts.get(day.date), expiries) }));
  const kept = wanted.filter(({ labels }) => leftIn(labels, study.where));
  const groups = groupsOf(study, kept.map(({ labels }) => labels));
  const unreadable = days.flatMap(({ date, unreadable: detail }): DayNotRun[] => (detail === undefined ? [] : [{ date, reason: "unreadable", detail }]));

  const directions: DirectionRow[] = [];
  const statistics: StatisticRow[] = [];
  const rows: (WindowRow & { readonly place: number })[] = [];
  for (const [s, series] of study.series.entries()) {
    for (const [w, window] of study.windows.entries()) {
      const cells = kept.map(({ day, labels }): Cell => ({ date: day.date, labels, found: day.windows[s * study.windows.length + w].found }));
      for (const group of groups) {
        const own = cells.flatMap(({ labels, found }) => (isIn(group, labels) && !("missing" in found) ? [found] : []));
        directions.push({ group, series, window, ...directionsOf(own, study) });
        for (const metric of metricsOf(series)) statistics.push({ group, series, window, metric, ...statisticsOf(tallyOfMetric(own, metric), study) });
      }
      const overall = statistics.filter((row) => row.group.by === null && row.series === series && row.window === window);
      for (const cell of cells) rows.push({ ...cell, series, window, place: s * study.windows.length + w, ...judged(cell, overall, study) });
    }
  }
  rows.sort((a, b) => a.date - b.date || a.place - b.place);
  return {
    study, directions, statistics, windows: rows.map(({ place: _, ...row }) => row), days: kept.map(({ day }) => day.date), leftOut: wanted.length - kept.length,
    notRun: [...plannedOut, ...unreadable].sort((a, b) => a.date - b.date),
  };
}

interface Cell {
  readonly date: DayNumber;
  readonly labels: DayLabels;
  readonly found: WindowRow["found"];
}

/** All days first, then each dimension's groups, the unknown last. */
function groupsOf({ by }: Study, labels: readonly DayLabels[]): Group[] {
  const split = (by ?? []).flatMap((dimension) => {
    const found = [...new Set(labels.map((one) => one[dimension]))].sort((a, b) => (a ?? Infinity) - (b ?? Infinity));
    return found.map((label): Group => ({ by: dimension, label }));
  });
  return [{ by: null, label: null }, ...split];
}

function isIn({ by, label }: Group, labels: DayLabels): boolean {
  return by === null || labels[by] === label;
}

/** How a group is called. */
export function groupWords({ by, label }: Group): string {
  return by === null ? "all days" : labelWords(by, label);
}

export function metricsOf(series: StudySeries): readonly StudyMetric[] {
  return STUDY_METRIC_NAMES.filter((metric) => series !== "spot" || metricFacts(metric).volume !== true);
}

function tallyOfMetric(found: readonly WindowFacts[], metric: StudyMetric): Tally {
  return metric === "volume_change" ? mergedTally(found.flatMap(({ changes }) => changes ?? [])) : tallyOf(found.flatMap(({ values }) => values[metric] ?? []));
}

function directionsOf(found: readonly WindowFacts[], { flat, confidence }: Study): Pick<DirectionRow, "n" | "directions"> {
  const ways = found.map(({ values }) => directionOf(values.return!, flat));
  const share = (direction: Direction) => wilson(ways.filter((way) => way === direction).length, ways.length, CONFIDENCE[confidence]);
  return { n: ways.length, directions: Object.fromEntries(DIRECTIONS.map((direction) => [direction, share(direction)])) as Record<Direction, Share> };
}

function statisticsOf(tally: Tally, { divergence, outliers }: Study): Omit<StatisticRow, keyof Place | "metric"> {
  const stats = describe(tally);
  let outliersMad = 0;
  let outliersIqr = 0;
  tally.values.forEach((value, i) => {
    const { mad, iqr } = outlying(value, stats, outliers);
    if (mad) outliersMad += tally.counts[i];
    if (iqr) outliersIqr += tally.counts[i];
  });
  return { stats, divergence: diverges(stats, divergence), outliersMad, outliersIqr };
}

/** A day against all days of the study. */
function judged({ found }: Cell, overall: readonly StatisticRow[], { flat, outliers }: Study): Pick<WindowRow, "direction" | "exceptions"> {
  if ("missing" in found) return { direction: null, exceptions: [] };
  const exceptions = overall.flatMap(({ metric, stats }): Exception[] => {
    if (!isWindowMetric(metric)) return [];
    const value = found.values[metric];
    if (value === null) return [];
    const { score, mad, iqr, fence } = outlying(value, stats, outliers);
    return mad || iqr ? [{ metric, value, score, mad, iqr, reason: exceptionWords(metric, value, stats, { score, mad, iqr, fence }, outliers) }] : [];
  });
  return { direction: directionOf(found.values.return!, flat), exceptions };
}

/** Why days have no figures in a window, the most frequent reason first. */
export function missingReasons({ windows }: StudyReport, series: StudySeries, window: string): { readonly reason: string; readonly days: number }[] {
  const counted = new Map<string, number>();
  for (const row of windows) {
    if (row.series !== series || row.window !== window || !("missing" in row.found)) continue;
    counted.set(row.found.missing, (counted.get(row.found.missing) ?? 0) + 1);
  }
  return [...counted].map(([reason, days]) => ({ reason, days })).sort((a, b) => b.days - a.days);
}

function isWindowMetric(metric: StudyMetric): metric is WindowMetric {
  return (WINDOW_METRICS as readonly StudyMetric[]).includes(metric);
}
