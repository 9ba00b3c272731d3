/** Conditions as sentences. */
import { formatClock } from "../time.ts";
import type { Arithmetic, Comparison } from "./condition-schema.ts";
import type { Condition, Metric, Operand } from "./condition.ts";
import { metricInfo } from "./metrics.ts";
import { seriesOf } from "./condition.ts";
import { seriesWords } from "./series.ts";

const VERBS: Readonly<Record<Comparison, string>> = {
  gt: "is above",
  gte: "is at least",
  lt: "is below",
  lte: "is at most",
  eq: "equals",
  ne: "differs from",
  crosses_above: "crosses above",
  crosses_below: "crosses below",
};
const SIGNS: Readonly<Partial<Record<Arithmetic | "abs", string>>> = { add: "+", sub: "−", mul: "×", div: "÷" };
const LISTS: Readonly<Partial<Record<Arithmetic | "abs", string>>> = { min: "the smallest of", max: "the largest of", abs: "the absolute value of" };

/** `spot is above 50000 and the time is below 10:30`; parts of another kind stand in brackets. */
export function conditionWords(condition: Condition): string {
  if ("nodes" in condition) {
    const word = condition.kind === "all" ? " and " : " or ";
    return condition.nodes.map((node) => ("nodes" in node && condition.nodes.length > 1 ? `(${conditionWords(node)})` : conditionWords(node))).join(word);
  }
  if ("node" in condition) return `not (${conditionWords(condition.node)})`;
  if (condition.kind === "between") return `${operandWords(condition.x)} is from ${operandWords(condition.low)} to ${operandWords(condition.high)}`;
  return `${operandWords(condition.lhs)} ${VERBS[condition.kind]} ${operandWords(condition.rhs)}`;
}

export function operandWords(operand: Operand): string {
  switch (operand.kind) {
    case "constant":
      return operand.time ? clockWords(operand.value) : String(operand.value);
    case "metric":
      return metricWords(operand);
    case "arithmetic": {
      const parts = operand.operands.map(operandWords);
      const sign = SIGNS[operand.op];
      if (sign === undefined) return `${LISTS[operand.op]} ${parts.join(operand.op === "abs" ? "" : " and ")}`;
      return parts.map((part) => (part.includes(" ") ? `(${part})` : part)).join(` ${sign} `);
    }
  }
}

export function metricWords(metric: Metric): string {
  const args: Readonly<Record<string, unknown>> = metric.args;
  const series = seriesOf(metric);
  const words = metricInfo(metric.name).words.replace(/\{(\w+)\}/g, (_, name: string) => {
    if (name === "of") return seriesWords(series!);
    if (name === "x") return metric.name === "LAG" ? metricWords(metric.args.x) : "";
    if (name === "seconds") return spanWords(Number(args.seconds));
    if (name === "bars") return `${spanWords(Number(args.bar))} bars${args.field === "price" ? "" : ` of ${args.field}`}`;
    return String(args[name]);
  });
  return "rate" in metric.args && metric.args.rate !== 0 ? `${words} at a rate of ${Number((metric.args.rate * 100).toPrecision(6))} %` : words;
}

/** `90 s`, `5 min`, `1 h` */
function spanWords(seconds: number): string {
  if (seconds % 3600 === 0) return `${seconds / 3600} h`;
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}

function clockWords(second: number): string {
  return formatClock(second).replace(/:00$/, "");
}
