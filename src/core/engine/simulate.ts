/**
 * Semantics §4 for one variant on one date. Nothing happens in most seconds, so the simulation goes from event to
 * event: kernels find the next fill and the next crossing, and the rules of the second decide which comes first.
 * Seconds here are places on the grid (0 = the open).
 */
import type { CompiledStrategy } from "../strategy/compile.ts";
import { formatRupees } from "../money.ts";
import { formatClock } from "../time.ts";
import { ENTRY_REASONS, EXIT_REASONS, OPTION_SIDES, SIDES, type EntryReason, type ExitReason, type SampledTrade, type Skip, type SkipReason } from "../results/types.ts";
import { blankTrade, type TradeBuilder } from "../results/trade-builder.ts";
import type { DayMarket } from "./day-market.ts";
import type { FeesOf } from "./fees.ts";
import { priceBeforeSlippage, slippageTicks, withSlippage } from "./fill.ts";
import type { GridView } from "./grid-view.ts";
import type { StrikeSelector } from "./select.ts";
import { Crossings, type Crossing } from "./crossings.ts";
import { NO_RULE, thresholdPaise } from "./threshold.ts";
import type { Threshold } from "../strategy/types.ts";
import type { MomentReader } from "./trade-sample.ts";
import type { DayWindow } from "./windows.ts";

/** What one variant needs of the day. */
export interface SimulationDay {
  readonly market: DayMarket;
  readonly selector: StrikeSelector;
  readonly lotSize: number;
  readonly feesOf: FeesOf;
  readonly windows: readonly DayWindow[];
  readonly trades: TradeBuilder;
  readonly skips: Skip[];
  /** Receives the inputs of every trade, when they are wanted. */
  readonly sample: { readonly reader: MomentReader; readonly into: SampledTrade[] } | null;
}

const STALE_EXIT = 1;

interface Position {
  readonly id: number;
  readonly window: DayWindow;
  readonly contracts: readonly number[];
  /** ATM strike index at the decision; null without a usable spot. */
  readonly atm: number | null;
  readonly reason: EntryReason;
  readonly decision: number;
  /** The rule that decided the entry, in words: made only for the sample. */
  readonly rule: () => string;
  readonly filled: number;
  readonly entry: readonly { readonly before: number; readonly price: number }[];
}

export class VariantSimulation {
  private readonly record = blankTrade();
  private positions = 0;
  /** The earliest second in which an entry may be decided. */
  private freeFrom = 0;

  constructor(
    private readonly variant: number,
    private readonly strategy: CompiledStrategy,
    private readonly day: SimulationDay,
  ) {}

  /** Runs every window. Throws NeedContracts when a contract has to be read first; the caller then starts anew. */
  run(): void {
    for (const window of this.day.windows) if (window.at !== null) this.runWindow(window, window.at);
  }

  private runWindow(window: DayWindow, at: number): void {
    let position = this.enterAt(window, at);
    while (position) position = this.hold(position);
  }

  /** An entry at a time: tried in every second of [at, at + patience] until one decides. */
  private enterAt(window: DayWindow, at: number): Position | undefined {
    const { latency, patience } = this.strategy.fill;
    let reason: SkipReason = "untradeable";
    for (let s = at; s <= at + patience && s < window.exit; s++) {
      if (s < this.freeFrom) {
        reason = "not_flat";
        continue;
      }
      const atm = this.day.selector.atm(s);
      const contracts = this.choose(s, atm);
      if (typeof contracts === "string") {
        reason = contracts;
        continue;
      }
      const limit = Math.min(s + latency + patience, window.exit - 1);
      if (s + latency > limit) {
        reason = "untradeable";
        continue;
      }
      const filled = this.fillAll(contracts, s + latency, limit);
      if (filled < 0) {
        this.skip(window, s, "untradeable");
        this.freeFrom = Math.max(this.freeFrom, limit + 1);
        return undefined;
      }
      return this.open(window, contracts, atm, s, filled, "at", () => `at ${this.clock(at)}`);
    }
    this.skip(window, at, reason);
    return undefined;
  }

  /** A contract per leg, or the reason of the first leg that finds none. */
  private choose(s: number, atm: number | null): number[] | SkipReason {
    const contracts: number[] = [];
    for (const leg of this.strategy.legs) {
      const found = this.day.selector.leg(leg, s, atm);
      if (typeof found === "string") return found;
      contracts.push(found);
    }
    return contracts;
  }

