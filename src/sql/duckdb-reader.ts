import { Table } from "apache-arrow";
import type { SchemaElement } from "hyparquet";
import { columnsFromArrow } from "../data/arrow-columns.ts";
import { metadataOf } from "../data/parquet-metadata.ts";
import { wantedElements } from "../data/schema-elements.ts";
import { NULL_TIME, type Column, type ColumnBatch, type DataFile, type FetchedRows, type ReadRequest, type RowReader } from "../data/ports.ts";
import { rowsAsked } from "../data/read-request.ts";
import type { OpenSource } from "./blob-source.ts";
import { checkPages } from "./check-pages.ts";
import { createDuckdbHost, type DuckdbWasm } from "./duckdb.ts";
import { decodeError, queryFile, withSource } from "./query-file.ts";
import { narrowedFile } from "./narrowed-file.ts";

/** The second reader. Gives the same batches as parquet-wasm, by another decoder. Decodes on the calling thread. */
export async function createDuckdbReader(wasm: DuckdbWasm, openSource: OpenSource): Promise<RowReader> {
  const host = createDuckdbHost(wasm);

  async function read(file: DataFile, request: ReadRequest): Promise<ColumnBatch> {
    const { metadata } = await metadataOf(file);
    const { rowGroups, offset, rows } = rowsAsked(file.path, metadata, request);
    const elements = wantedElements(file.path, metadata.schema, request.columns);
    if (elements.length === 0) return { rows: request.at?.length ?? rows, columns: new Map() };
    const names = elements.map(({ name }) => name);
    const table = await withSource(file, openSource, async (source) => {
      checkPages(file.path, source, metadata, names, rowGroups);
      const narrowed = narrowedFile(source, metadata, elements.map(rawElement), rowGroups);
      return queryFile(host, file.path, narrowed, rows, (name) => `SELECT * FROM read_parquet(${name}) LIMIT ${rows} OFFSET ${offset}`);
    });
    const columns = columnsOf(table, names, file.path, request.at);
    return { rows: request.at?.length ?? rows, columns: new Map(elements.map((element) => [element.name, asStored(element, columns.get(element.name)!)])) };
  }

  return { name: "duckdb", read, fetch: async (file, request) => fetched(await read(file, request)), close: async () => host.close() };
}

/** Of a damaged file DuckDB now and then answers columns that are shorter than they say. */
function columnsOf(table: Table, names: readonly string[], path: string, at: ReadRequest["at"]): ReturnType<typeof columnsFromArrow> {
  try {
    return columnsFromArrow(new Table(Object.fromEntries(names.map((name, i) => [name, table.getChildAt(i)!]))), names, path, at);
  } catch (error) {
    throw decodeError(path, error);
  }
}

function fetched(batch: ColumnBatch): FetchedRows {
  return { rows: batch.rows, decode: (use) => use(batch), own: () => batch };
}

/** A clock is read as the integer that is stored, since DuckDB would round it to microseconds. */
export function rawElement(element: SchemaElement): SchemaElement {
  if (element.type !== "INT64" || clockOf(element) === undefined) return element;
  const { logical_type: _logical, converted_type: _converted, ...raw } = element;
  return raw;
}

type Clock = Pick<Extract<Column, { type: "time" }>, "unit" | "zone">;
const UNITS = { MILLIS: "ms", MICROS: "us", NANOS: "ns" } as const;

/** What a timestamp column counts, by its schema; undefined for other columns. */
function clockOf({ type, logical_type: logical, converted_type: converted }: SchemaElement): Clock | undefined {
  if (type === "INT96") return { unit: "ns", zone: null };
  if (logical?.type === "TIMESTAMP") return { unit: UNITS[logical.unit], zone: logical.isAdjustedToUTC ? "UTC" : null };
  if (converted === "TIMESTAMP_MILLIS") return { unit: "ms", zone: "UTC" };
  if (converted === "TIMESTAMP_MICROS") return { unit: "us", zone: "UTC" };
  return undefined;
}

/** Gives a clock its unit and zone back. */
function asStored(element: SchemaElement, column: Column): Column {
  const clock = clockOf(element);
  if (clock === undefined) return column;
  if (column.type === "number" && column.exact) return { type: "time", values: column.exact, ...clock };
  // The old 96-bit form comes as microseconds.
  if (column.type === "time") return { type: "time", values: column.values.map((value) => (value === NULL_TIME ? value : value * 1000n)), ...clock };
  throw new Error(`column "${element.name}" was read as ${column.type}, not as a clock`);
}
