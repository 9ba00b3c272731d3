/** A Parquet file written row group by row group: each is made by itself and takes its place behind the ones before. */
import { DataType, tableToIPC, type Table } from "apache-arrow";
import { deserializeTCompactProtocol } from "hyparquet/src/thrift.js";
import { ByteWriter } from "hyparquet-writer";
import { serializeTCompactProtocol } from "hyparquet-writer/src/thrift.js";
import { Compression, Encoding, Table as WasmTable, WriterPropertiesBuilder, writeParquet } from "parquet-wasm/esm";
import type { ColumnMap } from "../column-names.ts";

const MAGIC = new TextEncoder().encode("PAR1");
const TRAILER = 8;

/** Thrift structs as they are stored: field numbers of the Parquet format, nothing interpreted, so that nothing is lost on the way. */
type Struct = { [field: `field_${number}`]: unknown };

/** By their known names: prices on the tick and what follows from them, quantities in lots, numbers of orders, of which a day has few different ones. */
const REPEATING = new Set(["price", "changeper", "qty", ...[0, 1, 2, 3, 4].flatMap((level) => ["p", "q", "o"].flatMap((what) => [`b${what}${level}`, `s${what}${level}`]))]);
/** Whole numbers that lie near those of the row before. */
const NEAR_THE_LAST = new Set(["timestamp", "ts", "lastTradeTime", "volume", "bQty", "sQty"]);

/** One row group as a file of its own: ZSTD, with statistics; columns in the encoding in which they are small and quickly read (measured: docs/reshape.md). */
export function rowGroupBytes(table: Table, rows: number, { source }: ColumnMap): Uint8Array {
  const known = new Map([...source].map(([name, own]) => [own, name]));
  let properties = new WriterPropertiesBuilder().setCompression(Compression.ZSTD).setDictionaryEnabled(false).setMaxRowGroupSize(rows).setCreatedBy("straddle reshape");
  for (const { name, type } of table.schema.fields) {
    const role = known.get(name) ?? name;
    if (DataType.isUtf8(type) || ((DataType.isFloat(type) || DataType.isInt(type)) && REPEATING.has(role))) properties = properties.setColumnDictionaryEnabled(name, true);
    else if ((DataType.isInt(type) || DataType.isTimestamp(type)) && NEAR_THE_LAST.has(role)) properties = properties.setColumnEncoding(name, Encoding.DELTA_BINARY_PACKED);
  }
  return writeParquet(WasmTable.fromIPCStream(tableToIPC(table, "stream")), properties.build());
}

export class ParquetPieces {
  #offset = 0;
  #rows = 0n;
  #first: Struct | undefined;
  readonly #groups: Struct[] = [];

  /** The bytes that come next in the file, out of a file of one row group. */
  add(file: Uint8Array): Uint8Array {
    const footer = footerOf(file);
    const [group] = footer.field_4 as Struct[];
    const chunks = (group.field_1 as Struct[]).map((chunk) => chunk.field_3 as Struct);
    const start = Math.min(...chunks.map(startOf));
    const end = Math.max(...chunks.map((chunk) => startOf(chunk) + Number(chunk.field_7)));
    const lead = this.#first === undefined ? MAGIC : new Uint8Array();
    const shift = BigInt(this.#offset + lead.length - start);
    this.#groups.push(movedGroup(group, shift));
    this.#first ??= footer;
    this.#rows += footer.field_3 as bigint;
    const bytes = new Uint8Array(lead.length + end - start);
    bytes.set(lead);
    bytes.set(file.subarray(start, end), lead.length);
    this.#offset += bytes.length;
    return bytes;
  }

  /** What ends the file. Throws an Error when no row group was added. */
  finish(): Uint8Array {
    if (!this.#first) throw new Error("a Parquet file needs a row group");
    const { field_1, field_2, field_5, field_6, field_7 } = this.#first;
    const writer = new ByteWriter();
    serializeTCompactProtocol(writer, { field_1, field_2: (field_2 as Struct[]).map(writableElement), field_3: this.#rows, field_4: this.#groups, field_5, field_6, field_7 });
    const length = writer.offset;
    writer.appendUint32(length);
    writer.appendBytes(MAGIC);
    return writer.getBytes().slice();
  }
}

function footerOf(file: Uint8Array): Struct {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const length = view.getUint32(file.length - TRAILER, true);
  return deserializeTCompactProtocol({ view: new DataView(file.buffer, file.byteOffset + file.length - TRAILER - length, length), offset: 0 }) as Struct;
}

/** The page of the dictionary, where there is one, else the first page of data. */
function startOf({ field_9: data, field_11: dictionary }: Struct): number {
  return Number(dictionary ?? data);
}

/** Page indexes stay behind: they lie elsewhere in the file. So does the number of the group, which the writer cannot store. */
function movedGroup({ field_1, field_2, field_3, field_4, field_6 }: Struct, shift: bigint): Struct {
  const columns = (field_1 as Struct[]).map(({ field_2: offset, field_3: data }) => ({ field_2: offset === 0n ? 0n : (offset as bigint) + shift, field_3: movedChunk(data as Struct, shift) }));
  return { field_1: columns, field_2, field_3, ...(field_4 !== undefined && { field_4 }), ...(field_6 !== undefined && { field_6 }) };
}

function movedChunk(chunk: Struct, shift: bigint): Struct {
  const moved = { ...chunk };
  for (const field of ["field_9", "field_11"] as const) if (moved[field] !== undefined) moved[field] = (moved[field] as bigint) + shift;
  // Bloom filters and the like are addressed too; none is written.
  return moved;
}

/** The writer stores the width of an annotated integer in the wrong size; the older annotation says the same. */
function writableElement(element: Struct): Struct {
  const logical = element.field_10 as Struct | undefined;
  if (logical?.field_10 === undefined) return element;
  const { field_10: _, ...rest } = element;
  return rest;
}
