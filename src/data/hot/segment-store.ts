import type { Kernels } from "../../core/kernels.ts";
import type { FileBytes } from "../ports.ts";
import type { CacheFolder } from "./cache-folder.ts";
import { WritingRoom, type CacheLimit } from "./cache-budget.ts";
import { aboutBytes, aboutOf, readSegmentList, segmentParts, type ListedEntry, type NewEntry } from "./segment.ts";
import { SegmentBytes } from "./segment-bytes.ts";
import { newStamp, readSegmentName, segmentFileName, shelfKey, type SegmentKind, type SegmentName, type Shelf } from "./segment-name.ts";
import type { Reads } from "./reads.ts";
import { noteUse } from "./segment-uses.ts";

/** Entries wait in memory until there are so many bytes of them, or until `flush`. */
const WAITING_BYTES = 16 << 20;
/** Lists of shelves stay in memory up to so many bytes, those used last. */
const LISTS_BYTES = 8 << 20;
/** What a listed entry takes beside its texts, bytes. */
const ENTRY_BYTES = 400;
/** A shelf of more segments than this is written anew as one. */
const MOST_SEGMENTS = 6;

/** An entry that is kept, and where. */
export interface Kept {
  readonly about: unknown;
  readonly length: number;
  /** Bytes [from, to) of the entry; undefined when they cannot be read any more. */
  read(from: number, to: number): Promise<Uint8Array<ArrayBuffer> | undefined>;
}

interface Segment {
  readonly name: string;
  readonly parsed: SegmentName;
}

/** An entry in its file. */
interface Placed {
  readonly name: string;
  readonly file: FileBytes;
  readonly listed: ListedEntry;
}

interface OpenShelf extends Shelf {
  readonly entries: Map<string, Placed>;
  /** File names, oldest first. */
  readonly segments: string[];
  /** That its lists take. */
  bytes: number;
  /** Resolves when all of its segments have been looked at. */
  ready: Promise<void>;
}

/** Entries of one shelf that no file holds yet. */
interface Waiting extends Shelf {
  readonly entries: Map<string, NewEntry>;
}

export interface StoreOptions {
  readonly folder: CacheFolder;
  readonly kernels: Kernels;
  /** Names the data folder; entries of another are not seen. */
  readonly source: string;
  readonly limit: CacheLimit;
  /** Bytes of lists that stay in memory; default 8 MB. */
  readonly lists?: number;
  /** Where requests are counted. */
  readonly reads: Reads;
}

/**
 * Entries by shelf and key. Every worker writes files of its own and reads those of all: nobody waits for another, and what one
 * worker is writing another does not see until all of it is there. Whatever goes wrong costs entries, never a run: `trouble`
 * says what.
 */
export class SegmentStore {
  readonly #options: StoreOptions;
  /** Those used last at the end. */
  readonly #shelves = new Map<string, OpenShelf>();
  readonly #waiting = new Map<string, Waiting>();
  readonly #used = new Set<string>();
  readonly #bytes: SegmentBytes;
  readonly #room: WritingRoom;
  /** Files as new as this stay; undefined: all do. */
  #since: string | undefined = newStamp();
  #listed: Promise<Map<string, readonly Segment[]>> | undefined;
  #waitingBytes = 0;
  #listBytes = 0;
  #trouble: string | undefined;

  constructor(options: StoreOptions) {
    this.#options = options;
    this.#bytes = new SegmentBytes(options.reads);
    this.#room = new WritingRoom(options.folder, options.limit);
  }

  /** Why nothing is kept any more, in words. */
  get trouble(): string | undefined {
    return this.#trouble;
  }

