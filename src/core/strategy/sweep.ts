/** `params`, `sweep` and `$NAME`: one set of values per variant, last key fastest. */
import { z } from "../zod.ts";
import { describeIssues, problem } from "./problems.ts";
import { type Path, type PlacedText } from "./text.ts";
import { StrategyError, type ParamValue, type StrategyProblem } from "./types.ts";

/** More variants than this are refused before any is made. */
export const MOST_VARIANTS = 100_000;

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const value = z.union([z.number(), z.string(), z.boolean()], { error: "allowed: a number, a text, or true or false" });
const names = (schema: z.ZodType) => z.record(z.string().regex(NAME, { error: "a name has letters, digits and _, and starts with no digit" }), schema);
export const paramsSchema = names(value).describe("fixed values by name; $NAME stands for one anywhere");
const SWEEP_ALLOWED = "allowed: a list of values, or {from, to, step} with step above 0 and from not above to";
export const sweepSchema = names(
  z.union([
    z.array(value).min(1).max(MOST_VARIANTS),
    z.strictObject({ from: z.number(), to: z.number(), step: z.number().positive() }).refine(({ from, to }) => from <= to, { error: SWEEP_ALLOWED }),
  ], { error: SWEEP_ALLOWED }),
).describe("values by name, of which every combination is a variant");

type Axis = readonly ParamValue[] | { readonly from: number; readonly to: number; readonly step: number };
export interface VariantValues {
  readonly swept: Readonly<Record<string, ParamValue>>;
  readonly all: Readonly<Record<string, ParamValue>>;
}

/** The values of every variant. `overrides` replace a param, or hold a swept name at one value. */
export function variantValues(data: Record<string, unknown>, overrides: Readonly<Record<string, ParamValue>>, text: PlacedText): { readonly params: Record<string, ParamValue>; readonly variants: readonly VariantValues[] } {
  const params = section(paramsSchema, data, "params", text) as Record<string, ParamValue>;
  const sweep = section(sweepSchema, data, "sweep", text) as Record<string, Axis>;
  const problems: StrategyProblem[] = [];
  for (const [name, given] of Object.entries(overrides)) {
    if (!(name in params) && !(name in sweep)) problems.push({ path: name, message: `"${name}" is neither in params nor in sweep; known: ${[...new Set([...Object.keys(params), ...Object.keys(sweep)])].join(", ") || "none"}` });
    params[name] = given;
    delete sweep[name];
  }
  if (problems.length > 0) throw new StrategyError(problems);

  const axes = Object.entries(sweep).map(([name, axis]) => ({ name, size: axisSize(axis), at: (i: number) => valueOf(axis, i) }));
  const total = axes.reduce((product, axis) => product * axis.size, 1);
  if (total > MOST_VARIANTS) {
    throw new StrategyError([problem(["sweep"], text, `this grid has ${total.toLocaleString("en-IN")} variants; at most ${MOST_VARIANTS.toLocaleString("en-IN")} run at once. Take fewer values or larger steps.`)]);
  }
  const variants = Array.from({ length: total }, (_, index): VariantValues => {
    const swept: Record<string, ParamValue> = {};
    let rest = index;
    for (let i = axes.length - 1; i >= 0; i--) {
      swept[axes[i].name] = axes[i].at(rest % axes[i].size);
      rest = Math.floor(rest / axes[i].size);
    }
    const inOrder = Object.fromEntries(axes.map(({ name }) => [name, swept[name]]));
    return { swept: inOrder, all: { ...params, ...inOrder } };
  });
  return { params, variants };
}

function section(schema: z.ZodType, data: Record<string, unknown>, key: string, text: PlacedText): object {
  const given = data[key];
  if (given === undefined || given === null) return {};
  const result = schema.safeParse(given);
  if (!result.success) {
    const issues = result.error.issues.map((issue) => ({ ...issue, path: [key, ...issue.path] }));
    throw new StrategyError(describeIssues(issues, data, text));
  }
  return { ...(result.data as object) };
}

/** Steps from `from` to `to` inclusive; a step that misses `to` by rounding alone still reaches it. */
export function axisSize(axis: Axis): number {
  if (!("from" in axis)) return axis.length;
  return Math.floor((axis.to - axis.from) / axis.step + 1e-9) + 1;
}

function valueOf(axis: Axis, i: number): ParamValue {
  if (!("from" in axis)) return axis[i];
  // 0.1 + 2 · 0.1 shall read 0.3: twelve significant digits are more than any strategy's numbers have.
  return Number((axis.from + i * axis.step).toPrecision(12));
}

/** Replaces every scalar `$NAME` in a copy of the data; parts without one are the same objects. Undefined names become problems. */
export function substitute(data: unknown, values: Readonly<Record<string, ParamValue>>, text: PlacedText, problems: StrategyProblem[], path: Path = []): unknown {
  if (typeof data === "string" && data.startsWith("$")) {
    const name = data.slice(1);
    if (Object.hasOwn(values, name)) return values[name];
    problems.push(problem(path, text, `${data} is not defined; known names: ${Object.keys(values).map((known) => `$${known}`).join(", ") || "none (add it under params or sweep)"}`));
    return data;
  }
  if (data === null || typeof data !== "object") return data;
  const before: readonly (readonly [string | number, unknown])[] = Array.isArray(data) ? data.map((item, i) => [i, item] as const) : Object.entries(data);
  const after = before.map(([key, item]) => [key, substitute(item, values, text, problems, [...path, key])] as const);
  if (after.every(([, item], i) => item === before[i][1])) return data;
  return Array.isArray(data) ? after.map(([, item]) => item) : Object.fromEntries(after);
}
