/** The wire between whoever coordinates (page, command line) and the workers. Everything here can be structured-cloned. */
import type { CatalogueContract, CatalogueFile, CatalogueSummary, ClockProbe, ClockZone, CoverageDay, DataSettings, DayChunk, FileProblem, Layout, Progress } from "../data/catalogue/types.ts";
import type { FactsFound } from "../data/facts.ts";
import type { BadRows, BadRowsQuery } from "../data/health/bad-rows.ts";
import type { CopyWork } from "../data/reshape/copy-task.ts";
import type { UnitRecord } from "../data/reshape/copy-units.ts";
import type { DatedReport } from "../data/health/inspect-group.ts";
import type { CopyOptions } from "../core/reshape/options.ts";
import type { CopyPlan } from "./copy-plan.ts";
import type { HealthFound, HealthPlan, HealthQuestion } from "./health-protocol.ts";
import type { KeepLimits, KeptNotes } from "../data/hot/kept-slices.ts";
import type { ReaderName } from "../data/ports.ts";
import type { HealthProblem } from "../core/health/day-health.ts";
import type { DayRecording } from "../core/engine/day-recording.ts";
import type { RulesOverride } from "../core/market/override.ts";
import type { ParsedStrategy } from "../core/strategy/types.ts";
import type { PlacedStudy } from "../core/studies/parse.ts";
import type { Study } from "../core/studies/schema.ts";
import type { StudyDay } from "../core/studies/study-day.ts";
import type { Analysis, AnalysisRequest } from "../core/results/analysis.ts";
import type { DayColumns, DayTableRequest } from "../core/results/day-table.ts";
import type { DayNotRun, DayOutcome, ResultTable, SampledTrade, Skip, TradeColumns, VariantSummary } from "../core/results/types.ts";
import type { ComparedTrades, TradeComparison } from "../core/results/compare.ts";
import type { ReadTrades } from "../core/results/read-trades-csv.ts";
import type { DayPath } from "../core/results/day-path.ts";
import type { LedgerInput } from "../core/results/ledger.ts";
import type { DaySource } from "../core/results/merge.ts";
import type { RankingRow } from "../core/results/ranking.ts";
import type { RunDoubt } from "../core/results/run-doubts.ts";
import type { PackedDays } from "./packed-days.ts";
import type { DayNumber, IsoDate, Second } from "../core/time.ts";

/** How a worker gets at the granted data. */
export type SourceDescriptor =
  | { readonly kind: "handle"; readonly handle: FileSystemDirectoryHandle }
  /** `<input webkitdirectory>` and plain file drops: the page answers `{ id, path }` on the port with `{ id, file }`. */
  | { readonly kind: "broker"; readonly name: string; readonly paths: readonly string[]; readonly port: MessagePort }
  | { readonly kind: "node"; readonly root: string }
  /** Same-origin files listed in a manifest (the sample data). */
  | { readonly kind: "http"; readonly name: string; readonly manifest: string };

/** What a worker needs before it can run anything. */
export interface EngineOpen {
  readonly source: SourceDescriptor;
  readonly reader: ReaderName;
  /** The user's own rows over the market rules. */
  readonly rules?: RulesOverride;
  /** What may be kept of the data between runs; absent: nothing is, and nothing that was kept is used. */
  readonly keep?: KeepLimits;
}

export interface EngineRun {
  /** None where it is a study that runs. */
  readonly strategies: readonly ParsedStrategy[];
  readonly study?: Study;
  /** Whether the days of the study come with the prices of their windows. */
  readonly paths?: boolean;
  /** Of the portions that will follow; absent: the plan is that of the run before. */
  readonly plan?: Pick<RunPlan, "files" | "earlier">;
  /**
   * Whether files are looked at for changes, and finished days are kept and taken over. Without, what is held in memory is taken
   * as it is: for runs that follow each other in a moment, each with values of its own.
   */
  readonly look: boolean;
  /** Nobody waits for it: days are read for later runs, and nothing that the cache holds is given up for them. */
  readonly ahead?: boolean;
}

/** One strategy that is to run on a date. */
export interface DayOrder {
  /** Place among the strategies of the run. */
  readonly strategy: number;
  readonly recordSample: boolean;
}

export interface DayWork {
  readonly date: DayNumber;
  readonly orders: readonly DayOrder[];
  /** The engine sees no value of a later second: the look-ahead check. */
  readonly hideAfter?: Second;
}

