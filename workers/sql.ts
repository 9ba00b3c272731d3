import { expose } from "comlink";
import { openBlobSource } from "../src/sql/blob-source.ts";
import { browserPlatform } from "./platform-browser.ts";
import { loadDuckdb } from "./wasm-browser.ts";
import { createSqlWorker } from "./sql-worker.ts";

expose(createSqlWorker({ ...browserPlatform, openSync: openBlobSource, loadDuckdb }));
