/** What the session asks of the workers. The page runs on the pool; tests of single views may answer it themselves. */
import type { CatalogueFile, CatalogueSummary, CoverageDay, DataSettings, Progress } from "../../data/catalogue/types.ts";
import type { KeptNotes } from "../../data/hot/kept-slices.ts";
import type { ReaderName } from "../../data/ports.ts";
import type { BadRows, BadRowsQuery } from "../../data/health/bad-rows.ts";
import type { HealthFound, HealthPlan, HealthQuestion } from "../../pool/health-protocol.ts";
import type { CopyOutcome, CopyWatch, PreparedCopy } from "../../pool/copy-job.ts";
import type { DryScan } from "../../pool/dry-scan.ts";
import type { ReadAheadEnd } from "../../pool/read-ahead.ts";
import type { DayOutcome, ResultTable, TradeColumns } from "../../core/results/types.ts";
import type { CopyOptions } from "../../core/reshape/options.ts";
import type { ReadingSpeeds } from "../../core/reshape/reading-speeds.ts";
import type { TradeLabels } from "../../core/results/labels.ts";
import type { RulesOverride } from "../../core/market/override.ts";
import type { ParsedStrategy } from "../../core/strategy/types.ts";
import type { PlacedStudy } from "../../core/studies/parse.ts";
import type { Study } from "../../core/studies/schema.ts";
import type { StudyDay } from "../../core/studies/study-day.ts";
import type { DayNumber } from "../../core/time.ts";
import type { VerifyRequest } from "../../pool/verify-run.ts";
import type { Verification } from "../../core/results/verification.ts";
import type { CatalogueWorkerApi, DayReplay, FilePreview, PlannedStudy, ResultsWorkerApi, RunPlan, SqlDeskOpen, StudyPlan } from "../../pool/protocol.ts";
import type { SqlDesk } from "../../pool/sql-desk.ts";

/** Data that the user has granted. */
export type GrantedSource =
  | { readonly kind: "handle"; readonly name: string; readonly handle: FileSystemDirectoryHandle }
  | { readonly kind: "files"; readonly name: string; readonly files: ReadonlyMap<string, File> }
  | { readonly kind: "sample"; readonly name: string };

export interface FileQuery {
  readonly text?: string;
  readonly symbol?: string;
  readonly offset: number;
  readonly limit: number;
}

/** The index of one opened source. */
export interface OpenCatalogue {
  readonly summary: CatalogueSummary;
  refresh(progress: (p: Progress) => void): Promise<CatalogueSummary>;
  /** The summary with what plans, runs and coverage have taught since. */
  current(): Promise<CatalogueSummary>;
  configure(settings: DataSettings): Promise<CatalogueSummary>;
  files(query: FileQuery): Promise<{ readonly total: number; readonly files: readonly CatalogueFile[] }>;
  coverage(symbol: string, progress: (p: Progress) => void): Promise<readonly CoverageDay[]>;
  plan(strategies: readonly ParsedStrategy[], progress: (p: Progress) => void): Promise<RunPlan>;
  /** The days whose health is to be found, and what is remembered of others. */
  healthPlan(question: HealthQuestion, progress: (p: Progress) => void): Promise<HealthPlan>;
  /** Remembers it for the next visit. */
  keepHealth(found: readonly Pick<HealthFound, "key" | "day">[]): Promise<void>;
  planStudy(study: PlacedStudy, progress: (p: Progress) => void): Promise<StudyPlan>;
  /** Starts workers that answer queries over the folder. Whoever asked ends them, to stop a query too. */
  sqlDesk(open: SqlDeskOpen): Promise<SqlDesk>;
  named: CatalogueWorkerApi["named"];
  copyPlan: CatalogueWorkerApi["copyPlan"];
  /** Rejects with a message that names the file. */
  preview(path: string, rows: number): Promise<FilePreview>;
  close(): void;
}

export interface RunRequest {
  readonly source: GrantedSource;
  readonly plan: RunPlan;
  readonly strategies: readonly ParsedStrategy[];
  /** The user's own rows over the market rules. */
  readonly rules?: RulesOverride;
  readonly reader: ReaderName;
  /** At most. */
  readonly workers: number;
  /** So many begin, and how many go on is found by measuring; absent: all of them work. */
  readonly tunedFrom?: number;
  /** What the cache may hold; 0 does without it. */
  readonly cacheBytes: number;
  /** Whether files are looked at for changes since the run before. */
  readonly look: boolean;
  readonly signal: AbortSignal;
  /** `place` is the strategy's among those of the run. */
  onOutcome(place: number, outcome: DayOutcome): void;
  /** So many workers are at work from now on. */
  onWorkers(count: number): void;
  /** What each worker has kept for the next run, and why not. */
  onKept(notes: KeptNotes): void;
}