/** `recorded` is absent where the date was not run; the outcome says why. */
export interface DayReplay {
  readonly outcome: DayOutcome;
  readonly recorded: { readonly recording: DayRecording; readonly path: DayPath } | undefined;
}

/** One worker that runs days. A worker is ended and replaced to stop it; it holds nothing that cannot be made again. */
export interface EngineWorkerApi {
  open(open: EngineOpen): Promise<void>;
  /** The days that follow belong to this run. */
  begin(run: EngineRun): Promise<void>;
  /**
   * The days of a portion, one after another: at least the first, and no more than a moment's work. `portion` is given when it is
   * another than before; what was read for that one may be dropped. For each day done one outcome per order, in order, day after
   * day. Never rejects for bad input: that becomes a `not_run` part.
   */
  runDays(days: readonly DayWork[], portion?: PlannedPortion): Promise<PackedDays>;
  /**
   * Reads what these days need, as `runDays` would, and makes no result: which contracts that are only simulating tells. Answers how
   * many of the days are done, at least one.
   */
  readDays(days: readonly DayNumber[], portion?: PlannedPortion): Promise<number>;
  /** Days of the study, as `runDays` those of strategies: at least the first. Bad input becomes an `unreadable` day. */
  studyDays(dates: readonly DayNumber[], portion?: PlannedPortion): Promise<readonly StudyDay[]>;
  /** No day of this run follows: what was read is kept for the next. */
  finish(): Promise<KeptNotes | undefined>;
  /** The first strategy's day with everything recorded, as its first variant saw it. Buffers are transferred. */
  replay(date: DayNumber, portion: PlannedPortion): Promise<DayReplay>;
}

/** A worker that reads footers and clocks for the index. */
export interface IndexWorkerApi {
  init(source: SourceDescriptor, rules?: RulesOverride): Promise<void>;
  /** Facts for each file, in order; a file that cannot be read gives the problem instead. */
  facts(files: readonly CatalogueFile[], zones: Partial<Record<Layout, ClockZone>>): Promise<readonly (FactsFound | { readonly problem: FileProblem })[]>;
  /** How the digits of a file's clock lie in the day; the problem when it cannot be read. */
  probe(file: CatalogueFile): Promise<ClockProbe | { readonly problem: FileProblem }>;
}

/**
 * The files of a plan with what is known of each, as two buffers: the page only passes them on, and tens of thousands of
 * objects would hold up its thread. Entry i is the JSON of `[file, facts or null]` in UTF-8, from `ends[i − 1]` to `ends[i]`.
 */
export interface PackedFiles {
  readonly text: Uint8Array<ArrayBuffer>;
  readonly ends: Uint32Array<ArrayBuffer>;
}

/** A chunk whose files are named by their place among the plan's packed files. */
export interface PlannedChunk extends Omit<DayChunk, "files" | "facts"> {
  readonly files: Uint32Array<ArrayBuffer>;
}

/** Dates that one worker does one after another. Each of them lies in at most one chunk of a symbol. */
export interface PlannedPortion {
  readonly dates: readonly DayNumber[];
  readonly chunks: readonly PlannedChunk[];
}

/** What one strategy of a run will do, before it does anything; or, in words, what keeps it from running on this data. */
export type StrategyPlan =
  | {
      readonly kind: "planned";
      readonly dates: readonly DayNumber[];
      /** Dates that the rules rule out without reading anything. */
      readonly notRun: readonly DayNotRun[];
      /** Market rules that are not certain, of these dates. */
      readonly uncertainRules: readonly RunDoubt[];
    }
  /** `choice`: the user has to choose a clock zone or a layout first. */
  | { readonly kind: "refused"; readonly message: string; readonly choice: boolean };

export interface RunPlan {
  /** In the order in which they were asked about. */
  readonly strategies: readonly StrategyPlan[];
  /** Dates on which at least one strategy runs. */
  readonly dates: readonly DayNumber[];
  readonly portions: readonly PlannedPortion[];
  /** All dates of a symbol up to the last that runs, where a strategy looks back at earlier dates; else empty. */
  readonly earlier: readonly PlannedChunk[];
  readonly files: PackedFiles;
}

/** What a study will read: no strategy is in it. */
export interface PlannedStudy extends RunPlan {
  readonly kind: "planned";
  /** Dates of the study; `dates` are these, and those before that its regimes look at. */
  readonly wanted: readonly DayNumber[];
  /** Dates of the study that the rules rule out without reading anything. */
  readonly notRun: readonly DayNotRun[];
}
export type StudyPlan = PlannedStudy | Extract<StrategyPlan, { readonly kind: "refused" }>;

