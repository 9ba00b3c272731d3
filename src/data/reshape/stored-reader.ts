import { Field } from "apache-arrow";
import { parseTable } from "arrow-js-ffi";
import { readParquet, wasmMemory } from "parquet-wasm/esm";
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
 * Columns of a file as they are stored, with the zones that the file names, in memory of their own. The decoder has to be loaded
 * (`createParquetWasmReader`). Throws ParquetError.
 */
export async function readStored(file: DataFile, footer: Footer, names: readonly string[], { rowGroup, offset, count }: StoredRows): Promise<ReadonlyMap<string, StoredColumn>> {
  const { metadata } = await metadataOf(file);
  const elements = wantedElements(file.path, metadata.schema, names);
  let parts: SlimParts;
  try {
    parts = await slimParts(await file.blob(), metadata, elements, [rowGroup]);
  } catch (error) {
    throw accessError(file.path, error);
  }
  try {
    const decoded = readParquet(slimFile(parts), { batchSize: count, offset, limit: count }).intoFFI();
    try {
      const table = parseTable(wasmMemory().buffer, decoded.arrayAddrs(), decoded.schemaAddr(), true);
      if (table.numRows !== count) throw new ParquetError(file.path, `the file is damaged: its footer counts ${count} rows, but ${table.numRows} were found. Copy it again from its source.`, { fault: "corrupt" });
      const zones = new Map(footer.columns.map(({ name, zone }) => [name, zone]));
      return new Map(table.schema.fields.map((field, place) => {
        const type = zonedType(field.type, zones.get(field.name));
        return [field.name, new StoredColumn(file.path, new Field(field.name, type, true), table.batches[0].data.children[place])] as const;
      }));
    } finally {
      decoded.free();
    }
  } catch (cause) {
    if (cause instanceof ParquetError) throw cause;
    throw new ParquetError(file.path, `its data is damaged and cannot be decoded (${(cause as Error).message}). Copy the file again from its source.`, { cause, fault: "corrupt" });
  }
}
