import type { Kernels } from "../../core/kernels.ts";
import type { CacheFolder } from "./cache-folder.ts";
import { makeRoom, type CacheLimit } from "./cache-budget.ts";
import { readSegmentList, segmentParts, type ListedEntry, type NewEntry } from "./segment.ts";
import { SegmentBytes } from "./segment-bytes.ts";
import { newStamp, readSegmentName, segmentFileName, shelfKey, type SegmentKind, type SegmentName, type Shelf } from "./segment-name.ts";
import type { Reads } from "./reads.ts";
import { noteUse } from "./segment-uses.ts";

/** Entries wait in memory until there are so many bytes of them, or until `flush`. */
const WAITING_BYTES = 16 << 20;
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

interface OpenShelf extends Shelf {
  readonly entries: Map<string, Kept>;
  /** File names, oldest first. */
  readonly segments: string[];
  readonly waiting: Map<string, NewEntry>;
}

export interface StoreOptions {
  readonly folder: CacheFolder;
  readonly kernels: Kernels;
  /** Names the data folder; entries of another are not seen. */
  readonly source: string;
  readonly limit: CacheLimit;
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
  readonly #shelves = new Map<string, Promise<OpenShelf>>();
  readonly #used = new Set<string>();
  readonly #bytes: SegmentBytes;
  /** Files as new as this stay; undefined: all do. */
  #since: string | undefined = newStamp();
  #listed: Promise<ReadonlyMap<string, readonly Segment[]>> | undefined;
  #waitingBytes = 0;
  #trouble: string | undefined;

  constructor(options: StoreOptions) {
    this.#options = options;
    this.#bytes = new SegmentBytes(options.reads);
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
    try {
      for (const [key, opening] of this.#shelves) {
        const shelf = await opening;
        const named = await this.#segmentsOf(shelf);
        if (named.map(({ name }) => name).join("\n") !== shelf.segments.join("\n")) this.#shelves.delete(key);
      }
    } catch (error) {
      this.#shelves.clear();
      this.#fail(error);
    }
  }

  async find(shelf: Shelf, key: string): Promise<Kept | undefined> {
    const { entries, waiting } = await this.#shelf(shelf);
    const own = waiting.get(key);
    return own ? { about: own.about, length: own.bytes.length, read: async (from, to) => own.bytes.subarray(from, to) } : entries.get(key);
  }

  /** What is written beside the entries of a shelf. */
  async abouts(shelf: Shelf): Promise<readonly unknown[]> {
    const { entries } = await this.#shelf(shelf);
    return [...entries.values()].map(({ about }) => about);
  }

  /** An entry that turned out to be wrong is not found again. */
  async drop(shelf: Shelf, key: string): Promise<void> {
    const { entries, waiting } = await this.#shelf(shelf);
    entries.delete(key);
    waiting.delete(key);
  }

  async put(shelf: Shelf, entry: NewEntry): Promise<void> {
    if (this.#trouble !== undefined) return;
    const { waiting } = await this.#shelf(shelf);
    waiting.set(entry.key, entry);
    this.#waitingBytes += entry.bytes.length;
    if (this.#waitingBytes > WAITING_BYTES) await this.flush();
  }

  /** Writes what waits. */
  async flush(): Promise<void> {
    this.#waitingBytes = 0;
    for (const opening of [...this.#shelves.values()]) await this.#write(await opening);
  }

  /** Writes what waits of one kind. */
  async flushKind(kind: SegmentKind): Promise<void> {
    for (const opening of [...this.#shelves.values()]) {
      const shelf = await opening;
      if (shelf.kind === kind) await this.#write(shelf);
    }
  }

  /** Writes what waits, and notes what was used. */
  async finish(): Promise<void> {
    await this.flush();
    await noteUse(this.#options.folder, this.#used).catch((error: unknown) => this.#fail(error));
    this.#used.clear();
    this.#bytes.release();
  }

  #shelf(shelf: Shelf): Promise<OpenShelf> {
    const key = shelfKey(shelf);
    let opening = this.#shelves.get(key);
    if (!opening) this.#shelves.set(key, (opening = this.#open(shelf)));
    return opening;
  }

  async #open({ kind, symbol, month }: Shelf): Promise<OpenShelf> {
    const shelf: OpenShelf = { kind, symbol, month, entries: new Map(), segments: [], waiting: new Map() };
    try {
      for (const { name, parsed } of await this.#segmentsOf(shelf)) await this.#openSegment(shelf, name, parsed);
    } catch (error) {
      this.#fail(error);
    }
    return shelf;
  }

  /** Oldest first. */
  async #segmentsOf(shelf: Shelf): Promise<readonly Segment[]> {
    this.#listed ??= this.#list();
    return (await this.#listed).get(shelfKey(shelf)) ?? [];
  }

  async #list(): Promise<ReadonlyMap<string, readonly Segment[]>> {
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
    shelf.segments.push(name);
    for (const entry of listed) shelf.entries.set(entry.key, this.#kept(name, file, entry));
  }

  #kept(name: string, file: Blob, { about, at, length }: ListedEntry): Kept {
    return {
      about,
      length,
      read: async (from, to) => {
        this.#used.add(name);
        try {
          const bytes = await this.#bytes.read(name, file, at + from, at + Math.min(to, length));
          return bytes.length === to - from ? bytes : undefined;
        } catch {
          // Evicted or cleared by another tab since it was opened: as if it had never been kept.
          return undefined;
        }
      },
    };
  }

  async #write(shelf: OpenShelf): Promise<void> {
    if (shelf.waiting.size === 0) return;
    const entries = [...shelf.waiting.values()];
    shelf.waiting.clear();
    if (this.#trouble !== undefined) return;
    try {
      const replaced = shelf.segments.length >= MOST_SEGMENTS ? [...shelf.segments] : [];
      await this.#writeSegment(shelf, replaced.length > 0 ? [...(await this.#carriedOver(shelf, entries)), ...entries] : entries);
      for (const name of replaced) await this.#options.folder.remove(name);
      shelf.segments.splice(0, replaced.length);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** What a shelf holds beside new entries. */
  async #carriedOver(shelf: OpenShelf, entries: readonly NewEntry[]): Promise<NewEntry[]> {
    const fresh = new Set(entries.map(({ key }) => key));
    const kept: NewEntry[] = [];
    for (const [key, { about, length, read }] of shelf.entries) {
      if (fresh.has(key)) continue;
      const bytes = await read(0, length);
      if (bytes) kept.push({ key, about, bytes });
    }
    return kept;
  }

  async #writeSegment(shelf: OpenShelf, entries: readonly NewEntry[]): Promise<void> {
    const { folder, kernels, source, limit } = this.#options;
    const { parts, bytes, listed } = segmentParts(kernels, entries);
    const parsed: SegmentName = { ...shelfOf(shelf), folder: source, stamp: newStamp(), bytes };
    const name = segmentFileName(parsed);
    await makeRoom(folder, limit, bytes, shelf.kind, { inUse: this.#used, since: this.#since });
    await folder.write(name, parts);
    const file = await folder.open(name);
    if (!file) return;
    shelf.segments.push(name);
    for (const entry of listed) shelf.entries.set(entry.key, this.#kept(name, file, entry));
  }

  #fail(error: unknown): void {
    this.#trouble ??= `what is read is not kept for the next run: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function shelfOf({ kind, symbol, month }: Shelf): Shelf {
  return { kind, symbol, month };
}
