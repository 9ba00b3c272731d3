/** One date, one variant: every second of the session in the order of semantics §4. */
import type { Strategy } from "../../src/core/strategy/types.ts";
import type { Bug } from "./bugs.ts";
import { secondOf, windowOf } from "./dates.ts";
import { fillPrice, isTradeable, markOf, type FillRules } from "./fills.ts";
import { pnlOf, positionRule, type Contract, type OpenLeg, type Position } from "./position.ts";
import type { SessionHours } from "./rules.ts";
import type { Spot } from "./spot.ts";
import { atmOf, strikeOf, type Listed } from "./strikes.ts";

export interface DayMarket {
  readonly session: SessionHours;
  readonly listed: Listed;
  readonly step: number;
  readonly lot: number;
  readonly spot: Spot;
  /** Seconds after which a spot value is too old to choose a strike. */
  readonly spotMaxAge: number;
  readonly barSpan: number;
  contract(strike: number, cp: "CE" | "PE"): Contract;
}

export interface SkipNote {
  readonly second: number;
  readonly windowId: number;
  readonly reason: string;
}

export interface DayResult {
  readonly positions: readonly Position[];
  readonly skips: readonly SkipNote[];
}

/** A window that the session of the date holds. */
interface Window {
  readonly id: number;
  readonly start: number;
  /** The second of the exit: end of the window or `exit.at`, at the latest the last second of the session − latency. */
  readonly end: number;
  readonly endReason: "exit_at" | "window_end";
  /** null: no entry is decided in this window. */
  readonly at: number | null;
}

interface EntryOrder {
  readonly window: Window;
  readonly reason: "at" | "rebalance";
  readonly decision: number;
  readonly contracts: readonly Contract[];
  readonly atm: number | null;
  /** First and last second in which it may fill; null until the legs before it are closed. */
  from: number | null;
  to: number | null;
}

const INTERVALS = { "1m": 60, "5m": 300, "15m": 900, "30m": 1800, "1h": 3600 };

/** Windows that the date's session holds, and a skip for each that it does not. */
export function windowsOf(strategy: Strategy, session: SessionHours, latency: number, skips: SkipNote[], bug?: Bug): Window[] {
  const windows: Window[] = [];
  strategy.time.window.forEach((text, index) => {
    const { start, end } = windowOf(text);
    const interrupted = session.breaks.some(([from, to]) => from < end && to > start);
    if (start < session.open || end > session.close || interrupted) {
      skips.push({ second: start, windowId: index + 1, reason: "session" });
      return;
    }
    const lastDecision = session.close - 1 - latency;
    const exitAt = strategy.exit.at === null ? null : secondOf(strategy.exit.at);
    const holdsExitAt = exitAt !== null && start < exitAt && exitAt <= end;
    const at = strategy.entry.at === null ? start : secondOf(strategy.entry.at);
    windows.push({
      id: index + 1, start,
      end: Math.min(holdsExitAt ? exitAt : end, lastDecision),
      endReason: holdsExitAt && !(bug === "tie_names_the_window" && exitAt === end) ? "exit_at" : "window_end",
      at: at >= start && at < end ? at : null,
    });
  });
  return windows;
}

