/** What the engine asks of the world for one date. The data room implements it; tests implement it over arrays. */
import type { ContractId } from "../market/contract-id.ts";
import type { DayNumber } from "../time.ts";
import type { QualityCounts, Slice } from "../grid/slice.ts";
import type { FileFingerprint } from "../results/types.ts";

/** A file that the day needs cannot be used. The day is then not run, reason `unreadable`, with this message. */
export class UnreadableInput extends Error {
  override readonly name = "UnreadableInput";
  constructor(
    /** Path relative to the granted folder. */
    readonly path: string,
    /** What was found, what was expected, what to do. */
    message: string,
    options?: ErrorOptions,
  ) {
    super(`${path}: ${message}`, options);
  }
}

/** The strikes that an expiry has by name (not yet known to be listed on the date). */
export interface NamedStrike {
  readonly strike: number;
  readonly ce: boolean;
  readonly pe: boolean;
}

/** Everything that is known about one symbol on one date. Answers are the same however often asked. */
export interface DayData {
  readonly date: DayNumber;
  /** Expiries ≥ date for which contracts exist by name (and whose clocks may cover the date), ascending. */
  expiries(): Promise<readonly DayNumber[]>;
  /** Strikes of an expiry by name, ascending. */
  strikes(expiry: DayNumber): Promise<readonly NamedStrike[]>;
  /** One slice per contract asked for; undefined where the contract has no row inside the session: it is not listed. */
  load(contracts: readonly ContractId[]): Promise<readonly (Slice | undefined)[]>;
  /** The spot index; undefined without a row inside the session. */
  spot(): Promise<Slice | undefined>;
  /** The future with the smallest expiry ≥ date that has rows in the session (a continuous series counts as nearest). */
  future(): Promise<Slice | undefined>;
  /** India VIX; undefined without a row inside the session. */
  vix(): Promise<Slice | undefined>;
  /** The latest earlier date on which the data may hold rows of the symbol, run or not; undefined when there is none. Only of runs that were planned to look back. */
  previous(): DayData | undefined;
  /** What has been worked out of this date before, under a name that says all it depends on; else what `work` gives. */
  recall<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** Whether any file of the symbol has a row on this date, in the session or not: does the date belong to the data? */
  hasRows(): Promise<boolean>;
  /** What has been read for this date so far. */
  report(): DayReport;
}

/** For the ledger: the files opened for a date, and the quirks of the rows that its slices were made from. */
export interface DayReport {
  readonly files: readonly FileFingerprint[];
  readonly quality: QualityCounts;
  /** Contracts that turned out to be listed. */
  readonly contracts: number;
}
