/** One date, one variant: every second of the session in the order of semantics §4. */
import { readCondition } from "../../src/core/strategy/condition.ts";
import type { Strategy } from "../../src/core/strategy/types.ts";
import type { Bug } from "./bugs.ts";
import { truthAt, type Listener } from "./conditions.ts";
import { secondOf, windowOf } from "./dates.ts";
import { fillPrice, isTradeable, markOf, type FillRules, type Trade } from "./fills.ts";
import { greeksAt, metricAt, type Held, type MetricDay } from "./metrics.ts";
import { legRule, pnlOf, positionRule, type Contract, type OpenLeg, type Position } from "./position.ts";
import type { SessionHours } from "./rules.ts";
import { atmOf, strikeOf } from "./strikes.ts";

export interface DayMarket extends MetricDay {
  readonly lot: number;
  /** Seconds after which a spot value is too old to choose a strike. */
  readonly spotMaxAge: number;
  readonly barSpan: number;
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
  /** null: no entry is decided at a time in this window. */
  readonly at: number | null;
}

interface EntryOrder {
  readonly window: Window;
  readonly reason: "at" | "when" | "rebalance";
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
    const at = strategy.entry.at === null ? (strategy.entry.when === null ? start : -1) : secondOf(strategy.entry.at);
    windows.push({
      id: index + 1, start,
      end: Math.min(holdsExitAt ? exitAt : end, lastDecision),
      endReason: holdsExitAt && !(bug === "tie_names_the_window" && exitAt === end) ? "exit_at" : "window_end",
      at: at >= start && at < end ? at : null,
    });
  });
  return windows;
}

