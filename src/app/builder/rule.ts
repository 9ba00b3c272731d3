/** The forms of a condition as it is written. */
import { parseClock } from "../../core/time.ts";
import { ARITHMETIC, COMPARISONS } from "../../core/strategy/condition-schema.ts";
import { ALIASES, METRICS, metricInfo, standsAlone, type AliasName, type ArgInfo, type MetricName } from "../../core/strategy/metrics.ts";

type Keys = Readonly<Record<string, unknown>>;
const isKeys = (value: unknown): value is Keys => value !== null && typeof value === "object" && !Array.isArray(value);

export const GROUPS = ["all", "any"] as const;
export const OPERATORS = [...COMPARISONS, "between"] as const;
export type Operator = (typeof OPERATORS)[number];
export const OPERATOR_WORDS: Readonly<Record<Operator, string>> = {
  gt: "above", gte: "at least", lt: "below", lte: "at most", eq: "equals", ne: "differs from", crosses_above: "crosses above", crosses_below: "crosses below", between: "between",
};

/** What a node of a condition is, by its one key; undefined for what is none. */
export function ruleKey(value: unknown): "all" | "any" | "not" | Operator | undefined {
  if (!isKeys(value)) return undefined;
  const [key, ...more] = Object.keys(value);
  if (more.length > 0) return undefined;
  if (key === "not") return key;
  if (key === "all" || key === "any") return Array.isArray(value[key]) ? key : undefined;
  const operands = value[key];
  const operator = OPERATORS.find((known) => known === key);
  return operator && Array.isArray(operands) && operands.length === operandsOf(operator) ? operator : undefined;
}

export function operandsOf(operator: Operator): number {
  return operator === "between" ? 3 : 2;
}

/** Whether every part of a condition has a form that the builder knows. */
export function isRule(value: unknown): boolean {
  const key = ruleKey(value);
  if (key === undefined) return false;
  const inside = (value as Keys)[key];
  if (key === "not") return isRule(inside);
  return key === "all" || key === "any" ? (inside as readonly unknown[]).every(isRule) : (inside as readonly unknown[]).every(isOperand);
}

export type OperandForm = "number" | "time" | "name" | "metric" | "arithmetic";

export function operandForm(value: unknown): OperandForm | undefined {
  if (value === null || typeof value === "number") return "number";
  if (typeof value === "string") return value.startsWith("$") ? "name" : metricName(value) !== undefined ? "metric" : parseClock(value) === undefined ? "number" : "time";
  if (!isKeys(value)) return undefined;
  if ("metric" in value) return typeof value.metric === "string" && Object.keys(value).every((key) => key === "metric" || (key === "args" && isKeys(value.args))) ? "metric" : undefined;
  const op = arithmeticOf(value);
  return op === undefined ? undefined : "arithmetic";
}

export const MATHS = [...ARITHMETIC, "abs"] as const;
export type Maths = (typeof MATHS)[number];
export const MATHS_WORDS: Readonly<Record<Maths, string>> = { add: "sum (+)", sub: "difference (−)", mul: "product (×)", div: "quotient (÷)", min: "smallest of", max: "largest of", abs: "absolute value" };

export function arithmeticOf(value: unknown): Maths | undefined {
  if (!isKeys(value)) return undefined;
  const [key, ...more] = Object.keys(value);
  const op = MATHS.find((known) => known === key);
  return op && more.length === 0 && (op === "abs" || Array.isArray(value[op])) ? op : undefined;
}

export function isOperand(value: unknown): boolean {
  const form = operandForm(value);
  if (form === "arithmetic") {
    const [parts] = Object.values(value as Keys);
    return Array.isArray(parts) ? parts.every(isOperand) : isOperand(parts);
  }
  if (form === "metric" && isKeys(value)) return Object.entries((value.args ?? {}) as Keys).every(([key, arg]) => isArg(key, arg));
  return form !== undefined;
}

function isArg(key: string, value: unknown): boolean {
  if (key === "x") return isOperand(value);
  if (key === "of" && isKeys(value)) return isContract(value);
  return value === null || typeof value !== "object";
}

/** `{atm: 2, cp: CE}` or `{atm@now: 2, cp: CE}` */
export function isContract(value: unknown): value is Keys {
  return isKeys(value) && Object.keys(value).length === 2 && "cp" in value && ("atm" in value || "atm@now" in value) && Object.values(value).every((part) => part === null || typeof part !== "object");
}

export function metricName(value: unknown): MetricName | AliasName | undefined {
  const name = isKeys(value) ? value.metric : value;
  return typeof name === "string" && (name in METRICS || name in ALIASES) ? (name as MetricName | AliasName) : undefined;
}

/** The args that a metric takes, those that its short name has filled in left out. */
export function argsOf(name: MetricName | AliasName): readonly (readonly [string, ArgInfo])[] {
  const alias = name in ALIASES ? ALIASES[name as AliasName] : undefined;
  const given: Keys = alias?.args ?? {};
  return Object.entries(metricInfo(alias?.metric ?? (name as MetricName)).args).filter(([key]) => !(key in given));
}

/** A metric as it is written first: its name alone, or with the args that it needs. */
export function newMetric(name: MetricName | AliasName): unknown {
  if (standsAlone(name)) return name;
  const args = argsOf(name).flatMap(([key, arg]) => {
    if (arg.kind === "span") return [["seconds", 60]];
    if (arg.kind === "metric") return [[key, "SPOT"]];
    if (arg.kind === "column") return [[key, "price"]];
    if (arg.kind === "fact" || arg.kind === "regime") return [[key, "gap"]];
    return "default" in arg && arg.default !== undefined ? [] : [[key, key === "minutes" ? 15 : 20]];
  });
  return { metric: name, args: Object.fromEntries(args) };
}

export const NEW_CONDITION = { gt: ["SPOT", null] };

/** Another operator over the same operands; a third one comes or goes. */
export function withOperator(value: unknown, operator: Operator): unknown {
  const operands = Object.values(value as Keys)[0] as readonly unknown[];
  return { [operator]: Array.from({ length: operandsOf(operator) }, (_, i) => operands[i] ?? null) };
}
