/** What a copy of the data is to hold, and how. */
import type { SymbolName } from "../market/types.ts";
import type { DayNumber } from "../time.ts";

export type CopyKind = "option" | "spot" | "future" | "vix";
export const COPY_KINDS: readonly CopyKind[] = ["option", "spot", "future", "vix"];

export interface CopyOptions {
  /** All when absent. */
  readonly symbols?: readonly SymbolName[];
  /** Inclusive; open where absent. */
  readonly from?: DayNumber;
  readonly to?: DayNumber;
  readonly kinds: readonly CopyKind[];
  /** `lean`: what the language can use. `all`: every column of the source. Either way with the expiry. */
  readonly columns: "lean" | "all";
  /** A file for each day, or for each contract. Series (spot, futures, VIX) have a file for each day in both. */
  readonly layout: "days" | "contracts";
  /** `contract`: one contract after another, each by time. `time`: all contracts together by time. */
  readonly sort: "contract" | "time";
  /** Rows of a row group at most. */
  readonly rowGroup: number;
}

export const DEFAULT_ROW_GROUP = 131_072;
export const ROW_GROUPS = { least: 1_000, most: 2_000_000 } as const;
