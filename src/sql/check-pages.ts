import { parquetHeader } from "hyparquet/src/column.js";
import type { ColumnMetaData, FileMetaData, PageHeader } from "hyparquet";
import { chunkRange } from "../data/check-metadata.ts";
import { ParquetError } from "../data/ports.ts";
import type { SyncSource } from "./duckdb-runtime.ts";
import { checkCodecs, checkEncoding } from "./supported.ts";

/** Page headers hold a few numbers, and statistics of texts at the most. */
const HEADER_BYTES = 1 << 12;

/**
 * Follows the pages of every column chunk that will be read. DuckDB trusts their headers: a damaged size sends it round in
 * circles, which nothing but ending the worker would stop. Throws a ParquetError of fault `corrupt`, or `wrong_type` for what
 * DuckDB does not know.
 */
export function checkPages(path: string, file: SyncSource, metadata: FileMetaData, columns: readonly string[], rowGroups: readonly number[]): void {
  checkCodecs(path, metadata, columns, rowGroups);
  for (const index of rowGroups)
    for (const column of columns) {
      const chunk = metadata.row_groups[index].columns.find(({ meta_data }) => meta_data?.path_in_schema.length === 1 && meta_data.path_in_schema[0] === column);
      if (!chunk?.meta_data) throw new ParquetError(path, `the file is damaged: its row group ${index} lacks the column "${column}". Copy it again from its source.`, { fault: "corrupt" });
      checkChunk(path, file, chunk.meta_data);
    }
}

function checkChunk(path: string, file: SyncSource, chunk: ColumnMetaData): void {
  const { start, length } = chunkRange(chunk);
  const end = start + length;
  const values = Number(chunk.num_values);
  let found = 0;
  let at = start;
  while (found < values && at < end) {
    const page = pageAt(file, at, end);
    if (page === undefined || !isPlausible(page.header, chunk) || page.dataStart + page.header.compressed_page_size > end) throw damaged(path, chunk, at);
    checkEncoding(path, chunk, page.header);
    found += valuesOf(page.header);
    at = page.dataStart + page.header.compressed_page_size;
  }
  if (found !== values) throw damaged(path, chunk, at);
}

function pageAt(file: SyncSource, at: number, end: number): { header: PageHeader; dataStart: number } | undefined {
  for (const limit of [HEADER_BYTES, Infinity]) {
    const bytes = new Uint8Array(Math.min(limit, end - at));
    const reader = { view: new DataView(bytes.buffer, 0, file.read(bytes, at)), offset: 0 };
    try {
      const header = parquetHeader(reader);
      return { header, dataStart: at + reader.offset };
    } catch {
      // Longer than most headers, or no header: the second round tells.
    }
  }
  return undefined;
}

function isPlausible(header: PageHeader, chunk: ColumnMetaData): boolean {
  const { compressed_page_size: stored, uncompressed_page_size: size, data_page_header_v2: v2 } = header;
  const levels = v2 ? [v2.definition_levels_byte_length, v2.repetition_levels_byte_length] : [];
  if (header.type === undefined || ![stored, size, valuesOf(header), ...levels].every(isCount)) return false;
  if (levels.reduce((sum, bytes) => sum + bytes, 0) > Math.min(stored, size)) return false;
  return chunk.codec !== "UNCOMPRESSED" || stored === size;
}

/** A damaged header gives any type at all. */
function isCount(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 0;
}

/** Values of a data page; 0 of any other. */
function valuesOf({ type, data_page_header: v1, data_page_header_v2: v2 }: PageHeader): number {
  if (type === "DATA_PAGE") return v1?.num_values ?? NaN;
  if (type === "DATA_PAGE_V2") return v2?.num_values ?? NaN;
  return 0;
}

function damaged(path: string, chunk: ColumnMetaData, at: number): ParquetError {
  return new ParquetError(path, `the file is damaged: column "${chunk.path_in_schema.join(".")}" has no valid page at byte ${at}. Copy it again from its source.`, { fault: "corrupt" });
}
