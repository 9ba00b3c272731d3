/** Variants that differ in nothing but the thresholds of their position's P&L. */
import type { ParsedStrategy, Strategy, Threshold } from "./types.ts";

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

/** Units of a threshold table. */
export const [NO_THRESHOLD, RUPEES, POINTS, PCT] = [0, 1, 2, 3];
/** Numbers of a variant in a threshold table: unit and amount of its stop-loss, its target, and where its trail begins and what it gives back. */
export const THRESHOLDS_LENGTH = 8;
/** Thresholds of all variants, in one piece of memory: a hundred of them are read every day. */
export type ThresholdTable = Float64Array;

const tables = new WeakMap<ParsedStrategy, ThresholdTable>();

/** Of all variants, in their order. The same answer for the same strategy object. */
export function thresholdTable(strategy: ParsedStrategy): ThresholdTable {
  let table = tables.get(strategy);
  if (!table) tables.set(strategy, (table = Float64Array.from(strategy.variants.flatMap((variant) => thresholdsOf(variant.strategy)))));
  return table;
}

function thresholdsOf({ exit: { stop_loss, target, trail } }: Strategy): readonly number[] {
  return [stop_loss, target, trail && (trail.activate ?? { rupees: 0 }), trail && trail.step].flatMap(numbersOf);
}

/** A threshold as unit and amount. */
export function numbersOf(threshold: Threshold | null): readonly [unit: number, amount: number] {
  if (threshold === null) return [NO_THRESHOLD, 0];
  return "rupees" in threshold ? [RUPEES, threshold.rupees] : "points" in threshold ? [POINTS, threshold.points] : [PCT, threshold.pct];
}
