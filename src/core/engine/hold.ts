/** Semantics §4: what is decided while a position is held, in the order of a second. Seconds are places on the grid. */
import { formatRupees } from "../money.ts";
import type { ExitReason } from "../results/types.ts";
import type { CompiledStrategy } from "../strategy/compile.ts";
import type { DayConditions } from "./conditions.ts";
import type { DayMarket } from "./day-market.ts";
import { legCrossing, type LegCrossing } from "./leg-rules.ts";
import type { Orders } from "./orders.ts";
import type { Extremes } from "./path-store.ts";
import { PnlPath, type PositionRules } from "./pnl-path.ts";
import { isOpen, netPremium, type Leg, type Position } from "./position.ts";
import type { StrikeSelector } from "./select.ts";
import { thresholdPaise } from "./threshold.ts";

/** What ended a position, or the anchor at which it is to be re-struck around another ATM. */
export type Ended = { readonly kind: "closed" } | { readonly kind: "rebalance"; readonly anchor: number; readonly atm: number };

export interface HoldingDay {
  readonly market: DayMarket;
  readonly selector: StrikeSelector;
  readonly orders: Orders;
  readonly lotSize: number;
  readonly conditions: DayConditions;
  readonly clock: (s: number) => string;
}

interface Decision {
  readonly second: number;
  readonly decide: () => Ended | undefined;
}

export class Holding {
  private readonly path: PnlPath;
  private readonly rules: PositionRules;
  /** Without rules over the P&L its path is not made. */
  private readonly watches: boolean;
  private readonly legCrossings: (LegCrossing | undefined)[];

  constructor(
    private readonly strategy: CompiledStrategy,
    private readonly day: HoldingDay,
    private readonly position: Position,
  ) {
    const { stop, target, trail } = strategy;
    const premium = netPremium(position);
    this.path = new PnlPath(day.market, position);
    this.watches = stop !== null || target !== null || trail !== null;
    this.rules = {
      stop: thresholdPaise(stop, premium, day.lotSize),
      target: thresholdPaise(target, premium, day.lotSize),
      trail: trail && { activate: thresholdPaise(trail.activate, premium, day.lotSize), step: thresholdPaise(trail.step, premium, day.lotSize) },
    };
    this.legCrossings = position.legs.map((leg, i) => legCrossing(day.market, strategy.legs[i], leg, position.filled, position.window.exit));
  }

  /** Until every leg has its exit, or an anchor asks for another position in its place (whose closing is the caller's). */
  run(): Ended {
    for (let from = this.position.filled + 1; ; ) {
      const { second, decide } = this.nextDecision(from);
      const ended = decide();
      if (ended) return ended;
      if (!isOpen(this.position)) return { kind: "closed" };
      from = second + 1;
    }
  }

  /** The first second from `from` on in which something is decided; first match wins within a second. */
  private nextDecision(from: number): Decision {
    const { window, filled } = this.position;
    const { exit } = window;
    for (let at = from; at < exit; ) {
      const anchor = window.anchors.find((second) => second >= at && second > filled);
      // Rules are looked at in stretches that end with an anchor, or with the second in which a leg fires.
      const leg = this.nextLegCrossing(at);
      const last = Math.min(anchor ?? exit - 1, leg ?? exit - 1, exit - 1);
      const crossing = this.watches ? this.path.next(last + 1, this.rules) : undefined;
      const when = this.exitWhen(at, (crossing?.second ?? last) + 1);
      if (crossing && (when === undefined || crossing.second <= when)) return this.onCrossing(crossing.second, crossing.reason, crossing.pnl);
      if (when !== undefined && (leg === undefined || when < leg)) return { second: when, decide: () => this.closeAll(when, "exit_when", () => `exit_when ${this.day.clock(when)}`) };
      if (leg !== undefined && leg === last) return { second: leg, decide: () => this.closeLegs(leg) };
      if (anchor !== undefined && anchor === last) {
        const atm = this.movedAtm(anchor);
        if (atm !== undefined) return { second: anchor, decide: () => ({ kind: "rebalance", anchor, atm }) };
      }
      at = last + 1;
    }
    return { second: exit, decide: () => this.closeAll(exit, window.exitReason, () => `${window.exitReason} ${this.day.clock(exit)}`) };
  }

  private onCrossing(second: number, reason: ExitReason, pnl: number): Decision {
    return { second, decide: () => this.closeAll(second, reason, () => `${reason} ${this.day.clock(second)}: P&L ${formatRupees(pnl)}`) };
  }

  /** First second in [from, to) in which `exit.when` is true. */
  private exitWhen(from: number, to: number): number | undefined {
    const { exitWhen } = this.strategy;
    if (!exitWhen || to <= from) return undefined;
    const { conditions } = this.day;
    return conditions.firstTrue(exitWhen, this.position.legs.map(({ contract }) => contract), () => this.path.series(conditions.metrics.day, to), from, to);
  }

  private nextLegCrossing(from: number): number | undefined {
    let first: number | undefined;
    this.position.legs.forEach(({ exit }, i) => {
      const crossing = exit ? undefined : this.legCrossings[i];
      if (crossing && crossing.second >= from && (first === undefined || crossing.second < first)) first = crossing.second;
    });
    return first;
  }

  /** Every leg is checked; only those that fire close. */
  private closeLegs(second: number): undefined {
    this.position.legs.forEach((leg, i) => {
      const crossing = this.legCrossings[i];
      if (!leg.exit && crossing?.second === second) this.close(leg, second, crossing.reason, () => `${crossing.reason} ${this.day.clock(second)}`);
    });
  }

  /** The lowest and highest P&L while the position was held: every leg has its exit. */
  extremes(): Extremes {
    return this.path.extremes();
  }

  /** Legs that have an exit order take no second one. */
  closeAll(second: number, reason: ExitReason, rule: () => string): undefined {
    for (const leg of this.position.legs) if (!leg.exit) this.close(leg, second, reason, rule);
  }

  /** The leg's first tradeable second, or its mark in the session's last. */
  private close(leg: Leg, decision: number, reason: ExitReason, rule: () => string): void {
    const { market, orders } = this.day;
    const last = market.seconds - 1;
    const second = orders.exit(leg.contract, -leg.units, decision + this.strategy.fill.latency, last);
    if (second >= 0) {
      leg.exit = { decision, reason, rule, second, stale: false, ...orders.price(leg.contract, -leg.units, second) };
      return;
    }
    const mark = market.grid(leg.contract).mark(last, leg.units > 0);
    leg.exit = { decision, reason, rule, second: last, stale: true, before: mark, price: mark };
  }

  private movedAtm(anchor: number): number | undefined {
    const atm = this.day.selector.atm(anchor);
    return atm !== null && this.position.atm !== null && atm !== this.position.atm ? atm : undefined;
  }
}

