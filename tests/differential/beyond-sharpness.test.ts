/** The judge of the language beyond one order judged: every planted bug of the reference must show on its generated cases. */
import fc from "fast-check";
import { describe, it } from "vitest";
import { BEYOND_BUGS } from "../reference/bugs.ts";
import { beyondFor } from "./beyond.ts";
import { createBugSearch, SEARCH_MILLISECONDS } from "./bug-search.ts";
import { expectFound, FOUND_AT } from "./found-at.ts";
import { marketOf } from "./market.ts";

const STRATEGIES_PER_MARKET = 600;
/** Without a broken file: what one costs is the business of the first differential test. */
const MARKETS = Array.from({ length: 20 }, (_, seed) => seed).filter((seed) => marketOf(seed).broken.length === 0).slice(0, 4);

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

describe("the generated cases beyond one order are sharp", () => {
  const search = createBugSearch({ markets: MARKETS, strategies: (market, seed) => fc.sample(beyondFor(market), { numRuns: STRATEGIES_PER_MARKET, seed }) });

  it.each(BEYOND_BUGS)("%s is caught", async (bug) => {
    expectFound(bug, await search.find(bug, FOUND_AT[bug], CONCERNS[bug]));
  }, SEARCH_MILLISECONDS);
});
