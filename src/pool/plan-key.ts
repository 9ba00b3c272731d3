import type { ParsedStrategy } from "../core/strategy/types.ts";

/**
 * Equal for strategies that have the same plan over the same data: what and when they trade is written out, of other numbers only
 * whether they are positive, zero or negative. So a dragged stop or cost needs no new plan.
 */
export function planKey({ variants }: ParsedStrategy): string {
  return JSON.stringify(variants.map(({ strategy: { name: _, universe, time, sampling: __, ...rest } }) => [universe, time, signs(rest)]));
}

function signs(value: unknown): unknown {
  if (typeof value === "number") return Math.sign(value);
  if (Array.isArray(value)) return value.map(signs);
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, signs(inner)])) : value;
}
