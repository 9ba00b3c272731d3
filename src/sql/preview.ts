import type { Table } from "apache-arrow";
import { readFooter } from "../data/footer.ts";
import { metadataOf } from "../data/parquet-metadata.ts";
import { wantedElements } from "../data/schema-elements.ts";
import type { DataFile, Footer } from "../data/ports.ts";
import type { OpenSource } from "./blob-source.ts";
import { checkPages } from "./check-pages.ts";
import type { DuckdbHost } from "./duckdb.ts";
import { narrowedFile } from "./narrowed-file.ts";
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

/** What stands in the cells of a column that is no plain one. */
const NESTED = "(nested)";

/**
 * Schema, row groups and the first rows of any Parquet file. Clocks are shown as stored, to the microsecond.
 * Throws a ParquetError that names the file.
 */
export async function previewFile(host: DuckdbHost, file: DataFile, openSource: OpenSource, rows: number): Promise<FilePreview> {
  const footer = await readFooter(file);
  const { metadata } = await metadataOf(file);
  const shown = Math.min(rows, footer.rows);
  const elements = wantedElements(file.path, metadata.schema, footer.columns.filter(({ type }) => type !== "GROUP").map(({ name }) => name));
  const table = shown === 0 || elements.length === 0 ? undefined : await firstRows();

  function firstRows(): Promise<Table> {
    const groups = groupsOfFirst(footer, shown);
    return withSource(file, openSource, (source) => {
      checkPages(file.path, source, metadata, elements.map(({ name }) => name), groups);
      return queryFile(host, file.path, narrowedFile(source, metadata, elements, groups), shown, (name) => `SELECT COLUMNS(*)::VARCHAR FROM read_parquet(${name}) LIMIT ${shown}`);
    });
  }

  const cells = footer.columns.map(({ name }) => {
    const place = elements.findIndex((element) => element.name === name);
    return place < 0 ? undefined : table?.getChildAt(place);
  });
  return {
    path: file.path,
    rows: footer.rows,
    columns: footer.columns.map(({ name, type, zone }) => ({ name, type: zone === undefined ? type : `${type} ${zone}` })),
    rowGroups: footer.rowGroups.map((group) => ({ rows: group.rows, bytes: group.bytes })),
    firstRows: Array.from({ length: shown }, (_, row) => cells.map((column) => (column ? (column.get(row) as string | null) : NESTED))),
  };
}

/** The row groups that hold the first rows. */
function groupsOfFirst(footer: Footer, rows: number): number[] {
  const groups: number[] = [];
  for (let held = 0; held < rows; held += footer.rowGroups[groups.length - 1].rows) groups.push(groups.length);
  return groups;
}