  private open(window: DayWindow, contracts: readonly number[], atm: number | null, decision: number, filled: number, reason: EntryReason, rule: () => string): Position {
    const entry = contracts.map((number, i) => this.priceOf(this.day.market.grid(number), filled, this.strategy.legs[i].lots > 0));
    return { id: ++this.positions, window, contracts, atm, reason, decision, rule, filled, entry };
  }

  /** From the second after the fill to the exit. Returns the position that a rebalance puts in its place, if any. */
  private hold(position: Position): Position | undefined {
    const { window } = position;
    const crossings = this.crossings(position);
    for (const anchor of window.anchors) {
      if (anchor <= position.filled) continue;
      // A stop in the anchor's own second comes before the rebalance.
      const crossed = crossings?.next(anchor + 1);
      if (crossed) return this.closeCrossed(position, crossed);
      const atm = this.day.selector.atm(anchor);
      if (atm !== null && position.atm !== null && atm !== position.atm) return this.rebalance(position, anchor, atm);
    }
    const crossed = crossings?.next(window.exit);
    if (crossed) return this.closeCrossed(position, crossed);
    this.close(position, window.exit, window.exitReason, () => `${window.exitReason} ${this.clock(window.exit)}`);
    return undefined;
  }

  private closeCrossed(position: Position, { second, reason, pnl }: Crossing): undefined {
    this.close(position, second, reason, () => `${reason} ${this.clock(second)}: P&L ${formatRupees(pnl)}`);
  }

  /** Closes all legs at an anchor and opens the entry's legs around the new ATM. */
  private rebalance(position: Position, anchor: number, atm: number): Position | undefined {
    const { market } = this.day;
    const { window } = position;
    const rule = () => `rebalance ${this.clock(anchor)}: ATM ${market.strikes[position.atm!].strike} → ${market.strikes[atm].strike}`;
    const contracts = this.choose(anchor, atm);
    const closed = this.close(position, anchor, "rebalance", rule);
    if (typeof contracts === "string") {
      this.skip(window, anchor, contracts);
      return undefined;
    }
    const from = Math.max(anchor + this.strategy.fill.latency, closed);
    const limit = Math.min(from + this.strategy.fill.patience, window.exit - 1);
    const filled = this.fillAll(contracts, from, limit);
    if (filled >= 0) return this.open(window, contracts, atm, anchor, filled, "rebalance", rule);
    this.skip(window, anchor, "untradeable");
    this.freeFrom = Math.max(this.freeFrom, limit + 1);
    return undefined;
  }

  /** Position stop-loss, target and trail from the second after the fill, if the strategy has any. */
  private crossings(position: Position): Crossings | undefined {
    const { stop, target, trail, legs } = this.strategy;
    if (!stop && !target && !trail) return undefined;
    const { market, lotSize } = this.day;
    const { contracts, entry, filled } = position;
    const lots = contracts.map((number, i) => ({ grid: market.grid(number), units: legs[i].lots * lotSize, entry: entry[i].price }));
    const premium = Math.abs(lots.reduce((sum, leg) => sum + leg.units * leg.entry, 0));
    const paise = (threshold: Threshold) => thresholdPaise(threshold, premium, lotSize);
    return new Crossings(market, lots, filled, {
      stop: stop ? paise(stop) : NO_RULE,
      target: target ? paise(target) : NO_RULE,
      trail: trail ? { activate: paise(trail.activate), step: paise(trail.step) } : null,
    });
  }

