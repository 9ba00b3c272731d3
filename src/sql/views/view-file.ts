import type { FileMetaData, SchemaElement } from "hyparquet";
import type { Answering, AnsweringFile } from "../../data/catalogue/answering.ts";
import { dataFile, groupsBetween, openData, type OpenFile } from "../../data/file-rows.ts";
import { metadataOf } from "../../data/parquet-metadata.ts";
import type { Folder } from "../../data/ports.ts";
import { accessError } from "../../data/retry-changed.ts";
import { wantedElements } from "../../data/schema-elements.ts";
import type { DayNumber } from "../../core/time.ts";
import type { OpenSource } from "../blob-source.ts";
import { bufferedSource } from "../buffered-source.ts";
import { checkPages } from "../check-pages.ts";
import type { SyncSource } from "../duckdb-runtime.ts";
import { rawElement } from "../duckdb-reader.ts";
import { narrowedFile } from "../narrowed-file.ts";
import { checkCodecs } from "../supported.ts";

/** Which rows of a file a query may need. */
export interface WantedRows {
  readonly file: AnsweringFile;
  readonly first: DayNumber;
  readonly last: DayNumber;
}

/** A file as a view reads it. */
export interface ViewFile {
  readonly answering: AnsweringFile;
  readonly open: OpenFile;
  /** Its columns that are read, in its own order; the i-th is called `c<i>`. */
  readonly elements: readonly SchemaElement[];
  /** Place among `elements` by the file's own name of a column. */
  readonly places: ReadonlyMap<string, number>;
  /** The file as DuckDB sees it: these columns, and only row groups that may hold rows of the dates. */
  readonly source: SyncSource;
}

export interface OpenViewFile {
  readonly folder: Folder;
  readonly openSource: OpenSource;
  readonly zones: Answering["zones"];
  /** Lower case; undefined for all. */
  readonly names: ReadonlySet<string> | undefined;
  /** All rows and columns are read: what is said against a row depends on others. */
  readonly whole: boolean;
  readonly reading: Reading;
}

/** The file that was read last: DuckDB does not say which one it could not decode. */
export interface Reading {
  path?: string;
}

/** Columns that tell when and of what a row is are read, whoever asks. */
const ALWAYS = ["timestamp", "ts", "lastTradeTime", "date", "time", "expiry", "symbol", "opt_type", "strike"];

/** Undefined where no row group can hold rows of the dates. Throws ParquetError: the file cannot be used. */
export async function openViewFile({ folder, openSource, zones, names, whole, reading }: OpenViewFile, { file, first, last }: WantedRows): Promise<ViewFile | undefined> {
  const { path, layout } = file.file;
  const data = await dataFile(folder, path);
  const open = await openData(data, zones[layout]);
  const { metadata } = await metadataOf(data);
  const rowGroups = whole ? open.footer.rowGroups.flatMap(({ rows }, index) => (rows > 0 ? [index] : [])) : groupsBetween(open, first, last);
  if (rowGroups.length === 0) return undefined;
  const elements = wantedElements(path, metadata.schema, columnsToRead(open, whole ? undefined : names));
  const columns = elements.map(({ name }) => name);
  checkCodecs(path, metadata, columns, rowGroups);
  let opened: SyncSource;
  try {
    opened = await openSource(data);
  } catch (error) {
    throw accessError(path, error);
  }
  return {
    answering: file,
    open,
    elements,
    places: new Map(elements.map(({ name }, place) => [name, place])),
    source: narrowedFile(checkedSource(path, opened, metadata, columns, rowGroups, reading), metadata, elements.map(rawElement), rowGroups),
  };
}

/** By the file's own names. */
function columnsToRead({ columns: { map }, footer }: OpenFile, names: ReadonlySet<string> | undefined): string[] {
  const plain = footer.columns.filter(({ type }) => type !== "GROUP").map(({ name }) => name);
  if (names === undefined) return plain;
  const wanted = [...map.source].filter(([known]) => ALWAYS.includes(known) || names.has(known.toLowerCase()) || (known === "close" && names.has("price")));
  const own = new Set(wanted.map(([, name]) => name));
  return plain.filter((name) => own.has(name));
}

/** Damaged pages would send DuckDB round in circles: they are looked at before its first read. */
function checkedSource(path: string, file: SyncSource, metadata: FileMetaData, columns: readonly string[], rowGroups: readonly number[], reading: Reading): SyncSource {
  const source = bufferedSource(file);
  let checked = false;
  return {
    size: source.size,
    read(target, position) {
      if (!checked) {
        checkPages(path, source, metadata, columns, rowGroups);
        checked = true;
      }
      reading.path = path;
      return source.read(target, position);
    },
    close: () => source.close(),
  };
}
