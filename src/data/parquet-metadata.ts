import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { parquetMetadata } from "hyparquet";
import type { FileMetaData } from "hyparquet";
import { flawOf } from "./check-metadata.ts";
import { accessError, stateOf } from "./retry-changed.ts";
import { ParquetError } from "./ports.ts";
import type { DataFile, FileBytes } from "./ports.ts";

/** Footers of contract files fit into the first request; larger ones take a second. */
const FIRST_REQUEST = 1 << 16;
/**
 * Of a file whose rows will be read the first request takes this part of it, and no more than so many bytes: the clock of a contract's
 * rows is among its last columns, and to ask for it on its own takes longer than to fetch what lies between.
 */
const TAIL_SHARE = 1 / 8;
const MOST_TAIL = 1 << 19;
const TRAILER = 8;
const MAGIC = 0x31524150;
const MAGIC_ENCRYPTED = 0x45524150;

export interface ParquetMetadata {
  readonly metadata: FileMetaData;
  /** Hex SHA-256 of the footer's bytes, the eight of length and magic left out. */
  readonly hash: string;
  /** The last bytes of the file, where its rows are to be read. */
  readonly tail?: Uint8Array<ArrayBuffer>;
}

const known = new WeakMap<DataFile, { readonly size: number; readonly modified: number; readonly parsed: ParquetMetadata }>();

/** The parsed footer of a file, kept while the file object lives and its size and time stay the same. `rows`: they will be read as well. Throws ParquetError. */
export async function metadataOf(file: DataFile, { rows = false } = {}): Promise<ParquetMetadata> {
  const { size, modified } = await stateOf(file);
  const earlier = known.get(file);
  if (earlier && earlier.size === size && earlier.modified === modified) return earlier.parsed;
  try {
    const parsed = await readMetadata(file.path, await file.blob(), rows);
    known.set(file, { size, modified, parsed });
    return parsed;
  } catch (error) {
    throw accessError(file.path, error);
  }
}

async function readMetadata(path: string, blob: FileBytes, rows: boolean): Promise<ParquetMetadata> {
  const { size } = blob;
  if (size === 0) throw new ParquetError(path, "the file is empty (0 bytes), not even a Parquet header is in it. Copy it again from its source, or remove it.", { fault: "corrupt" });
  const first = rows ? Math.max(FIRST_REQUEST, Math.min(Math.ceil(size * TAIL_SHARE), MOST_TAIL)) : FIRST_REQUEST;
  const tail = await bytesOf(blob.slice(Math.max(0, size - first)));
  const footerLength = await footerLengthOf(path, blob, tail);
  const footer = footerLength + TRAILER <= tail.length ? tail.subarray(tail.length - footerLength - TRAILER) : await bytesOf(blob.slice(size - footerLength - TRAILER));
  let metadata: FileMetaData;
  try {
    metadata = parquetMetadata(footer, { parsers: RAW_VALUES, geoparquet: false });
  } catch (cause) {
    throw new ParquetError(path, "its Parquet footer is damaged and cannot be decoded. Copy the file again from its source.", { cause, fault: "corrupt" });
  }
  if (metadata.row_groups?.some(({ columns }) => columns?.some(({ file_path }) => file_path !== undefined)))
    throw new ParquetError(path, "its columns are kept in other files. Write it as one Parquet file.", { fault: "corrupt" });
  const flaw = flawOf(metadata, size - footerLength - TRAILER);
  if (flaw !== undefined) throw new ParquetError(path, `the file is cut off, or its Parquet footer is damaged: ${flaw}. Copy it again from its source.`, { fault: "corrupt" });
  return { metadata, hash: bytesToHex(sha256(footer.subarray(0, footerLength))), ...(rows && { tail }) };
}

/** Statistics stay as stored: what a timestamp means depends on the clock zone, which is not known here. */
const RAW_VALUES = {
  timestampFromMilliseconds: (value: bigint) => value,
  timestampFromMicroseconds: (value: bigint) => value,
  timestampFromNanoseconds: (value: bigint) => value,
  dateFromDays: (days: number) => days,
};

async function footerLengthOf(path: string, blob: FileBytes, tail: Uint8Array): Promise<number> {
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  const magic = tail.length >= 4 ? view.getUint32(tail.length - 4, true) : 0;
  if (magic === MAGIC_ENCRYPTED) throw new ParquetError(path, "the file is an encrypted Parquet file. Write it again without encryption.", { fault: "not_parquet" });
  if (magic !== MAGIC) {
    const head = await bytesOf(blob.slice(0, 4));
    const startsRight = head.length === 4 && new DataView(head.buffer).getUint32(0, true) === MAGIC;
    if (startsRight) throw new ParquetError(path, `the file is cut off: it begins as Parquet, but its end (footer) is missing after ${blob.size} bytes. Copy it again from its source.`, { fault: "corrupt" });
    throw new ParquetError(path, "this is no Parquet file: neither its first nor its last four bytes are PAR1. Convert it to Parquet, or take it out of the folder.", { fault: "not_parquet" });
  }
  const length = tail.length >= TRAILER + 4 ? view.getUint32(tail.length - TRAILER, true) : Infinity;
  if (length + TRAILER + 4 > blob.size)
    throw new ParquetError(path, `the file is damaged: its footer claims more bytes than the file has (${blob.size}). Copy it again from its source.`, { fault: "corrupt" });
  return length;
}

export async function bytesOf(blob: FileBytes): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await blob.arrayBuffer());
}