  /**
   * Looks at the folder anew: what others have written or removed since is seen from now on, and room that was missing may be
   * there. Nothing may be waiting. `givesUp`: what is unused longest goes when there is no room for more.
   */
  async refresh(givesUp: boolean): Promise<void> {
    this.#since = givesUp ? newStamp() : undefined;
    this.#listed = undefined;
    this.#trouble = undefined;
    this.#room.forget();
    try {
      for (const shelf of [...this.#shelves.values()]) {
        await shelf.ready;
        const named = await this.#segmentsOf(shelf);
        if (named.map(({ name }) => name).join("\n") !== shelf.segments.join("\n")) this.#letGo(shelf);
      }
    } catch (error) {
      this.#shelves.clear();
      this.#listBytes = 0;
      this.#fail(error);
    }
  }

  async find(shelf: Shelf, key: string): Promise<Kept | undefined> {
    const own = this.#waiting.get(shelfKey(shelf))?.entries.get(key);
    if (own) return { about: aboutOf(own.about), length: own.bytes.length, read: async (from, to) => own.bytes.subarray(from, to) };
    const placed = (await this.#shelf(shelf)).entries.get(key);
    return placed && { about: aboutOf(placed.listed.about), length: placed.listed.length, read: (from, to) => this.#read(placed, from, to) };
  }

  /** What is written beside the entries of a shelf. */
  async abouts(shelf: Shelf): Promise<readonly unknown[]> {
    const { entries } = await this.#shelf(shelf);
    return Array.from(entries.values(), ({ listed }) => aboutOf(listed.about));
  }

  /** An entry that turned out to be wrong is not found again, while its shelf stays in memory. */
  async drop(shelf: Shelf, key: string): Promise<void> {
    this.#waiting.get(shelfKey(shelf))?.entries.delete(key);
    (await this.#shelf(shelf)).entries.delete(key);
  }

  /** @param about anything that JSON can say, written beside the bytes */
  async put({ kind, symbol, month }: Shelf, key: string, about: unknown, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    if (this.#trouble !== undefined) return;
    const shelf = shelfKey({ kind, symbol, month });
    const { entries } = this.#waiting.get(shelf) ?? { entries: new Map<string, NewEntry>() };
    this.#waiting.set(shelf, { kind, symbol, month, entries });
    const entry = { key, about: aboutBytes(about), bytes };
    entries.set(key, entry);
    this.#waitingBytes += entry.about.length + bytes.length;
    if (this.#waitingBytes > WAITING_BYTES) await this.flush();
  }

  /** Writes what waits. */
  async flush(): Promise<void> {
    this.#waitingBytes = 0;
    for (const waiting of [...this.#waiting.values()]) await this.#write(waiting);
  }

  /** Writes what waits of one kind. */
  async flushKind(kind: SegmentKind): Promise<void> {
    for (const waiting of [...this.#waiting.values()]) if (waiting.kind === kind) await this.#write(waiting);
  }

  /** Another portion of days begins: writes what waits, and lets go of bytes that the one before has not asked for. */
  async turn(): Promise<void> {
    await this.flush();
    this.#bytes.turn();
  }

  /** Writes what waits, and notes what was used. */
  async finish(): Promise<void> {
    await this.flush();
    await noteUse(this.#options.folder, this.#used).catch((error: unknown) => this.#fail(error));
    this.#used.clear();
    this.#bytes.release();
  }

  async #shelf(asked: Shelf): Promise<OpenShelf> {
    const key = shelfKey(asked);
    const shelf = this.#shelves.get(key) ?? this.#open(asked);
    this.#shelves.delete(key);
    this.#shelves.set(key, shelf);
    await shelf.ready;
    return shelf;
  }

  #open({ kind, symbol, month }: Shelf): OpenShelf {
    const shelf: OpenShelf = { kind, symbol, month, entries: new Map(), segments: [], bytes: 0, ready: Promise.resolve() };
    shelf.ready = this.#segmentsOf(shelf).then(async (segments) => {
      for (const { name, parsed } of segments) await this.#openSegment(shelf, name, parsed);
    }).catch((error: unknown) => this.#fail(error));
    return shelf;
  }

  /** Takes a segment's list into memory; lists unused longest go for it, and are read again when they are wanted. */
  #hold(shelf: OpenShelf, name: string, file: FileBytes, listed: readonly ListedEntry[]): void {
    shelf.segments.push(name);
    for (const entry of listed) shelf.entries.set(entry.key, { name, file, listed: entry });
    const bytes = listed.reduce((sum, { key, about }) => sum + key.length + about.length + ENTRY_BYTES, 0);
    shelf.bytes += bytes;
    // Whoever still looks into a shelf that has been let go does so alone.
    if (this.#shelves.get(shelfKey(shelf)) !== shelf) return;
    this.#listBytes += bytes;
    for (const oldest of this.#shelves.values()) {
      if (this.#listBytes <= (this.#options.lists ?? LISTS_BYTES)) break;
      if (oldest !== shelf) this.#letGo(oldest);
    }
  }

  #letGo(shelf: OpenShelf): void {
    const key = shelfKey(shelf);
    if (this.#shelves.get(key) !== shelf) return;
    this.#shelves.delete(key);
    this.#listBytes -= shelf.bytes;
  }

  /** Oldest first. */
  async #segmentsOf(shelf: Shelf): Promise<readonly Segment[]> {
    this.#listed ??= this.#list();
    return (await this.#listed).get(shelfKey(shelf)) ?? [];
  }

  async #list(): Promise<Map<string, readonly Segment[]>> {
    const byShelf = new Map<string, Segment[]>();
    for (const name of await this.#options.folder.list()) {
      const parsed = readSegmentName(name);
      if (!parsed || parsed.folder !== this.#options.source) continue;
      const key = shelfKey(parsed);
      const segments = byShelf.get(key);
      if (segments) segments.push({ name, parsed });
      else byShelf.set(key, [{ name, parsed }]);
    }
    for (const segments of byShelf.values()) segments.sort((a, b) => (a.parsed.stamp < b.parsed.stamp ? -1 : 1));
    return byShelf;
  }

  async #openSegment(shelf: OpenShelf, name: string, { bytes }: SegmentName): Promise<void> {
    const { folder, kernels } = this.#options;
    const file = await folder.open(name);
    if (!file) return;
    const listed = await readSegmentList(kernels, (from, to) => this.#bytes.read(name, file, from, to), file.size === bytes ? bytes : 0);
    if (!listed) {
      // Files appear whole: this one was damaged afterwards, or is of another version.
      await folder.remove(name);
      return;
    }
    this.#hold(shelf, name, file, listed);
  }

  async #read({ name, file, listed: { at, length } }: Placed, from: number, to: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
    this.#used.add(name);
    try {
      const bytes = await this.#bytes.read(name, file, at + from, at + Math.min(to, length));
      return bytes.length === to - from ? bytes : undefined;
    } catch {
      // Evicted or cleared by another tab since it was opened: as if it had never been kept.
      return undefined;
    }
  }

  async #write(waiting: Waiting): Promise<void> {
    this.#waiting.delete(shelfKey(waiting));
    const entries = [...waiting.entries.values()];
    if (entries.length === 0 || this.#trouble !== undefined) return;
    try {
      const shelf = await this.#shelf(waiting);
      const replaced = shelf.segments.length >= MOST_SEGMENTS ? [...shelf.segments] : [];
      const written = await this.#writeSegment(shelf, replaced.length > 0 ? [...(await this.#carriedOver(shelf, entries)), ...entries] : entries);
      for (const name of replaced) await this.#options.folder.remove(name);
      shelf.segments.splice(0, replaced.length);
      const others = (await this.#segmentsOf(shelf)).filter(({ name }) => !replaced.includes(name));
      (await this.#listed)?.set(shelfKey(shelf), [...others, written]);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** What a shelf holds beside new entries. */
  async #carriedOver(shelf: OpenShelf, entries: readonly NewEntry[]): Promise<NewEntry[]> {
    const fresh = new Set(entries.map(({ key }) => key));
    const kept: NewEntry[] = [];
    for (const [key, placed] of shelf.entries) {
      if (fresh.has(key)) continue;
      const { about, length } = placed.listed;
      const bytes = await this.#read(placed, 0, length);
      if (bytes) kept.push({ key, about, bytes });
    }
    return kept;
  }

  async #writeSegment(shelf: OpenShelf, entries: readonly NewEntry[]): Promise<Segment> {
    const { folder, kernels, source } = this.#options;
    const { parts, bytes, listed } = segmentParts(kernels, entries);
    const parsed: SegmentName = { ...shelfOf(shelf), folder: source, stamp: newStamp(), bytes };
    const name = segmentFileName(parsed);
    await this.#room.take(bytes, shelf.kind, { inUse: this.#used, since: this.#since });
    await folder.write(name, parts);
    const file = await folder.open(name);
    if (file) this.#hold(shelf, name, file, listed);
    return { name, parsed };
  }

  #fail(error: unknown): void {
    this.#trouble ??= `what is read is not kept for the next run: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function shelfOf({ kind, symbol, month }: Shelf): Shelf {
  return { kind, symbol, month };
}
