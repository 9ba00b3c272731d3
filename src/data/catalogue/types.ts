/** What is in the granted folder: an index by name first, completed on demand. Plain data, so it crosses to workers and into IndexedDB. */
import type { DayNumber, Second } from "../../core/time.ts";
import type { ContractId } from "../../core/market/contract-id.ts";
import type { OptionSide, SymbolName } from "../../core/market/types.ts";

export type Layout = "raw" | "packed" | "day" | "series";
export type SeriesKind = "option" | "spot" | "future" | "vix";
export type ClockZone = "ist-wall" | "utc";
/** Snapshots have prices as they come; bars are regular, 60 s and more (semantics §1.8). */
export type RowKind = "snapshot" | "bar";

/** The symbol of a file whose path does not say it: the rows tell. */
export const UNKNOWN_SYMBOL = "";
/** The symbol of VIX files; they serve every symbol. */
export const VIX_SYMBOL = "INDIAVIX";

/** One Parquet file. Fields that the name and path do not give are absent. */
export interface CatalogueFile {
  readonly path: string;
  readonly layout: Layout;
  readonly kind: SeriesKind;
  /** `UNKNOWN_SYMBOL` where no part of the path says it. */
  readonly symbol: SymbolName;
  readonly expiry?: DayNumber;
  readonly strike?: number;
  readonly cp?: OptionSide;
  /** Files of one date: day partitions, packed spot. */
  readonly date?: DayNumber;
}

/** Whether a file's path names no single contract, so that its rows have to. */
export function holdsSeveral({ kind, expiry, strike, cp }: CatalogueFile): boolean {
  return kind === "option" && (expiry === undefined || strike === undefined || cp === undefined);
}

/** What reading a file's footer and clocks has taught; valid while size and modified stay the same. */
export interface FileFacts {
  readonly size: number;
  readonly modified: number;
  readonly rows: number;
  readonly footer: string;
  /** Dates between which rows can lie; undefined where the statistics do not tell (a bogus 1970 clock). Inclusive. */
  readonly firstDate?: DayNumber;
  readonly lastDate?: DayNumber;
  /** Exact, once the clock column has been read: dates with rows, and those with rows inside the session. */
  readonly dates?: readonly DayNumber[];
  readonly sessionDates?: readonly DayNumber[];
  /** Symbols of the rows, of a file whose path does not say it: none where no column says it either; absent where this was not looked at. */
  readonly symbols?: readonly SymbolName[];
  /** Contracts of the rows, of a file that holds several; of `UNKNOWN_SYMBOL` where nothing names one. */
  readonly contracts?: readonly ContractId[];
  /** What the user should know about the file although it can be used. */
  readonly problems?: readonly FileProblem[];
}

/** What the rows of one file say about its clocks, by their digits as stored. */
export interface ClockProbe {
  /** Rows with a usable clock. */
  readonly rows: number;
  /** Of these, rows in 09:00–15:45 and in 03:30–10:15. */
  readonly ist: number;
  readonly utc: number;
  /** Time zone that the Arrow schema names. */
  readonly arrowZone?: string;
  readonly rowKind?: RowKind;
  readonly mapping?: ColumnMapping;
  /** Of bars: seconds between them. */
  readonly barSpan?: Second;
}

/** One contract in one file. */
export interface CatalogueContract extends ContractId {
  readonly file: string;
  readonly layout: Layout;
}

export type FileProblemKind =
  | "unreadable_name" | "ambiguous_name" | "not_parquet" | "corrupt" | "no_rows" | "wrong_type" | "missing_column"
  | "mixed_expiries" | "name_contradicts_rows" | "rows_after_expiry" | "unknown_expiry" | "gone" | "permission" | "changed" | "memory";

/** Something about one file that the user should know. `fatal` files are not used by any run. */
export interface FileProblem {
  readonly path: string;
  readonly kind: FileProblemKind;
  readonly fatal: boolean;
  readonly message: string;
}

/** The same contract and day stand in two layouts: the user has to pick one. */
export interface LayoutConflict {
  readonly symbol: SymbolName;
  readonly kind: SeriesKind;
  readonly layouts: readonly Layout[];
  /** How many contracts (or dates) stand in more than one. */
  readonly count: number;
  readonly example: string;
}

/** How the clocks of a layout are read. */
export interface ZoneFinding {
  readonly layout: Layout;
  readonly zone: ClockZone | "ask";
  /** `arrow` = a named zone in the schema, `measured` = from the clocks, `chosen` = by the user. */
  readonly source: "arrow" | "measured" | "chosen";
  /** Shares of the rows looked at that lie in 09:00–15:45 and in 03:30–10:15, 0…1. */
  readonly istShare?: number;
  readonly utcShare?: number;
  /** Of a layout that holds bars: which end of its span a bar's clock is. */
  readonly bars?: "start" | "end";
}

/** What the user decided about the data set. Absent: automatic. */
export interface DataSettings {
  readonly zone?: Partial<Record<Layout, ClockZone>>;
  /** Which layout answers for a symbol where two hold the same contract and day. */
  readonly layout?: Partial<Record<SymbolName, Layout>>;
  readonly barLabel?: "start" | "end";
}

export interface CoverageDay {
  readonly date: DayNumber;
  /** Contract files whose rows may lie on this date. */
  readonly contracts: number;
  readonly spot: boolean;
  readonly future: boolean;
}

export interface SymbolSummary {
  readonly symbol: SymbolName;
  readonly contracts: number;
  readonly files: number;
  /** Files of many contracts that have not been opened: theirs are counted in neither contracts nor expiries. */
  readonly unopened: number;
  readonly expiries: readonly { readonly expiry: DayNumber; readonly contracts: number; readonly monthly: boolean | undefined }[];
  readonly spotFiles: number;
  readonly futureFiles: number;
  /** Where spot will come from if `universe.spot` is auto, judged by the files that exist. */
  readonly spotSource: "files" | "future" | "synthetic";
  readonly layouts: readonly Layout[];
}

/** How the columns of one layout map to the 52 of semantics §1: source name → canonical name. Only those that differ. */
export type ColumnMapping = Readonly<Record<string, string>>;

export interface CatalogueSummary {
  readonly folder: string;
  readonly files: number;
  readonly bytes?: number;
  /** Files found to hold no rows, as far as files were looked at. */
  readonly emptyFiles?: number;
  /** Why the index cannot be kept for the next visit, in words. */
  readonly indexNotKept?: string;
  readonly symbols: readonly SymbolSummary[];
  readonly zones: readonly ZoneFinding[];
  readonly kinds: Partial<Record<Layout, RowKind>>;
  readonly mappings: Partial<Record<Layout, ColumnMapping>>;
  readonly conflicts: readonly LayoutConflict[];
  readonly problems: readonly FileProblem[];
}

/** A run of consecutive dates that share contract files, done by one worker one after another. */
export interface DayChunk {
  readonly symbol: SymbolName;
  readonly dates: readonly DayNumber[];
  /** Every file that a job of these dates may have to open. */
  readonly files: readonly CatalogueFile[];
  readonly facts: readonly (FileFacts | undefined)[];
  readonly zones: Partial<Record<Layout, ClockZone>>;
  readonly kinds: Partial<Record<Layout, RowKind>>;
  readonly barLabel: "start" | "end";
  /** Seconds between the bars of a layout that holds bars; absent: measured in each file. */
  readonly barSpans?: Partial<Record<Layout, Second>>;
}

export interface Progress {
  readonly phase: "listing" | "names" | "footers" | "clocks";
  readonly done: number;
  readonly total: number;
}

export type { Second };
