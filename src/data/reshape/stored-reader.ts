import { Field } from "apache-arrow";
import { parseTable } from "arrow-js-ffi";
import { readParquet, wasmMemory, type FFIStream } from "parquet-wasm/esm";
import { metadataOf } from "../parquet-metadata.ts";
import { ParquetError, type DataFile, type Footer } from "../ports.ts";
import { accessError } from "../retry-changed.ts";
import { wantedElements } from "../schema-elements.ts";
import { slimFile, slimParts, type SlimParts } from "../slim-file.ts";
import { StoredColumn, zonedType } from "./stored-columns.ts";

/** Some consecutive rows of one row group. */
export interface StoredRows {
  readonly rowGroup: number;
  readonly offset: number;
  readonly count: number;
}

/**
 * What `use` makes of columns of a file as they are stored, with the zones that the file names. They lie in the decoder's memory: `use`
 * keeps none of them. The decoder has to be loaded (`createParquetWasmReader`). Throws ParquetError.
 */
export async function scanStored<T>(file: DataFile, footer: Footer, names: readonly string[], { rowGroup, offset, count }: StoredRows, use: (columns: ReadonlyMap<string, StoredColumn>) => T): Promise<T> {
  const { metadata } = await metadataOf(file);
  const elements = wantedElements(file.path, metadata.schema, names);
  let parts: SlimParts;
  try {
    parts = await slimParts(await file.blob(), metadata, elements, [rowGroup]);
  } catch (error) {
    throw accessError(file.path, error);
  }
  // From here on nothing waits: what lies in the decoder's memory stays where it is.
  const decoded = decode(file.path, slimFile(parts), offset, count);
  try {
    const table = parseTable(wasmMemory().buffer, decoded.arrayAddrs(), decoded.schemaAddr(), false);
    if (table.numRows !== count) throw new ParquetError(file.path, `the file is damaged: its footer counts ${count} rows, but ${table.numRows} were found. Copy it again from its source.`, { fault: "corrupt" });
    const zones = new Map(footer.columns.map(({ name, zone }) => [name, zone]));
    return use(new Map(table.schema.fields.map((field, place) => {
      const type = zonedType(field.type, zones.get(field.name));
      return [field.name, new StoredColumn(file.path, new Field(field.name, type, true), table.batches[0].data.children[place])] as const;
    })));
  } finally {
    decoded.free();
  }
}

function decode(path: string, slim: Uint8Array, offset: number, count: number): FFIStream {
  try {
    return readParquet(slim, { batchSize: count, offset, limit: count }).intoFFI();
  } catch (cause) {
    throw new ParquetError(path, `its data is damaged and cannot be decoded (${(cause as Error).message}). Copy the file again from its source.`, { cause, fault: "corrupt" });
  }
}
