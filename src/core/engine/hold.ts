/** Semantics §4: what is decided while a position is held, in the order of a second. Seconds are places on the grid. */
import type { EntryReason, ExitReason, SkipReason } from "../results/types.ts";
import type { CompiledStrategy } from "../strategy/compile.ts";
import { Adjustments, type Roll } from "./adjust.ts";
import { closeEach, exitAt, NO_WORDS, type Closed } from "./closing.ts";
import type { Member } from "./cohort.ts";
import type { DayConditions } from "./conditions.ts";
import type { Crossed, Crossings } from "./crossings.ts";
import type { Ended, HoldingDay } from "./holding-day.ts";
import { idleUntil, isHeld, type Ordered, type Range, type Slot } from "./late-legs.ts";
import { enterAgain } from "./leg-reentry.ts";
import { legCrossing } from "./leg-rules.ts";
import type { Extremes } from "./path-store.ts";
import { PnlPath } from "./pnl-path.ts";
import { isOpen, type LegTrade, type Position } from "./position.ts";
import { PositionRules } from "./position-rules.ts";

/** Whoever has closed the position while the others hold on. */
export interface Apart {
  /** Whether the day is over for them. */
  ended(by: ExitReason): boolean;
  closed(members: readonly Member[], second: number, by: ExitReason): void;
  /** Those whose day is over. */
  done(crossings: Crossings, closed: Closed): void;
}

interface Decision {
  readonly second: number;
  readonly decide: () => Ended | undefined;
}

export class Holding {
  readonly slots: readonly Slot[];
  private readonly adjustments: Adjustments | undefined;
  /** Made at the first fill. */
  private path: PnlPath | undefined;
  private rules: PositionRules | undefined;
  /** The last second of the latest order that has lapsed. */
  private lapsed = -1;

  /** `waits`: what the block's waiting legs wait for, looked at from second `lookFrom` on. */
  constructor(
    private readonly strategy: CompiledStrategy,
    private readonly day: HoldingDay,
    private readonly position: Position,
    units: readonly number[],
    waits: readonly (Range | undefined)[],
    private readonly lookFrom: number,
    private readonly apart: Apart,
  ) {
    const { block, contracts, window, trades } = position;
    this.slots = block.legs.map((rules, place): Slot => {
      const premium = waits[place];
      const late = premium && ({ kind: "waiting", from: day.late.watchFrom(rules, lookFrom), premium } as const);
      return { place, rules, units: units[place], contract: contracts[place], trade: undefined, late, crossing: undefined, reentries: 0 };
    });
    for (const trade of trades) this.take(this.slots[trade.place], trade, window.exit);
    if (position.filled >= 0) this.begin();
    if (strategy.adjust.length > 0) this.adjustments = new Adjustments(strategy.adjust, day.selector, (condition, from, to) => this.everyTrue(condition, from, to));
  }

  /** Until every leg has its exit, or an anchor asks for another position in its place (whose closing is the caller's). */
  run(): Ended {
    for (let from = this.lookFrom; ; ) {
      const { second, decide } = this.nextDecision(from);
      const ended = decide();
      if (ended) return ended;
      if (!this.goesOn()) return { kind: "closed", second, by: undefined };
      from = second + 1;
    }
  }

  /** Something is held, waits, is due to re-enter, or has an order. */
  private goesOn(): boolean {
    return isOpen(this.position) || this.slots.some(({ late }) => late !== undefined);
  }

