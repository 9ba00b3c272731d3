/** The judge judged: every planted bug of the reference must show on the generated cases. */
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { BUGS } from "../reference/bugs.ts";
import { runReference } from "../reference/engine.ts";
import { readFolder, type RawFile } from "../reference/read-folder.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { eraOf, marketOf, writeMarket } from "./market.ts";
import { strategyFor } from "./strategies.ts";

const MARKETS = 22;
const STRATEGIES_PER_MARKET = 40;

interface Case {
  readonly files: readonly RawFile[];
  readonly strategy: string;
}

describe("the generated cases are sharp", () => {
  const cases: Case[] = [];
  const rightResults = new Map<Case, string>();

  beforeAll(async () => {
    const perMarket: Case[][] = [];
    for (let seed = 0; seed < MARKETS; seed++) {
      const folder = tempFolder();
      writeMarket(folder, marketOf(seed));
      const files = await readFolder(folder);
      perMarket.push(fc.sample(strategyFor(eraOf(seed)), { numRuns: STRATEGIES_PER_MARKET, seed }).map((strategy) => ({ files, strategy })));
    }
    // One strategy of each market, then the next of each: a bug meets all markets early.
    for (let i = 0; i < STRATEGIES_PER_MARKET; i++) cases.push(...perMarket.map((ofMarket) => ofMarket[i]));
  });

  const right = (one: Case): string => {
    const result = rightResults.get(one) ?? JSON.stringify(runReference(one.files, one.strategy));
    rightResults.set(one, result);
    return result;
  };

  it.each(BUGS)("%s is caught", (bug) => {
    expect(cases.some((one) => JSON.stringify(runReference(one.files, one.strategy, { bug })) !== right(one))).toBe(true);
  });
});
