/** Semantics §5: conditions in three-valued logic. Null: unknown. */
import type { Condition, Metric, Operand } from "../../src/core/strategy/condition.ts";
import type { Bug } from "./bugs.ts";

export type Truth = boolean | null;

/** The value of a metric at a second; null where it is missing. */
export type Reading = (metric: Metric, second: number) => number | null;

/** Hears what every node was decided to be. */
export type Listener = (condition: Condition, truth: Truth) => void;

export interface Evaluation {
  readonly read: Reading;
  /** First second of the session. */
  readonly open: number;
  readonly listen?: Listener;
  readonly bug?: Bug;
}

export function truthAt(condition: Condition, second: number, evaluation: Evaluation): Truth {
  const truth = decide(condition, second, evaluation);
  evaluation.listen?.(condition, truth);
  return truth;
}

function decide(condition: Condition, second: number, evaluation: Evaluation): Truth {
  const { bug } = evaluation;
  switch (condition.kind) {
    case "all": {
      const truths = condition.nodes.map((node) => truthAt(node, second, evaluation));
      return truths.includes(false) ? false : truths.includes(null) ? null : true;
    }
    case "any": {
      const truths = condition.nodes.map((node) => truthAt(node, second, evaluation));
      return truths.includes(true) ? true : truths.includes(null) ? null : false;
    }
    case "not": {
      const truth = truthAt(condition.node, second, evaluation);
      return truth === null ? (bug === "not_unknown_is_true" ? true : null) : !truth;
    }
    case "between": {
      const [x, low, high] = [condition.x, condition.low, condition.high].map((operand) => valueOf(operand, second, evaluation));
      if (x === null || low === null || high === null) return null;
      return compare(x, low, bug) >= 0 && compare(x, high, bug) <= 0;
    }
    case "crosses_above":
    case "crosses_below": {
      if (second <= evaluation.open) return null;
      const sides = (s: number) => [valueOf(condition.lhs, s, evaluation), valueOf(condition.rhs, s, evaluation)];
      const [a, b] = sides(second);
      const [c, d] = sides(second - 1);
      if (a === null || b === null || c === null || d === null) return null;
      const sign = condition.kind === "crosses_above" ? 1 : -1;
      const before = compare(c, d, bug) * sign;
      return compare(a, b, bug) * sign > 0 && (bug === "cross_from_strictly_below" ? before < 0 : before <= 0);
    }
    default: {
      const [a, b] = [valueOf(condition.lhs, second, evaluation), valueOf(condition.rhs, second, evaluation)];
      if (a === null || b === null) return null;
      const order = compare(a, b, bug);
      return { gt: order > 0, gte: order >= 0, lt: order < 0, lte: order <= 0, eq: order === 0, ne: order !== 0 }[condition.kind];
    }
  }
}

/** −1, 0, 1; numbers within 1e-9·max(1, |a|, |b|) are equal. */
function compare(a: number, b: number, bug?: Bug): number {
  if (Math.abs(a - b) <= (bug === "equal_to_the_bit" ? 0 : 1e-9 * Math.max(1, Math.abs(a), Math.abs(b)))) return 0;
  return a < b ? -1 : 1;
}

function valueOf(operand: Operand, second: number, evaluation: Evaluation): number | null {
  if (operand.kind === "constant") return operand.value;
  if (operand.kind === "metric") return evaluation.read(operand, second);
  const values = operand.operands.map((inner) => valueOf(inner, second, evaluation));
  if (values.includes(null)) return null;
  return arithmetic(operand.op, values as number[]);
}

function arithmetic(op: Extract<Operand, { readonly kind: "arithmetic" }>["op"], values: readonly number[]): number | null {
  const [first, ...rest] = values;
  switch (op) {
    case "add":
      return rest.reduce((a, b) => a + b, first);
    case "sub":
      return rest.reduce((a, b) => a - b, first);
    case "mul":
      return rest.reduce((a, b) => a * b, first);
    case "div":
      return rest.includes(0) ? null : rest.reduce((a, b) => a / b, first);
    case "min":
      return Math.min(...values);
    case "max":
      return Math.max(...values);
    case "abs":
      return Math.abs(first);
  }
}
