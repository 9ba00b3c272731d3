import { expose } from "comlink";
import { openSource } from "../src/pool/open-source.ts";
import { openBlobSource } from "../src/sql/blob-source.ts";
import { loadDuckdb } from "./wasm-browser.ts";
import { createSqlWorker } from "./sql-worker.ts";

expose(createSqlWorker({ openSource, openSync: openBlobSource, loadDuckdb }));
