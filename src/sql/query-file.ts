import type { Table } from "apache-arrow";
import { accessError } from "../data/retry-changed.ts";
import { ParquetError, type DataFile } from "../data/ports.ts";
import type { OpenSource } from "./blob-source.ts";
import { bufferedSource } from "./buffered-source.ts";
import { sqlText, type DuckdbHost } from "./duckdb.ts";
import type { SyncSource } from "./duckdb-runtime.ts";

/** Opens a file for the time of the work. The platform's refusals come as ParquetErrors in words. */
export async function withSource<T>(file: DataFile, openSource: OpenSource, work: (source: SyncSource) => Promise<T>): Promise<T> {
  try {
    const source = bufferedSource(await openSource(file));
    try {
      return await work(source);
    } finally {
      source.close();
    }
  } catch (error) {
    throw accessError(file.path, error);
  }
}

/** Runs one query over one file. `sql` gets the file's name as a literal. Throws ParquetError, or the platform's error. */
export async function queryFile(host: DuckdbHost, path: string, source: SyncSource, sql: (name: string) => string): Promise<Table> {
  try {
    return await host.run((db) => db.withFile(source, (name) => db.query(sql(sqlText(name)))));
  } catch (error) {
    if (accessError(path, error) !== error) throw error;
    const said = error instanceof Error ? error.message : String(error);
    if (/unsupported|not supported|not implemented|unknown codec/i.test(said))
      throw new ParquetError(path, `DuckDB cannot read how it was written (${said}). Choose the reader parquet-wasm, or write the file with Snappy or Zstandard.`, { cause: error, fault: "wrong_type" });
    throw new ParquetError(path, `its data is damaged and cannot be decoded (${said}). Copy the file again from its source.`, { cause: error, fault: "corrupt" });
  }
}
