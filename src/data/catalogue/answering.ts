/** What a query over the rows of many files asks of the index: names first, then what is known of the few files that are left. */
import type { SymbolName } from "../../core/market/types.ts";
import type { DayNumber } from "../../core/time.ts";
import type { CatalogueContract, CatalogueFile, CoverageDay, DayChunk, FileProblem, Progress, SeriesKind } from "./types.ts";

/** A file that answers for its rows. */
export interface AnsweringFile {
  readonly file: CatalogueFile;
  /** Whom its rows are of; several where they have to tell for themselves. */
  readonly symbols: readonly SymbolName[];
  /** Dates between which its rows lie; −∞ and ∞ where nothing is known. */
  readonly first: DayNumber;
  readonly last: DayNumber;
  /** The dates with rows, ascending, where they are known. */
  readonly exact?: readonly DayNumber[];
  /** Dates on which another layout answers for its rows. */
  readonly givesWay: readonly DayNumber[];
}

export interface Answering extends Pick<DayChunk, "zones" | "kinds" | "barLabel" | "barSpans"> {
  /** In path order; files without rows are left out. */
  readonly files: readonly AnsweringFile[];
  /** Why others of the files asked about cannot be used. */
  readonly problems: readonly FileProblem[];
}

export interface FileQuestions {
  /** Another number whenever names may have changed. */
  revision(): Promise<number>;
  /** Every file of a kind, by its path alone. */
  named(kind: SeriesKind): Promise<readonly CatalogueFile[]>;
  /** Looks at the files. Rejects with ChoiceNeeded while a conflict of layouts or a clock zone that concerns them is undecided. */
  answering(paths: readonly string[], progress: (progress: Progress) => void): Promise<Answering>;
  /** Every contract that a file's name or rows tell of, by file. */
  contracts(progress: (progress: Progress) => void): Promise<readonly CatalogueContract[]>;
  symbols(): Promise<readonly SymbolName[]>;
  /** Every date on which a file of the symbol may hold a row, ascending. */
  dates(symbol: SymbolName, progress: (progress: Progress) => void): Promise<readonly DayNumber[]>;
  /** The dates in portions with the files that they may need, as runs have them. */
  chunks(symbol: SymbolName, dates: readonly DayNumber[], progress: (progress: Progress) => void): Promise<readonly DayChunk[]>;
  /** Every date of a symbol and what there is of it; files are looked at for it. */
  coverage(symbol: SymbolName, progress: (progress: Progress) => void): Promise<readonly CoverageDay[]>;
}
