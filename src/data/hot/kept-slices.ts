/** What one worker keeps of one data folder from run to run. */
import type { Kernels } from "../../core/kernels.ts";
import type { MarketRules, SymbolName } from "../../core/market/types.ts";
import type { Folder } from "../ports.ts";
import type { SliceContext } from "../slice-files.ts";
import type { SliceKeeper } from "../slice-keeper.ts";
import type { CacheFolder } from "./cache-folder.ts";
import type { CacheLimit } from "./cache-budget.ts";
import { FileStates } from "./file-states.ts";
import { SegmentStore } from "./segment-store.ts";
import { createWarmSlices } from "./warm-slices.ts";

export interface KeptOptions {
  /** The data. */
  readonly folder: Folder;
  /** Tells data folders of one name apart. */
  readonly source: string;
  readonly cache: CacheFolder;
  readonly limit: CacheLimit;
  readonly kernels: Kernels;
  readonly rules: MarketRules;
}

export class KeptSlices {
  readonly #options: KeptOptions;
  readonly #store: SegmentStore;
  readonly #states: FileStates;

  constructor(options: KeptOptions) {
    this.#options = options;
    this.#store = new SegmentStore({ folder: options.cache, kernels: options.kernels, source: options.source, limit: options.limit });
    this.#states = new FileStates(options.folder);
  }

  /** A run begins: files that have changed since the last one are read anew. */
  begin(): void {
    this.#states.forget();
    this.#store.refresh();
  }

  readonly keeper = (context: SliceContext, symbol: SymbolName): SliceKeeper => {
    const { kernels, rules } = this.#options;
    return createWarmSlices({ store: this.#store, states: this.#states, kernels, rulesVersion: rules.version, symbol }, context);
  };

  /** Writes what waits in memory. */
  flush(): Promise<void> {
    return this.#store.flush();
  }

  /** The run is over. Answers why something is not kept, in words. */
  async finish(): Promise<string | undefined> {
    await this.#store.finish();
    return this.#store.trouble;
  }
}
