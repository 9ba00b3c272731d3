/** The variants of a sweep laid out along two or three of its axes, and how alone the best of them stands. */
import type { ParamValue } from "../strategy/types.ts";

export interface SweepAxis {
  readonly name: string;
  /** In the order of the sweep. */
  readonly values: readonly ParamValue[];
}

type Params = Readonly<Record<string, ParamValue>>;

/** The swept names that take more than one value. @param params swept values of each variant, in order */
export function sweepAxes(params: readonly Params[]): readonly SweepAxis[] {
  const names = [...new Set(params.flatMap((one) => Object.keys(one)))];
  return names.map((name) => ({ name, values: [...new Set(params.flatMap((one) => one[name] ?? []))] })).filter(({ values }) => values.length > 1);
}

/** Variants by row (y) and column (x); undefined where the sweep has none. */
export interface VariantGrid {
  /** The value of the third axis; undefined without one. */
  readonly label: string | undefined;
  readonly cells: readonly (readonly (number | undefined)[])[];
}

/**
 * One grid, or one for each value of a third axis.
 * @param fixed the values of all other axes
 */
export function variantGrids(params: readonly Params[], x: SweepAxis, y: SweepAxis | undefined, each: SweepAxis | undefined, fixed: Params): readonly VariantGrid[] {
  const free = new Set([x, y, each].flatMap((axis) => axis?.name ?? []));
  const place = new Map<string, number>();
  const key = (...values: readonly (ParamValue | undefined)[]) => JSON.stringify(values);
  params.forEach((one, variant) => {
    const elsewhere = Object.entries(fixed).some(([name, value]) => !free.has(name) && name in one && one[name] !== value);
    if (!elsewhere) place.set(key(one[x.name], y && one[y.name], each && one[each.name]), variant);
  });
  const none = [undefined];
  return (each?.values ?? none).map((panel) => ({
    label: each && `${each.name} ${String(panel)}`,
    cells: (y?.values ?? none).map((row) => x.values.map((column) => place.get(key(column, row ?? undefined, panel ?? undefined)))),
  }));
}

export interface Plateau {
  readonly best: number;
  /** Neighbours of the best cell that have a value, diagonals included. */
  readonly neighbours: number;
  /** Their mean; null without any. */
  readonly neighbourMean: number | null;
  /** The variant whose cell and neighbours have the highest mean: the middle of the steadiest good region. */
  readonly steadiest: number;
  readonly steadiestMean: number;
  /** Whether the neighbours of the best hold on to most of its result. */
  readonly holds: boolean;
}

/** Share of the best result that its neighbours have to keep on average. */
const KEPT = 0.6;

/** How the best variant compares with those next to it; undefined without a value. @param value of a variant, higher is better */
export function plateau(grids: readonly VariantGrid[], value: (variant: number) => number | null): Plateau | undefined {
  let best: { variant: number; value: number; around: readonly number[] } | undefined;
  let steadiest: { variant: number; mean: number } | undefined;
  for (const { cells } of grids) {
    cells.forEach((row, y) =>
      row.forEach((variant, x) => {
        const own = variant === undefined ? null : value(variant);
        if (variant === undefined || own === null) return;
        const around = neighbours(cells, x, y).flatMap((next) => value(next) ?? []);
        const mean = (own + around.reduce((a, b) => a + b, 0)) / (around.length + 1);
        if (!best || own > best.value) best = { variant, value: own, around };
        if (!steadiest || mean > steadiest.mean) steadiest = { variant, mean };
      }),
    );
  }
  if (!best || !steadiest) return undefined;
  const mean = best.around.length === 0 ? null : best.around.reduce((a, b) => a + b, 0) / best.around.length;
  return {
    best: best.variant,
    neighbours: best.around.length,
    neighbourMean: mean,
    steadiest: steadiest.variant,
    steadiestMean: steadiest.mean,
    holds: mean !== null && best.value > 0 && mean >= KEPT * best.value,
  };
}

function neighbours(cells: VariantGrid["cells"], x: number, y: number): number[] {
  const around: number[] = [];
  for (let dy = -1; dy <= 1; dy++) {
    for (let dx = -1; dx <= 1; dx++) {
      const next = cells[y + dy]?.[x + dx];
      if (next !== undefined && (dx !== 0 || dy !== 0)) around.push(next);
    }
  }
  return around;
}
