/** What Verify found: plain data between its worker, the page and the command line. */
import type { IsoDate } from "../time.ts";

export type VerifiedTable = "trades" | "skips" | "days";

/** One row that the run and the reference do not have alike. Cells by the names of the columns. */
export interface RowDifference {
  readonly table: VerifiedTable;
  readonly variant: string;
  /** What the row is about, in words: position and leg of a trade, second of a skip. */
  readonly about: string;
  /** Names of the columns that differ; all of them where one side has no such row. */
  readonly cells: readonly { readonly column: string; readonly run: string | null; readonly reference: string | null }[];
}

/**
 * `changed`: it differs, but files that it was made from are not as they were when the run read them. `unverified`: the reference
 * could not be asked; `why` says what stood in the way.
 */
export type VerifiedAs = "equal" | "differs" | "changed" | "unverified";

export interface DayVerdict {
  readonly date: IsoDate;
  readonly result: VerifiedAs;
  /** Rows of the run compared. */
  readonly trades: number;
  /** Null where they were not kept, and so not compared. */
  readonly skips: number | null;
  readonly variants: number;
  /** What was read for it, from the files themselves. */
  readonly filesRead: number;
  readonly rowsRead: number;
  readonly spot: string | null;
  readonly differences: readonly RowDifference[];
  /** Files that are not as the run found them, and others that could not be read, in words. */
  readonly notes: readonly string[];
  readonly why: string | null;
  readonly milliseconds: number;
}

/** One moment after which everything was hidden from the product's engine. */
export interface MomentVerdict {
  readonly date: IsoDate;
  /** `HH:MM:SS`, of a decision of the run. */
  readonly after: string;
  /** Decisions and fills of the run up to then. */
  readonly decided: number;
  /** Those that the engine does not make when the rest is hidden, and those that it makes instead. */
  readonly missing: readonly string[];
  readonly instead: readonly string[];
}

export interface LookAheadDay {
  readonly date: IsoDate;
  readonly moments: readonly MomentVerdict[];
  /** Why nothing could be hidden, in words; null where it was. */
  readonly why: string | null;
}

export interface Verification {
  readonly runId: string;
  /** Draws the days, the variants and the moments. */
  readonly seed: number;
  /** Days of the run, of which these are a sample. */
  readonly daysRun: number;
  readonly days: readonly DayVerdict[];
  readonly lookAhead: readonly LookAheadDay[];
  /** What holds for the run as a whole: changed rules, a file of trades that is not as the run wrote it. */
  readonly problems: readonly string[];
  /** Stopped by the user: what is there is of the days done. */
  readonly stopped: boolean;
}

/** Whether all of it is equal and stands: nothing differs, nothing was left out. */
export function isVerified({ days, lookAhead, problems, stopped }: Verification): boolean {
  return !stopped && problems.length === 0 && days.every(({ result }) => result === "equal") && lookAhead.every(standsUp);
}

export function standsUp({ moments, why }: LookAheadDay): boolean {
  return why === null && moments.every(({ missing, instead }) => missing.length + instead.length === 0);
}