  /** The first second from `from` on in which something is decided; first match wins within a second. */
  private nextDecision(from: number): Decision {
    const { position } = this;
    const { exit, anchors, exitReason } = position.window;
    for (let at = from; at < exit; ) {
      const quiet = this.settle(at);
      if (!this.goesOn()) return { second: this.lapsed, decide: () => undefined };
      // Nothing is decided in the second of the first fill.
      const idle = position.filled === at ? at + 1 : isOpen(position) ? at : idleUntil(this.slots, at);
      if (idle > at) {
        this.rules?.pass(idle);
        at = idle;
        continue;
      }
      const leg = this.nextLegCrossing(at);
      const late = this.day.late.nextDue(this.slots, at, exit);
      const on = position.filled >= 0;
      // While every leg waits no rule of the position is looked at.
      const first = on ? at : exit;
      const anchor = on ? anchors.find((second) => second >= first) : undefined;
      // Rules are looked at in stretches that end with the second in which something else is decided, or before a fill.
      let last = Math.min(anchor ?? exit - 1, leg ?? exit - 1, late ?? exit - 1, quiet, exit - 1);
      const roll = this.adjustments?.next(this.slots, first, last + 1);
      if (roll) last = roll.second;
      this.path?.rewind(last + 1);
      const crossings = this.rules?.crossings(last + 1);
      const fired = this.rules?.next(last + 1, crossings?.last);
      const when = this.exitWhen(first, (fired?.second ?? last) + 1);
      if (crossings) this.part(crossings, Math.min(fired?.second ?? last, when ?? last));
      if (fired && (when === undefined || fired.second <= when)) return this.closing(fired.second, fired.reason, () => `: ${fired.seen()}`);
      if (when !== undefined && (leg === undefined || when < leg)) return this.closing(when, "exit_when", () => "");
      if (leg !== undefined && leg === last) return { second: leg, decide: () => this.closeLegs(leg) };
      if (roll) return { second: roll.second, decide: () => this.roll(roll) };
      if (anchor !== undefined && anchor === last) {
        const atm = this.movedAtm(anchor);
        if (atm !== undefined) return { second: anchor, decide: () => ({ kind: "rebalance", anchor, atm }) };
      }
      if (late !== undefined && late === last) return { second: late, decide: () => this.decideLate(late) };
      at = last + 1;
    }
    this.settle(exit);
    // A position is on until the window's end: what only waits is over before the decision of that second.
    if (!isOpen(position)) return { second: exit - 1, decide: () => this.closeAll(exit - 1, exitReason, () => "") };
    return this.closing(exit, exitReason, () => "");
  }

  /** Of those who cross apart from the last, who do so up to second `end` close the position there; the others go on with the last. */
  private part(crossings: Crossings, end: number): void {
    const { answers, last } = crossings;
    if (answers.length < 2) return;
    const closing = answers.filter((crossed) => crossed !== last && crossed.second <= end);
    const { market, orders } = this.day;
    if (!this.asFilled() || !this.endedFor(closing)) for (const crossed of closing) this.closeFor(crossed, crossings.membersOf(crossed));
    else {
      const { closed, apart } = closeEach(market, orders, this.position, this.path!, this.strategy.fill.latency, closing);
      this.apart.done(crossings, closed);
      for (const crossed of apart) this.closeFor(crossed, crossings.membersOf(crossed));
    }
    this.day.cohort.members = crossings.membersBeside(closing);
  }

  /** Whether the day is over for all of them. */
  private endedFor(closing: readonly Crossed[]): boolean {
    let ended: ExitReason | undefined;
    for (const { reason } of closing) {
      if (reason === ended) continue;
      if (!this.apart.ended(reason)) return false;
      ended = reason;
    }
    return true;
  }

  /** Every leg is held since the first fill, and nothing else is due. */
  private asFilled(): boolean {
    const { trades, filled } = this.position;
    for (const { late } of this.slots) if (late) return false;
    for (const trade of trades) if (trade.exit || trade.filled !== filled) return false;
    return true;
  }

  /** Closes all legs for some, and takes it back. */
  private closeFor({ second, reason }: Crossed, members: readonly Member[]): void {
    const { slots } = this;
    const before: { readonly trade: LegTrade | undefined; readonly late: Slot["late"] }[] = [];
    for (const slot of slots) before.push({ trade: isHeld(slot) ? slot.trade : undefined, late: slot.late });
    this.closeAll(second, reason, NO_WORDS);
    this.apart.closed(members, second, reason);
    for (let i = 0; i < slots.length; i++) {
      const { trade, late } = before[i];
      if (trade) trade.exit = undefined;
      slots[i].late = late;
    }
    this.path!.reopened();
  }