  /** Closes every leg, each in its first tradeable second, or at its mark in the session's last. Returns the last fill. */
  private close(position: Position, decision: number, reason: ExitReason, rule: () => string): number {
    const { market, lotSize, feesOf, sample } = this.day;
    const { legs, fill } = this.strategy;
    const last = market.seconds - 1;
    let latest = decision;
    position.contracts.forEach((number, i) => {
      const grid = market.grid(number);
      const contract = market.contract(number);
      const lots = Math.abs(legs[i].lots);
      const quantity = lots * lotSize;
      const long = legs[i].lots > 0;
      const entry = position.entry[i];

      const found = this.search(decision + fill.latency, last, (from, to) => market.kernels.run.firstTradeable(grid.pointer, market.stride, from, to, fill.model, this.ttl([number]), 0));
      const filled = found < 0 ? last : found;
      const mark = grid.mark(last, long);
      const exit = found < 0 ? { before: mark, price: mark } : this.priceOf(grid, filled, !long);
      latest = Math.max(latest, filled);

      const trade = this.record;
      trade.variant = this.variant;
      trade.date = market.date;
      trade.positionId = position.id;
      trade.legId = i + 1;
      trade.expiry = contract.expiry;
      trade.strike = contract.strike;
      trade.cp = OPTION_SIDES.indexOf(contract.cp);
      trade.side = SIDES.indexOf(long ? "BUY" : "SELL");
      trade.lots = lots;
      trade.qty = quantity;
      trade.decisionEntry = position.decision + market.session.open;
      trade.tsEntry = position.filled + market.session.open;
      trade.entryPx = entry.price;
      trade.decisionExit = decision + market.session.open;
      trade.tsExit = filled + market.session.open;
      trade.exitPx = exit.price;
      trade.slippage = (Math.abs(entry.price - entry.before) + Math.abs(exit.price - exit.before)) * quantity;
      trade.fees = feesOf(entry.price, quantity, lots, long) + feesOf(exit.price, quantity, lots, !long);
      trade.pnl = (exit.price - entry.price) * quantity * (long ? 1 : -1);
      trade.reasonEntry = ENTRY_REASONS.indexOf(position.reason);
      trade.reasonExit = EXIT_REASONS.indexOf(reason);
      trade.windowId = position.window.id;
      trade.flags = found < 0 ? STALE_EXIT : 0;
      this.day.trades.push(trade);
      if (sample) sample.into.push(this.sampled(position, i, decision, rule(), filled, exit.before, found < 0));
    });
    this.freeFrom = latest + Math.max(1, this.strategy.cooldown);
    return latest;
  }

  private sampled(position: Position, leg: number, decision: number, rule: string, filled: number, before: number, stale: boolean): SampledTrade {
    const { reader } = this.day.sample!;
    const moment = (s: number, words: string) => reader.moment(s, position.contracts, words);
    const { model } = this.strategy.strategy.fill;
    return {
      variant: this.variant,
      date: this.day.market.date,
      positionId: position.id,
      legId: leg + 1,
      entryDecision: moment(position.decision, position.rule()),
      entryFill: { ...moment(position.filled, `fill ${model}`), beforeSlippage: position.entry[leg].before },
      exitDecision: moment(decision, rule),
      exitFill: { ...moment(filled, stale ? "stale_exit: closed at the mark" : `fill ${model}`), beforeSlippage: before },
    };
  }

  /** The model's price and the filled one, slippage included. */
  private priceOf(grid: GridView, s: number, buys: boolean): { before: number; price: number } {
    const { model, slippage } = this.strategy.fill;
    const before = priceBeforeSlippage(grid, s, model, buys);
    return { before, price: withSlippage(before, slippageTicks(grid, s, slippage), buys) };
  }

  /** First second in [from, to] in which every contract is tradeable for an entry, or −1. */
  private fillAll(contracts: readonly number[], from: number, to: number): number {
    const { market } = this.day;
    const { fill } = this.strategy;
    const { kernels } = market;
    const ttl = this.ttl(contracts);
    const grids = contracts.map((number) => market.grid(number));
    grids.forEach(({ pointer }, i) => (kernels.i32[(market.table >> 2) + i] = pointer));
    return this.search(from, to, (a, b) => kernels.run.firstAllTradeable(market.table, grids.length, market.stride, a, b, fill.model, ttl, fill.maxSpread));
  }

  /** Oldest usable price in seconds: the strategy's ttl, or the span where all contracts are bars. */
  private ttl(contracts: readonly number[]): number {
    let span = 0;
    for (const number of contracts) {
      const bars = this.day.market.slice(number)?.barSpan;
      if (bars === undefined) return this.strategy.fill.ttl;
      span = Math.max(span, bars);
    }
    return span;
  }

  /** Searches [from, to] without the seconds of a break, in which nothing trades. */
  private search(from: number, to: number, find: (from: number, to: number) => number): number {
    let start = from;
    const { open, breaks } = this.day.market.session;
    for (const [pause, resume] of breaks) {
      if (resume - open <= start) continue;
      const found = find(start, Math.min(to, pause - open - 1));
      if (found >= 0) return found;
      start = Math.max(start, resume - open);
    }
    return find(start, to);
  }

  /** An entry at a time is skipped once per window, so equal skips of consecutive seconds do not arise. */
  private skip(window: DayWindow, s: number, reason: SkipReason): void {
    const second = s + this.day.market.session.open;
    this.day.skips.push({ variant: this.variant, date: this.day.market.date, first: second, last: second, count: 1, windowId: window.id, reason });
  }

  private clock(s: number): string {
    return formatClock(s + this.day.market.session.open);
  }
}
