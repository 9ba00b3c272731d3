/** The judge judged: every planted bug of the reference must show on the generated cases. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BUGS } from "../reference/bugs.ts";
import { runReference } from "../reference/engine.ts";
import { readFolder, type RawFile } from "../reference/read-folder.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { eraOf, writeMarket } from "./market.ts";
import { strategyFor } from "./strategies.ts";

const MARKETS = 22;
const STRATEGIES_PER_MARKET = 25;

interface Case {
  readonly market: number;
  readonly strategy: string;
  readonly right: string;
}

describe("the generated cases are sharp", async () => {
  const markets: RawFile[][] = [];
  const cases: Case[] = [];
  for (let seed = 0; seed < MARKETS; seed++) {
    const folder = tempFolder();
    writeMarket(folder, seed);
    const files = await readFolder(folder);
    markets.push(files);
    for (const strategy of fc.sample(strategyFor(eraOf(seed)), { numRuns: STRATEGIES_PER_MARKET, seed })) {
      cases.push({ market: seed, strategy, right: JSON.stringify(runReference(files, strategy)) });
    }
  }

  it.each(BUGS)("%s is caught", (bug) => {
    expect(cases.some(({ market, strategy, right }) => JSON.stringify(runReference(markets[market], strategy, bug)) !== right)).toBe(true);
  });
});
