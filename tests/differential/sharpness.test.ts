/** The generated cases tell every wrong reading of the semantics from the right one. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BUGS } from "../reference/bugs.ts";
import { bugSearch } from "./bug-search.ts";
import { FOUND_AT } from "./found-at.ts";
import { languageFor } from "./language.ts";
import { eraOf } from "./market.ts";
import { strategyFor } from "./strategies.ts";

/** Half of them orders alone, half the whole language of one order. */
const STRATEGIES = 40;

const findBug = bugSearch({
  markets: Array.from({ length: 22 }, (_, seed) => seed),
  strategies: STRATEGIES,
  strategiesOf: (seed, market) => {
    const sample = (from: fc.Arbitrary<string>) => fc.sample(from, { numRuns: STRATEGIES / 2, seed });
    const language = sample(languageFor(market));
    return sample(strategyFor(eraOf(seed))).flatMap((plain, i) => [plain, language[i]]);
  },
});

describe("the generated cases are sharp", () => {
  it.each(BUGS)("%s is caught", async (bug) => {
    const place = await findBug(bug, FOUND_AT[bug]);
    expect(place).toBeDefined();
    if (String(place) !== String(FOUND_AT[bug])) console.warn(`found-at.ts: ${bug}: [${place?.join(", ")}],`);
  }, 600_000);
});
