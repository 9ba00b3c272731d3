import type { DayNumber } from "../time.ts";

/** The rows of one contract, spot or future on one date, reduced to what the grid needs. */

/** How many rows of a slice showed each quirk of semantics §1. Counted over in-session rows unless the name says otherwise. */
export interface QualityCounts {
  /** Rows read, sessions and dates of their own included. */
  rows: number;
  /** Rows whose `timestamp` and `ts` are both unusable; belongs to the file, reported with its first date. */
  bad_clock: number;
  /** Rows of the date outside its session (pre-open, after close, in a break). */
  out_of_session: number;
  /** Rows whose clock is behind the row before them in the same file. */
  out_of_order: number;
  /** Both sides present, bid ≥ ask (locked books included). */
  crossed: number;
  /** One side or both missing or not positive. */
  one_sided: number;
  /** Rows with a price, bid or ask that is no multiple of the tick. */
  off_tick: number;
}

export const QUALITY_FLAGS = ["rows", "bad_clock", "out_of_session", "out_of_order", "crossed", "one_sided", "off_tick"] as const satisfies readonly (keyof QualityCounts)[];

export function noQuality(): QualityCounts {
  return { rows: 0, bad_clock: 0, out_of_session: 0, out_of_order: 0, crossed: 0, one_sided: 0, off_tick: 0 };
}

export function addQuality(into: QualityCounts, from: QualityCounts): void {
  for (const flag of QUALITY_FLAGS) into[flag] += from[flag];
}

/**
 * In-session rows of one instrument on one date, ordered by clock, then file path, then row.
 * All arrays have `length` entries. Prices in paise, 0 where the row has no valid value.
 */
export interface Slice {
  readonly length: number;
  /** Second of the IST day of each row; ascending, repeats allowed. */
  readonly second: Int32Array;
  /** Last traded price, or the close of a bar. */
  readonly price: Int32Array;
  /** Second from which the price's age counts: the row's, or its same-day `lastTradeTime` when that is not after the row. */
  readonly priceSecond: Int32Array;
  /** Level-1 bid and ask; both 0 when the row carries no valid quote. */
  readonly bid: Int32Array;
  readonly ask: Int32Array;
  /** Further columns that the run asked for, as stored, by their canonical names (semantics §1); NaN where missing. Absent names: the source has no such column. */
  readonly fields: ReadonlyMap<string, Float64Array>;
  /** With `vol_delta` among the fields: 1 for a row whose clock, sub-second digits included, is that of the row before. */
  readonly sameClock?: Uint8Array;
  /** Of a future whose contract month is known. */
  readonly expiry?: DayNumber;
  /** Seconds between the bars that the rows are; absent for snapshots. */
  readonly barSpan?: number;
  readonly quality: QualityCounts;
}

/** Memory that the rows of a slice take. */
export function sliceBytes({ length, fields }: Slice): number {
  return length * (5 * Int32Array.BYTES_PER_ELEMENT + fields.size * Float64Array.BYTES_PER_ELEMENT);
}
