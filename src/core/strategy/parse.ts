/** A strategy file to strategies: text → places → `$NAME`s and sweep → schema → rules between fields. */
import { describeIssues, problem } from "./problems.ts";
import { parseWindow, strategySchema } from "./schema.ts";
import { substitute, variantValues } from "./sweep.ts";
import { readText, type PlacedText } from "./text.ts";
import { parseClock } from "../time.ts";
import { StrategyError, type ParsedStrategy, type Strategy, type StrategyOverrides, type StrategyProblem } from "./types.ts";

/** Reads YAML or JSON. Throws a StrategyError that lists every problem of the first variant that has any. */
export function parseStrategy(text: string, overrides: StrategyOverrides = {}): ParsedStrategy {
  const placed = readText(text);
  const { params: _params, sweep: _sweep, ...body } = placed.data as Record<string, unknown>;
  const { params, variants } = variantValues(placed.data as Record<string, unknown>, overrides.params ?? {}, placed);
  const overridden = applyOverrides(body, overrides);
  const strategies = variants.map(({ all, swept }, i) => ({ name: `v${i + 1}`, swept, strategy: parseVariant(overridden, all, placed) }));
  return { name: strategies[0].strategy.name, params, variants: strategies };
}

function parseVariant(body: unknown, values: Parameters<typeof substitute>[1], placed: PlacedText): Strategy {
  const undefinedNames: StrategyProblem[] = [];
  const data = substitute(body, values, placed, undefinedNames);
  if (undefinedNames.length > 0) throw new StrategyError(undefinedNames);
  const result = strategySchema.safeParse(data);
  if (!result.success) throw new StrategyError(describeIssues(result.error.issues, data, placed));
  const strategy: Strategy = result.data;
  const problems = crossChecks(strategy, placed);
  if (problems.length > 0) throw new StrategyError(problems);
  return strategy;
}

function applyOverrides(body: Record<string, unknown>, { from, to, days, window }: StrategyOverrides): Record<string, unknown> {
  const given = Object.fromEntries(Object.entries({ from, to, days, window }).filter(([, value]) => value !== undefined));
  if (Object.keys(given).length === 0) return body;
  const time = body.time !== null && typeof body.time === "object" ? body.time : {};
  return { ...body, time: { ...time, ...given } };
}

/** What no single field can tell. */
function crossChecks(strategy: Strategy, placed: PlacedText): StrategyProblem[] {
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
  return problems;
}