export function simulateDay(strategy: Strategy, market: DayMarket, firstPositionId: number, bug?: Bug): DayResult {
  const { session, listed, step } = market;
  const latency = Math.max(0, strategy.fill.latency + (bug === "latency_plus_one" ? 1 : bug === "latency_minus_one" ? -1 : 0));
  const patience = Math.max(0, strategy.fill.patience + (bug === "patience_plus_one" ? 1 : bug === "patience_minus_one" ? -1 : 0));
  const cooldown = bug === "no_cooldown" ? 0 : strategy.entry.cooldown + (bug === "cooldown_one_longer" && strategy.entry.cooldown > 0 ? 1 : 0);
  const rules: FillRules = { fill: strategy.fill, session, barSpan: market.barSpan, bug };
  const lastSecond = session.close - 1;

  const positions: Position[] = [];
  const skips: SkipNote[] = [];
  const windows = windowsOf(strategy, session, latency, skips, bug);
  const decided = new Set<number>();
  let firstReason: string | null = null;

  let position: Position | null = null;
  let order: EntryOrder | null = null;
  /** Second of the last exit fill and of the last lapse. */
  let lastExit = -1_000_000;
  let lastLapse = -1_000_000;
  let lastExitDecision = -1_000_000;

  const freshSpot = (second: number): number | null => {
    const spot = market.spot.at(second);
    if (spot === null) return null;
    const age = second - spot.second;
    return age < market.spotMaxAge || (age === market.spotMaxAge && bug !== "spot_age_exclusive") ? spot.value : null;
  };

  const atmAt = (second: number): number | null => {
    const spot = freshSpot(second);
    return spot === null ? null : atmOf(listed, spot, bug);
  };

  const chooseContracts = (second: number): Contract[] | "no_spot" | "no_contract" => {
    const contracts: Contract[] = [];
    for (const leg of strategy.entry.legs) {
      const strike = strikeOf(leg, listed, step, freshSpot(second), atmAt(second), bug);
      if (typeof strike === "string") return strike;
      contracts.push(market.contract(strike, leg.cp));
    }
    return contracts;
  };

  /** The last second in which an entry order of the window may fill. */
  const lastFillOf = (window: Window) => (bug === "order_lapses_at_window_end" ? window.end : window.end - 1);

  const fillExits = (second: number) => {
    if (!position) return;
    for (const leg of position.legs) {
      if (!leg.exitOrder || leg.exit || second < leg.exitOrder.decision + latency) continue;
      const buys = leg.leg.lots < 0;
      if (isTradeable(leg.contract.grid, second, "exit", rules)) {
        leg.exit = { ...fillPrice(leg.contract.grid, second, buys, rules), second, stale: false };
        lastExit = second;
      } else if (second === lastSecond) {
        const mark = markOf(leg.contract.grid, second, leg.leg.lots > 0, bug);
        const filled = bug === "stale_exit_pays_slippage" ? fillPrice(leg.contract.grid, second, buys, rules).filled : mark;
        leg.exit = { beforeSlippage: mark, filled, second, stale: true };
        lastExit = second;
      }
    }
    if (position.legs.every((leg) => leg.exit)) {
      position = null;
      if (order && order.from === null) {
        // The opening order of a rebalance lives from the last closing fill on.
        const o = Math.max(order.decision + latency, bug === "rebalance_waits_a_second" ? second + 1 : second);
        order.from = o;
        order.to = Math.min((bug === "rebalance_patience_from_anchor" ? order.decision + latency : o) + patience, lastFillOf(order.window));
      }
    }
  };

  const fillEntry = (second: number) => {
    if (!order || order.from === null || order.to === null || second < order.from) return;
    const { contracts, window, reason, decision, atm } = order;
    const fillable = (contract: Contract) => isTradeable(contract.grid, second, "entry", rules);
    const all = bug === "entry_leg_by_leg" ? contracts.some(fillable) && contracts.every((c) => c.grid.at(second).bid !== null || strategy.fill.model === "ltp" && c.grid.at(second).price !== null) : contracts.every(fillable);
    if (second <= order.to && all) {
      const legs: OpenLeg[] = strategy.entry.legs.map((leg, i) => ({
        legId: i + 1, leg, contract: contracts[i], qty: Math.abs(leg.lots) * market.lot,
        entry: fillPrice(contracts[i].grid, second, leg.lots > 0, rules), exitOrder: null, exit: null,
      }));
      position = { id: firstPositionId + positions.length, windowId: window.id, reason, decision, fillSecond: second, atm: bug === "atm_of_the_fill_second" ? atmAt(second) : atm, legs, peak: 0 };
      position.peak = bug === "peak_without_the_fill_second" ? -Infinity : Math.max(pnlOf(position, second, bug), bug === "peak_starts_at_zero" ? 0 : -Infinity);
      positions.push(position);
      order = null;
    } else if (second >= order.to) {
      skips.push({ second: bug === "skip_dated_at_the_end" ? second : decision, windowId: window.id, reason: "untradeable" });
      lastLapse = second;
      order = null;
    }
  };

  const fillOrders = (second: number) => {
    if (bug === "entries_before_exits") {
      fillEntry(second);
      fillExits(second);
    } else {
      fillExits(second);
      fillEntry(second);
    }
  };

  const isAnchor = (window: Window, second: number): boolean => {
    const rebalance = strategy.entry.rebalance;
    if (!rebalance || second <= window.start || second >= window.end) return false;
    const interval = INTERVALS[rebalance.every];
    return (rebalance.align === "clock" || bug === "all_anchors_by_the_clock" ? second : second - window.start) % interval === 0;
  };

  const closeAll = (open: Position, second: number, reason: string) => {
    lastExitDecision = second;
    for (const leg of open.legs) leg.exitOrder = { decision: second, reason };
  };

  /** Rules 1 to 7 for a position that has no exit orders yet. */
  const decideExit = (open: Position, second: number) => {
    const window = windows.find((w) => w.id === open.windowId)!;
    open.peak = Math.max(open.peak, pnlOf(open, second, bug));
    const endNow = second >= window.end + (bug === "window_end_one_later" ? 1 : 0) || second >= lastSecond - latency;
    const fresh = open.legs.every((leg) => leg.contract.grid.at(second).bid === null || second - leg.contract.grid.at(second).quoteSecond <= strategy.fill.ttl);
    const rule = bug === "marks_go_stale" && !fresh ? null : positionRule(open, strategy.exit, market.lot, second, bug);
    if (endNow && !(bug === "stops_before_window_end" && rule)) return closeAll(open, second, window.endReason);
    if (rule) return closeAll(open, second, rule);
    if (!isAnchor(window, second)) return;
    const atm = atmAt(second);
    if (atm === null || open.atm === null || (atm === open.atm && bug !== "rebalance_without_a_move")) return;
    closeAll(open, second, "rebalance");
    const contracts = chooseContracts(second);
    if (typeof contracts === "string") skips.push({ second, windowId: window.id, reason: contracts });
    else order = { window, reason: "rebalance", decision: second, contracts, atm, from: null, to: null };
  };

  /** Rule 8: null when an order was placed, else the reason why not. */
  const decideEntry = (window: Window, second: number): string | null => {
    const coolUntil = Math.max(lastExit + 1, (bug === "cooldown_from_the_decision" ? lastExitDecision : lastExit) + cooldown, lastLapse + 1);
    if (position || order || second < coolUntil) return "not_flat";
    const contracts = chooseContracts(second);
    if (typeof contracts === "string") return contracts;
    const from = second + latency;
    const to = Math.min(from + patience, lastFillOf(window));
    if (from > to) return "untradeable";
    order = { window, reason: "at", decision: second, contracts, atm: atmAt(second), from, to };
    return null;
  };

  const decide = (second: number) => {
    if (position && (second > position.fillSecond || bug === "rules_from_the_fill_second") && position.legs.some((leg) => !leg.exitOrder)) decideExit(position, second);
    for (const window of windows) {
      if (window.at === null || decided.has(window.id)) continue;
      const lastTry = Math.min(window.at + (bug === "no_retry" ? 0 : patience), window.end - 1);
      if (second < window.at) continue;
      const tried = second > lastTry ? "untradeable" : decideEntry(window, second);
      if (second === window.at) firstReason = tried;
      const reason = tried !== null && bug === "reason_of_the_first_second" ? firstReason : tried;
      if (reason === null || second >= lastTry) decided.add(window.id);
      if (reason !== null && second >= lastTry) skips.push({ second: bug === "skip_dated_at_the_end" ? second : window.at, windowId: window.id, reason });
    }
  };

  for (let second = session.open; second <= lastSecond; second++) {
    fillOrders(second);
    decide(second);
    if (latency === 0) fillOrders(second);
  }
  return { positions, skips };
}
