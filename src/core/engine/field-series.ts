/** Source columns by second: the latest row's value, the latest valid one, or that of the latest valid quote. */
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

/** The column carried forward; missing before the first row that speaks, and where that row has no value. */
export function fieldSeries(day: SeriesDay, segments: readonly Segment[], name: string, open: Second, which: RowsThatSpeak): Series {
  const out = day.newSeries();
  const target = day.kernels.f64.subarray(out.pointer >> 3, (out.pointer >> 3) + day.seconds);
  for (const { slice, from, to } of segments) {
    const column = slice?.fields.get(name);
    if (!slice || !column) {
      target.fill(NaN, from, to);
      continue;
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
  }
  return out;
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
