/**
 * Semantics §4 for one variant on one date. Nothing happens in most seconds, so the simulation goes from event to
 * event: kernels find the next fill, crossing or true condition, and the rules of the second decide which comes first.
 * Seconds here are places on the grid (0 = the open).
 */
import { nextTrue } from "../series/conditions.ts";
import type { EntryReason, Skip, SkipReason } from "../results/types.ts";
import type { CompiledStrategy } from "../strategy/compile.ts";
import { formatClock } from "../time.ts";
import type { DayConditions } from "./conditions.ts";
import { Holding, type HoldingDay } from "./hold.ts";
import { Orders } from "./orders.ts";
import { lastFill, type Leg, type Position } from "./position.ts";
import type { StrikeSelector } from "./select.ts";
import { writeTrades, type TradeSink } from "./trade-rows.ts";
import type { Trace } from "./trace.ts";
import type { DayWindow } from "./windows.ts";

/** What one variant needs of the day. */
export interface SimulationDay extends TradeSink {
  readonly selector: StrikeSelector;
  readonly conditions: DayConditions;
  readonly lotSize: number;
  readonly windows: readonly DayWindow[];
  readonly skips: Skip[];
  readonly trace: Trace;
}

type Attempt = { readonly kind: "filled"; readonly position: Position } | { readonly kind: "lapsed"; readonly limit: number } | { readonly kind: "refused"; readonly reason: SkipReason };

export class VariantSimulation {
  private readonly orders: Orders;
  private readonly holding: HoldingDay;
  private readonly units: readonly number[];
  private readonly firstSkip: number;
  private positions = 0;
  /** The earliest second in which an entry may be decided. */
  private freeFrom = 0;

  constructor(
    private readonly variant: number,
    private readonly strategy: CompiledStrategy,
    private readonly day: SimulationDay,
  ) {
    const { market, selector, lotSize, conditions } = day;
    this.orders = new Orders(market, strategy.fill);
    this.holding = { market, selector, lotSize, conditions, orders: this.orders, clock: (s) => this.clock(s) };
    this.units = strategy.legs.map(({ lots }) => lots * lotSize);
    this.firstSkip = day.skips.length;
  }

  /** Runs every window. Throws NeedContracts when a contract has to be read first; the caller then starts anew. */
  run(): void {
    for (const window of this.day.windows) {
      if (this.strategy.when) this.enterWhen(window);
      else if (window.at !== null) this.enterAt(window, window.at);
    }
  }

  /** An entry at a time: tried in every second of [at, at + patience] until one decides. It decides once per window. */
  private enterAt(window: DayWindow, at: number): void {
    const { patience } = this.strategy.fill;
    let reason: SkipReason = "untradeable";
    for (let s = at; s <= at + patience && s < window.exit; s++) {
      if (s < this.freeFrom) {
        reason = "not_flat";
        continue;
      }
      const attempt = this.attempt(window, s, "at", () => `at ${this.clock(at)}`);
      if (attempt.kind === "refused") {
        reason = attempt.reason;
        continue;
      }
      if (attempt.kind === "filled") this.hold(attempt.position);
      else this.lapse(window, s, attempt.limit);
      return;
    }
    this.skip(window, at, reason);
  }

  /** Entries on a condition: in every second in which it is true, or turns true; only a fill counts against max_per_day. */
  private enterWhen(window: DayWindow): void {
    const { conditions } = this.day;
    const { when, trigger, maxPerDay } = this.strategy;
    const condition = trigger === "edge" ? conditions.edgesOf(when!) : conditions.of(when!);
    let entries = 0;
    for (let s = Math.max(window.start, this.freeFrom); entries < maxPerDay; ) {
      const next = nextTrue(conditions.metrics.day, condition, s, window.exit);
      if (next === undefined) return;
      const attempt = this.attempt(window, next, "when", () => `when ${this.clock(next)}`);
      if (attempt.kind === "refused") {
        this.skip(window, next, attempt.reason);
        s = next + 1;
        continue;
      }
      if (attempt.kind === "filled") {
        entries++;
        this.hold(attempt.position);
      } else this.lapse(window, next, attempt.limit);
      s = this.freeFrom;
    }
  }

