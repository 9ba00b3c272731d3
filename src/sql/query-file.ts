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

/** Runs one query over one file, which has to give so many rows. `sql` gets the file's name as a literal. Throws ParquetError, or the platform's error. */
export async function queryFile(host: DuckdbHost, path: string, source: SyncSource, rows: number, sql: (name: string) => string): Promise<Table> {
  const run = (ask: "query" | "scan"): Promise<Table> => host.run((db) => db.withFile(source, (name) => db[ask](sql(sqlText(name)))));
  try {
    const table = await run("query");
    if (table.numRows === rows) return table;
    const { numRows } = await run("scan");
    throw new ParquetError(path, `the file is damaged: its footer counts ${rows} rows, but ${numRows} were found. Copy it again from its source.`, { fault: "corrupt" });
  } catch (error) {
    throw decodeError(path, error);
  }
}

/** What failed while a file was decoded as a ParquetError; the platform's error, and one that is in words already, unchanged. */
export function decodeError(path: string, error: unknown): unknown {
  if (error instanceof ParquetError || accessError(path, error) !== error) return error;
  const said = error instanceof Error ? error.message : String(error);
  return new ParquetError(path, `its data is damaged and cannot be decoded (${said}). Copy the file again from its source.`, { cause: error, fault: "corrupt" });
}
