/** Conditions by second in three-valued logic (semantics §5). */
import { HeldSeries, operandOf, Series, wholeVectors, type Bars, type Condition, type Operand, type SeriesDay } from "./series-day.ts";

/** In which of the cases a > b, a < b, a = b a comparison is true. */
type Cases = readonly [above: boolean, below: boolean, equal: boolean];
const CASES = {
  gt: [true, false, false],
  gte: [true, false, true],
  lt: [false, true, false],
  lte: [false, true, true],
  eq: [false, false, true],
  ne: [true, true, false],
} as const satisfies Record<string, Cases>;
/** `crosses_above` is: gt now, and not one second before. */
const CROSSINGS = { crosses_above: "gt", crosses_below: "lt" } as const;
export type Comparison = keyof typeof CASES | keyof typeof CROSSINGS;

export function compare(day: SeriesDay, op: Comparison, left: Operand, right: Operand): Condition {
  const { run } = day.kernels;
  const out = day.newCondition();
  const crossing = op === "crosses_above" || op === "crosses_below";
  const cases: Cases = CASES[crossing ? CROSSINGS[op] : op];
  const bars = commonBars(left, right);
  if (bars) compareBars(day, cases, left, right, bars, out);
  else {
    const [[a, constantA], [b, constantB]] = [operandOf(left), operandOf(right)];
    run.compare(a, b, constantA, constantB, ...cases, day.seconds, out.pointer);
  }
  if (crossing) run.crossed(out.pointer, day.seconds, out.pointer);
  return out;
}

/** The bars of which alone two operands change; undefined where there are none. */
function commonBars(left: Operand, right: Operand): Bars | undefined {
  const [a, b] = [left, right].map((operand) => (operand instanceof HeldSeries ? operand.bars : operand));
  const bars = typeof a === "number" ? b : a;
  if (typeof bars === "number" || bars instanceof Series) return undefined;
  return [a, b].every((one) => typeof one === "number" || (!(one instanceof Series) && one.bar === bars.bar)) ? bars : undefined;
}

/** Bar by bar, held as the operands are. */
function compareBars({ kernels, seconds }: SeriesDay, cases: Cases, left: Operand, right: Operand, { bar, count }: Bars, out: Condition): void {
  const [[a, constantA], [b, constantB]] = [left, right].map((operand): readonly [number, number] => (operand instanceof HeldSeries ? [operand.bars.values, 0] : [0, operand as number]));
  kernels.scoped(() => {
    const truths = kernels.run.alloc(wholeVectors(count));
    kernels.run.compare(a, b, constantA, constantB, ...cases, count, truths);
    kernels.run.holdTruths(truths, bar, seconds, out.pointer);
  });
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
