/**
 * One file of the cache: the bytes of its entries one after another, then a list of the entries, then a trailer of the list's length, its
 * checksum and a magic word. A file without a right trailer is no segment. The list has two lines of JSON for each entry: its key, where its
 * bytes begin and how many they are; and what is written beside them, which nobody parses before it is asked for.
 */
import { checksumOf } from "../../core/grid/packed-slice.ts";
import type { Kernels } from "../../core/kernels.ts";
import { joinedBytes } from "../joined-bytes.ts";
import type { FileBytes } from "../ports.ts";

export interface NewEntry {
  readonly key: string;
  readonly about: AboutBytes;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface ListedEntry {
  readonly key: string;
  readonly about: AboutBytes;
  readonly at: number;
  readonly length: number;
}

/** Anything that JSON can say, as UTF-8: parsed it takes several times the memory. */
export type AboutBytes = Uint8Array<ArrayBuffer>;

export function aboutBytes(about: unknown): AboutBytes {
  return new TextEncoder().encode(JSON.stringify(about));
}

export function aboutOf(bytes: AboutBytes): unknown {
  return JSON.parse(new TextDecoder().decode(bytes));
}

/** Raise it when entries change their meaning: older files are then no segments any more. */
const VERSION = 2;
const MAGIC = 0x4c445254 + VERSION;
const TRAILER = 12;
/** Lists of segments nearly always fit into the first request. */
const FIRST_REQUEST = 1 << 16;
const NEW_LINE = Uint8Array.of(10);

export function segmentParts(kernels: Kernels, entries: readonly NewEntry[]): { readonly parts: Uint8Array<ArrayBuffer>[]; readonly bytes: number; readonly listed: readonly ListedEntry[] } {
  let at = 0;
  const lines = entries.flatMap(({ key, about, bytes }) => [aboutBytes([key, (at += bytes.length) - bytes.length, bytes.length]), about]);
  const list = joinedBytes(lines.flatMap((line) => [line, NEW_LINE]));
  const trailer = new DataView(new ArrayBuffer(TRAILER));
  trailer.setUint32(0, list.length, true);
  trailer.setUint32(4, checksumOf(kernels, list), true);
  trailer.setUint32(8, MAGIC, true);
  return { parts: [...entries.map(({ bytes }) => bytes), list, new Uint8Array(trailer.buffer)], bytes: at + list.length + TRAILER, listed: listedIn(list) };
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
  // Of its own: what is kept of it must not hold the rest of what was read.
  return listedIn(list.slice());
}

function listedIn(list: Uint8Array<ArrayBuffer>): ListedEntry[] {
  const listed: ListedEntry[] = [];
  for (let from = 0; from < list.length; ) {
    const head = list.indexOf(NEW_LINE[0], from);
    const end = list.indexOf(NEW_LINE[0], head + 1);
    const [key, at, length] = aboutOf(list.subarray(from, head)) as [string, number, number];
    listed.push({ key, about: list.subarray(head + 1, end), at, length });
    from = end + 1;
  }
  return listed;
}

export async function bytesAt(file: FileBytes, from: number, to: number): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await file.slice(from, to).arrayBuffer());
}