export function simulateDay(strategy: Strategy, market: DayMarket, firstPositionId: number, bug?: Bug, listen?: Listener): DayResult {
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

  const contractOf = (strike: number, cp: "CE" | "PE"): Contract => ({ strike, cp, grid: market.contract(strike, cp).grid! });

  const chooseContracts = (second: number): Contract[] | "no_spot" | "no_contract" => {
    const contracts: Contract[] = [];
    const selection = {
      listed, step, spot: freshSpot(second), atm: atmAt(second),
      twiceMid: (strike: number, cp: "CE" | "PE") => {
        const { bid, ask } = contractOf(strike, cp).grid.at(second);
        return bid === null ? null : bid + ask!;
      },
      delta: (strike: number, cp: "CE" | "PE") => greeksAt(market, market.contract(strike, cp), second, 0)?.delta ?? null,
    };
    for (const leg of strategy.entry.legs) {
      const strike = strikeOf(leg, selection, bug);
      if (typeof strike === "string") return strike;
      contracts.push(contractOf(strike, leg.cp));
    }
    return contracts;
  };

  const held = (open: Position | null): Held | null =>
    open && { legs: open.legs.map((leg) => market.contract(leg.contract.strike, leg.contract.cp)), fillSecond: open.fillSecond, path: open.path };
  const entryWhen = strategy.entry.when && readCondition(strategy.entry.when);
  const exitWhen = strategy.exit.when && readCondition(strategy.exit.when);

  /** Unknown at the root is false. */
  const isTrue = (condition: Parameters<typeof truthAt>[0], second: number, open: Position | null): boolean => {
    const holder = held(open);
    const truth = truthAt(condition, second, { read: (metric, at) => metricAt(metric, market, holder, at, bug), open: session.open, listen, bug });
    return truth === null ? bug === "unknown_is_true" : truth;
  };

  const fires = (second: number): boolean => {
    if (!entryWhen || !isTrue(entryWhen, second, null)) return false;
    if (strategy.entry.trigger === "level" || bug === "edge_as_level") return true;
    const before = second - 1;
    const blind = bug === "edge_blind_outside_the_window" && !windows.some((w) => before >= w.start && before < w.end);
    return before < session.open || blind || !isTrue(entryWhen, before, null);
  };

  /** The last second in which an entry order of the window may fill. */
  const lastFillOf = (window: Window) => (bug === "order_lapses_at_window_end" ? window.end : window.end - 1);

  const fillExits = (second: number) => {
    if (!position) return;
    for (const leg of position.legs) {
      if (!leg.exitOrder || leg.exit || second < leg.exitOrder.decision + latency) continue;
      const trade: Trade = { qty: leg.qty, buys: leg.leg.lots < 0 };
      if (isTradeable(leg.contract.grid, second, "exit", trade, rules)) {
        leg.exit = { ...fillPrice(leg.contract.grid, second, trade, rules), second, stale: false };
        lastExit = second;
      } else if (second === lastSecond) {
        const mark = markOf(leg.contract.grid, second, leg.leg.lots > 0, bug);
        const filled = bug === "stale_exit_pays_slippage" ? fillPrice(leg.contract.grid, second, trade, rules).filled : mark;
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
    const trades = strategy.entry.legs.map((leg): Trade => ({ qty: Math.abs(leg.lots) * market.lot, buys: leg.lots > 0 }));
    const fillable = (contract: Contract, i: number) => isTradeable(contract.grid, second, "entry", trades[i], rules);
    const all = bug === "entry_leg_by_leg" ? contracts.some(fillable) && contracts.every((c) => c.grid.at(second).bid !== null || strategy.fill.model === "ltp" && c.grid.at(second).price !== null) : contracts.every(fillable);
    if (second <= order.to && all) {
      const legs: OpenLeg[] = strategy.entry.legs.map((leg, i) => ({
        legId: i + 1, leg, contract: contracts[i], qty: trades[i].qty,
        entry: fillPrice(contracts[i].grid, second, trades[i], rules), exitOrder: null, exit: null,
      }));
      position = { id: firstPositionId + positions.length, windowId: window.id, reason, decision, fillSecond: second, atm: bug === "atm_of_the_fill_second" ? atmAt(second) : atm, legs, peak: 0, path: new Map() };
      position.peak = bug === "peak_without_the_fill_second" ? -Infinity : Math.max(pnlOf(position, second, bug), bug === "peak_starts_at_zero" ? 0 : -Infinity);
      position.path.set(second, { pnl: pnlOf(position, second, bug), peak: position.peak });
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
    for (const leg of open.legs) leg.exitOrder ??= { decision: second, reason };
  };

  /** Rule 5: closes the legs whose own stop-loss or target holds; whether there is one. */
  const legRules = (open: Position, second: number): boolean => {
    let any = false;
    for (const leg of open.legs) {
      const reason = leg.exitOrder ? null : legRule(leg, second, bug);
      if (reason === null || (any && bug === "one_leg_stop_a_second")) continue;
      any = true;
      if (bug === "leg_stop_closes_all") closeAll(open, second, reason);
      else leg.exitOrder = { decision: second, reason };
    }
    return any && bug !== "rules_go_on_after_a_leg_stop";
  };

  /** Rules 1 to 7 for a position that has no exit orders yet. */
  const decideExit = (open: Position, second: number) => {
    const window = windows.find((w) => w.id === open.windowId)!;
    const pnl = pnlOf(open, second, bug);
    open.peak = Math.max(open.peak, pnl);
    open.path.set(second, { pnl, peak: open.peak });
    const endNow = second >= window.end + (bug === "window_end_one_later" ? 1 : 0) || second >= lastSecond - latency;
    const fresh = open.legs.every((leg) => leg.contract.grid.at(second).bid === null || second - leg.contract.grid.at(second).quoteSecond <= strategy.fill.ttl);
    const rule = bug === "marks_go_stale" && !fresh ? null : positionRule(open, strategy.exit, market.lot, second, bug);
    if (endNow && !(bug === "stops_before_window_end" && rule)) return closeAll(open, second, window.endReason);
    if (rule) return closeAll(open, second, rule);
    if (bug !== "exit_when_before_leg_stops" && legRules(open, second)) return;
    if (exitWhen && isTrue(exitWhen, second, open)) return closeAll(open, second, "exit_when");
    if (bug === "exit_when_before_leg_stops" && legRules(open, second)) return;
    if (!isAnchor(window, second)) return;
    const atm = atmAt(second);
    if (atm === null || open.atm === null || (atm === open.atm && bug !== "rebalance_without_a_move")) return;
    closeAll(open, second, "rebalance");
    const contracts = chooseContracts(second);
    if (typeof contracts === "string") skips.push({ second, windowId: window.id, reason: contracts });
    else order = { window, reason: "rebalance", decision: second, contracts, atm, from: null, to: null };
  };

  /** Rule 8: null when an order was placed, else the reason why not. */
  const decideEntry = (window: Window, second: number, reason: "at" | "when"): string | null => {
    const coolUntil = Math.max(lastExit + 1, (bug === "cooldown_from_the_decision" ? lastExitDecision : lastExit) + cooldown, lastLapse + 1);
    if (position || order || second < coolUntil) return "not_flat";
    const contracts = chooseContracts(second);
    if (typeof contracts === "string") return contracts;
    const from = second + latency;
    const to = Math.min(from + patience, lastFillOf(window));
    if (from > to) return "untradeable";
    order = { window, reason, decision: second, contracts, atm: atmAt(second), from, to };
    return null;
  };

  const decide = (second: number) => {
    if (position && (second > position.fillSecond || bug === "rules_from_the_fill_second") && position.legs.some((leg) => !leg.exitOrder)) decideExit(position, second);
    for (const window of windows) {
      if (window.at === null || decided.has(window.id)) continue;
      const lastTry = Math.min(window.at + (bug === "no_retry" ? 0 : patience), window.end - 1);
      if (second < window.at) continue;
      const tried = second > lastTry ? "untradeable" : decideEntry(window, second, "at");
      if (second === window.at) firstReason = tried;
      const reason = tried !== null && bug === "reason_of_the_first_second" ? firstReason : tried;
      if (reason === null || second >= lastTry) decided.add(window.id);
      if (reason !== null && second >= lastTry) skips.push({ second: bug === "skip_dated_at_the_end" ? second : window.at, windowId: window.id, reason });
    }
    if (entryWhen) decideWhen(second);
  };

  /** Every second in which the trigger fires is a decision, while the window has entries left; only fills use them up. */
  const decideWhen = (second: number) => {
    const window = windows.find((w) => second >= w.start && second < w.end);
    if (!window) return;
    const filled = positions.filter((p) => p.windowId === window.id && (p.reason === "when" || bug === "rebalances_count")).length;
    const used = filled + (bug === "skips_use_up_entries" ? skips.filter((skip) => skip.windowId === window.id).length : 0);
    if (used >= strategy.entry.max_per_day || !fires(second)) return;
    const reason = decideEntry(window, second, "when");
    // Rule 8 is for a strategy that is flat: without that a condition decides nothing.
    if (reason !== null && reason !== "not_flat") skips.push({ second, windowId: window.id, reason });
  };

  for (let second = session.open; second <= lastSecond; second++) {
    fillOrders(second);
    decide(second);
    if (latency === 0) fillOrders(second);
  }
  return { positions, skips };
}
