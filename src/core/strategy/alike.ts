/** Variants that differ in nothing but the thresholds of their position's P&L. */
import type { ParsedStrategy, Strategy } from "./types.ts";

const known = new WeakMap<ParsedStrategy, readonly number[]>();

/** Of each variant the first that has all but its stop-loss, target and trail. The same answer for the same strategy object. */
export function firstAlike(strategy: ParsedStrategy): readonly number[] {
  let first = known.get(strategy);
  if (!first) known.set(strategy, (first = find(strategy)));
  return first;
}

function find({ variants }: ParsedStrategy): readonly number[] {
  const first = new Map<string, number>();
  return variants.map(({ strategy }, index) => {
    const key = besideThresholds(strategy);
    if (!first.has(key)) first.set(key, index);
    return first.get(key)!;
  });
}

function besideThresholds(strategy: Strategy): string {
  const { stop_loss, target, trail } = strategy.exit;
  // Whether there is any of them decides whether the P&L is looked at.
  const looks = stop_loss !== null || target !== null || trail !== null;
  return JSON.stringify([{ ...strategy, exit: { ...strategy.exit, stop_loss: null, target: null, trail: null } }, looks]);
}
