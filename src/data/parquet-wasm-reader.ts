import { tableFromIPC } from "apache-arrow";
import init, { readParquet } from "parquet-wasm/esm";
import type { InitInput } from "parquet-wasm/esm";
import type { SchemaElement } from "hyparquet";
import { columnsFromArrow } from "./arrow-columns.ts";
import { typeInWords } from "./footer.ts";
import { metadataOf } from "./parquet-metadata.ts";
import { accessError } from "./retry-changed.ts";
import { ParquetError } from "./ports.ts";
import type { Column, ColumnBatch, DataFile, ReadRequest, RowReader } from "./ports.ts";
import { rowsAsked } from "./read-request.ts";
import { wantedElements } from "./schema-elements.ts";
import { slimFile } from "./slim-file.ts";

/** The default reader. `module` is the compiled module, its bytes or its address; under Node the bytes. */
export async function createParquetWasmReader(module: InitInput): Promise<RowReader> {
  await init({ module_or_path: module });
  return { name: "parquet-wasm", read, close: async () => undefined };
}

async function read(file: DataFile, request: ReadRequest): Promise<ColumnBatch> {
  const { metadata } = await metadataOf(file);
  const { rowGroups, offset, rows } = rowsAsked(file.path, metadata, request);
  const columns = wantedElements(file.path, metadata.schema, request.columns);
  if (columns.length === 0 || rows === 0) return { rows, columns: new Map(columns.map((element) => [element.name, emptyColumn(element)])) };
  let slim: Uint8Array;
  try {
    slim = await slimFile(await file.blob(), metadata, columns, rowGroups);
  } catch (error) {
    throw accessError(file.path, error);
  }
  const table = tableFromIPC(decode(file.path, slim, offset, rows));
  const names = columns.map(({ name }) => name);
  if (table.numRows !== rows)
    throw new ParquetError(file.path, `the file is damaged: its footer counts ${rows} rows, but ${table.numRows} were found. Copy it again from its source.`, { fault: "corrupt" });
  return { rows, columns: columnsFromArrow(table, names, file.path) };
}

/** All rows in one batch, so that a column is one array. */
function decode(path: string, slim: Uint8Array, offset: number, rows: number): Uint8Array {
  try {
    return readParquet(slim, { batchSize: rows, offset, limit: rows }).intoIPCStream();
  } catch (cause) {
    throw new ParquetError(path, `its data is damaged and cannot be decoded (${(cause as Error).message}). Copy the file again from its source.`, { cause, fault: "corrupt" });
  }
}

function emptyColumn(element: SchemaElement): Column {
  const type = typeInWords(element);
  if (type.includes("TIMESTAMP")) return { type: "time", values: new BigInt64Array(), unit: "us", zone: null };
  if (type.endsWith("DATE")) return { type: "date", values: new Int32Array() };
  if (type.endsWith("STRING")) return { type: "text", codes: new Int32Array(), dictionary: [] };
  return { type: "number", values: new Float64Array() };
}
