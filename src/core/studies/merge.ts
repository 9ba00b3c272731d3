/** The days of a study as they come, in any order. */
import type { MarketRules } from "../market/types.ts";
import type { DayNotRun } from "../results/types.ts";
import { studyReport, type StudyReport } from "./report.ts";
import type { Study } from "./schema.ts";
import type { StudyDay } from "./study-day.ts";

export interface StudyMerge {
  add(day: StudyDay): void;
  /** Over the days added so far. */
  report(): StudyReport;
}

/** @param plannedOut dates of the study that the rules rule out without reading anything */
export function createStudyMerge(study: Study, rules: MarketRules, plannedOut: readonly DayNotRun[]): StudyMerge {
  const days: StudyDay[] = [];
  return {
    add: (day) => void days.push(day),
    report: () => studyReport({ study, rules, plannedOut, days: days.toSorted((a, b) => a.date - b.date) }),
  };
}
