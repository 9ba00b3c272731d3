/** Source columns by second: the latest row's value, the latest valid one, or that of the latest valid quote; and volume. */
import type { Slice } from "../grid/slice.ts";
import type { Second } from "../time.ts";
import type { Series, SeriesDay } from "../series/series-day.ts";

/** Columns of Greeks, where the data brings its own. */
export const GREEK_COLUMNS = ["iv", "delta", "gamma", "theta", "vega"] as const;
/** A change in percent and Greeks stand as they are. */
const SIGNED: ReadonlySet<string> = new Set(["changeper", ...GREEK_COLUMNS]);

/** Which rows speak for a second: every row, rows whose value is valid (not negative), or rows with a valid quote. */
export type RowsThatSpeak = "latest" | "valid" | "quoted";

/** Whose rows are read in seconds [from, to) of the grid; undefined: nobody's, all is missing. */
export interface Segment {
  readonly slice: Slice | undefined;
  readonly from: number;
  readonly to: number;
}

function made(day: SeriesDay, segments: readonly Segment[], write: (target: Float64Array, segment: Segment) => void): Series {
  const out = day.newSeries();
  const target = day.kernels.f64.subarray(out.pointer >> 3, (out.pointer >> 3) + day.seconds);
  for (const segment of segments) write(target, segment);
  return out;
}

/** The column carried forward; missing before the first row that speaks, and where that row has no value. */
export function fieldSeries(day: SeriesDay, segments: readonly Segment[], name: string, open: Second, which: RowsThatSpeak): Series {
  return made(day, segments, (target, { slice, from, to }) => {
    const column = slice?.fields.get(name);
    if (!slice || !column) {
      target.fill(NaN, from, to);
      return;
    }
    const { second, length } = slice;
    let row = rowsUpTo(slice, open + from);
    let value = carried(slice, column, name, which, row);
    for (let s = from; s < to; s++) {
      for (; row < length && second[row] <= open + s; row++) {
        const stored = valid(column[row], name);
        if (which === "latest" || (which === "valid" ? stored === stored : slice.bid[row] > 0)) value = stored;
      }
      target[s] = value;
    }
  });
}

/**
 * Semantics §2 "Volume": what cumulative volume grew by in each second, 0 where it fell or at its first value, missing
 * before that. Of rows that carry volume as such (`vol_delta`): their sum, 0 in a second without a row after the first.
 * `columns` are the fields that the strategy reads.
 */
export function volumeSeries(day: SeriesDay, segments: readonly Segment[], open: Second, columns: readonly string[]): Series {
  return made(day, segments, (target, { slice, from, to }) => {
    const cumulative = slice?.fields.get("volume");
    const deltas = slice?.fields.get("vol_delta");
    if (slice && cumulative) grown(target, slice, cumulative, open, from, to);
    else if (slice && deltas) summed(target, slice, deltas, columns, open, from, to);
    else target.fill(NaN, from, to);
  });
}

function grown(target: Float64Array, slice: Slice, column: Float64Array, open: Second, from: number, to: number): void {
  const { second, length } = slice;
  let row = rowsUpTo(slice, open + from - 1);
  let before = carried(slice, column, "volume", "valid", row);
  target.fill(before === before ? 0 : NaN, from, to);
  for (const end = open + to; row < length && second[row] < end; ) {
    // Of the rows of one second the last valid one tells.
    const at = second[row];
    let now = before;
    do {
      const stored = column[row];
      if (stored >= 0 && stored < Infinity) now = stored;
    } while (++row < length && second[row] === at);
    if (now > before) target[at - open] = now - before;
    else if (before !== before && now === now) target.fill(0, at - open, to);
    before = now;
  }
}

function summed(target: Float64Array, slice: Slice, column: Float64Array, columns: readonly string[], open: Second, from: number, to: number): void {
  const { second, length } = slice;
  const compared = [slice.price, slice.priceSecond, slice.bid, slice.ask, ...columns.flatMap((name) => slice.fields.get(name) ?? [])];
  const first = length === 0 ? to : second[0] - open;
  for (let s = from; s < to; s++) target[s] = s < first ? NaN : 0;
  for (let row = rowsUpTo(slice, open + from - 1); row < length && second[row] < open + to; row++) {
    if (column[row] > 0 && !repeats(slice, compared, row)) target[second[row] - open] += column[row];
  }
}

/** Semantics §1.4: rows of one clock that are equal in every column read count once. */
function repeats({ sameClock }: Slice, columns: readonly ArrayLike<number>[], row: number): boolean {
  for (let other = row; other > 0 && sameClock?.[other] === 1; ) {
    other--;
    if (columns.every((column) => Object.is(column[other], column[row]))) return true;
  }
  return false;
}

/** Semantics §1.5: infinite and negative are missing; some columns may be negative. */
function valid(stored: number, name: string): number {
  return Number.isFinite(stored) && (stored >= 0 || SIGNED.has(name)) ? stored : NaN;
}

/** How many rows are not later than a second of the day. */
function rowsUpTo({ second, length }: Slice, at: Second): number {
  let low = 0;
  for (let high = length; low < high; ) {
    const middle = (low + high) >> 1;
    if (second[middle] <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What the first `rows` rows leave. */
function carried(slice: Slice, column: Float64Array, name: string, which: RowsThatSpeak, rows: number): number {
  for (let row = rows - 1; row >= 0; row--) {
    const stored = valid(column[row], name);
    if (which === "latest" || (which === "valid" ? stored === stored : slice.bid[row] > 0)) return stored;
  }
  return NaN;
}
