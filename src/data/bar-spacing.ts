import type { RowClocks } from "../core/grid/slice-rows.ts";
import { SECONDS_PER_DAY } from "../core/time.ts";
import { rowSeconds } from "./row-clock.ts";

/** The shortest span of a bar, seconds; longer ones are whole multiples (semantics §1.8). */
const SHORTEST_BAR = 60;
/** Share of the steps that must fit the spacing. */
const REGULAR_SHARE = 0.95;
/** With fewer steps a file may stand like bars by chance: its layout decides. */
const TELLING_STEPS = 10;
/** Snapshots show themselves in their first rows. */
const FIRST_ROWS = 512;

/** How the rows of a file stand within their days. */
export type RowSpacing =
  /** Closer than a minute: snapshots. */
  | { readonly kind: "close" }
  /** At whole multiples of `span` seconds; `certain` when there are enough rows to tell. */
  | { readonly kind: "regular"; readonly span: number; readonly certain: boolean }
  /** A minute and more apart, but not regularly. */
  | { readonly kind: "irregular" }
  /** No two rows on one date. */
  | { readonly kind: "unknown" };

export function rowSpacing(batches: readonly RowClocks[]): RowSpacing {
  const head = batches.map((batch) => ({ ...batch, rows: Math.min(batch.rows, FIRST_ROWS) }));
  const first = spacingOf(head);
  return first.kind === "close" || batches.every(({ rows }) => rows <= FIRST_ROWS) ? first : spacingOf(batches);
}

function spacingOf(batches: readonly RowClocks[]): RowSpacing {
  let shortest = Infinity;
  const steps: number[] = [];
  for (const batch of batches) {
    let before = NaN;
    for (const second of rowSeconds(batch)) {
      if (Number.isNaN(second)) continue;
      const step = second - before;
      if (step > 0 && Math.floor(second / SECONDS_PER_DAY) === Math.floor(before / SECONDS_PER_DAY)) {
        if (step < SHORTEST_BAR) return { kind: "close" };
        steps.push(step);
        if (step < shortest) shortest = step;
      }
      before = second;
    }
  }
  if (steps.length === 0) return { kind: "unknown" };
  const fitting = steps.filter((step) => step % shortest === 0).length;
  if (shortest % SHORTEST_BAR !== 0 || fitting < REGULAR_SHARE * steps.length) return { kind: "irregular" };
  return { kind: "regular", span: shortest, certain: steps.length >= TELLING_STEPS };
}