export interface ReadAheadRequest extends Pick<RunRequest, "source" | "plan" | "strategies" | "rules" | "reader" | "workers" | "cacheBytes" | "signal"> {
  onDay(): void;
}

export interface ReplayRequest {
  readonly source: GrantedSource;
  /** The user's own rows over the market rules, as the run had them. */
  readonly rules?: RulesOverride;
  readonly reader: ReaderName;
  /** Of the one date alone. */
  readonly plan: RunPlan;
  /** With the one variant that is to be looked at. */
  readonly strategy: ParsedStrategy;
  readonly date: DayNumber;
}

export interface StudyRequest extends Pick<RunRequest, "source" | "rules" | "reader" | "workers" | "cacheBytes" | "signal"> {
  readonly plan: PlannedStudy;
  readonly study: Study;
  /** Whether days come with the prices of their windows, to be drawn. */
  readonly paths: boolean;
  onDay(day: StudyDay): void;
}

export interface ScanRequest extends Pick<RunRequest, "source" | "rules" | "plan" | "reader" | "workers"> {
  readonly strategy: ParsedStrategy;
}

export interface HealthRequest extends Pick<RunRequest, "source" | "rules" | "workers" | "signal"> {
  readonly plan: HealthPlan;
  onDay(found: HealthFound): void;
  /** Parts of the work that are done. */
  onProgress(done: number, total: number): void;
}

/** Shows rows of the days of a health plan. */
export interface HealthDesk {
  /** Rejects in words where a file cannot be read. */
  badRows(query: BadRowsQuery): Promise<BadRows>;
  close(): void;
}

export interface CopyDeskRequest extends Pick<RunRequest, "source" | "rules" | "workers"> {
  readonly catalogue: OpenCatalogue;
  readonly options: CopyOptions;
  /** Granted for writing. */
  readonly target: FileSystemDirectoryHandle;
}

/** Makes one copy of the data. */
export interface CopyDesk {
  /** Rejects in words where the folder cannot take such a copy. */
  prepare(progress: (p: Progress) => void): Promise<PreparedCopy>;
  make(prepared: PreparedCopy, watch: CopyWatch): Promise<CopyOutcome>;
  /** How fast a day reads of the source and of what was made; undefined where there is none to read. Rejects where the copy cannot be read. */
  measure(prepared: PreparedCopy, outcome: CopyOutcome, signal: AbortSignal): Promise<ReadingSpeeds | undefined>;
}

export interface VerifyRunRequest extends Omit<VerifyRequest, "host" | "source"> {
  readonly source: GrantedSource;
}

export interface Backend {
  open(source: GrantedSource, settings: DataSettings, progress: (p: Progress) => void, signal: AbortSignal, rules?: RulesOverride): Promise<OpenCatalogue>;
  /** Resolves when every day has come or the signal has stopped the run; rejects when no day can be run at all. */
  run(request: RunRequest): Promise<void>;
  /** Reads what such a run would read, for later; rejects when a worker cannot go on. */
  readAhead(request: ReadAheadRequest): Promise<ReadAheadEnd>;
  /** Ends the workers that hold the last run and what it has read. */
  release(): void;
  /** Simulates one day again and records it second by second. */
  replay(request: ReplayRequest): Promise<DayReplay>;
  /** As `run`, in workers of its own. */
  study(request: StudyRequest): Promise<void>;
  /** Works out a sample of a run's days anew; its workers end with it. Rejects in words where the run cannot be verified at all. */
  verify(request: VerifyRunRequest): Promise<Verification>;
  /** Ten days of the plan, read anew and timed. */
  scan(request: ScanRequest): Promise<DryScan | undefined>;
  /** Resolves when every day has come or the signal has stopped the check. */
  checkHealth(request: HealthRequest): Promise<void>;
  healthDesk(request: Pick<HealthRequest, "source" | "rules" | "plan">): HealthDesk;
  copyDesk(request: CopyDeskRequest): Promise<CopyDesk>;
  /** Merged results of the run that began last. */
  readonly results: Omit<ResultsWorkerApi, "compareTrades" | "readTrades">;
  /** In a worker of its own, whatever is running. */
  readonly compareTrades: ResultsWorkerApi["compareTrades"];
  readonly readTrades: ResultsWorkerApi["readTrades"];
  /** Makes a table of the run as Parquet; the trades' buffers are transferred. */
  parquet(table: ResultTable, trades: TradeColumns, labels: TradeLabels, runId: string): Promise<Blob>;
}
