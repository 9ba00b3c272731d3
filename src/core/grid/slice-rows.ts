import type { Kernels } from "../kernels.ts";
import type { DayNumber, Second } from "../time.ts";
import type { Session } from "../market/types.ts";
import type { Slice } from "./slice.ts";

/** A clock column as stored. `shift` seconds are added to get IST digits (19800 for true UTC instants, 0 for ist-wall). */
export interface ClockColumn {
  /** `NULL_TIME` (the smallest i64) where missing. */
  readonly values: BigInt64Array;
  readonly unit: "s" | "ms" | "us" | "ns";
  readonly shift: Second;
}

/** Columns of one file (or of some row groups of it), in file order. Prices in rupees, NaN where missing. */
export interface RowBatch {
  readonly rows: number;
  readonly clock: ClockColumn | null;
  /** `ts`: used in rows where `clock` is missing or before 2000-01-01. */
  readonly fallbackClock: ClockColumn | null;
  readonly price: Float64Array | null;
  readonly bid: Float64Array | null;
  readonly ask: Float64Array | null;
  readonly lastTrade: ClockColumn | null;
  /** Rows to use, in this order; all when absent. */
  readonly select?: Int32Array;
  /** Batches of the same file share a number, so that order is judged within the file. */
  readonly file: number;
}

export type SessionOf = (date: DayNumber) => Session | undefined;
export declare function sliceRows(kernels: Kernels, batches: readonly RowBatch[], sessionOf: SessionOf): Map<DayNumber, Slice>;
