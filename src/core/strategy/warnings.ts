/** What is allowed in a strategy but hardly meant. */
import { blocksOf, conditionsOf, timesOf } from "./compile.ts";
import type { ConditionForm, MetricForm } from "./condition-schema.ts";
import { readCondition, readOperand, seriesOf, type Metric } from "./condition.ts";
import { metricWords } from "./condition-words.ts";
import { metricInfo } from "./metrics.ts";
import { neverTrue } from "./never-true.ts";
import type { KnownBounds } from "./operand-interval.ts";
import { placedMetrics } from "./placed-metrics.ts";
import { problem } from "./problems.ts";
import { parseClock } from "../time.ts";
import { parseWindow } from "./schema-parts.ts";
import { nowText, seriesKind, seriesWords, spliced } from "./series.ts";
import type { Path, PlacedText } from "./text.ts";
import type { Strategy, StrategyProblem, StrategyVariant } from "./types.ts";

/** Different conditions of one sweep that are looked into; more would repeat the same sentence with other numbers. */
const MOST_LOOKED_INTO = 50;

export function warningsOf(variants: readonly StrategyVariant[], text: PlacedText): StrategyProblem[] {
  const perStrategy = new Map<string, { readonly found: readonly StrategyProblem[]; readonly first: string; count: number }>();
  for (const { name, strategy } of variants) {
    const key = looksAt(strategy);
    const same = perStrategy.get(key);
    if (same) same.count++;
    else if (perStrategy.size < MOST_LOOKED_INTO) perStrategy.set(key, { found: strategyWarnings(strategy, text), first: name, count: 1 });
  }
  const all = new Map<string, { readonly warning: StrategyProblem; readonly first: string; count: number }>();
  for (const { found, first, count } of perStrategy.values()) {
    for (const warning of found) {
      const key = `${warning.path}\n${warning.message}`;
      const same = all.get(key);
      if (same) same.count += count;
      else all.set(key, { warning, first, count });
    }
  }
  return [...all.values()].map(({ warning, first, count }) => (count === variants.length ? warning : { ...warning, message: `${warning.message} (in ${first}${count > 1 ? " and others" : ""})` }));
}

/** All that a warning depends on, as one text: amounts do not matter. */
function looksAt(strategy: Strategy): string {
  const { time, universe, entry, exit } = strategy;
  const legs = blocksOf(strategy).map(({ legs: own }) => own.map(({ stop_loss, target, reentry }) => [stop_loss !== null, target !== null, reentry?.on]));
  const exits = [exit.stop_loss, exit.target, exit.trail, exit.lock].map((rule) => rule !== null);
  return JSON.stringify([conditionsOf(strategy), entry.trigger, entry.at, entry.until, entry.reentry?.on, time.window, universe.dte, legs, exits, exit.on_leg_stop, exit.on_leg_target]);
}

function strategyWarnings(strategy: Strategy, text: PlacedText): StrategyProblem[] {
  const { entry, entries } = strategy;
  const edge: Path = ["entry", "trigger"];
  return [
    ...(entry.when === null && entries === null && entry.trigger === "edge" ? [problem(edge, text, "edge has no effect: there is no entry.when")] : []),
    ...idleRules(strategy, text),
    ...conditionsOf(strategy).flatMap(({ path, form }) => conditionWarnings(form, path, strategy, text)),
  ];
}

/** Rules that wait for something which cannot happen. */
function idleRules(strategy: Strategy, text: PlacedText): StrategyProblem[] {
  const { entry, exit } = strategy;
  const legs = blocksOf(strategy).flatMap(({ legs: own }) => own);
  const stops = legs.some(({ stop_loss }) => stop_loss !== null);
  const found: StrategyProblem[] = [];
  const idle = (path: Path, message: string) => found.push(problem(path, text, message));
  if (exit.on_leg_stop !== "leg" && !stops) idle(["exit", "on_leg_stop"], "has no effect: no leg has a stop_loss");
  if (exit.on_leg_target !== "leg" && legs.every(({ target }) => target === null)) idle(["exit", "on_leg_target"], "has no effect: no leg has a target");
  blocksOf(strategy).forEach(({ legs: own }, block) => own.forEach(({ reentry, stop_loss, target }, i) => {
    const path: Path = strategy.entries === null ? ["entry", "legs", i, "reentry"] : ["entries", block, "legs", i, "reentry"];
    const fires = { stop_loss: stop_loss !== null || (exit.on_leg_stop === "move_to_cost" && stops), target: target !== null };
    if (reentry && !reentry.on.some((rule) => fires[rule])) idle(path, `has no effect: the leg has no ${reentry.on.join(" and no ")}`);
  }));
  const exits = { stop_loss: exit.stop_loss !== null, target: exit.target !== null, trail: exit.trail !== null || exit.lock !== null };
  if (entry.reentry && !entry.reentry.on.some((rule) => exits[rule])) idle(["entry", "reentry"], `has no effect: exit has no ${entry.reentry.on.join(" and no ")}`);
  return [...found, ...lateTimes(strategy, text)];
}

/** Times of entry at which `until` leaves nothing to decide. */
function lateTimes({ entry, time }: Strategy, text: PlacedText): StrategyProblem[] {
  if (entry.until === null || entry.at === null) return [];
  const until = parseClock(entry.until)!;
  const window = time.window.map((written) => parseWindow(written)!).find(({ start, end }) => start < until && until <= end);
  return timesOf(entry.at)
    .filter((at) => window && parseClock(at)! >= until && parseClock(at)! < window.end)
    .map((at) => problem(["entry", "at"], text, `nothing is entered at ${at}: until is ${entry.until}`));
}

function conditionWarnings(form: ConditionForm, path: Path, strategy: Strategy, text: PlacedText): StrategyProblem[] {
  const never = neverTrue(readCondition(form), knownBounds(strategy), path);
  return [
    ...never.map(({ path: at, reason }) => problem(at, text, `can never be true: ${reason}`)),
    ...placedMetrics(form, path).flatMap(({ form: metric, path: at }) => metricWarnings(metric).map((message) => problem(at, text, message))),
  ];
}

/** Conditions are asked inside the windows only, and only on days whose expiry is near enough. */
function knownBounds({ time, universe }: Strategy): KnownBounds {
  const windows = time.window.map((window) => parseWindow(window)!);
  return { TIME: [windows[0].start, windows[windows.length - 1].end], DTE: universe.dte ?? [0, Infinity] };
}

function metricWarnings(form: MetricForm): string[] {
  const metric = readOperand(form) as Metric;
  const series = seriesOf(metric.name === "LAG" ? metric.args.x : metric);
  if (!series) return [];
  const found: string[] = [];
  if (spliced(series) && looksBack(metric)) found.push(`${metricWords(metric)} runs on a spliced series, which jumps when the strike changes; of: ${nowText(series)} follows the contracts of the moment through the day instead`);
  const { needs } = metricInfo(metric.name);
  const missing = needs ?? ("field" in metric.args && metric.args.field !== "price" ? metric.args.field : undefined);
  if (missing !== undefined && seriesKind(series) === "index") found.push(`${seriesWords(series)} is an index without ${missing}: ${metricWords(metric)} stays missing; the future or an option has it`);
  return found;
}

/** Whether a change of contract inside the look-back distorts the metric. A volume is each contract's own increase and does not jump. */
function looksBack(metric: Metric): boolean {
  if (metric.name === "LAG") return metric.args.x.name !== "VOL";
  return metricInfo(metric.name).history === true && !("field" in metric.args && metric.args.field === "volume");
}
