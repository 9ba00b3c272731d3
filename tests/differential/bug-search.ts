/** Looks for a generated case in which a bug that is planted into the reference shows. */
import type { Bug } from "../reference/bugs.ts";
import { runReference } from "../reference/engine.ts";
import { readFolder, type RawFile } from "../reference/read-folder.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { marketOf, writeMarket, type Market } from "./market.ts";

/** Seed of the market, and number of the strategy on it. */
export type Place = readonly [market: number, strategy: number];

/** What a search may take; a bug that has not shown by then is not caught. */
export const SEARCH_MILLISECONDS = 60_000;

/** Where to look. */
export interface Cases {
  /** Seeds of markets. */
  readonly markets: readonly number[];
  /** As many for every market. */
  strategies(market: Market, seed: number): readonly string[];
}

interface MarketCases {
  readonly files: readonly RawFile[];
  readonly strategies: readonly string[];
  /** What the right reference says, by strategy. */
  readonly right: string[];
}

export interface BugSearch {
  /**
   * The first place at which the bug shows: where it did the last time, else one strategy of each market, then the next of each.
   * Only strategies that say what `concerned` matches are run.
   */
  find(bug: Bug, lastTime: Place | undefined, concerned?: RegExp): Promise<Place | undefined>;
}

export function createBugSearch({ markets, strategies: strategiesOf }: Cases): BugSearch {
  const loaded = new Map<number, Promise<MarketCases>>();

  async function load(seed: number): Promise<MarketCases> {
    const folder = tempFolder();
    const market = marketOf(seed);
    writeMarket(folder, market);
    return { files: await readFolder(folder), strategies: strategiesOf(market, seed), right: [] };
  }

  function casesOf(seed: number): Promise<MarketCases> {
    const cases = loaded.get(seed) ?? load(seed);
    loaded.set(seed, cases);
    return cases;
  }

  async function shows(bug: Bug, [seed, n]: Place): Promise<boolean> {
    const { files, strategies, right } = await casesOf(seed);
    right[n] ??= JSON.stringify(runReference(files, strategies[n]));
    return JSON.stringify(runReference(files, strategies[n], { bug })) !== right[n];
  }

  return {
    async find(bug, lastTime, concerned = /(?:)/) {
      if (lastTime !== undefined && (await shows(bug, lastTime))) return lastTime;
      const { length } = (await casesOf(markets[0])).strategies;
      const until = performance.now() + SEARCH_MILLISECONDS / 2;
      for (let n = 0; n < length && performance.now() < until; n++) {
        for (const seed of markets) if (concerned.test((await casesOf(seed)).strategies[n]) && (await shows(bug, [seed, n]))) return [seed, n];
      }
      return undefined;
    },
  };
}
