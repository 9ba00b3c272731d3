/** How much the cache may hold, and what goes first when it is full. */
import type { CacheFolder } from "./cache-folder.ts";
import { readSegmentName, SEGMENT_KINDS, type SegmentKind, type SegmentName } from "./segment-name.ts";
import { readUses } from "./segment-uses.ts";

export interface CacheLimit {
  /** Bytes over all data folders. */
  readonly bytes: number;
}

/** There is no room for more, and nothing that may be given up for it. */
export class CacheFull extends Error {
  override readonly name = "CacheFull";
}

/** Of the room that the platform still has, this share is left to others. */
const LEFT_TO_OTHERS = 0.1;

/** What may be given up for something new. */
export interface GivenUp {
  /** Files that are being used stay. */
  readonly inUse: ReadonlySet<string>;
  /** So do those as new as this stamp; undefined: nothing is given up. */
  readonly since: string | undefined;
}

/**
 * Makes room for `bytes` of one kind: files of the same kind or of those given up earlier go, the longest unused first. Answers how many bytes
 * are free beyond them. Throws CacheFull.
 */
export async function makeRoom(folder: CacheFolder, limit: CacheLimit, bytes: number, kind: SegmentKind, { inUse, since }: GivenUp): Promise<number> {
  const segments = parsedNames(await folder.list());
  const room = await folder.room();
  const held = segments.reduce((sum, { parsed }) => sum + parsed.bytes, 0);
  const allowed = Math.min(limit.bytes, room === undefined ? Infinity : held + room * (1 - LEFT_TO_OTHERS));
  let excess = held + bytes - allowed;
  if (excess <= 0) return -excess;
  const uses = await readUses(folder);
  const mayGo = since === undefined ? [] : segments.filter(({ name, parsed }) => placeOf(parsed) >= SEGMENT_KINDS.indexOf(kind) && !inUse.has(name) && parsed.stamp < since);
  const lastUse = ({ name, parsed }: Segment): number => Math.max(uses.get(name) ?? 0, madeAt(parsed));
  const order = mayGo.sort((a, b) => placeOf(b.parsed) - placeOf(a.parsed) || lastUse(a) - lastUse(b));
  const going: string[] = [];
  for (const { name, parsed } of order) {
    if (excess <= 0) break;
    going.push(name);
    excess -= parsed.bytes;
  }
  if (excess > 0) throw new CacheFull(`the cache is full: ${megabytes(held)} of ${megabytes(allowed)} are taken, ${since === undefined ? "and what is read ahead pushes nothing out" : "by what this run uses itself"}. Give it more room, or clear it.`);
  for (const name of going) await folder.remove(name);
  return -excess;
}

/** Of what was free when a writer last looked, it takes this share before it looks again: others write as well. */
const TAKEN_UNSEEN = 1 / 16;

/** Room for one writer, who looks through the folder only when what was free then may be used up: in Chromium every look leaves memory behind for every file. */
export class WritingRoom {
  readonly #folder: CacheFolder;
  readonly #limit: CacheLimit;
  #unseen = 0;

  constructor(folder: CacheFolder, limit: CacheLimit) {
    this.#folder = folder;
    this.#limit = limit;
  }

  /** What `makeRoom` does. Throws CacheFull. */
  async take(bytes: number, kind: SegmentKind, givenUp: GivenUp): Promise<void> {
    if (bytes > this.#unseen) this.#unseen = bytes + (await makeRoom(this.#folder, this.#limit, bytes, kind, givenUp)) * TAKEN_UNSEEN;
    this.#unseen -= bytes;
  }

  /** The next writing looks again. */
  forget(): void {
    this.#unseen = 0;
  }
}

/** What the cache holds of one symbol and month. */
export interface CacheShare {
  /** The data folder that it was made from. */
  readonly folder: string;
  readonly kind: SegmentKind;
  readonly symbol: string;
  readonly month: string;
  readonly bytes: number;
}

export async function cacheContents(folder: CacheFolder): Promise<readonly CacheShare[]> {
  const shares = new Map<string, CacheShare>();
  for (const { parsed: { folder: source, kind, symbol, month, bytes } } of parsedNames(await folder.list())) {
    const key = [source, kind, symbol, month].join("\n");
    shares.set(key, { folder: source, kind, symbol, month, bytes: bytes + (shares.get(key)?.bytes ?? 0) });
  }
  return [...shares].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, share]) => share);
}

/** Removes everything, or what was made from one data folder. */
export async function clearCache(folder: CacheFolder, source?: string): Promise<void> {
  for (const name of await folder.list()) if (source === undefined || readSegmentName(name)?.folder === source) await folder.remove(name);
}

interface Segment {
  readonly name: string;
  readonly parsed: SegmentName;
}

function parsedNames(names: readonly string[]): Segment[] {
  return names.flatMap((name) => {
    const parsed = readSegmentName(name);
    return parsed ? [{ name, parsed }] : [];
  });
}

function placeOf({ kind }: SegmentName): number {
  return SEGMENT_KINDS.indexOf(kind);
}

/** Milliseconds since 1970. */
function madeAt({ stamp }: SegmentName): number {
  return parseInt(stamp, 36);
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1e6).toLocaleString("en-IN")} MB`;
}