/** The worker that owns the catalogue: listing and parsing 100,000 names never touches the page's thread. */
export interface CatalogueWorkerApi {
  /** `alive` is called now and then while this or anything that is asked later goes on. */
  open(source: SourceDescriptor, settings: DataSettings, progress: (p: Progress) => void, rules?: RulesOverride, alive?: () => void): Promise<CatalogueSummary>;
  /** Re-reads the listing; only new and changed files are looked at again. */
  refresh(progress: (p: Progress) => void): Promise<CatalogueSummary>;
  configure(settings: DataSettings): Promise<CatalogueSummary>;
  files(query: { readonly text?: string; readonly symbol?: string; readonly offset: number; readonly limit: number }): Promise<{ readonly total: number; readonly files: readonly CatalogueFile[] }>;
  coverage(symbol: string, progress: (p: Progress) => void): Promise<readonly CoverageDay[]>;
  /** Rejects in words when no strategy at all can be run on the data. */
  plan(strategies: readonly ParsedStrategy[], progress: (p: Progress) => void): Promise<RunPlan>;
  planStudy(study: PlacedStudy, progress: (p: Progress) => void): Promise<StudyPlan>;
  /** Files that are of one of these symbols, or of VIX, by their names alone; those that no run uses are left out. */
  named(symbols: readonly string[]): Promise<PackedFiles>;
  /** Every contract that a file's name or rows tell of, by file. */
  contracts(progress: (p: Progress) => void): Promise<readonly CatalogueContract[]>;
  /** The days to inspect, and the health of those whose files are as they were when they were inspected. */
  healthPlan(question: HealthQuestion, progress: (p: Progress) => void): Promise<HealthPlan>;
  /** Remembers the health of days for the next plan. Rejects when it cannot be kept; nothing else depends on it. */
  keepHealth(found: readonly Pick<HealthFound, "key" | "day">[]): Promise<void>;
  copyPlan(options: CopyOptions, progress: (p: Progress) => void): Promise<CopyPlan>;
  /** As of what has been learned so far: dates and problems come to light while a run is planned. */
  summary(): Promise<CatalogueSummary>;
  /** Answers the questions of a worker that runs queries, over a port. */
  answer(port: MessagePort): Promise<void>;
}

/** What the page draws, while days stream in and when they are done. */
export interface ResultsSnapshot {
  /** Merged in the order of semantics §6; the buffers are transferred to the caller. */
  readonly trades: TradeColumns;
  /** The variant whose trades, skips and sample these are, where the run has too many to show together; else null. */
  readonly only: number | null;
  /** Of the variant asked for. */
  readonly summary: VariantSummary;
  readonly skips: readonly Skip[];
  readonly notRun: readonly DayNotRun[];
  /** Inputs of the first trades (`sampling.first_trades` of each variant). */
  readonly sample: readonly SampledTrade[];
  /** Dates run and where their spot came from, ascending. */
  readonly spotSources: readonly DaySource[];
  /** Market rules of the days run that are not certain. */
  readonly uncertainRules: readonly RunDoubt[];
  /** Paths of files that changed between two reads of the run. */
  readonly changedFiles: readonly string[];
}

/** What a run's result depends on beside the strategy. */
export interface Provenance {
  readonly rulesVersion: string;
  readonly engineVersion: string;
  /** Hash over every file that was read. */
  readonly dataFingerprint: string;
}

/** A variant's figures and days without their splits. */
export type KeptVariant = Omit<VariantSummary, "by">;

export interface RunSummary extends Provenance {
  readonly days: number;
  readonly trades: number;
  readonly variants: readonly KeptVariant[];
}

export interface TradesFile {
  readonly table: ReadTrades;
  readonly variants: readonly KeptVariant[];
  /** Dates with a trade. */
  readonly days: number;
}

/** What the coordinator knows about a run and the results worker does not. */
export type LedgerContext = Omit<LedgerInput, "merge" | "strategy" | "plannedOut" | "resultHash" | "rulesVersion" | "uncertainRules" | "engineVersion">;

/** A strategy of a run, and the dates that its plan has left out. */
export interface StrategyBegin {
  readonly strategy: ParsedStrategy;
  readonly plannedOut: readonly DayNotRun[];
}

