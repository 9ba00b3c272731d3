/** Rules between the fields of a strategy, which no single field can tell. */
import { parseClock } from "../time.ts";
import { blocksOf, conditionsOf, timesOf } from "./compile.ts";
import type { ConditionForm } from "./condition-schema.ts";
import { metricInfo } from "./metrics.ts";
import { placedMetrics } from "./placed-metrics.ts";
import { problem } from "./problems.ts";
import { parseWindow } from "./schema-parts.ts";
import { legOf } from "./series.ts";
import type { Path, PlacedText } from "./text.ts";
import type { Strategy, StrategyProblem, Threshold } from "./types.ts";

export function crossChecks(strategy: Strategy, placed: PlacedText): StrategyProblem[] {
  return [...timeProblems(strategy, placed), ...entryProblems(strategy, placed), ...exitProblems(strategy, placed), ...conditionsOf(strategy).flatMap(({ path, form, held }) => conditionProblems(form, path, held, strategy, placed))];
}

function timeProblems({ time, entry, exit }: Strategy, placed: PlacedText): StrategyProblem[] {
  const problems: StrategyProblem[] = [];
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
  const times = entry.at === null ? [] : timesOf(entry.at);
  times.forEach((text, i) => {
    const at = parseClock(text)!;
    const path: Path = typeof entry.at === "string" ? ["entry", "at"] : ["entry", "at", i];
    if (!windows.some(({ start, end }) => start <= at && at < end)) problems.push(problem(path, placed, `${text} lies in no window (${shown}); allowed: a time from the start of a window to before its end`));
    if (i > 0 && at <= parseClock(times[i - 1])!) problems.push(problem(path, placed, `${text} does not come after ${times[i - 1]}; allowed: a sorted list of times, each once`));
  });
  for (const [path, text] of [[["entry", "until"], entry.until], [["exit", "at"], exit.at]] as const) {
    if (text === null) continue;
    const at = parseClock(text)!;
    if (!windows.some(({ start, end }) => start < at && at <= end)) problems.push(problem(path, placed, `${text} lies in no window (${shown}); allowed: a time after the start of a window, up to its end`));
  }
  return problems;
}

function entryProblems({ entry, entries }: Strategy, placed: PlacedText): StrategyProblem[] {
  const problems: StrategyProblem[] = [];
  if (entries === null) {
    if (entry.legs.length === 0) problems.push(problem(["entry", "legs"], placed, "is needed: a list of 1 to 10 legs such as {cp: CE, lots: -1}, or entries in its place"));
  } else {
    for (const [key, given] of [["at", entry.at !== null], ["when", entry.when !== null], ["legs", entry.legs.length > 0]] as const) {
      if (given) problems.push(problem(["entry", key], placed, `${key} and entries stand together; allowed: one of them. Every block of entries has its own when and legs`));
    }
  }
  if (entry.at !== null && entry.when !== null) {
    const first = timesOf(entry.at)[0];
    problems.push(problem(["entry", "at"], placed, `at and when stand together; allowed: one of them. To enter on a condition from ${first} on, write {gte: [TIME, "${first}"]} into when`));
  }
  return problems;
}

function exitProblems(strategy: Strategy, placed: PlacedText): StrategyProblem[] {
  const problems: StrategyProblem[] = [];
  const { lock, premium } = strategy.exit;
  if (lock) {
    const path: Path = ["exit", "lock"];
    if ((lock.every === null) !== (lock.by === null)) problems.push(problem([...path, lock.every === null ? "by" : "every"], placed, `${lock.every === null ? "by stands without every" : "every stands without by"}; allowed: both or neither`));
    const [[unit, keep], [other, reach]] = [amountOf(lock.keep), amountOf(lock.reach)];
    if (unit === other && keep >= reach) problems.push(problem([...path, "keep"], placed, `${keep} is not below reach: ${reach}; allowed: less than the profit that it locks`));
  }
  if (premium && premium.rise === null && premium.fall === null) problems.push(problem(["exit", "premium"], placed, "neither rise nor fall is given; allowed: either or both, each with one of pct, points"));
  const legs = mostLegs(strategy);
  (strategy.adjust ?? []).forEach(({ leg }, i) => {
    if (leg > legs) problems.push(problem(["adjust", i, "leg"], placed, `${leg} is no leg; allowed: ${legs === 1 ? "1" : `1 to ${legs}`}`));
  });
  return problems;
}

function amountOf(threshold: Threshold): [unit: string, amount: number] {
  return Object.entries(threshold)[0] as [string, number];
}

/** The legs of the block that has most. */
function mostLegs(strategy: Strategy): number {
  return Math.max(...blocksOf(strategy).map(({ legs }) => legs.length));
}

function conditionProblems(condition: ConditionForm, path: Path, held: boolean, strategy: Strategy, placed: PlacedText): StrategyProblem[] {
  const ALLOWED = "belongs to an open position; allowed: in exit.when and adjust only";
  return placedMetrics(condition, path).flatMap(({ form, path: at }) => {
    if (!held && metricInfo(form.metric).exitOnly) return [problem(at, placed, `${form.metric} ${ALLOWED}`)];
    const leg = legOf(form.args.of);
    if (leg === undefined) return [];
    if (!held) return [problem([...at, "args", "of"], placed, `leg:${leg} ${ALLOWED}`)];
    const legs = mostLegs(strategy);
    return leg <= legs ? [] : [problem([...at, "args", "of"], placed, `leg:${leg} names no leg; allowed: leg:1 to leg:${legs}`)];
  });
}
