/** Source columns of one contract's rows by second: the latest row's value, the latest valid one, or that of the latest valid quote. */
import type { Slice } from "../grid/slice.ts";
import type { Second } from "../time.ts";
import type { Series, SeriesDay } from "../series/series-day.ts";

/** Columns of Greeks, where the data brings its own. */
export const GREEK_COLUMNS = ["iv", "delta", "gamma", "theta", "vega"] as const;
/** A change in percent and Greeks stand as they are. */
const SIGNED: ReadonlySet<string> = new Set(["changeper", ...GREEK_COLUMNS]);

/** Which rows speak for a second: every row, rows whose value is valid (not negative), or rows with a valid quote. */
export type RowsThatSpeak = "latest" | "valid" | "quoted";

/** The column carried forward; missing before the first row that speaks, and where that row has no value. */
export function fieldSeries(day: SeriesDay, slice: Slice, name: string, open: Second, which: RowsThatSpeak): Series {
  const out = day.newSeries();
  const target = day.kernels.f64.subarray(out.pointer >> 3, (out.pointer >> 3) + day.seconds);
  const column = slice.fields.get(name);
  if (!column) {
    target.fill(NaN);
    return out;
  }
  let at = 0;
  let value = NaN;
  for (let row = 0; row < slice.length; row++) {
    const place = slice.second[row] - open;
    target.fill(value, at, place);
    at = place;
    const stored = column[row];
    // Semantics §1.5: infinite and negative are missing; some columns may be negative.
    const valid = Number.isFinite(stored) && (stored >= 0 || SIGNED.has(name));
    if (which === "latest" || (which === "valid" ? valid : slice.bid[row] > 0)) value = valid ? stored : NaN;
  }
  target.fill(value, at);
  return out;
}

/** Volume of each second, where the rows carry it as such (`vol_delta`). `columns` are the fields that the strategy reads. */
export function deltaVolumes(day: SeriesDay, slice: Slice, open: Second, columns: readonly string[]): Series {
  const out = day.newSeries();
  const target = day.kernels.f64.subarray(out.pointer >> 3, (out.pointer >> 3) + day.seconds);
  const column = slice.fields.get("vol_delta")!;
  const compared = [slice.price, slice.priceSecond, slice.bid, slice.ask, ...columns.flatMap((name) => slice.fields.get(name) ?? [])];
  target.fill(NaN, 0, slice.length === 0 ? day.seconds : slice.second[0] - open);
  if (slice.length > 0) target.fill(0, slice.second[0] - open);
  for (let row = 0; row < slice.length; row++) {
    if (column[row] > 0 && !repeats(slice, compared, row)) target[slice.second[row] - open] += column[row];
  }
  return out;
}

/** Semantics §1.4: rows of one clock that are equal in every column read count once. */
function repeats({ sameClock }: Slice, columns: readonly ArrayLike<number>[], row: number): boolean {
  for (let other = row; other > 0 && sameClock?.[other] === 1; ) {
    other--;
    if (columns.every((column) => Object.is(column[other], column[row]))) return true;
  }
  return false;
}
