/** What has been learned about files by opening them, kept between visits and dropped when a file changes. */
import { mapBounded } from "../bounded.ts";
import type { IndexStore } from "../index-store.ts";
import { ParquetError, type DataFile } from "../ports.ts";
import type { CatalogueFile, ClockProbe, ClockZone, FileFacts, FileProblem, Layout, Progress } from "./types.ts";

export type Zones = Partial<Record<Layout, ClockZone>>;
export type ReadFacts = (files: readonly CatalogueFile[], zones: Zones) => Promise<readonly (FileFacts | { readonly problem: FileProblem })[]>;
/** Throws ParquetError for a file that cannot be read. */
export type ProbeClocks = (file: CatalogueFile) => Promise<ClockProbe>;
export type ReportProgress = (progress: Progress) => void;

/** `zone` is the one that the dates were read in. */
interface Kept {
  readonly size: number;
  readonly modified: number;
  readonly facts?: FileFacts;
  readonly problem?: FileProblem;
  readonly zone?: ClockZone;
  readonly probe?: ClockProbe;
}

interface Stored {
  readonly version: number;
  /** Of the market rules that the facts were learned by. */
  readonly calendar: string;
  readonly files: ReadonlyMap<string, Kept>;
}

/** Raise it when facts or probes change their meaning: kept indexes are then built anew. */
const VERSION = 2;
const LOOKS_AT_ONCE = 32;
const FILES_PER_REQUEST = 48;
const REQUESTS_AT_ONCE = 16;
const PROBES_AT_ONCE = 8;
/** How many newly read files may be lost when the page is closed in the middle. */
const SAVE_EVERY = 8_000;
/** Up to so many empty files are named one by one. */
const MOST_EMPTY_NAMED = 20;
/** Faults that may be gone the next time. */
const PASSING: readonly FileProblem["kind"][] = ["gone", "permission", "changed", "memory"];

export interface FileIndexOptions {
  readonly key: string;
  /** `MarketRules.calendarHash`: what was learned by another calendar is dropped. */
  readonly calendar: string;
  readonly store: IndexStore;
  readonly readFacts: ReadFacts;
  readonly probeClocks: ProbeClocks;
  readonly signal: AbortSignal | undefined;
}

export class FileIndex {
  readonly #options: FileIndexOptions;
  readonly #kept: Map<string, Kept>;
  /** Paths whose entry is known to be that of the file as it is now. */
  readonly #current = new Set<string>();
  #data: ReadonlyMap<string, DataFile> = new Map();
  #unsaved = 0;
  #notKept: string | undefined;

  private constructor(options: FileIndexOptions, kept: Map<string, Kept>) {
    this.#options = options;
    this.#kept = kept;
  }

  static async open(options: FileIndexOptions): Promise<FileIndex> {
    try {
      const stored = await options.store.get(options.key);
      return new FileIndex(options, isStored(stored) && stored.calendar === options.calendar ? new Map(stored.files) : new Map());
    } catch (error) {
      const index = new FileIndex(options, new Map());
      index.#notKept = notKept(error);
      return index;
    }
  }

  /** Takes a new listing. Files are looked at anew before what is known of them is used. */
  list(files: readonly DataFile[]): void {
    this.#data = new Map(files.map((file) => [file.path, file]));
    this.#current.clear();
    for (const [path, kept] of this.#kept) if (!this.#data.has(path) || isPassing(kept)) this.#kept.delete(path);
  }

  /** Facts that hold for the file as it is now, as far as it was looked at. */
  facts(path: string): FileFacts | undefined {
    return this.#current.has(path) ? this.#kept.get(path)?.facts : undefined;
  }

  problem(path: string): FileProblem | undefined {
    return this.#current.has(path) ? this.#kept.get(path)?.problem : undefined;
  }

  probe(path: string): ClockProbe | undefined {
    return this.#current.has(path) ? this.#kept.get(path)?.probe : undefined;
  }

  /** Every problem met so far, of files that can be used too. */
  problems(): FileProblem[] {
    const found = [...this.#current].flatMap((path) => {
      const kept = this.#kept.get(path);
      return kept?.problem ?? kept?.facts?.problems ?? [];
    });
    const empty = found.filter(({ kind }) => kind === "no_rows");
    if (empty.length <= MOST_EMPTY_NAMED) return found;
    // In real folders one file in twelve is empty: named one by one, they would hide what needs a hand.
    const [first, second] = empty;
    const message = `${empty.length.toLocaleString("en-IN")} files have columns but no rows, ${first.path} and ${second.path} among them. Nothing can be read from them; remove them or copy them again if they should have some.`;
    return [...found.filter(({ kind }) => kind !== "no_rows"), { ...first, message }];
  }

  /** Why the index cannot be kept for the next visit, in words. Nothing else depends on it. */
  get notKept(): string | undefined {
    return this.#notKept;
  }