  /** A decision at `s`: the contracts chosen, and the order's fill where it has one. */
  private attempt(window: DayWindow, s: number, reason: EntryReason, rule: () => string): Attempt {
    const { latency, patience } = this.strategy.fill;
    const atm = this.day.selector.atm(s);
    const contracts = this.choose(s, atm);
    if (typeof contracts === "string") return { kind: "refused", reason: contracts };
    const limit = Math.min(s + latency + patience, window.exit - 1);
    if (s + latency > limit) return { kind: "refused", reason: "untradeable" };
    const filled = this.orders.entry(contracts, this.units, s + latency, limit);
    if (filled < 0) return { kind: "lapsed", limit };
    return { kind: "filled", position: this.open(window, contracts, atm, s, filled, reason, rule) };
  }

  private lapse(window: DayWindow, decision: number, limit: number): void {
    this.skip(window, decision, "untradeable");
    this.freeFrom = Math.max(this.freeFrom, limit + 1);
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
    const legs = this.units.map((units, i): Leg => ({
      contract: contracts[i], units, lots: this.strategy.legs[i].lots, entry: this.orders.price(contracts[i], units, filled), exit: undefined,
    }));
    return { id: ++this.positions, window, atm, reason, decision, rule, filled, legs };
  }

  /** A position, and those that rebalances put in its place, to the last exit. */
  private hold(first: Position): void {
    for (let position: Position | undefined = first; position; ) {
      const holding = new Holding(this.strategy, this.holding, position);
      const ended = holding.run();
      position = ended.kind === "closed" ? this.finish(position) : this.rebalance(holding, position, ended.anchor, ended.atm);
    }
  }

  private finish(position: Position): undefined {
    writeTrades(this.day, this.variant, position);
    this.day.trace.closed(position);
    this.freeFrom = lastFill(position) + Math.max(1, this.strategy.cooldown);
  }

  /** Closes all legs at an anchor and opens the entry's legs around the new ATM. */
  private rebalance(holding: Holding, position: Position, anchor: number, atm: number): Position | undefined {
    const { strikes } = this.day.market;
    const { window } = position;
    const rule = () => `rebalance ${this.clock(anchor)}: ATM ${strikes[position.atm!].strike} → ${strikes[atm].strike}`;
    const contracts = this.choose(anchor, atm);
    holding.closeAll(anchor, "rebalance", rule);
    this.finish(position);
    if (typeof contracts === "string") {
      this.skip(window, anchor, contracts);
      return undefined;
    }
    const from = Math.max(anchor + this.strategy.fill.latency, lastFill(position));
    const limit = Math.min(from + this.strategy.fill.patience, window.exit - 1);
    const filled = this.orders.entry(contracts, this.units, from, limit);
    if (filled >= 0) return this.open(window, contracts, atm, anchor, filled, "rebalance", rule);
    this.lapse(window, anchor, limit);
    return undefined;
  }

  /** Equal skips of consecutive seconds are one row. */
  private skip(window: DayWindow, s: number, reason: SkipReason): void {
    const { skips, market } = this.day;
    const second = s + market.session.open;
    const skip: Skip = { variant: this.variant, date: market.date, first: second, last: second, count: 1, windowId: window.id, reason };
    this.day.trace.skipped(skip);
    const last = skips.length > this.firstSkip ? skips[skips.length - 1] : undefined;
    if (last && last.windowId === window.id && last.reason === reason && last.last === second - 1) skips[skips.length - 1] = { ...last, last: second, count: last.count + 1 };
    else skips.push(skip);
  }

  private clock(s: number): string {
    return formatClock(s + this.day.market.session.open);
  }
}
