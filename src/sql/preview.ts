import { readFooter } from "../data/footer.ts";
import { ParquetError, type DataFile } from "../data/ports.ts";
import type { OpenSource } from "./blob-source.ts";
import type { DuckdbHost } from "./duckdb.ts";
import { queryFile, withSource } from "./query-file.ts";

/** A file as its Parquet footer and first rows describe it, all as text for display. */
export interface FilePreview {
  readonly path: string;
  readonly rows: number;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rowGroups: readonly { readonly rows: number; readonly bytes: number }[];
  /** First rows, one list per row in the order of `columns`; null where the cell is null. */
  readonly firstRows: readonly (readonly (string | null)[])[];
}

/**
 * Schema, row groups and the first rows of any Parquet file, nested and binary columns included. Clocks are shown as stored.
 * Throws a ParquetError that names the file.
 */
export async function previewFile(host: DuckdbHost, file: DataFile, openSource: OpenSource, rows: number): Promise<FilePreview> {
  const footer = await readFooter(file);
  const shown = Math.min(rows, footer.rows);
  // A table that names its columns itself may have two that differ in case only.
  const names = footer.columns.map((_, i) => `c${i}`);
  const table = await withSource(file, openSource, (source) =>
    queryFile(host, file.path, source, (name) => `SELECT ${names.map((column) => `${column}::VARCHAR AS ${column}`).join(", ")} FROM read_parquet(${name}) AS t(${names.join(", ")}) LIMIT ${shown}`),
  );
  if (table.numRows !== shown)
    throw new ParquetError(file.path, `the file is damaged: its footer counts ${footer.rows} rows, but only ${table.numRows} of the first ${shown} can be read. Copy it again from its source.`, { fault: "corrupt" });
  const columns = names.map((_, i) => table.getChildAt(i));
  return {
    path: file.path,
    rows: footer.rows,
    columns: footer.columns.map(({ name, type, zone }) => ({ name, type: zone === undefined ? type : `${type} ${zone}` })),
    rowGroups: footer.rowGroups.map((group) => ({ rows: group.rows, bytes: group.bytes })),
    firstRows: Array.from({ length: shown }, (_, row) => columns.map((column) => column?.get(row) as string | null)),
  };
}
