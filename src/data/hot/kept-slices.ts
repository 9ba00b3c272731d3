/** What one worker keeps of one data folder from run to run. */
import { KeptGrids } from "../../core/engine/kept-grids.ts";
import type { Kernels } from "../../core/kernels.ts";
import type { MarketRules, SymbolName } from "../../core/market/types.ts";
import type { Folder } from "../ports.ts";
import type { SliceContext } from "../slice-files.ts";
import { NOTHING_KEPT, type SliceKeeper } from "../slice-keeper.ts";
import type { CacheFolder } from "./cache-folder.ts";
import { FileStates } from "./file-states.ts";
import { HotSlices, type HotUse } from "./hot-slices.ts";
import { KeptFacts } from "./kept-facts.ts";
import { KeptDays } from "./kept-days.ts";
import { noReads, type Reads } from "./reads.ts";
import { RememberedDays } from "./remembered-days.ts";
import { SegmentStore } from "./segment-store.ts";
import { createWarmSlices } from "./warm-slices.ts";

/** Raise it when slices change their meaning (a rule of semantics §1): what is kept is then made anew. */
const SLICES_VERSION = 1;

/** Finished days wait in memory no longer than so many milliseconds, so that a worker that dies takes no more of them with it. */
const DAYS_WAIT = 1_000;

/** Grids may take this share of the memory that is for slices, where slices leave it free: they are many times as large. */
const GRIDS_SHARE = 0.5;

/** What has been worked out of days may take this share of it. */
const FACTS_SHARE = 0.01;

/** Bytes that may be kept; 0 keeps nothing there. */
export interface KeepLimits {
  /** In the cache, of all data folders together. */
  readonly warm: number;
  /** In the memory of each worker. */
  readonly hot: number;
}

export interface KeptOptions {
  /** The data. */
  readonly folder: Folder;
  /** Tells data folders of one name apart. */
  readonly source: string;
  readonly cache: CacheFolder;
  readonly limits: KeepLimits;
  readonly kernels: Kernels;
  readonly rules: MarketRules;
  /** Which engine computes: finished days of another one are not used. */
  readonly build: string;
  /** Where reading is counted; `countedFolder` counts that of data files. */
  readonly reads?: Reads;
}

export class KeptSlices {
  readonly #options: KeptOptions;
  readonly #store: SegmentStore | undefined;
  readonly #states: FileStates;
  readonly #hot: HotSlices;
  readonly #version: string;
  /** What runs that do not look at files need not ask again. */
  readonly remembered: RememberedDays;
  readonly facts: KeptFacts;
  readonly grids: KeptGrids;
  /** Finished days; absent where nothing is kept in the cache. */
  readonly days: KeptDays | undefined;
  readonly #reads: Reads;
  /** When what waited was last written, by `performance.now`. */
  #written = 0;

  constructor(options: KeptOptions) {
    const { folder, cache, kernels, source, limits, rules, reads = noReads() } = options;
    this.#reads = reads;
    this.#options = options;
    this.#store = limits.warm > 0 ? new SegmentStore({ folder: cache, kernels, source, limit: { bytes: limits.warm }, reads }) : undefined;
    this.#states = new FileStates(folder);
    this.#hot = new HotSlices(limits.hot, this.#states);
    this.remembered = new RememberedDays(this.#hot);
    this.facts = new KeptFacts(this.#states, limits.hot * FACTS_SHARE);
    this.grids = new KeptGrids(kernels, (slice) => this.#hot.touch(slice));
    this.#version = `${SLICES_VERSION} ${rules.calendarHash}`;
    this.days = this.#store && new KeptDays({ store: this.#store, states: this.#states, version: `${this.#version} ${rules.version} ${options.build}` });
  }

  /**
   * A run begins. `look`: files are looked at, and those that have changed are read anew; else they are taken to be as they were.
   * `ahead`: it reads for later runs, and nothing that is kept is given up for it.
   */
  async begin(look: boolean, ahead = false): Promise<void> {
    Object.assign(this.#reads, noReads());
    this.#written = performance.now();
    this.#hot.begin();
    // Grids pay where one run follows another in a moment.
    this.grids.begin(look ? 0 : Math.min(this.#hot.room, this.#options.limits.hot * GRIDS_SHARE - this.grids.bytes));
    this.#hot.taken = this.grids.bytes + this.facts.bytes;
    if (!look) return;
    this.#states.forget();
    this.remembered.forget();
    await this.#store?.flush();
    await this.#store?.refresh(!ahead);
  }

  readonly keeper = (context: SliceContext, symbol: SymbolName): SliceKeeper => {
    const { kernels } = this.#options;
    const warm = this.#store ? createWarmSlices({ store: this.#store, states: this.#states, kernels, version: this.#version, symbol }, context) : NOTHING_KEPT;
    return this.#hot.keeper(warm, context, this.#version);
  };

  /** Another portion of days begins: what waits in memory is written. */
  async turn(): Promise<void> {
    await this.#store?.turn();
    this.#written = performance.now();
  }

  /** Days have been finished: they are written where the last writing is long ago. */
  async daysDone(): Promise<void> {
    if (performance.now() - this.#written < DAYS_WAIT) return;
    await this.#store?.flushKind("days");
    this.#written = performance.now();
  }

  /** The run is over. */
  async finish(): Promise<KeptNotes> {
    await this.#store?.finish();
    return { hot: this.#hot.use(), reads: { ...this.#reads, files: this.#reads.files.length }, trouble: this.#store?.trouble };
  }
}

/** What one worker says at the end of a run. */
export interface KeptNotes {
  readonly hot: HotUse;
  /** Of this run. */
  readonly reads: Readonly<Omit<Reads, "files">> & { readonly files: number };
  /** Why something is not kept for the next run, in words. */
  readonly trouble: string | undefined;
}
