import type { Folder } from "../src/data/ports.ts";
import { ParquetError } from "../src/data/ports.ts";
import type { SqlWorkerApi } from "../src/pool/protocol.ts";
import type { OpenSource } from "../src/sql/blob-source.ts";
import { createDuckdbHost, type DuckdbHost } from "../src/sql/duckdb.ts";
import { previewFile } from "../src/sql/preview.ts";
import { resultParquet } from "../src/sql/write-parquet.ts";
import type { WorkerPlatform } from "./platform.ts";

export interface SqlPlatform extends Pick<WorkerPlatform, "openSource"> {
  /** How DuckDB gets at a file while a query runs. */
  readonly openSync: OpenSource;
  loadDuckdb(): Promise<WebAssembly.Module>;
}

/** Holds DuckDB, which is loaded at the first question. Parquet of trades can be written before any folder is known. */
export function createSqlWorker({ openSource, openSync, loadDuckdb }: SqlPlatform): SqlWorkerApi {
  let folder: Folder | undefined;
  let host: Promise<DuckdbHost> | undefined;
  const duckdb = (): Promise<DuckdbHost> => {
    host ??= loadDuckdb().then(createDuckdbHost);
    host.catch(() => (host = undefined));
    return host;
  };
  return {
    async init(source) {
      folder = await openSource(source);
    },
    async preview(path, rows) {
      if (!folder) throw new Error("a preview was asked for before init");
      const file = await folder.file(path);
      if (!file) throw new ParquetError(path, "the file is no longer in the folder. Refresh the folder.", { fault: "gone" });
      return previewFile(await duckdb(), file, openSync, rows);
    },
    async parquet(table, trades, labels, runId) {
      return new Blob([await resultParquet(await duckdb(), table, trades, labels, runId)], { type: "application/vnd.apache.parquet" });
    },
  };
}
