/** The judge judged: every planted bug of the reference must show on the generated cases. */
import fc from "fast-check";
import { describe, it } from "vitest";
import { BUGS, LANGUAGE_BUGS } from "../reference/bugs.ts";
import { createBugSearch, SEARCH_MILLISECONDS } from "./bug-search.ts";
import { expectFound, FOUND_AT } from "./found-at.ts";
import { deltasFor, languageFor } from "./language.ts";
import { strategyFor } from "./strategies.ts";

const MARKETS = Array.from({ length: 22 }, (_, seed) => seed);
const STRATEGIES_PER_MARKET = 40;

/** Without a broken file, which costs every run two, and with a spot. */
const LANGUAGE_MARKETS = [0, 1, 2, 3, 5, 6, 7];
const DELTAS_PER_MARKET = 5;
const LANGUAGE_PER_MARKET = 130;
const IN_A_LEG = '"legs":\\[.*(?:stop_loss|target)":{"';

/** What a strategy of the language has to say for a bug to show. */
const CONCERNS: Readonly<Record<(typeof LANGUAGE_BUGS)[number], RegExp>> = {
  edge_as_level: /"edge"/,
  edge_blind_outside_the_window: /"edge"/,
  unknown_is_true: /"when":\{/,
  not_unknown_is_true: /"not"/,
  equal_to_the_bit: /"(?:add|sub|mul|div)"/,
  cross_from_strictly_below: /"crosses_/,
  skips_use_up_entries: /"trigger"/,
  rebalances_count: /"rebalance":(?!"none").*"trigger"/,
  exit_when_before_leg_stops: new RegExp(`${IN_A_LEG}.*"exit".*"when":{`),
  one_leg_stop_a_second: new RegExp(`${IN_A_LEG}.*(?:stop_loss|target)":{".*"exit"`),
  leg_stop_closes_all: new RegExp(`${IN_A_LEG}.*"exit"`),
  rules_go_on_after_a_leg_stop: new RegExp(`${IN_A_LEG}.*"exit"`),
  leg_threshold_strict: new RegExp(`${IN_A_LEG}pct".*"exit"`),
  leg_points_of_the_whole: new RegExp(`${IN_A_LEG}points".*"exit"`),
  depth_for_the_trader: /"depth"/,
  selector_tie_nearer: /"(?:premium|delta)"/,
  delta_not_rounded: /"delta"/,
  splices_mixed_up: /atm_|"atm@now"|straddle/,
  lag_one_short: /"LAG"/,
  vol_one_longer: /"VOL/,
  bars_known_a_second_late: /"bar"/,
};

describe("the generated cases are sharp", () => {
  const orders = createBugSearch({ markets: MARKETS, strategies: (market, seed) => fc.sample(strategyFor(market.era), { numRuns: STRATEGIES_PER_MARKET, seed }) });
  it.each(BUGS)("%s is caught", async (bug) => {
    expectFound(bug, await orders.find(bug, FOUND_AT[bug]));
  }, SEARCH_MILLISECONDS);
});

describe("the generated cases of the whole language are sharp", () => {
  const language = createBugSearch({
    markets: LANGUAGE_MARKETS,
    strategies: (market, seed) => [...fc.sample(deltasFor(market), { numRuns: DELTAS_PER_MARKET, seed, unbiased: true }), ...fc.sample(languageFor(market), { numRuns: LANGUAGE_PER_MARKET, seed, unbiased: true })],
  });
  it.each(LANGUAGE_BUGS)("%s is caught", async (bug) => {
    expectFound(bug, await language.find(bug, FOUND_AT[bug], CONCERNS[bug]));
  }, SEARCH_MILLISECONDS);
});
