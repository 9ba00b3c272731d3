/** The judge of the language beyond one order judged: every planted bug of the reference must show on its generated cases. */
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { BEYOND_BUGS } from "../reference/bugs.ts";
import { runReference } from "../reference/engine.ts";
import { readFolder, type RawFile } from "../reference/read-folder.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { beyondFor } from "./beyond.ts";
import { marketOf, writeMarket } from "./market.ts";

const MARKETS = 6;
const STRATEGIES_PER_MARKET = 60;

interface Case {
  readonly files: readonly RawFile[];
  readonly strategy: string;
  readonly right: string;
}

describe("the generated cases beyond one order are sharp", () => {
  const cases: Case[] = [];

  beforeAll(async () => {
    for (let seed = 0; cases.length < MARKETS * STRATEGIES_PER_MARKET; seed++) {
      const market = marketOf(seed);
      if (market.broken.length > 0) continue;
      const folder = tempFolder();
      writeMarket(folder, market);
      const files = await readFolder(folder);
      for (const strategy of fc.sample(beyondFor(market), { numRuns: STRATEGIES_PER_MARKET, seed })) cases.push({ files, strategy, right: JSON.stringify(runReference(files, strategy)) });
    }
  }, 300_000);

  it.each(BEYOND_BUGS)("%s is caught", (bug) => {
    expect(cases.some(({ files, strategy, right }) => JSON.stringify(runReference(files, strategy, { bug })) !== right)).toBe(true);
  });
});
