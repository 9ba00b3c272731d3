import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import type { ColumnSource, ParquetWriteOptions, Writer } from "hyparquet-writer";
import type { ColumnChunk, CompressionCodec, KeyValue, RowGroup, SchemaElement } from "hyparquet";
import type { SampleColumn } from "./table.ts";

/** What a file may hold beside the columns of market data: truths, 0 or 1. */
export type ParquetColumn = SampleColumn | { readonly name: string; readonly type: "truth"; readonly values: Uint8Array; readonly nulls?: Uint8Array };

export interface ParquetTable {
  readonly rows: number;
  readonly columns: readonly ParquetColumn[];
}

/** Length of the `PAR1` at the head of every file. */
const MAGIC_BYTES = 4;

export interface ParquetOptions {
  /** Default SNAPPY; any other needs its compressor. */
  readonly codec?: CompressionCodec;
  readonly compressors?: ParquetWriteOptions["compressors"];
  /** Of the clock columns; default: as the writer sees fit. Differences take the least room. */
  readonly clockEncoding?: "DELTA_BINARY_PACKED";
  /** Rows per row group; default: one row group per table, like the user's files. */
  readonly rowGroupSize?: number;
  /** For `ARROW:schema`, which names a time zone. */
  readonly keyValues?: readonly KeyValue[];
  /** Who made the file; default "straddle sample". */
  readonly createdBy?: string;
}

/** A Parquet file as bytes. Tables must have the same columns; each begins a row group. Throws a RangeError for no table. */
export function parquetBytes(tables: ParquetTable | Iterable<ParquetTable>, options: ParquetOptions = {}): Uint8Array {
  const writer = new ByteWriter();
  writeParquet("columns" in tables ? [tables] : tables, writer, options);
  return writer.getBytes().slice();
}

/** Writes table after table; only one is held at a time. */
export function writeParquet(tables: Iterable<ParquetTable>, writer: Writer, options: ParquetOptions = {}): { rows: number } {
  let file: ParquetWriter | undefined;
  let rows = 0;
  for (const table of tables) {
    file ??= new ParquetWriter({
      writer,
      schema: [{ name: "schema", num_children: table.columns.length }, ...table.columns.map(schemaElement)],
      codec: options.codec,
      compressors: options.compressors,
      kvMetadata: options.keyValues && [...options.keyValues],
      createdBy: options.createdBy ?? "straddle sample",
    });
    if (table.rows > 0) file.write({ columnData: table.columns.map((column) => columnSource(column, options)), rowGroupSize: options.rowGroupSize ?? table.rows });
    rows += table.rows;
  }
  if (!file) throw new RangeError("A Parquet file needs at least one table, if only for its columns");
  if (rows === 0) file.row_groups.push(emptyRowGroup(file.schema));
  file.finish();
  return { rows };
}

/** The writer's list of no row groups has no element type, which strict readers refuse: one group of no rows they accept. */
function emptyRowGroup(schema: readonly SchemaElement[]): RowGroup {
  const columns = schema.slice(1).map(({ name, type }): ColumnChunk => ({
    file_offset: BigInt(MAGIC_BYTES),
    meta_data: {
      type: type!, encodings: ["PLAIN"], path_in_schema: [name], codec: "UNCOMPRESSED", num_values: 0n,
      total_uncompressed_size: 0n, total_compressed_size: 0n, data_page_offset: BigInt(MAGIC_BYTES),
    },
  }));
  return { columns, total_byte_size: 0n, num_rows: 0n };
}

function schemaElement(column: ParquetColumn): SchemaElement {
  const { name } = column;
  const repetition_type = "OPTIONAL";
  switch (column.type) {
    case "double":
      return { name, repetition_type, type: "DOUBLE" };
    case "int":
      return { name, repetition_type, type: "INT32" };
    case "date":
      return { name, repetition_type, type: "INT32", converted_type: "DATE", logical_type: { type: "DATE" } };
    case "truth":
      return { name, repetition_type, type: "BOOLEAN" };
    case "text":
      return { name, repetition_type, type: "BYTE_ARRAY", converted_type: "UTF8" };
    case "time": {
      const unit = ({ ms: "MILLIS", us: "MICROS", ns: "NANOS" } as const)[column.unit];
      return { name, repetition_type, type: "INT64", logical_type: { type: "TIMESTAMP", isAdjustedToUTC: true, unit } };
    }
  }
}

function columnSource(column: ParquetColumn, { clockEncoding }: ParquetOptions): ColumnSource {
  const { name, nulls } = column;
  if (column.type === "text") {
    const { codes, dictionary } = column;
    return { name, data: Array.from(codes, (code, r) => (nulls?.[r] === 1 ? null : dictionary[code])) };
  }
  if (column.type === "truth") return { name, data: Array.from(column.values, (value, r) => (nulls?.[r] === 1 ? null : value === 1)) };
  const wanted = column.type === "time" ? clockEncoding : undefined;
  if (!nulls) return { name, data: column.values, encoding: wanted };
  const values: readonly (number | bigint)[] = Array.from<number | bigint>(column.values);
  const data = values.map((value, r) => (nulls[r] === 1 ? null : value));
  // A dictionary of no values cannot be written.
  return { name, data, encoding: nulls.includes(0) ? wanted : "PLAIN" };
}
