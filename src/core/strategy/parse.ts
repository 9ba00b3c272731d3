/** A strategy file to strategies: text → places → `$NAME`s and sweep → schema → rules between fields. */
import type { z } from "../zod.ts";
import { crossChecks } from "./cross-checks.ts";
import { describeIssues } from "./problems.ts";
import { strategySchema } from "./schema.ts";
import { substitute, variantValues } from "./sweep.ts";
import { readText, type Path, type PlacedText } from "./text.ts";
import { warningsOf } from "./warnings.ts";
import { StrategyError, type ParsedStrategy, type Strategy, type StrategyOverrides, type StrategyProblem } from "./types.ts";

/** Reads YAML or JSON. Throws a StrategyError that lists every problem of the first variant that has any. */
export function parseStrategy(text: string, overrides: StrategyOverrides = {}): ParsedStrategy {
  const placed = readText(text);
  const { params: _params, sweep: _sweep, ...body } = placed.data as Record<string, unknown>;
  const { params, variants } = variantValues(placed.data as Record<string, unknown>, overrides.params ?? {}, placed);
  const overridden = applyOverrides(body, overrides);
  const read = variantReader(overridden, placed);
  const strategies = variants.map(({ all, swept }, i) => ({ name: `v${i + 1}`, swept, strategy: read(all) }));
  return { name: strategies[0].strategy.name, params, variants: strategies, warnings: warningsOf(strategies, placed), places: placed.places };
}

type Values = Parameters<typeof substitute>[1];
type Section = keyof typeof strategySchema.shape;

/** Reads one variant after the other: what a variant has in common with the first is read once. */
function variantReader(body: unknown, placed: PlacedText): (values: Values) => Strategy {
  let first: { readonly data: Record<string, unknown>; readonly strategy: Strategy } | undefined;
  return (values) => {
    const undefinedNames: StrategyProblem[] = [];
    const data = substitute(body, values, placed, undefinedNames) as Record<string, unknown>;
    if (undefinedNames.length > 0) throw new StrategyError(undefinedNames);
    let strategy: Strategy;
    if (first === undefined) {
      strategy = checked(strategySchema.safeParse(data), [], data, placed);
      first = { data, strategy };
    } else {
      const changed = (Object.keys(data) as Section[]).filter((section) => data[section] !== first!.data[section]);
      const sections = changed.map((section) => [section, checked<unknown>(strategySchema.shape[section].safeParse(data[section]), [section], data, placed)]);
      strategy = { ...first.strategy, ...Object.fromEntries(sections) };
    }
    const problems = crossChecks(strategy, placed);
    if (problems.length > 0) throw new StrategyError(problems);
    return strategy;
  };
}

function checked<T>(result: z.ZodSafeParseResult<T>, path: Path, data: unknown, placed: PlacedText): T {
  if (result.success) return result.data;
  throw new StrategyError(describeIssues(result.error.issues.map((issue) => ({ ...issue, path: [...path, ...issue.path] })), data, placed));
}

function applyOverrides(body: Record<string, unknown>, { from, to, days, window }: StrategyOverrides): Record<string, unknown> {
  const given = Object.fromEntries(Object.entries({ from, to, days, window }).filter(([, value]) => value !== undefined));
  if (Object.keys(given).length === 0) return body;
  const time = body.time !== null && typeof body.time === "object" ? body.time : {};
  return { ...body, time: { ...time, ...given } };
}
