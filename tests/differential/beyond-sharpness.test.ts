/** The judge of the language beyond one order judged: every planted bug of the reference must show on its generated cases. */
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { BEYOND_BUGS } from "../reference/bugs.ts";
import { runReference } from "../reference/engine.ts";
import { readFolder, type RawFile } from "../reference/read-folder.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { beyondFor } from "./beyond.ts";
import { marketOf, writeMarket } from "./market.ts";

/** Strategies that a market is asked for at most until each bug has its cases. */
const MOST_PER_MARKET = 600;
const MARKETS = 4;
const CASES_PER_BUG = 200;

/** What a strategy has to say for a bug to show. */
const CONCERNS: Readonly<Record<(typeof BEYOND_BUGS)[number], RegExp>> = {
  adjust_needs_a_contract: /"adjust"/,
  adjust_patience_from_decision: /"adjust"/,
  adjust_to_the_same_is_used_up: /"adjust"/,
  armed_at_the_closing_fill: /"wait"/,
  atm_of_the_leg_expiry: /"legs".*"expiry"/,
  break_at_the_level: /"break"/,
  cost_from_the_other_side: /"at_cost"/,
  cost_of_the_last_fill: /"at_cost"/,
  cost_stop_a_second_late: /move_to_cost/,
  cost_stop_is_no_stop: /move_to_cost/,
  cost_stop_strict: /move_to_cost/,
  exits_mind_no_share: /max_share/,
  filter_ignored: /"filter"/,
  filter_leaves_skips: /"filter"/,
  forward_of_the_universe: /"legs".*"expiry".*(?:DELTA|IV|theta)|(?:DELTA|IV|theta).*"expiry"/,
  futures_pay_as_options: /"FUT".*"nse"|"nse".*"FUT"/,
  lapsed_wait_is_over: /"wait"/,
  later_blocks_are_tried: /"entries"/,
  later_blocks_first: /"entries"/,
  leg_expiry_of_the_universe: /"legs".*"expiry"/,
  leg_rules_from_the_fill_second: /"legs"/,
  lock_by_parts: /"lock"/,
  lock_is_no_trail: /"lock"/,
  lock_steps_from_zero: /"lock"/,
  lock_strict: /"lock"/,
  more_times_than_entries: /"at":\[/,
  net_premium_of_all_trades: /"pct"/,
  no_flag_of_the_block: /"entries"/,
  one_late_leg_a_second: /"wait"|"reentry"/,
  order_outlives_until: /"until"/,
  position_cost_from_the_other_side: /"at_cost"/,
  premium_of_all_trades: /"rise"|"fall"/,
  premium_of_open_legs: /"rise"|"fall"/,
  premium_range_exclusive: /"min"/,
  premium_range_from_its_end: /"min"/,
  premium_with_futures: /"FUT"/,
  rebalance_before_adjust: /"adjust"/,
  rebalance_counts_reentries_anew: /"reentry"/,
  rebalance_to_the_first_block: /"entries"/,
  reentries_count: /"reentry"/,
  reentry_a_second_late: /"reentry"/,
  reentry_once_more: /"reentry"/,
  reentry_without_cooldown: /"reentry"/,
  share_rounded: /max_share/,
  slices_round_down: /"freeze"/,
  theta_with_its_sign: /"theta"/,
  times_overlap: /"at":\[/,
  until_inclusive: /"until"/,
  wait_by_quotes_alone: /"wait"/,
  wait_strict: /"wait"/,
  waiting_outlives_the_position: /"wait"|"reentry"/,
  width_tie_away_from_atm: /straddle_width/,
};

interface Case {
  readonly files: readonly RawFile[];
  readonly strategy: string;
}

describe("the generated cases beyond one order are sharp", () => {
  const cases: Case[] = [];
  const rightResults = new Map<Case, string>();

  beforeAll(async () => {
    const perMarket: Case[][] = [];
    for (let seed = 0; perMarket.length < MARKETS; seed++) {
      const market = marketOf(seed);
      if (market.broken.length > 0) continue;
      const folder = tempFolder();
      writeMarket(folder, market);
      const files = await readFolder(folder);
      perMarket.push(fc.sample(beyondFor(market), { numRuns: MOST_PER_MARKET, seed }).map((strategy) => ({ files, strategy })));
    }
    for (let i = 0; i < MOST_PER_MARKET; i++) cases.push(...perMarket.map((ofMarket) => ofMarket[i]));
  });

  const right = (one: Case): string => {
    const result = rightResults.get(one) ?? JSON.stringify(runReference(one.files, one.strategy));
    rightResults.set(one, result);
    return result;
  };

  it.each(BEYOND_BUGS)("%s is caught", (bug) => {
    const concerned = cases.filter(({ strategy }) => CONCERNS[bug].test(strategy)).slice(0, CASES_PER_BUG);
    expect(concerned.some((one) => JSON.stringify(runReference(one.files, one.strategy, { bug })) !== right(one))).toBe(true);
  });
});
