/** A condition as a typed tree: times as seconds, series resolved, and a key on every node by which equal ones are known. */
import { parseClock } from "../time.ts";
import { ARITHMETIC, barSeconds, COMPARISONS, type Arithmetic, type ArgForm, type Comparison, type ConditionForm, type MetricForm, type OperandForm } from "./condition-schema.ts";
import type { Fact } from "../facts/day-facts.ts";
import type { Regime } from "../facts/regimes.ts";
import { metricInfo, type ArgInfo, type Field, type METRICS, type MACD_LINES, type MetricName } from "./metrics.ts";
import { readSeries, seriesKey, type Series, type SeriesForm } from "./series.ts";

type ArgOf<A extends ArgInfo> = {
  series: Series;
  /** Seconds. */
  span: number;
  whole: number;
  number: number;
  /** Seconds. */
  bar: number;
  field: Field;
  line: (typeof MACD_LINES)[number];
  column: string;
  fact: Fact;
  regime: Regime;
  metric: Metric;
}[A["kind"]];

/** A regime is written as `of`, which otherwise names a series. */
type Args<N extends MetricName> = { readonly [K in keyof (typeof METRICS)[N]["args"] as (typeof METRICS)[N]["args"][K] extends { readonly kind: "regime" } ? "regime" : K]: (typeof METRICS)[N]["args"][K] extends infer A extends ArgInfo ? ArgOf<A> : never };

/** A metric with all its args, told apart by `name`. */
export type Metric = { [N in MetricName]: { readonly kind: "metric"; readonly name: N; readonly args: Args<N>; readonly key: string } }[MetricName];

export type Operand =
  | { readonly kind: "constant"; readonly value: number; readonly key: string; /** Written as a time. */ readonly time?: true }
  | Metric
  | { readonly kind: "arithmetic"; readonly op: Arithmetic | "abs"; readonly operands: readonly Operand[]; readonly key: string };

export type Condition =
  | { readonly kind: "all" | "any"; readonly nodes: readonly Condition[]; readonly key: string }
  | { readonly kind: "not"; readonly node: Condition; readonly key: string }
  | { readonly kind: Comparison; readonly lhs: Operand; readonly rhs: Operand; readonly key: string }
  | { readonly kind: "between"; readonly x: Operand; readonly low: Operand; readonly high: Operand; readonly key: string };

/** `form` is in normal form, as `Strategy` holds it. */
export function readCondition(form: ConditionForm): Condition {
  if ("all" in form) return joined("all", form.all);
  if ("any" in form) return joined("any", form.any);
  if ("not" in form) {
    const node = readCondition(form.not);
    return { kind: "not", node, key: `not(${node.key})` };
  }
  if ("between" in form) {
    const [x, low, high] = form.between.map(readOperand);
    return { kind: "between", x, low, high, key: `between(${x.key},${low.key},${high.key})` };
  }
  const kind = COMPARISONS.find((name) => form[name] !== undefined)!;
  const [lhs, rhs] = form[kind]!.map(readOperand);
  return { kind, lhs, rhs, key: `${kind}(${lhs.key},${rhs.key})` };
}

function joined(kind: "all" | "any", forms: readonly ConditionForm[]): Condition {
  const nodes = forms.map(readCondition);
  return { kind, nodes, key: `${kind}(${keysOf(nodes)})` };
}

export function readOperand(form: OperandForm): Operand {
  if (typeof form === "number") return { kind: "constant", value: form, key: String(form) };
  if (typeof form === "string") {
    const value = parseClock(form)!;
    return { kind: "constant", value, key: String(value), time: true };
  }
  if ("metric" in form) return readMetric(form);
  if ("abs" in form) return arithmetic("abs", [form.abs]);
  const op = ARITHMETIC.find((name) => form[name] !== undefined)!;
  return arithmetic(op, form[op]!);
}

function arithmetic(op: Arithmetic | "abs", forms: readonly OperandForm[]): Operand {
  const operands = forms.map(readOperand);
  return { kind: "arithmetic", op, operands, key: `${op}(${keysOf(operands)})` };
}

function readMetric({ metric: name, args: forms }: MetricForm): Metric {
  const args: Record<string, unknown> = {};
  const keys: string[] = [];
  for (const [key, info] of Object.entries(metricInfo(name).args)) {
    const value = readArg(info, forms[key]);
    args[info.kind === "regime" ? "regime" : key] = value;
    keys.push(`${key}=${info.kind === "series" ? seriesKey(value as Series) : info.kind === "metric" ? (value as Metric).key : String(value)}`);
  }
  // The schema has checked each arg against the row of the table that the type is made from.
  return { kind: "metric", name, args, key: `${name}(${keys.join(",")})` } as unknown as Metric;
}

function readArg(info: ArgInfo, form: ArgForm): unknown {
  switch (info.kind) {
    case "series":
      return readSeries(form as SeriesForm);
    case "metric":
      return readMetric(form as MetricForm);
    case "bar":
      return barSeconds(form as string)!;
    default:
      return form;
  }
}

function keysOf(nodes: readonly { readonly key: string }[]): string {
  return nodes.map(({ key }) => key).join(",");
}

/** The series that a metric reads; undefined for those that read none of their own. */
export function seriesOf(metric: Metric): Series | undefined {
  return "of" in metric.args ? metric.args.of : undefined;
}

/** Every metric in a condition once, those inside LAG before the LAG itself. */
export function metricsOf(condition: Condition): readonly Metric[] {
  const found = new Map<string, Metric>();
  const operand = (node: Operand): void => {
    if (node.kind === "arithmetic") node.operands.forEach(operand);
    if (node.kind !== "metric") return;
    if (node.name === "LAG") operand(node.args.x);
    found.set(node.key, node);
  };
  const visit = (node: Condition): void => {
    if ("nodes" in node) node.nodes.forEach(visit);
    else if ("node" in node) visit(node.node);
    else if (node.kind === "between") [node.x, node.low, node.high].forEach(operand);
    else [node.lhs, node.rhs].forEach(operand);
  };
  visit(condition);
  return [...found.values()];
}
