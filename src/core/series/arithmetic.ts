/** Arithmetic of series: missing where an operand is, and where something is divided by zero (semantics §5). */
import { operandOf, type Operand, type Series, type SeriesDay } from "./series-day.ts";

/** In the order of the codes in assembly/series.ts. */
export const ARITHMETIC = ["add", "sub", "mul", "div", "min", "max"] as const;
export type Arithmetic = (typeof ARITHMETIC)[number];

/** Folds two or more operands from the left. */
export function arithmetic(day: SeriesDay, op: Arithmetic, operands: readonly [Operand, Operand, ...Operand[]]): Series {
  const out = day.newSeries();
  const code = ARITHMETIC.indexOf(op);
  const [first, ...rest] = operands;
  let left: Operand = first;
  for (const right of rest) {
    const [a, constantA] = operandOf(left);
    const [b, constantB] = operandOf(right);
    day.kernels.run.arithmetic(code, a, b, constantA, constantB, day.seconds, out.pointer);
    left = out;
  }
  return out;
}

export function absolute(day: SeriesDay, series: Series): Series {
  const out = day.newSeries();
  day.kernels.run.absolute(series.pointer, day.seconds, out.pointer);
  return out;
}
