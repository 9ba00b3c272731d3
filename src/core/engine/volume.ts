/** Volume by second (semantics §2), of all rows of a slice, and of one slice after another. */
import type { Slice } from "../grid/slice.ts";
import { withTable, type Runs } from "../series/runs.ts";
import type { Series, SeriesDay } from "../series/series-day.ts";
import type { Second } from "../time.ts";

/** What the rows' cumulative volume grew by in each second from the open on: 0 where it fell or at its first value, missing before that. */
export function cumulativeVolume(slice: Slice, open: Second, target: Float64Array): void {
  const column = slice.fields.get("volume")!;
  const { second, length } = slice;
  let before = NaN;
  target.fill(NaN);
  for (let row = 0; row < length; ) {
    // Of the rows of one second the last valid one tells.
    const at = second[row];
    let now = before;
    do {
      const stored = column[row];
      if (stored >= 0 && stored < Infinity) now = stored;
    } while (++row < length && second[row] === at);
    if (before !== before && now === now) target.fill(0, at - open);
    else if (now > before) target[at - open] = now - before;
    before = now;
  }
}

/**
 * Of rows that carry volume as such (`vol_delta`): their sum, 0 in a second without a row after the first, missing before
 * that. `columns` are the fields that the strategy reads.
 */
function summedVolume(slice: Slice, open: Second, columns: readonly string[], target: Float64Array): void {
  const column = slice.fields.get("vol_delta")!;
  const { second, length } = slice;
  const compared = [slice.price, slice.priceSecond, slice.bid, slice.ask, ...columns.flatMap((name) => slice.fields.get(name) ?? [])];
  target.fill(NaN);
  if (length > 0) target.fill(0, second[0] - open);
  for (let row = 0; row < length; row++) {
    if (column[row] > 0 && !repeats(slice, compared, row)) target[second[row] - open] += column[row];
  }
}

/** Of whichever column carries it; all missing where none does. */
export function sliceVolume(slice: Slice, open: Second, columns: readonly string[], target: Float64Array): void {
  if (slice.fields.has("volume")) cumulativeVolume(slice, open, target);
  else if (slice.fields.has("vol_delta")) summedVolume(slice, open, columns, target);
  else target.fill(NaN);
}

/** Semantics §1.4: rows of one clock that are equal in every column read count once. */
function repeats({ sameClock }: Slice, columns: readonly ArrayLike<number>[], row: number): boolean {
  for (let other = row; other > 0 && sameClock?.[other] === 1; ) {
    other--;
    if (columns.every((column) => Object.is(column[other], column[row]))) return true;
  }
  return false;
}

/** Whoever is looked at in a second. `of` tells the address of a slice's volume by second (f64). */
export function volumeSeries(day: SeriesDay, slices: readonly (Slice | undefined)[], runs: Runs, of: (slice: Slice) => number, out = day.newSeries()): Series {
  const { kernels } = day;
  const whose = slices.map((slice) => slice && of(slice));
  withTable(kernels, whose, (table) => kernels.run.spliceSeries(runs.pointer, runs.count, table, out.pointer));
  return out;
}
