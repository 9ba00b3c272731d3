import type { Table } from "apache-arrow";
import { parseTable } from "arrow-js-ffi";
import init, { readParquet, wasmMemory, type FFIStream } from "parquet-wasm/esm";
import type { InitInput } from "parquet-wasm/esm";
import type { SchemaElement } from "hyparquet";
import { canGrow, MemoryRefused, memoryError } from "../core/memory.ts";
import { columnsFromArrow } from "./arrow-columns.ts";
import { remade } from "./columns.ts";
import { typeInWords } from "./footer.ts";
import { metadataOf } from "./parquet-metadata.ts";
import { accessError } from "./retry-changed.ts";
import { ParquetError } from "./ports.ts";
import type { Column, ColumnBatch, DataFile, FetchedRows, ReadRequest, RowReader } from "./ports.ts";
import { rowsAsked } from "./read-request.ts";
import { wantedElements } from "./schema-elements.ts";
import { slimFile, slimParts, type SlimParts } from "./slim-file.ts";

/** A damaged footer may count any number of rows: no more than this is taken to be wanted for them, bytes. */
const MOST_WANTED = 256 << 20;

/** The default reader. `module` is the compiled module, its bytes or its address; under Node the bytes. */
export async function createParquetWasmReader(module: InitInput): Promise<RowReader> {
  try {
    await init({ module_or_path: module });
  } catch (error) {
    throw memoryError("one more worker", error);
  }
  return { name: "parquet-wasm", read: async (file, request) => (await fetchRows(file, request)).own(), fetch: fetchRows, close: async () => undefined };
}

async function fetchRows(file: DataFile, request: ReadRequest): Promise<FetchedRows> {
  const { metadata, tail } = await metadataOf(file);
  const { rowGroups, offset, rows } = rowsAsked(file.path, metadata, request);
  const columns = wantedElements(file.path, metadata.schema, request.columns);
  const { at } = request;
  const chosen = at?.length ?? rows;
  if (columns.length === 0 || rows === 0) {
    const batch: ColumnBatch = { rows: chosen, columns: new Map(columns.map((element) => [element.name, emptyColumn(element)])) };
    return { rows, decode: (use) => use(batch), own: () => batch };
  }
  let parts: SlimParts;
  try {
    parts = await slimParts(await file.blob(), metadata, columns, rowGroups, tail);
  } catch (error) {
    throw accessError(file.path, memoryError(`the rows of ${file.path}`, error));
  }
  const decodeRows = <T>(use: (batch: ColumnBatch) => T): T => {
    try {
      return withTable(decode(file.path, slimFile(parts), columns.length, offset, rows), (table) => {
        if (table.numRows !== rows)
          throw new ParquetError(file.path, `the file is damaged: its footer counts ${rows} rows, but ${table.numRows} were found. Copy it again from its source.`, { fault: "corrupt" });
        return use({ rows: chosen, columns: columnsFromArrow(table, columns.map(({ name }) => name), file.path, at) });
      });
    } catch (error) {
      throw memoryError(`the rows of ${file.path}`, error);
    }
  };
  return { rows, decode: decodeRows, own: () => decodeRows(ownBatch) };
}

/** The table lies in the decoder's memory, and stays where it is as long as nothing waits. */
function withTable<T>(decoded: FFIStream, use: (table: Table) => T): T {
  try {
    return use(parseTable(wasmMemory().buffer, decoded.arrayAddrs(), decoded.schemaAddr(), false));
  } finally {
    decoded.free();
  }
}

function ownBatch({ rows, columns }: ColumnBatch): ColumnBatch {
  const { buffer } = wasmMemory();
  return { rows, columns: new Map([...columns].map(([name, column]) => [name, outOf(buffer, column)])) };
}

/** The column without a part in the decoder's memory, which is used again and moves when it grows. */
function outOf(memory: ArrayBufferLike, column: Column): Column {
  return remade(column, (values) => (values.buffer === memory ? (values.slice() as typeof values) : values));
}

/** All rows in one batch, so that a column is one array. It lies in the decoder's memory until it is freed. */
function decode(path: string, slim: Uint8Array, columns: number, offset: number, rows: number): FFIStream {
  try {
    return readParquet(slim, { batchSize: rows, offset, limit: rows }).intoFFI();
  } catch (cause) {
    // A trap does not say why the decoder stopped.
    const wanted = Math.min(slim.length + columns * rows * 8, MOST_WANTED);
    if (cause instanceof WebAssembly.RuntimeError && !canGrow(wasmMemory(), wanted)) throw new MemoryRefused(`the rows of ${path}`, cause);
    const said = (cause as Error).message;
    if (/not (yet )?(supported|implemented)|unsupported|disabled feature/i.test(said)) throw new ParquetError(path, `how it was written is not known here (${said}). Copy the file again from its source, or write it with Snappy or Zstandard.`, { cause, fault: "wrong_type" });
    throw new ParquetError(path, `its data is damaged and cannot be decoded (${said}). Copy the file again from its source.`, { cause, fault: "corrupt" });
  }
}

function emptyColumn(element: SchemaElement): Column {
  const type = typeInWords(element);
  if (type.includes("TIMESTAMP")) return { type: "time", values: new BigInt64Array(), unit: "us", zone: null };
  if (type.endsWith("DATE")) return { type: "date", values: new Int32Array() };
  if (type.endsWith("STRING")) return { type: "text", codes: new Int32Array(), dictionary: [] };
  return { type: "number", values: new Float64Array() };
}
