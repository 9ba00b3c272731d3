/** A strategy file to strategies: text → places → `$NAME`s and sweep → schema → rules between fields. */
import { crossChecks } from "./cross-checks.ts";
import { describeIssues } from "./problems.ts";
import { strategySchema } from "./schema.ts";
import { substitute, variantValues } from "./sweep.ts";
import { readText, type PlacedText } from "./text.ts";
import { warningsOf } from "./warnings.ts";
import { StrategyError, type ParsedStrategy, type Strategy, type StrategyOverrides, type StrategyProblem } from "./types.ts";

/** Reads YAML or JSON. Throws a StrategyError that lists every problem of the first variant that has any. */
export function parseStrategy(text: string, overrides: StrategyOverrides = {}): ParsedStrategy {
  const placed = readText(text);
  const { params: _params, sweep: _sweep, ...body } = placed.data as Record<string, unknown>;
  const { params, variants } = variantValues(placed.data as Record<string, unknown>, overrides.params ?? {}, placed);
  const overridden = applyOverrides(body, overrides);
  const strategies = variants.map(({ all, swept }, i) => ({ name: `v${i + 1}`, swept, strategy: parseVariant(overridden, all, placed) }));
  return { name: strategies[0].strategy.name, params, variants: strategies, warnings: warningsOf(strategies, placed) };
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