  private closing(second: number, reason: ExitReason, seen: () => string): Decision {
    return { second, decide: () => this.closeAll(second, reason, () => `${reason} ${this.day.clock(second)}${seen()}`) };
  }

  /** First second in [from, to) in which `exit.when` is true. */
  private exitWhen(from: number, to: number): number | undefined {
    const { exitWhen } = this.strategy;
    if (!exitWhen || to <= from) return undefined;
    const { conditions } = this.day;
    return conditions.firstTrue(exitWhen, this.contracts(), () => this.path!.series(conditions.metrics.day, to), from, to);
  }

  private everyTrue(condition: Parameters<DayConditions["everyTrue"]>[0], from: number, to: number): readonly number[] {
    if (to <= from) return [];
    const { conditions } = this.day;
    return conditions.everyTrue(condition, this.contracts(), () => this.path!.series(conditions.metrics.day, to), from, to);
  }

  private contracts(): readonly number[] {
    return this.slots.map(({ contract }) => contract);
  }

  private nextLegCrossing(from: number): number | undefined {
    let first: number | undefined;
    for (const slot of this.slots) {
      const second = isHeld(slot) ? slot.crossing?.second : undefined;
      if (second !== undefined && second >= from && (first === undefined || second < first)) first = second;
    }
    return first;
  }

  /** Every leg is checked; only those that fire close, or all. */
  private closeLegs(second: number): Ended | undefined {
    const { onLegStop, onLegTarget } = this.strategy;
    const firing = this.slots.filter((slot) => isHeld(slot) && slot.crossing?.second === second);
    const stopped = firing.some(({ crossing }) => crossing!.reason !== "leg_target");
    const all = (stopped && onLegStop === "all") || (onLegTarget === "all" && firing.some(({ crossing }) => crossing!.reason === "leg_target"));
    for (const slot of firing) {
      const { reason } = slot.crossing!;
      this.close(slot.trade!, second, reason, () => `${reason} ${this.day.clock(second)}`);
      if (!all) enterAgain(slot, reason === "leg_target" ? "target" : "stop_loss", this.position);
    }
    if (all) return this.closeAll(second, "square_off", () => `square_off ${this.day.clock(second)}`);
    if (stopped && onLegStop === "move_to_cost") {
      for (const slot of this.slots) if (isHeld(slot)) slot.crossing = legCrossing(this.day.market, slot.rules, slot.trade!, second + 1, this.position.window.exit, true);
    }
    return undefined;
  }

  /** An order for every leg that is due in this second, in the order of the legs. */
  private decideLate(second: number): undefined {
    const { late, selector } = this.day;
    for (const slot of this.slots) {
      const waiting = slot.late;
      if (waiting === undefined || waiting.kind === "ordered" || late.due(slot, second, second + 1) === undefined) continue;
      const contract = waiting.kind === "waiting" ? slot.contract : (waiting.contract ?? selector.leg(slot.rules, second, selector.atm(second)));
      if (waiting.kind === "waiting") this.order(slot, second, slot.contract, second + this.strategy.fill.latency, this.position.reason, "wait", waiting);
      else if (typeof contract === "string") this.giveUp(slot, second, contract);
      else this.order(slot, second, contract, second + this.strategy.fill.latency, "reentry", "reentry");
    }
  }

  private giveUp(slot: Slot, second: number, reason: SkipReason): void {
    slot.late = undefined;
    this.day.skip(this.position.window, second, reason);
  }

  /** Places the order of a late leg, live from second `from` on; one that could no longer fill is not placed. */
  private order(slot: Slot, decision: number, contract: number, from: number, reason: EntryReason, word: string, waiting?: Extract<Slot["late"], { readonly kind: "waiting" }>): void {
    const limit = Math.min(from + this.strategy.fill.patience, this.position.window.exit - 1);
    // The order of a roll that is not live before the window's end is withdrawn with the position.
    if (from > limit && reason === "adjust") return;
    if (from > limit) {
      this.giveUp(slot, decision, "untradeable");
      slot.late = waiting && { ...waiting, from: decision + 1 };
      return;
    }
    const fill = this.day.orders.late(contract, slot.units, from, limit);
    slot.late = { kind: "ordered", decision, contract, reason, rule: () => `${word} ${this.day.clock(decision)}`, fill, limit, after: waiting && { ...waiting, from: limit + 1 } };
  }

