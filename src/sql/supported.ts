import type { ColumnMetaData, FileMetaData, PageHeader } from "hyparquet";
import { ParquetError } from "../data/ports.ts";

/** Of DuckDB 0.9.1; parquet-wasm also reads LZ4 and Brotli. */
const CODECS: readonly string[] = ["UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD"];
const ENCODINGS: readonly string[] = ["PLAIN", "PLAIN_DICTIONARY", "RLE_DICTIONARY", "RLE", "DELTA_BINARY_PACKED", "DELTA_LENGTH_BYTE_ARRAY", "DELTA_BYTE_ARRAY"];
const SPLIT = "BYTE_STREAM_SPLIT";

/** Throws a ParquetError of fault `wrong_type` for columns that were compressed in a way that DuckDB does not know. */
export function checkCodecs(path: string, metadata: FileMetaData, columns: readonly string[], rowGroups: readonly number[]): void {
  for (const index of rowGroups)
    for (const { meta_data: chunk } of metadata.row_groups[index].columns)
      if (chunk && chunk.path_in_schema.length === 1 && columns.includes(chunk.path_in_schema[0]) && !CODECS.includes(chunk.codec)) throw unsupported(path, chunk, `compressed with ${chunk.codec}`);
}

/** The same for the encoding of a page. */
export function checkEncoding(path: string, chunk: ColumnMetaData, { data_page_header: v1, data_page_header_v2: v2, dictionary_page_header: dictionary }: PageHeader): void {
  const encoding = (v1 ?? v2 ?? dictionary)?.encoding;
  const isSplit = encoding === SPLIT && (chunk.type === "FLOAT" || chunk.type === "DOUBLE");
  if (encoding !== undefined && !isSplit && !ENCODINGS.includes(encoding)) throw unsupported(path, chunk, `encoded as ${chunk.type} ${encoding}`);
}

function unsupported(path: string, chunk: ColumnMetaData, how: string): ParquetError {
  return new ParquetError(
    path,
    `column "${chunk.path_in_schema.join(".")}" is ${how}, which DuckDB cannot read: SQL and the preview do without the file. Choose the reader parquet-wasm for runs, or write the file with Snappy or Zstandard.`,
    { fault: "wrong_type" },
  );
}
