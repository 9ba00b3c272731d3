import type { FileFingerprint } from "../core/results/types.ts";
import type { DayNumber } from "../core/time.ts";
import type { CatalogueFile } from "./catalogue/types.ts";
import type { SliceSet } from "./slice-files.ts";

/** What is asked of the files: the rows of one instrument, or something that their rows tell. */
export interface Wanted {
  /** `spot`, `vix`, `future 19960`, a contract's key, or what the fact is about. The same files can hold several. */
  readonly what: string;
  /** In path order; all of them make the answer. */
  readonly files: readonly CatalogueFile[];
  /** The dates that are read together. */
  readonly first: DayNumber;
  readonly last: DayNumber;
}

/** An answer and the files that it was made from. */
export interface Fact<T> {
  readonly value: T;
  readonly files: readonly FileFingerprint[];
}

/** Keeps what was read from files, so that it has to be read once only. Every answer is the one that `load` would give. */
export interface SliceKeeper {
  /** Slices of the dates from first to last at least. */
  slices(wanted: Wanted, load: () => Promise<SliceSet>): Promise<SliceSet>;
  /** The value can be written as JSON. */
  fact<T>(wanted: Wanted, load: () => Promise<Fact<T>>): Promise<Fact<T>>;
}

/** Reads everything anew. */
export const NOTHING_KEPT: SliceKeeper = {
  slices: (_, load) => load(),
  fact: (_, load) => load(),
};