  /** How many files were found to hold no rows. */
  emptyFiles(): number {
    let count = 0;
    for (const path of this.#current) if (this.#kept.get(path)?.facts?.rows === 0) count++;
    return count;
  }

  /** Makes the facts of all these files known, or their problems. Only new and changed files are opened. */
  async learn(files: readonly CatalogueFile[], zones: Zones, progress?: ReportProgress): Promise<void> {
    const pending = await this.#pending(files, (kept, { layout }) => kept.problem !== undefined || (kept.facts !== undefined && kept.zone === zones[layout]));
    if (pending.length === 0) return;
    let done = 0;
    const requests = Array.from({ length: Math.ceil(pending.length / FILES_PER_REQUEST) }, (_, i) => pending.slice(i * FILES_PER_REQUEST, (i + 1) * FILES_PER_REQUEST));
    progress?.({ phase: "footers", done, total: pending.length });
    try {
      await mapBounded(requests, REQUESTS_AT_ONCE, async (request) => {
        this.#options.signal?.throwIfAborted();
        const answers = await this.#options.readFacts(request, zones);
        request.forEach((file, i) => this.#keep(file, answers[i], zones[file.layout]));
        done += request.length;
        progress?.({ phase: "footers", done, total: pending.length });
        if (this.#unsaved >= SAVE_EVERY) await this.save();
      });
    } finally {
      await this.save();
    }
  }

  /** Makes the clocks of all these files known. A file that cannot be read says nothing about them, and becomes a problem. */
  async learnClocks(files: readonly CatalogueFile[], progress?: ReportProgress): Promise<void> {
    const pending = await this.#pending(files, (kept) => kept.problem !== undefined || kept.probe !== undefined);
    let done = 0;
    try {
      await mapBounded(pending, PROBES_AT_ONCE, async (file) => {
        this.#options.signal?.throwIfAborted();
        await this.#probe(file);
        progress?.({ phase: "clocks", done: ++done, total: pending.length });
      });
    } finally {
      await this.save();
    }
  }

  async save(): Promise<void> {
    if (this.#unsaved === 0) return;
    this.#unsaved = 0;
    const stored: Stored = { version: VERSION, calendar: this.#options.calendar, files: new Map([...this.#kept].filter(([, kept]) => !isPassing(kept))) };
    try {
      await this.#options.store.set(this.#options.key, stored);
    } catch (error) {
      this.#notKept = notKept(error);
    }
  }

  async #probe(file: CatalogueFile): Promise<void> {
    const kept = this.#kept.get(file.path);
    if (!kept) return;
    this.#unsaved++;
    try {
      this.#kept.set(file.path, { ...kept, probe: await this.#options.probeClocks(file) });
    } catch (error) {
      if (!(error instanceof ParquetError)) throw error;
      this.#kept.set(file.path, { ...kept, problem: { path: error.path, kind: error.fault, fatal: true, message: error.detail } });
    }
  }

  #keep({ path }: CatalogueFile, answer: FileFacts | { readonly problem: FileProblem }, zone: ClockZone | undefined): void {
    const kept = this.#kept.get(path);
    if (!kept) return;
    this.#unsaved++;
    if ("problem" in answer) this.#kept.set(path, { ...kept, problem: answer.problem, facts: undefined });
    else this.#kept.set(path, { ...kept, size: answer.size, modified: answer.modified, facts: answer, zone });
  }

  /** Looks at size and time of the files, forgets what is out of date, and gives those of which not enough is known. */
  async #pending(files: readonly CatalogueFile[], isEnough: (kept: Kept, file: CatalogueFile) => boolean): Promise<CatalogueFile[]> {
    const unseen = files.filter(({ path }) => !this.#current.has(path));
    await mapBounded(unseen, LOOKS_AT_ONCE, async ({ path }) => {
      this.#options.signal?.throwIfAborted();
      await this.#look(path);
    });
    return files.filter((file) => {
      const kept = this.#kept.get(file.path);
      return kept !== undefined && !isEnough(kept, file);
    });
  }

  async #look(path: string): Promise<void> {
    const data = this.#data.get(path);
    if (!data) return;
    const kept = this.#kept.get(path);
    try {
      const { size, modified } = await data.stat();
      if (kept?.size !== size || kept.modified !== modified) this.#kept.set(path, { size, modified });
    } catch (error) {
      const message = `the file cannot be looked at (${error instanceof Error ? error.message : String(error)}); put it back or allow reading it, then refresh the folder`;
      this.#kept.set(path, { size: 0, modified: 0, problem: { path, kind: "gone", fatal: true, message } });
    }
    this.#current.add(path);
  }
}

function isPassing({ problem }: Kept): boolean {
  return problem !== undefined && PASSING.includes(problem.kind);
}

function notKept(error: unknown): string {
  return `what was learned about the files is not kept for the next visit: ${error instanceof Error ? error.message : String(error)}`;
}

function isStored(value: unknown): value is Stored {
  const stored = value as Partial<Stored> | undefined;
  return stored?.version === VERSION && stored.files instanceof Map;
}
