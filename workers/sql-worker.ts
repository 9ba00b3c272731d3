import type { SqlWorkerApi } from "../src/pool/protocol.ts";
import type { WorkerPlatform } from "./platform.ts";
import type { OpenSource } from "../src/sql/blob-source.ts";
export interface SqlPlatform extends Pick<WorkerPlatform, "openSource"> { readonly openSync: OpenSource; loadDuckdb(): Promise<WebAssembly.Module> }
export function createSqlWorker(_p: SqlPlatform): SqlWorkerApi { return { init: async () => {}, preview: async () => { throw new Error("x"); }, tradesParquet: async () => { throw new Error("no parquet yet"); } }; }
