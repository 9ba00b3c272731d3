import type { ColumnChunk, FileMetaData, RowGroup, SchemaElement } from "hyparquet";
import { slimFooter } from "../data/slim-file.ts";
import type { SyncSource } from "./duckdb-runtime.ts";

/**
 * A Parquet file read in place as if it had only some columns and row groups: behind its bytes stands a second footer.
 * So DuckDB, which knows neither a list of row groups nor timestamps finer than a microsecond, is shown what to read and how.
 * The columns are called c0, c1, … in the order given, since to DuckDB names that differ in case are the same.
 */
export function narrowedFile(file: SyncSource, metadata: FileMetaData, columns: readonly SchemaElement[], rowGroups: readonly number[]): SyncSource {
  const groups = rowGroups.map((index) => renamedColumns(metadata.row_groups[index], columns));
  const elements = columns.map((element, i) => ({ ...element, name: `c${i}` }));
  const footer = slimFooter({ ...metadata, row_groups: groups }, elements, groups.map((_, index) => index), new Map());
  return {
    size: file.size + footer.length,
    read(target, position) {
      const inFile = Math.max(0, Math.min(target.length, file.size - position));
      if (inFile > 0) {
        const count = file.read(target.subarray(0, inFile), position);
        if (count < inFile) return count;
      }
      const start = position + inFile - file.size;
      const rest = footer.subarray(start, start + target.length - inFile);
      target.set(rest, inFile);
      return inFile + rest.length;
    },
    close: () => file.close(),
  };
}

function renamedColumns(group: RowGroup, columns: readonly SchemaElement[]): RowGroup {
  const chunks = new Map(group.columns.map((chunk) => [chunk.meta_data?.path_in_schema.join("\n"), chunk]));
  return {
    ...group,
    columns: columns.flatMap(({ name }, i): ColumnChunk[] => {
      const { meta_data: data } = chunks.get(name) ?? {};
      return data ? [{ file_offset: 0n, meta_data: { ...data, path_in_schema: [`c${i}`] } }] : [];
    }),
  };
}
