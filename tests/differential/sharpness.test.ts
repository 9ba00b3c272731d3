/** The judge judged: every planted bug of the reference must show on the generated cases. */
import fc from "fast-check";
import { describe, it } from "vitest";
import { BUGS, LANGUAGE_BUGS } from "../reference/bugs.ts";
import { createBugSearch, SEARCH_MILLISECONDS } from "./bug-search.ts";
import { expectFound, FOUND_AT } from "./found-at.ts";
import { languageFor } from "./language.ts";
import { strategyFor } from "./strategies.ts";

const MARKETS = Array.from({ length: 22 }, (_, seed) => seed);
const STRATEGIES_PER_MARKET = 40;

describe("the generated cases are sharp", () => {
  const orders = createBugSearch({ markets: MARKETS, strategies: (market, seed) => fc.sample(strategyFor(market.era), { numRuns: STRATEGIES_PER_MARKET, seed }) });
  it.each(BUGS)("%s is caught", async (bug) => {
    expectFound(bug, await orders.find(bug, FOUND_AT[bug]));
  }, SEARCH_MILLISECONDS);
});

describe("the generated cases of the whole language are sharp", () => {
  const language = createBugSearch({ markets: MARKETS, strategies: (market, seed) => fc.sample(languageFor(market), { numRuns: STRATEGIES_PER_MARKET, seed }) });
  it.each(LANGUAGE_BUGS)("%s is caught", async (bug) => {
    expectFound(bug, await language.find(bug, FOUND_AT[bug]));
  }, SEARCH_MILLISECONDS);
});
