/** Generated cases in which a bug that is planted into the reference shows. */
import type { Bug } from "../reference/bugs.ts";
import { runReference } from "../reference/engine.ts";
import { readFolder, type RawFile } from "../reference/read-folder.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { marketOf, writeMarket, type Market } from "./market.ts";

/** Seed of the market, and number of its strategy. */
export type Place = readonly [market: number, strategy: number];

interface MarketCases {
  readonly files: readonly RawFile[];
  readonly strategies: readonly string[];
  /** What the right reference says, by strategy. */
  readonly right: string[];
}

/** Where to look for bugs, in this order: one strategy of each market, then the next of each. */
export interface Ground {
  readonly markets: readonly number[];
  /** How many strategies each market has. */
  readonly strategies: number;
  strategiesOf(seed: number, market: Market): readonly string[];
}

/** The first place at which a bug shows: where it did the last time, else by search among the strategies that concern it. */
export type FindBug = (bug: Bug, lastTime: Place | undefined, concerns?: RegExp) => Promise<Place | undefined>;

export function bugSearch(ground: Ground): FindBug {
  const markets = new Map<number, Promise<MarketCases>>();
  const casesOf = (seed: number): Promise<MarketCases> => {
    const cases = markets.get(seed) ?? load(ground, seed);
    markets.set(seed, cases);
    return cases;
  };
  const shows = async (bug: Bug, [seed, n]: Place, concerns?: RegExp): Promise<boolean> => {
    const { files, strategies, right } = await casesOf(seed);
    if (concerns && !concerns.test(strategies[n])) return false;
    right[n] ??= JSON.stringify(runReference(files, strategies[n]));
    return JSON.stringify(runReference(files, strategies[n], { bug })) !== right[n];
  };
  return async (bug, lastTime, concerns) => {
    if (lastTime !== undefined && (await shows(bug, lastTime))) return lastTime;
    for (let n = 0; n < ground.strategies; n++) for (const seed of ground.markets) if (await shows(bug, [seed, n], concerns)) return [seed, n];
    return undefined;
  };
}

async function load(ground: Ground, seed: number): Promise<MarketCases> {
  const folder = tempFolder();
  const market = marketOf(seed);
  writeMarket(folder, market);
  return { files: await readFolder(folder), strategies: ground.strategiesOf(seed, market), right: [] };
}
