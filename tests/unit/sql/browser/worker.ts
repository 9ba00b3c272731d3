/** What the browser test of src/sql calls, in the worker where it really runs. Answers are texts that the test compares. */
import duckdbUrl from "@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url";
import parquetUrl from "parquet-wasm/esm/parquet_wasm_bg.wasm?url";
import * as Comlink from "comlink";
import { createParquetWasmReader } from "../../../../src/data/parquet-wasm-reader.ts";
import { ParquetError, type ColumnBatch, type DataFile } from "../../../../src/data/ports.ts";
import { openBlobSource } from "../../../../src/sql/blob-source.ts";
import { createDuckdbReader } from "../../../../src/sql/duckdb-reader.ts";
import { createDuckdbHost } from "../../../../src/sql/duckdb.ts";
import { previewFile } from "../../../../src/sql/preview.ts";
import { resultParquet } from "../../../../src/sql/write-parquet.ts";
import { randomDay, seeded } from "../../core/results/trades.ts";

const duckdbModule = WebAssembly.compileStreaming(fetch(duckdbUrl));
const readers = Promise.all([duckdbModule.then((module) => createDuckdbReader(module, openBlobSource)), createParquetWasmReader(parquetUrl)]);
const host = duckdbModule.then(createDuckdbHost);
let last: DataFile | undefined;

function dataFile(file: File): DataFile {
  return { path: file.name, stat: async () => ({ size: file.size, modified: file.lastModified }), blob: async () => file };
}

function batchText({ rows, columns }: ColumnBatch): string {
  const plain = [...columns].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, column]) => {
    const values = column.type === "text" ? Array.from(column.codes, (code) => (code < 0 ? null : column.dictionary[code])) : Array.from(column.values, String);
    return [name, column.type, column.type === "time" ? `${column.unit} ${column.zone}` : "", values];
  });
  return JSON.stringify([rows, plain]);
}

const probe = {
  async readBoth(file: File, columns: string[], rowGroups?: number[]) {
    last = dataFile(file);
    const [duckdb, parquetWasm] = await readers;
    const request = { columns, ...(rowGroups && { rowGroups }) };
    return { duckdb: batchText(await duckdb.read(last, request)), parquetWasm: batchText(await parquetWasm.read(last, request)) };
  },
  /** The file of the last call, whatever has become of it on disk. */
  async readAgain(columns: string[]) {
    const [duckdb] = await readers;
    try {
      return batchText(await duckdb.read(last!, { columns }));
    } catch (error) {
      return error instanceof ParquetError ? `${error.fault}: ${error.message}` : `other: ${String(error)}`;
    }
  },
  preview: async (file: File, rows: number) => JSON.stringify(await previewFile(await host, dataFile(file), openBlobSource, rows)),
  async parquet() {
    const bytes = await resultParquet(await host, "trades", randomDay(seeded(8), 20_000, 1, () => 5), { variants: ["v1"], symbols: ["NIFTY"] }, "run-1");
    return Array.from(bytes);
  },
  async query(sql: string) {
    try {
      return (await host).run((db) => String(db.query(sql).numRows)).catch((error: unknown) => String(error));
    } catch (error) {
      return String(error);
    }
  },
};
export type SqlProbe = typeof probe;
Comlink.expose(probe);
