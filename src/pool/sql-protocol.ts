/** What is said between the SQL console and the workers that hold DuckDB. */
import type { RulesOverride } from "../core/market/override.ts";
import type { TradeLabels } from "../core/results/labels.ts";
import type { ReadTrades } from "../core/results/read-trades-csv.ts";
import type { ResultTable, TradeColumns } from "../core/results/types.ts";
import type { Progress } from "../data/catalogue/types.ts";
import type { KeptRun } from "../data/views/kept-runs.ts";
import type { PartOf, Spread, SqlPart } from "../data/views/spread.ts";
import type { FilePreview, SourceDescriptor } from "./protocol.ts";

/** What a worker needs before it can run queries. */
export interface SqlOpen {
  /** The other end is the catalogue's. */
  readonly catalogue: MessagePort;
  readonly rules?: RulesOverride;
  /** Megabytes that a query may take. */
  readonly memoryMb: number;
  /** Files of one view that a query may need. */
  readonly mostFiles: number;
}

/** The workers of a console: how many a query may be spread over. */
export interface SqlDeskOpen extends Omit<SqlOpen, "catalogue"> {
  readonly workers: number;
}

/** A query that is asked, and how much of its result is wanted. */
export interface SqlQuestion {
  readonly sql: string;
  readonly mostRows: number;
  readonly mostBytes: number;
}

export type SqlReply =
  | {
      readonly kind: "answer";
      /** An Arrow IPC stream. */
      readonly arrow: Uint8Array<ArrayBuffer>;
      readonly rows: number;
      /** False where there is more than was wanted. */
      readonly complete: boolean;
      /** What the user should know of the result: files that were left out. */
      readonly notes: readonly string[];
      /** For each view that is made of files: how many there are, and how many were opened. */
      readonly files: readonly { readonly view: string; readonly known: number; readonly opened: number }[];
      readonly milliseconds: number;
      /** How many workers read files for it. */
      readonly workers: number;
      /** Why it was one, in words, where several could have been asked and the query is no small one. */
      readonly alone?: string;
    }
  /** What is wrong with the query, in words; `place` in its text where that is known. */
  | { readonly kind: "problem"; readonly message: string; readonly place?: { readonly from: number; readonly to: number } };

/** The worker that holds DuckDB. */
export interface SqlWorkerApi {
  init(source: SourceDescriptor): Promise<void>;
  /** Makes the views of the source that `init` has named. `alive` is called now and then while a query runs. */
  openViews(open: SqlOpen, alive: () => void): Promise<void>;
  /**
   * Runs one query over the views. `runs` and `trades` give what is kept where the query is asked. A worker is ended to stop it.
   * Rejects when a file cannot be read in the middle.
   */
  ask(question: SqlQuestion, progress: (p: Progress) => void, runs: () => Promise<readonly KeptRun[]>, trades: (id: string) => Promise<ReadTrades | undefined>): Promise<SqlReply>;
  /** How the query can be answered in so many parts; else why not, in words, or without words where it would not pay or has a mistake. */
  spread(sql: string, parts: number, progress: (p: Progress) => void): Promise<Spread | { readonly why: string }>;
  /** Answers one part of a query with so much memory; why not, in words, where it cannot. */
  askPart(question: SqlQuestion, spread: Spread, part: PartOf & { readonly memoryMb: number }, progress: (p: Progress) => void): Promise<SqlPart | { readonly why: string }>;
  /** The answer out of those of all parts; undefined where they cannot be put together after all. */
  combine(spread: Spread, parts: readonly SqlPart[], most: Pick<SqlQuestion, "mostRows" | "mostBytes">): Promise<Omit<Extract<SqlReply, { kind: "answer" }>, "milliseconds" | "workers"> | undefined>;
  /** An Arrow IPC stream as Parquet. */
  parquetOf(arrow: Uint8Array<ArrayBuffer>): Promise<Blob>;
  /** Rejects with a message that names the file when it cannot be read. */
  preview(path: string, rows: number): Promise<FilePreview>;
  /** trades.parquet or positions.parquet out of the trades, whose buffers are transferred. */
  parquet(table: ResultTable, trades: TradeColumns, labels: TradeLabels, runId: string): Promise<Blob>;
}
