/** Rules between the fields of a strategy, which no single field can tell. */
import { parseClock } from "../time.ts";
import type { ConditionForm } from "./condition-schema.ts";
import { metricInfo } from "./metrics.ts";
import { placedMetrics } from "./placed-metrics.ts";
import { problem } from "./problems.ts";
import { parseWindow } from "./schema.ts";
import { legOf } from "./series.ts";
import type { Path, PlacedText } from "./text.ts";
import type { Strategy, StrategyProblem } from "./types.ts";

export function crossChecks(strategy: Strategy, placed: PlacedText): StrategyProblem[] {
  const problems: StrategyProblem[] = [];
  const { time, entry, exit } = strategy;
  const windows = time.window.map((text) => parseWindow(text)!);
  for (let i = 1; i < windows.length; i++) {
    if (windows[i].start < windows[i - 1].end) {
      problems.push(problem(["time", "window", i], placed, `"${time.window[i]}" starts before "${time.window[i - 1]}" has ended; allowed: windows in order that do not overlap`));
    }
  }
  if (time.from !== null && time.to !== null && time.from > time.to) {
    problems.push(problem(["time", "from"], placed, `${time.from} is after to: ${time.to}; allowed: from on or before to (both days are included)`));
  }
  const shown = time.window.join(", ");
  if (entry.at !== null) {
    const at = parseClock(entry.at)!;
    if (!windows.some(({ start, end }) => start <= at && at < end)) problems.push(problem(["entry", "at"], placed, `${entry.at} lies in no window (${shown}); allowed: a time from the start of a window to before its end`));
  }
  if (exit.at !== null) {
    const at = parseClock(exit.at)!;
    if (!windows.some(({ start, end }) => start < at && at <= end)) problems.push(problem(["exit", "at"], placed, `${exit.at} lies in no window (${shown}); allowed: a time after the start of a window, up to its end`));
  }
  if (entry.at !== null && entry.when !== null) problems.push(problem(["entry", "at"], placed, `at and when stand together; allowed: one of them. To enter on a condition from ${entry.at} on, write {gte: [TIME, "${entry.at}"]} into when`));
  if (entry.when !== null) problems.push(...conditionProblems(entry.when, ["entry", "when"], strategy, placed));
  if (exit.when !== null) problems.push(...conditionProblems(exit.when, ["exit", "when"], strategy, placed));
  return problems;
}

function conditionProblems(condition: ConditionForm, path: Path, { entry: { legs } }: Strategy, placed: PlacedText): StrategyProblem[] {
  const inEntry = path[0] === "entry";
  return placedMetrics(condition, path).flatMap(({ form, path: at }) => {
    if (inEntry && metricInfo(form.metric).exitOnly) return [problem(at, placed, `${form.metric} belongs to an open position; allowed: in exit.when only`)];
    const leg = legOf(form.args.of);
    if (leg === undefined) return [];
    if (inEntry) return [problem([...at, "args", "of"], placed, `leg:${leg} belongs to an open position; allowed: in exit.when only`)];
    return leg <= legs.length ? [] : [problem([...at, "args", "of"], placed, `leg:${leg} names no leg; allowed: leg:1 to leg:${legs.length}`)];
  });
}

