/**
 * Where each bug was found the last time, so that its test need not search. A place that has moved costs the test a search,
 * which says on the console where the bug is now.
 */
import { expect } from "vitest";
import type { Bug } from "../reference/bugs.ts";
import type { Place } from "./bug-search.ts";

export const FOUND_AT: Readonly<Partial<Record<Bug, Place>>> = {
  adjust_needs_a_contract: [3, 8],
  adjust_patience_from_decision: [2, 15],
  adjust_to_the_same_is_used_up: [2, 15],
  armed_at_the_closing_fill: [3, 15],
  atm_of_the_leg_expiry: [0, 1],
  break_at_the_level: [3, 30],
  cost_from_the_other_side: [3, 14],
  cost_of_the_last_fill: [3, 40],
  cost_stop_a_second_late: [1, 11],
  cost_stop_is_no_stop: [1, 11],
  cost_stop_strict: [3, 59],
  exits_mind_no_share: [0, 1],
  filter_ignored: [1, 2],
  filter_leaves_skips: [3, 2],
  forward_of_the_universe: [2, 28],
  futures_pay_as_options: [3, 35],
  lapsed_wait_is_over: [3, 1],
  later_blocks_are_tried: [2, 32],
  later_blocks_first: [0, 17],
  leg_expiry_of_the_universe: [0, 1],
  leg_rules_from_the_fill_second: [0, 12],
  lock_by_parts: [2, 134],
  lock_is_no_trail: [2, 33],
  lock_steps_from_zero: [0, 16],
  lock_strict: [1, 45],
  more_times_than_entries: [3, 19],
  net_premium_of_all_trades: [3, 14],
  no_flag_of_the_block: [1, 5],
  one_late_leg_a_second: [1, 3],
  order_outlives_until: [3, 9],
  position_cost_from_the_other_side: [3, 3],
  premium_of_all_trades: [3, 116],
  premium_of_open_legs: [1, 34],
  premium_range_exclusive: [0, 94],
  premium_range_from_its_end: [1, 13],
  premium_with_futures: [3, 67],
  rebalance_before_adjust: [3, 36],
  rebalance_to_the_first_block: [0, 40],
  reentries_count: [3, 14],
  reentry_a_second_late: [0, 1],
  reentry_once_more: [0, 1],
  reentry_without_cooldown: [2, 2],
  share_rounded: [0, 1],
  slices_round_down: [3, 61],
  theta_with_its_sign: [1, 1],
  times_overlap: [1, 14],
  until_inclusive: [1, 2],
  wait_by_quotes_alone: [1, 3],
  wait_strict: [1, 3],
  waiting_outlives_the_position: [1, 3],
  width_tie_away_from_atm: [0, 208],
};

export function expectFound(bug: Bug, place: Place | undefined): void {
  expect(place, `${bug} shows nowhere`).toBeDefined();
  if (String(place) !== String(FOUND_AT[bug])) console.warn(`found-at.ts: ${bug}: [${place?.join(", ")}],`);
}