/**
 * The worker that owns a run's merged results, so that merging, statistics and files never touch the page's thread. The results
 * of the run's strategies are kept apart: `place` is a strategy's place among them.
 */
export interface ResultsWorkerApi {
  /** Starts a run; what was there before is dropped. */
  begin(strategies: readonly StrategyBegin[], rules?: RulesOverride): Promise<void>;
  /** Takes days of the strategies at these places, in any order. */
  add(places: readonly number[], days: PackedDays): Promise<void>;
  snapshot(place: number, variant: number): Promise<ResultsSnapshot>;
  /** All trades of the days added so far; the buffers are transferred to the caller. */
  trades(place: number): Promise<TradeColumns>;
  /** The strategies of the run side by side, by the days added so far. */
  ranking(): Promise<readonly RankingRow[]>;
  /** What the views draw of a part of the days added so far. */
  analyse(place: number, request: AnalysisRequest): Promise<Analysis>;
  dayTable(place: number, request: DayTableRequest): Promise<DayColumns>;
  /** Hex SHA-256 of semantics §6 over the days added so far. */
  hash(place: number): Promise<string>;
  /** trades.csv, positions.csv and run.json over the days added so far. */
  csv(place: number, table: ResultTable, runId: string): Promise<Blob>;
  skipsCsv(place: number): Promise<Blob>;
  runJson(place: number, context: LedgerContext): Promise<Blob>;
  /** What a history keeps of the run, over the days added so far. */
  record(place: number): Promise<RunSummary>;
  /** Needs no run. */
  compareTrades(a: ComparedTrades, b: ComparedTrades): Promise<TradeComparison>;
  /** A file of trades with its figures; needs no run. Rejects in words where it is no such file. */
  readTrades(text: string): Promise<TradesFile>;
}

/** What a worker needs before it can inspect rows. */
export interface CareOpen {
  readonly source: SourceDescriptor;
  /** The user's own rows over the market rules. */
  readonly rules?: RulesOverride;
  /** Of the plan whose tasks will follow. */
  readonly files: PackedFiles;
}

/** A file that could not be inspected, and the dates of the task that it may hold rows of. */
export interface DatedProblem extends HealthProblem {
  readonly dates: readonly DayNumber[];
}

/** Where a worker writes a copy. */
export type CopyTargetDescriptor = { readonly kind: "node"; readonly root: string } | { readonly kind: "handle"; readonly handle: FileSystemDirectoryHandle };

/** What of the sources of a copy was taken to see how large it will be. */
export interface CopySample {
  readonly rows: number;
  readonly sourceBytes: number;
  readonly copyBytes: number;
}

/** Looks into the rows of files: what can be said against them, and makes copies of them. */
export interface CareWorkerApi {
  open(open: CareOpen): Promise<void>;
  /** A file that cannot be read becomes a problem and costs no other. `alive` is called now and then while it goes on. */
  inspect(task: PlannedChunk, alive: () => void): Promise<{ readonly reports: readonly DatedReport[]; readonly problems: readonly DatedProblem[] }>;
  /** Rejects in words when a file of the instrument cannot be read. */
  badRows(task: PlannedChunk, query: BadRowsQuery): Promise<BadRows>;
  /** Reads clocks, prices and quotes of all options of the task, as a run would, and says how long that took. */
  timeRead(task: PlannedChunk): Promise<{ readonly rows: number; readonly milliseconds: number }>;
  /** Copies some rows of the files in memory. A file that cannot be read says nothing. */
  sampleCopy(task: PlannedChunk, options: CopyOptions): Promise<CopySample>;
  /** Rejects with the platform's error when the target cannot take it, a full disk among them. `alive` as in `inspect`. */
  copy(target: CopyTargetDescriptor, task: PlannedChunk, work: CopyWork, options: CopyOptions, alive: () => void): Promise<readonly UnitRecord[]>;
}

/** A file as its Parquet footer and first rows describe it, all as text for display. */
export interface FilePreview {
  readonly path: string;
  readonly rows: number;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rowGroups: readonly { readonly rows: number; readonly bytes: number }[];
  /** First rows, one list per row in the order of `columns`; null where the cell is null. */
  readonly firstRows: readonly (readonly (string | null)[])[];
}

export type { SqlDeskOpen, SqlOpen, SqlQuestion, SqlReply, SqlWorkerApi } from "./sql-protocol.ts";
export type { IsoDate };
