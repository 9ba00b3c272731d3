/** Conditions by second in three-valued logic (semantics §5). */
import { operandOf, type Condition, type Operand, type SeriesDay } from "./series-day.ts";

/** In which of the cases a > b, a < b, a = b each comparison is true. */
const CASES = {
  gt: [true, false, false],
  gte: [true, false, true],
  lt: [false, true, false],
  lte: [false, true, true],
  eq: [false, false, true],
  ne: [true, true, false],
} as const;
/** `crosses_above` is: gt now, and not one second before. */
const CROSSINGS = { crosses_above: "gt", crosses_below: "lt" } as const;
export type Comparison = keyof typeof CASES | keyof typeof CROSSINGS;

export function compare(day: SeriesDay, op: Comparison, left: Operand, right: Operand): Condition {
  const { run } = day.kernels;
  const out = day.newCondition();
  const [a, constantA] = operandOf(left);
  const [b, constantB] = operandOf(right);
  const crossing = op === "crosses_above" || op === "crosses_below";
  const [above, below, equal] = CASES[crossing ? CROSSINGS[op] : op];
  run.compare(a, b, constantA, constantB, above, below, equal, day.seconds, out.pointer);
  if (crossing) run.crossed(out.pointer, day.seconds, out.pointer);
  return out;
}

/** low ≤ x ≤ high. */
export function between(day: SeriesDay, x: Operand, low: Operand, high: Operand): Condition {
  const out = day.newCondition();
  const [[px, cx], [pl, cl], [ph, ch]] = [operandOf(x), operandOf(low), operandOf(high)];
  day.kernels.run.between(px, pl, ph, cx, cl, ch, day.seconds, out.pointer);
  return out;
}

/** One condition leaves as it is. */
export function all(day: SeriesDay, conditions: readonly [Condition, ...Condition[]]): Condition {
  return fold(day, "both", conditions);
}

export function any(day: SeriesDay, conditions: readonly [Condition, ...Condition[]]): Condition {
  return fold(day, "either", conditions);
}

function fold(day: SeriesDay, kernel: "both" | "either", [first, ...rest]: readonly [Condition, ...Condition[]]): Condition {
  if (rest.length === 0) return first;
  const out = day.newCondition();
  let left = first;
  for (const right of rest) {
    day.kernels.run[kernel](left.pointer, right.pointer, day.seconds, out.pointer);
    left = out;
  }
  return out;
}

export function not(day: SeriesDay, condition: Condition): Condition {
  const out = day.newCondition();
  day.kernels.run.negate(condition.pointer, day.seconds, out.pointer);
  return out;
}

/** `trigger: edge`: true now and not true one second before, unknown counting as not true; a true s = 0 is an edge. */
export function edges(day: SeriesDay, condition: Condition): Condition {
  const out = day.newCondition();
  day.kernels.run.edges(condition.pointer, day.seconds, out.pointer);
  return out;
}

/** First second in [from, to) in which the condition is true. */
export function nextTrue(day: SeriesDay, condition: Condition, from: number, to: number): number | undefined {
  const found = day.kernels.run.nextTrue(condition.pointer, from, to);
  return found < 0 ? undefined : found;
}
