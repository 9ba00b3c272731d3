/** Where bytes and rows come from. A browser folder, a list of dropped files, a Node folder, a web folder and a test buffer all fit. */

/** Bytes of which parts can be read, as of a `Blob`. Those of a file that has changed since may be refused with NotReadableError, and surely are where `DataFile.guarded` says so. */
export interface FileBytes {
  readonly size: number;
  /** Milliseconds since 1970 of the file's last change, where it has been looked at already. */
  readonly lastModified?: number;
  slice(start?: number, end?: number): FileBytes;
  arrayBuffer(): Promise<ArrayBuffer>;
  text(): Promise<string>;
}

/** One file below the granted folder, known by name; nothing is opened until `blob()` is called. */
export interface DataFile {
  /** Relative to the granted folder, `/` between parts. */
  readonly path: string;
  /** Bytes, and milliseconds since 1970 of the last change; undefined until the file has been looked at. */
  stat(): Promise<{ size: number; modified: number }>;
  /** A snapshot to read from. In the browser a `File` that tells what `stat` does. Rejects with the platform's error. */
  blob(): Promise<FileBytes>;
  /** A snapshot refuses to be read once the file has another size or was changed in another second, so that it need not be looked at again afterwards. */
  readonly guarded?: boolean;
  /** Under Node only: the absolute path, for readers that open files themselves. */
  readonly nativePath?: string;
}

/** The granted folder. Read only. */
export interface Folder {
  readonly name: string;
  /** Every file below the folder whose name ends in .parquet or .parq (any case), in path order, hidden ones left out. */
  list(progress?: (found: number) => void, signal?: AbortSignal): Promise<DataFile[]>;
  /** A file by its path, or undefined when it is gone. */
  file(path: string): Promise<DataFile | undefined>;
}

/** One column of a Parquet file, in file order. */
export type Column =
  /**
   * Integers, floats, decimals and booleans; NaN where null. Times of day are seconds since midnight.
   * `exact`: the same values of a 64-bit integer column without rounding, `NULL_TIME` where null.
   */
  | { readonly type: "number"; readonly values: Float64Array; readonly exact?: BigInt64Array }
  /** Instants or wall clocks as stored; `NULL_TIME` where null. `zone` is the Arrow zone, null for none, "UTC" for isAdjustedToUTC without a name. */
  | { readonly type: "time"; readonly values: BigInt64Array; readonly unit: "s" | "ms" | "us" | "ns"; readonly zone: string | null }
  /** Days since 1970; `NULL_DATE` where null. */
  | { readonly type: "date"; readonly values: Int32Array }
  /** Codes into a dictionary; −1 where null. */
  | { readonly type: "text"; readonly codes: Int32Array; readonly dictionary: readonly string[] };

export const NULL_TIME = -(2n ** 63n);
export const NULL_DATE = -(2 ** 31);

export interface ColumnBatch {
  readonly rows: number;
  /** Exactly the columns asked for that the file has. */
  readonly columns: ReadonlyMap<string, Column>;
}

export interface ReadRequest {
  readonly columns: readonly string[];
  /** Row groups by index; all when absent. */
  readonly rowGroups?: readonly number[];
  /** A stretch of the rows of these row groups taken together; all when absent. */
  readonly rows?: { readonly offset: number; readonly count: number };
  /** Of these rows only those at some places, ascending, counted from the first of them; all when absent. */
  readonly at?: Int32Array;
}

export type ReaderName = "parquet-wasm" | "duckdb";

/** Rows that have been fetched and not been decoded. */
export interface FetchedRows {
  readonly rows: number;
  /** What `use` makes of the batch. The columns may lie in the decoder's memory, which is its own again afterwards: `use` keeps none of them. */
  decode<T>(use: (batch: ColumnBatch) => T): T;
  /** The batch decoded, to keep. */
  own(): ColumnBatch;
}

/** Reads columns in bulk. Both implementations give the same batches for the same file. Throws `ParquetError`. */
export interface RowReader {
  readonly name: ReaderName;
  read(file: DataFile, request: ReadRequest): Promise<ColumnBatch>;
  /** Gets everything that the rows take out of the file: to decode them afterwards reads nothing of it and waits for nobody. */
  fetch(file: DataFile, request: ReadRequest): Promise<FetchedRows>;
  /** Frees what the reader holds. */
  close(): Promise<void>;
}

/** What the footer says, from hyparquet. */
export interface Footer {
  readonly rows: number;
  readonly columns: readonly FooterColumn[];
  readonly rowGroups: readonly FooterRowGroup[];
  /** Hex SHA-256 of the footer's bytes. */
  readonly hash: string;
}

export interface FooterColumn {
  readonly name: string;
  /** Physical and logical type in words: `DOUBLE`, `INT64 TIMESTAMP(us, UTC)`, `GROUP` for a nested column. */
  readonly type: string;
  /** Arrow zone of a timestamp column where the file names one, e.g. `Asia/Kolkata`. */
  readonly zone?: string;
}

export interface FooterRowGroup {
  readonly rows: number;
  readonly bytes: number;
  /** Timestamps and dates as stored, without scaling: bigint in the column's unit, number of days. */
  readonly statistics: ReadonlyMap<string, { readonly min: unknown; readonly max: unknown; readonly nulls?: number }>;
  /** Compressed bytes of each column's chunk. */
  readonly columnBytes: ReadonlyMap<string, number>;
}

export type FileFault = "not_parquet" | "corrupt" | "mixed_expiries" | "wrong_type" | "missing_column" | "gone" | "permission" | "changed" | "memory";

/** A file cannot be read as Parquet, or not in the way asked. The message says what was found and what to do. */
export class ParquetError extends Error {
  override readonly name = "ParquetError";
  constructor(
    readonly path: string,
    message: string,
    options?: ErrorOptions & { readonly fault?: FileFault },
  ) {
    super(`${path}: ${message}`, options);
    this.fault = options?.fault ?? "corrupt";
    this.detail = message;
  }
  /** What kind of thing is wrong. */
  readonly fault: FileFault;
  /** The message without the path in front. */
  readonly detail: string;
}
