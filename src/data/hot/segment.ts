/**
 * One file of the cache: the bytes of its entries one after another, then a list of the entries as JSON, then a trailer of
 * the list's length, its checksum and a magic word. A file without a right trailer is no segment.
 */
import { checksumOf } from "../../core/grid/packed-slice.ts";
import type { Kernels } from "../../core/kernels.ts";

export interface NewEntry {
  readonly key: string;
  /** Anything that JSON can say. */
  readonly about: unknown;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface ListedEntry {
  readonly key: string;
  readonly about: unknown;
  readonly at: number;
  readonly length: number;
}

/** Raise it when entries change their meaning: older files are then no segments any more. */
const VERSION = 1;
const MAGIC = 0x4c445254 + VERSION;
const TRAILER = 12;
/** Lists of segments nearly always fit into the first request. */
const FIRST_REQUEST = 1 << 16;

export function segmentParts(kernels: Kernels, entries: readonly NewEntry[]): { readonly parts: Uint8Array<ArrayBuffer>[]; readonly bytes: number; readonly listed: readonly ListedEntry[] } {
  let at = 0;
  const listed = entries.map(({ key, about, bytes }): ListedEntry => ({ key, about, at: (at += bytes.length) - bytes.length, length: bytes.length }));
  const list = new TextEncoder().encode(JSON.stringify(listed));
  const trailer = new DataView(new ArrayBuffer(TRAILER));
  trailer.setUint32(0, list.length, true);
  trailer.setUint32(4, checksumOf(kernels, list), true);
  trailer.setUint32(8, MAGIC, true);
  return { parts: [...entries.map(({ bytes }) => bytes), list, new Uint8Array(trailer.buffer)], bytes: at + list.length + TRAILER, listed };
}

/** What a segment of so many bytes holds; undefined when it is damaged or not of this version. `read` gives bytes [from, to) of it. */
export async function readSegmentList(kernels: Kernels, read: (from: number, to: number) => Promise<Uint8Array<ArrayBuffer>>, bytes: number): Promise<readonly ListedEntry[] | undefined> {
  if (bytes < TRAILER) return undefined;
  const tail = await read(Math.max(0, bytes - FIRST_REQUEST), bytes);
  if (tail.length < TRAILER) return undefined;
  const trailer = new DataView(tail.buffer, tail.byteOffset + tail.length - TRAILER, TRAILER);
  const length = trailer.getUint32(0, true);
  if (trailer.getUint32(8, true) !== MAGIC || length + TRAILER > bytes) return undefined;
  const list = length + TRAILER <= tail.length ? tail.subarray(tail.length - TRAILER - length, tail.length - TRAILER) : await read(bytes - TRAILER - length, bytes - TRAILER);
  if (checksumOf(kernels, list) !== trailer.getUint32(4, true)) return undefined;
  return JSON.parse(new TextDecoder().decode(list)) as ListedEntry[];
}

export async function bytesAt(file: Blob, from: number, to: number): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await file.slice(from, to).arrayBuffer());
}