  /** What late orders came to by second `at`: fills, and lapses in their last second. Answers the last second before another such event. */
  private settle(at: number): number {
    let quiet = Infinity;
    const filled: [Slot, Ordered][] = [];
    for (const slot of this.slots) {
      const { late } = slot;
      if (late?.kind !== "ordered") continue;
      const event = late.fill >= 0 ? late.fill : late.limit;
      if (event > at) quiet = Math.min(quiet, event - 1);
      else if (late.fill >= 0) filled.push([slot, late]);
      else {
        slot.late = late.after;
        this.lapsed = late.limit;
        this.day.skip(this.position.window, late.decision, "untradeable");
      }
    }
    if (filled.length > 0) this.fill(filled.sort(([, a], [, b]) => a.fill - b.fill));
    return quiet;
  }

  private fill(orders: readonly (readonly [Slot, Ordered])[]): void {
    const { position } = this;
    for (const [slot, { decision, contract, reason, rule, fill }] of orders) {
      const { place, units, rules } = slot;
      const trade: LegTrade = { place, contract, units, lots: rules.lots, reason, decision, rule, filled: fill, entry: this.day.orders.price(contract, units, fill), exit: undefined, written: undefined };
      slot.late = undefined;
      position.trades.push(trade);
      this.take(slot, trade, position.window.exit);
    }
    if (this.rules) return this.rules.refilled();
    position.id = this.day.nextId();
    position.filled = position.trades[0].filled;
    this.begin();
  }

  private take(slot: Slot, trade: LegTrade, exit: number): void {
    slot.trade = trade;
    slot.contract = trade.contract;
    slot.crossing = legCrossing(this.day.market, slot.rules, trade, trade.filled + 1, exit);
  }

  private begin(): void {
    this.path = new PnlPath(this.day.market, this.position);
    this.rules = new PositionRules(this.strategy, this.day.market, this.position, this.path, this.day.cohort);
  }

  /** Closes the leg and opens it again on another contract, in the second of the closing fill at the earliest. */
  private roll(roll: Roll): undefined {
    const { second, slot, contract } = roll;
    const rule = () => `adjust ${roll.rule + 1} ${this.day.clock(second)}`;
    this.adjustments!.use(roll);
    const { latency } = this.strategy.fill;
    const closed = this.close(slot.trade!, second, "adjust", rule);
    if (typeof contract === "string") this.giveUp(slot, second, contract);
    else this.order(slot, second, contract, Math.max(second + latency, closed), "adjust", `adjust ${roll.rule + 1}`);
  }

  /** The lowest and highest P&L while the position was held: every trade has its exit. */
  extremes(): Extremes {
    return this.path!.extremes();
  }

  /** Legs that have an exit order take no second one; what waits is withdrawn. */
  closeAll(second: number, reason: ExitReason, rule: () => string): Ended {
    for (const slot of this.slots) {
      slot.late = undefined;
      if (isHeld(slot)) this.close(slot.trade!, second, reason, rule);
    }
    return { kind: "closed", second, by: reason };
  }

  /** The leg's first tradeable second, or its mark in the session's last. Answers the second of the fill. */
  private close(trade: LegTrade, decision: number, reason: ExitReason, rule: () => string): number {
    const { market, orders } = this.day;
    const second = orders.exit(trade.contract, -trade.units, decision + this.strategy.fill.latency, market.seconds - 1);
    trade.exit = exitAt(market, orders, trade, second, decision, reason, rule);
    return trade.exit.second;
  }

  private movedAtm(anchor: number): number | undefined {
    const atm = this.day.selector.atm(anchor);
    return atm !== null && this.position.atm !== null && atm !== this.position.atm ? atm : undefined;
  }
}
