/** Between which numbers an operand can lie. */
import type { Metric, Operand } from "./condition.ts";
import { metricInfo } from "./metrics.ts";

export type Interval = readonly [least: number, most: number];
/** Bounds that a strategy itself puts on a metric, such as TIME by its windows. */
export type KnownBounds = Readonly<Partial<Record<Metric["name"], Interval>>>;
const ANYTHING: Interval = [-Infinity, Infinity];

export function intervalOf(operand: Operand, bounds: KnownBounds): Interval {
  switch (operand.kind) {
    case "constant":
      return [operand.value, operand.value];
    case "metric": {
      if (operand.name === "LAG") return intervalOf(operand.args.x, {});
      const { least = -Infinity, most = Infinity } = metricInfo(operand.name);
      const [above, below] = bounds[operand.name] ?? ANYTHING;
      return [Math.max(least, above), Math.min(most, below)];
    }
    case "arithmetic": {
      const parts = operand.operands.map((part) => intervalOf(part, bounds));
      switch (operand.op) {
        case "add":
          return parts.reduce(([a, b], [c, d]) => [a + c, b + d]);
        case "sub":
          return parts.reduce(([a, b], [c, d]) => [a - d, b - c]);
        case "mul":
          return parts.reduce(product);
        case "div":
          return parts.reduce((a, b) => product(a, inverse(b)));
        case "min":
          return [Math.min(...parts.map(([least]) => least)), Math.min(...parts.map(([, most]) => most))];
        case "max":
          return [Math.max(...parts.map(([least]) => least)), Math.max(...parts.map(([, most]) => most))];
        case "abs": {
          const [[least, most]] = parts;
          return least >= 0 ? [least, most] : most <= 0 ? [-most, -least] : [0, Math.max(-least, most)];
        }
      }
    }
  }
}

function product([a, b]: Interval, [c, d]: Interval): Interval {
  // Nothing times whatever is nothing.
  const corners = [a * c, a * d, b * c, b * d].map((corner) => (Number.isNaN(corner) ? 0 : corner));
  return [Math.min(...corners), Math.max(...corners)];
}

/** 1 ÷ x; a divisor of 0 makes the operand missing, so it does not count. */
function inverse([least, most]: Interval): Interval {
  if (least < 0 && most > 0) return ANYTHING;
  if (least === 0 && most === 0) return ANYTHING;
  if (least === 0) return [1 / most, Infinity];
  if (most === 0) return [-Infinity, 1 / least];
  return [1 / most, 1 / least];
}
