/** Semantics §4: when a leg can be traded, at what price, and what it is worth to close. */
import type { Strategy } from "../../src/core/strategy/types.ts";
import type { Bug } from "./bugs.ts";
import type { Level } from "./book.ts";
import { productFloored } from "./exact.ts";
import type { Grid, Slot } from "./grid.ts";
import type { SessionHours } from "./rules.ts";

const TICK = 5;

export interface FillRules {
  readonly fill: Strategy["fill"];
  readonly session: SessionHours;
  readonly bug?: Bug;
}

/** What is traded. */
export interface Traded {
  readonly grid: Grid;
  /** Seconds of a bar; 0 for snapshots. */
  readonly barSpan: number;
}

/** What is to be traded: so many units, bought or sold. */
export interface Trade {
  readonly qty: number;
  readonly buys: boolean;
}

export function isTradeable({ grid, barSpan }: Traded, second: number, purpose: "entry" | "exit", trade: Trade, rules: FillRules): boolean {
  const { fill, session, bug } = rules;
  if (bug !== "break_is_tradeable" && session.breaks.some(([from, to]) => second >= from && second < to)) return false;
  const slot = grid.at(second);
  const limit = bug === "ttl_exclusive" ? fill.ttl - 1 : fill.ttl;
  const quoteFresh = slot.bid !== null && second - slot.quoteSecond <= limit;
  const priceFresh = slot.price !== null && second - slot.priceSecond <= (barSpan > 0 ? barSpan : limit);
  if (!(fill.model === "ltp" ? priceFresh : quoteFresh)) return false;
  if (fill.model === "depth" && costOfDepth(slot, trade, rules) === null) return false;
  if (fill.model !== "depth" && fill.max_share !== null && !(bug === "exits_mind_no_share" && purpose === "exit") && shareOf(levelsFor(slot, trade)[0] ?? null, rules) < trade.qty) return false;
  if (fill.max_spread_ticks > 0 && (purpose === "entry" || bug === "exits_mind_the_spread")) {
    const spread = slot.bid === null ? Infinity : slot.ask! - slot.bid;
    const narrow = bug === "spread_gate_exclusive" ? spread < fill.max_spread_ticks * TICK : spread <= fill.max_spread_ticks * TICK;
    return narrow && (quoteFresh || bug === "spread_gate_at_any_age");
  }
  return true;
}

export interface FillPrice {
  readonly beforeSlippage: number;
  readonly filled: number;
}

export function fillPrice(grid: Grid, second: number, trade: Trade, rules: FillRules): FillPrice {
  const { fill, bug } = rules;
  const { qty, buys } = trade;
  const slot = grid.at(second);
  let before: number;
  if (fill.model === "ltp") before = slot.price!;
  else if (fill.model === "touch") before = buys ? slot.ask! : slot.bid!;
  else if (fill.model === "depth") before = perUnit(costOfDepth(slot, trade, rules)!, qty, buys !== (bug === "depth_for_the_trader"));
  else before = midForTheHouse(slot.bid! + slot.ask!, buys !== (bug === "mid_for_the_trader"));
  const slip = slippageTicks(grid, second, rules) * TICK;
  return { beforeSlippage: before, filled: buys ? before + slip : Math.max(before - slip, TICK) };
}

/** The side that an order takes. */
function levelsFor({ book }: Slot, { buys }: Trade): readonly Level[] {
  return (buys ? book?.asks : book?.bids) ?? [];
}

/** Units of a level that an order may take. */
function shareOf(level: Level, { fill, bug }: FillRules): number {
  if (level === null) return 0;
  return fill.max_share === null ? level.quantity : bug === "share_rounded" ? Math.round(fill.max_share * level.quantity) : productFloored(fill.max_share, level.quantity);
}

/** Paise for the whole quantity over the levels, the best first; null when they hold too little. */
function costOfDepth(slot: Slot, trade: Trade, rules: FillRules): number | null {
  let left = trade.qty;
  let cost = 0;
  for (const level of levelsFor(slot, trade)) {
    const taken = Math.min(left, shareOf(level, rules));
    cost += taken * (level?.price ?? 0);
    left -= taken;
  }
  return left > 0 ? null : cost;
}

/** To the paisa: up for a buyer, down for a seller. */
function perUnit(cost: number, qty: number, up: boolean): number {
  return up ? Math.ceil(cost / qty) : Math.floor(cost / qty);
}

/** (bid + ask) / 2 to the tick: up for a buyer, down for a seller. */
function midForTheHouse(bidPlusAsk: number, up: boolean): number {
  return up ? Math.ceil(bidPlusAsk / (2 * TICK)) * TICK : Math.floor(bidPlusAsk / (2 * TICK)) * TICK;
}

function slippageTicks(grid: Grid, second: number, rules: FillRules): number {
  const { base, alpha_spread, beta_rv } = rules.fill.slippage;
  const slot = grid.at(second);
  const spreadTicks = slot.bid === null ? 0 : (slot.ask! - slot.bid) / TICK;
  const ticks = base + alpha_spread * spreadTicks + beta_rv * rv10(grid, second, rules);
  if (rules.bug === "slippage_rounds_down") return Math.floor(ticks + 1e-9);
  return Math.max(0, Math.ceil(ticks - (rules.bug === "slippage_without_epsilon" ? 0 : 1e-9)));
}

/** Sample standard deviation of the last ten 1-second changes of mid, in ticks; 0 unless a quote is known at each of s−10…s. */
function rv10(grid: Grid, second: number, rules: FillRules): number {
  const mids: number[] = [];
  for (let s = second - 10; s <= second; s++) {
    const slot = grid.at(s);
    if (slot.bid === null) return 0;
    mids.push((slot.bid + slot.ask!) / 2 / TICK);
  }
  const changes = mids.slice(1).map((mid, i) => mid - mids[i]);
  const mean = changes.reduce((a, b) => a + b, 0) / 10;
  const squares = changes.reduce((sum, change) => sum + (change - mean) ** 2, 0);
  return Math.sqrt(squares / (rules.bug === "rv10_divisor_ten" ? 10 : 9));
}

/** The price at which the leg could be closed now; the last price only while there has been no valid quote. */
export function markOf(grid: Grid, second: number, isLong: boolean, bug?: Bug): number {
  const slot = grid.at(second);
  if (slot.bid === null || (bug === "mark_at_last_price" && slot.price !== null)) return slot.price!;
  return isLong !== (bug === "mark_at_the_wrong_side") ? slot.bid : slot.ask!;
}
