import { ByteWriter } from "hyparquet-writer";
import { writeMetadata } from "hyparquet-writer/src/metadata.js";
import type { ColumnChunk, ConvertedType, FileMetaData, RowGroup, SchemaElement } from "hyparquet";
import { chunkRange } from "./check-metadata.ts";
import { bytesOf } from "./parquet-metadata.ts";
import type { FileBytes } from "./ports.ts";

/** Chunks that lie closer together than this are fetched in one request. */
const NEAR_BYTES = 1 << 16;
const MAGIC = 0x31524150;
const MAGIC_BYTES = 4;

/** What a slim file is made of, fetched from the other one. */
export interface SlimParts {
  readonly bytes: number;
  readonly footer: Uint8Array;
  readonly fetched: readonly { readonly data: Uint8Array; readonly start: number; readonly pieces: readonly Piece[] }[];
}

/** Where a column chunk lies in the other file, and where in the slim one. */
interface Piece {
  readonly chunk: ColumnChunk;
  readonly start: number;
  readonly length: number;
  readonly to: number;
}

/** Used again for every file that fits: to ask for memory takes longer than to copy into it. */
const scratch = new Uint8Array(4 << 20);

/**
 * A Parquet file in memory with only the wanted columns and row groups of another. So a decoder that takes whole files reads
 * 1 % of one, sees a footer of a few columns instead of 52, and is called synchronously: a trap in it can be caught. Holds until
 * the next one is made.
 */
export function slimFile({ bytes, footer, fetched }: SlimParts): Uint8Array {
  const slim = bytes <= scratch.length ? scratch.subarray(0, bytes) : new Uint8Array(bytes);
  new DataView(slim.buffer).setUint32(0, MAGIC, true);
  for (const { data, start, pieces } of fetched) for (const piece of pieces) slim.set(data.subarray(piece.start - start, piece.start - start + piece.length), piece.to);
  slim.set(footer, bytes - footer.length);
  return slim;
}

/** Fetches what a slim file takes. `tail` are the last bytes of the blob, where they are known. Rejects with the platform's error. */
export async function slimParts(blob: FileBytes, metadata: FileMetaData, columns: readonly SchemaElement[], rowGroups: readonly number[], tail = new Uint8Array()): Promise<SlimParts> {
  const wanted = new Set(columns.map(({ name }) => name));
  const pieces: Piece[] = [];
  let to = MAGIC_BYTES;
  for (const index of rowGroups)
    for (const chunk of metadata.row_groups[index].columns) {
      const path = chunk.meta_data?.path_in_schema;
      if (!chunk.meta_data || path?.length !== 1 || !wanted.has(path[0])) continue;
      const { start, length } = chunkRange(chunk.meta_data);
      pieces.push({ chunk, start, length, to });
      to += length;
    }
  const footer = slimFooter(metadata, columns, rowGroups, new Map(pieces.map(({ chunk, start, to }) => [chunk, to - start])));
  // To cut a blob a browser waits for another process, the longer the more reading it has begun: all cuts come first.
  const known = blob.size - tail.length;
  const cuts = requests(pieces.filter(({ start }) => start < known)).map((request) => ({ ...request, part: blob.slice(request.start, request.end) }));
  const fetched = await Promise.all(cuts.map(async ({ start, pieces, part }) => ({ data: await bytesOf(part), start, pieces })));
  return { bytes: to + footer.length, footer, fetched: [...fetched, { data: tail, start: known, pieces: pieces.filter(({ start }) => start >= known) }] };
}

function requests(pieces: readonly Piece[]): { start: number; end: number; pieces: Piece[] }[] {
  const found: { start: number; end: number; pieces: Piece[] }[] = [];
  for (const piece of [...pieces].sort((a, b) => a.start - b.start)) {
    const last = found.at(-1);
    const end = piece.start + piece.length;
    if (last && piece.start - last.end <= NEAR_BYTES) {
      last.pieces.push(piece);
      last.end = Math.max(last.end, end);
    } else {
      found.push({ start: piece.start, end, pieces: [piece] });
    }
  }
  return found;
}

/** Footer, its length and the closing magic. Statistics, indexes and writer notes are left out: they point into the other file. */
export function slimFooter(metadata: FileMetaData, columns: readonly SchemaElement[], rowGroups: readonly number[], moved: ReadonlyMap<ColumnChunk, number>): Uint8Array {
  const groups: RowGroup[] = rowGroups.map((index) => {
    const { columns: chunks, num_rows, total_byte_size } = metadata.row_groups[index];
    return { columns: columns.map(({ name }) => slimChunk(chunkOf(chunks, name), moved)), num_rows, total_byte_size };
  });
  const writer = new ByteWriter();
  writeMetadata(writer, {
    version: metadata.version,
    schema: [{ name: metadata.schema[0].name, num_children: columns.length }, ...columns.map(writableElement)],
    num_rows: groups.reduce((sum, { num_rows }) => sum + num_rows, 0n),
    row_groups: groups,
    metadata_length: 0,
  });
  writer.appendUint32(MAGIC);
  return writer.getBytes();
}

/** The writer stores the width of an annotated integer in the wrong size; the older annotation says the same. */
function writableElement(element: SchemaElement): SchemaElement {
  const { logical_type: logical, ...rest } = element;
  if (logical?.type !== "INTEGER") return element;
  return { ...rest, converted_type: `${logical.isSigned ? "INT" : "UINT"}_${logical.bitWidth}` as ConvertedType };
}

function chunkOf(chunks: readonly ColumnChunk[], name: string): ColumnChunk {
  const chunk = chunks.find(({ meta_data }) => meta_data?.path_in_schema.length === 1 && meta_data.path_in_schema[0] === name);
  if (!chunk) throw new Error(`a row group has no column "${name}"`);
  return chunk;
}

function slimChunk(chunk: ColumnChunk, moved: ReadonlyMap<ColumnChunk, number>): ColumnChunk {
  const shift = BigInt(moved.get(chunk) ?? 0);
  const data = chunk.meta_data;
  if (!data) throw new Error("a column chunk has no metadata");
  const { type, encodings, path_in_schema, codec, num_values, total_compressed_size, total_uncompressed_size, data_page_offset, dictionary_page_offset } = data;
  return {
    file_offset: 0n,
    meta_data: {
      type,
      encodings,
      path_in_schema,
      codec,
      num_values,
      total_compressed_size,
      total_uncompressed_size,
      data_page_offset: data_page_offset + shift,
      ...(dictionary_page_offset && { dictionary_page_offset: dictionary_page_offset + shift }),
    },
  };
}
