/** Generated cases in which a bug that is planted into the reference shows. */
import fc from "fast-check";
import type { Bug } from "../reference/bugs.ts";
import { runReference } from "../reference/engine.ts";
import { readFolder, type RawFile } from "../reference/read-folder.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { languageFor } from "./language.ts";
import { eraOf, marketOf, writeMarket } from "./market.ts";
import { strategyFor } from "./strategies.ts";

const MARKETS = 22;
/** Half of them orders alone, half the whole language. */
const STRATEGIES_PER_MARKET = 40;

/** Seed of the market, and number of its strategy. */
export type Place = readonly [market: number, strategy: number];

interface MarketCases {
  readonly files: readonly RawFile[];
  readonly strategies: readonly string[];
  /** What the right reference says, by strategy. */
  readonly right: string[];
}

const markets = new Map<number, Promise<MarketCases>>();

async function load(seed: number): Promise<MarketCases> {
  const folder = tempFolder();
  const market = marketOf(seed);
  writeMarket(folder, market);
  const sample = (from: fc.Arbitrary<string>) => fc.sample(from, { numRuns: STRATEGIES_PER_MARKET / 2, seed });
  const language = sample(languageFor(market));
  return { files: await readFolder(folder), strategies: sample(strategyFor(eraOf(seed))).flatMap((plain, i) => [plain, language[i]]), right: [] };
}

async function shows(bug: Bug, [seed, n]: Place): Promise<boolean> {
  const cases = markets.get(seed) ?? load(seed);
  markets.set(seed, cases);
  const { files, strategies, right } = await cases;
  right[n] ??= JSON.stringify(runReference(files, strategies[n]));
  return JSON.stringify(runReference(files, strategies[n], { bug })) !== right[n];
}

/** The first place at which a bug shows: where it did the last time, else one strategy of each market, then the next of each. */
export async function findBug(bug: Bug, lastTime: Place | undefined): Promise<Place | undefined> {
  if (lastTime !== undefined && (await shows(bug, lastTime))) return lastTime;
  for (let n = 0; n < STRATEGIES_PER_MARKET; n++) for (let seed = 0; seed < MARKETS; seed++) if (await shows(bug, [seed, n])) return [seed, n];
  return undefined;
}
