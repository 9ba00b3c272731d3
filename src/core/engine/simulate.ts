/**
 * Semantics §4 for alike variants on one date. Nothing happens in most seconds, so the simulation goes from event to
 * event: kernels find the next fill, crossing or true condition, and the rules of the second decide which comes first.
 * Seconds here are places on the grid (0 = the open).
 */
import { nextTrue } from "../series/conditions.ts";
import type { Rows } from "../results/trade-builder.ts";
import type { EntryReason, ExitReason, SkipReason } from "../results/types.ts";
import type { CompiledBlock, CompiledStrategy } from "../strategy/compile.ts";
import { formatClock } from "../time.ts";
import type { Closed } from "./closing.ts";
import { Cohort, type Member, type Outcome } from "./cohort.ts";
import type { Crossings } from "./crossings.ts";
import { oneWay } from "./exit-table.ts";
import { Holding } from "./hold.ts";
import type { HoldingDay } from "./holding-day.ts";
import type { Range } from "./late-legs.ts";
import { exitsOf, lastFill, type Position } from "./position.ts";
import { premiumIsBack, reenters } from "./reentry.ts";
import { SkipNotes } from "./skip-notes.ts";
import type { Running, SimulationDay, Standing } from "./simulation-day.ts";
import { writeTrades } from "./trade-rows.ts";
import type { DayWindow } from "./windows.ts";

/** A position that has begun, or is armed: `waits` is what its waiting legs wait for, `lookFrom` the first second of decisions. */
interface Opened {
  readonly position: Position;
  readonly units: readonly number[];
  readonly waits: readonly (Range | undefined)[];
  readonly lookFrom: number;
}

/** A contract per leg, and what waiting legs wait for. */
interface Chosen {
  readonly contracts: readonly number[];
  readonly waits: readonly (Range | undefined)[];
}

type Attempt = { readonly kind: "opened"; readonly opened: Opened } | { readonly kind: "lapsed"; readonly limit: number } | { readonly kind: "refused"; readonly reason: SkipReason };

const NO_WAITS: readonly undefined[] = [];

export class Simulation implements Running {
  private readonly strategy: CompiledStrategy;
  private readonly cohort: Cohort;
  private readonly holding: HoldingDay;

  /** Of `members`, all of them alike. */
  constructor(
    members: readonly Member[],
    private readonly day: SimulationDay,
    private readonly at: Standing = { place: 0, entries: 0, positions: 0, freeFrom: 0, notes: new SkipNotes(), rows: undefined },
    /** What is left of a position that has just closed. */
    private readonly goOn?: (simulation: Simulation) => void,
  ) {
    const { market, selector, conditions, orders, late } = day;
    this.strategy = members[0].strategy;
    this.cohort = new Cohort(members, day.thresholds, market.kernels);
    this.holding = {
      market, selector, conditions, orders, late, cohort: this.cohort,
      clock: (s) => this.clock(s), skip: (window, s, reason) => this.skip(window, s, reason), nextId: () => ++this.at.positions,
    };
  }

  get members(): readonly Member[] {
    return this.cohort.members;
  }

  /** Every window from where the members stand. */
  run(): void {
    const { at } = this;
    this.goOn?.(this);
    for (; at.place < this.day.windows.length; at.place++, at.entries = 0) {
      const window = this.day.windows[at.place];
      if (this.strategy.blocks[0].when) this.enterWhen(window);
      else {
        while (at.entries < this.timesOf(window)) {
          const i = at.entries++;
          this.enterAt(window, window.at[i], Math.min(window.at[i + 1] ?? Infinity, window.until));
        }
      }
    }
    this.done(this.members, at.rows);
  }

  private timesOf({ at }: DayWindow): number {
    return Math.min(at.length, this.strategy.maxPerDay);
  }

  /** An entry at a time: tried in every second of [at, at + patience] before `end` until one decides. It decides once. */
  private enterAt(window: DayWindow, at: number, end: number): void {
    const { fill, blocks, filter } = this.strategy;
    let reason: SkipReason = "untradeable";
    for (let s = at; s <= at + fill.patience && s < end; s++) {
      if (s < this.at.freeFrom) reason = "not_flat";
      else if (filter && !this.day.conditions.holds(filter, s)) reason = "filtered";
      else {
        const attempt = this.attempt(window, blocks[0], s, window.until, "at", () => `at ${this.clock(at)}`);
        if (attempt.kind === "opened") this.hold(attempt.opened, attempt.opened, 0);
        else if (attempt.kind === "lapsed") this.lapse(window, s, attempt.limit);
        else {
          reason = attempt.reason;
          continue;
        }
        return;
      }
    }
    this.skip(window, at, reason);
  }

  /** Entries on a condition: in every second in which one is true, or turns true; only a fill counts against max_per_day. */
  private enterWhen(window: DayWindow): void {
    const { conditions } = this.day;
    const { blocks, trigger, filter, maxPerDay } = this.strategy;
    const fires = blocks.map(({ when }) => conditions.entry(when!, trigger, filter));
    for (let s = Math.max(window.start, this.at.freeFrom); this.at.entries < maxPerDay; ) {
      let next: number | undefined;
      let block = blocks[0];
      // In one second the first block that fires decides.
      fires.forEach((condition, i) => {
        const found = nextTrue(conditions.metrics.day, condition, s, next ?? window.until);
        if (found !== undefined) [next, block] = [found, blocks[i]];
      });
      if (next === undefined) return;
      const decision = next;
      const attempt = this.attempt(window, block, decision, window.until, "when", () => `when ${this.clock(decision)}`);
      if (attempt.kind === "refused") {
        this.skip(window, decision, attempt.reason);
        s = decision + 1;
        continue;
      }
      if (attempt.kind === "lapsed") this.lapse(window, decision, attempt.limit);
      else this.hold(attempt.opened, attempt.opened, 0);
      s = this.at.freeFrom;
    }
  }

  /** A decision at `s`: the contracts chosen, or those given, and the order's fill before `end` where it has one. */
  private attempt(window: DayWindow, block: CompiledBlock, s: number, end: number, reason: EntryReason, rule: () => string, given?: readonly number[]): Attempt {
    const { latency, patience } = this.strategy.fill;
    const atm = this.day.selector.atm(s);
    const legs = this.choose(block, s, atm, given);
    if (typeof legs === "string") return { kind: "refused", reason: legs };
    const limit = Math.min(s + latency + patience, end - 1);
    if (block.waiting !== "all" && s + latency > limit) return { kind: "refused", reason: "untradeable" };
    const position: Position = { id: 0, window, block, atm, reason, decision: s, rule, replaces: undefined, contracts: legs.contracts, filled: -1, trades: [] };
    const opened = this.open(position, legs.waits, s + latency, limit, s);
    return opened ? { kind: "opened", opened } : { kind: "lapsed", limit };
  }

  private lapse(window: DayWindow, decision: number, limit: number): void {
    this.skip(window, decision, "untradeable");
    this.at.freeFrom = Math.max(this.at.freeFrom, limit + 1);
  }

  /** A contract per leg, or those given, and what waiting legs wait for; or the reason of the first leg that finds none or has no premium to refer to. */
  private choose({ legs, waiting }: CompiledBlock, s: number, atm: number | null, given?: readonly number[]): Chosen | SkipReason {
    if (given && waiting === "none") return { contracts: given, waits: NO_WAITS };
    const contracts: number[] = [];
    const waits: (Range | undefined)[] = [];
    for (let place = 0; place < legs.length; place++) {
      const leg = legs[place];
      const found = given ? given[place] : this.day.selector.leg(leg, s, atm);
      if (typeof found === "string") return found;
      contracts.push(found);
      if (waiting === "none") continue;
      const premium = leg.wait ? this.holding.late.premiumOf(leg, found, s) : undefined;
      if (leg.wait && !premium) return "untradeable";
      waits.push(premium);
    }
    return { contracts, waits };
  }

  /** The order of the legs that do not wait, live in [from, limit]; undefined when it lapses. `since`: when all wait, they are looked at from the second after it. */
  private open(position: Position, waits: readonly (Range | undefined)[], from: number, limit: number, since: number): Opened | undefined {
    const { block, contracts, reason, decision, rule, trades } = position;
    const units = block.legs.map(({ lots }, i) => lots * this.day.market.lotSize(contracts[i]));
    if (block.waiting === "all") return { position, units, waits, lookFrom: since + 1 };
    const now = <T>(ofLegs: readonly T[]) => (block.waiting === "none" ? ofLegs : ofLegs.filter((_, place) => waits[place] === undefined));
    const filled = this.day.orders.entry(now(contracts), now(units), from, limit);
    if (filled < 0) return undefined;
    position.id = ++this.at.positions;
    position.filled = filled;
    block.legs.forEach(({ lots }, place) => {
      if (waits[place] !== undefined) return;
      const contract = contracts[place];
      trades.push({ place, contract, lots, units: units[place], reason, decision, rule, filled, entry: this.day.orders.price(contract, units[place], filled), exit: undefined, written: undefined });
    });
    return { position, units, waits, lookFrom: filled + 1 };
  }

  /** A position, and those that rebalances and re-entries put in its place, to the last exit. `current`: the one that is held now; undefined when the last has just closed. */
  private hold(first: Opened, current: Opened | undefined, reentries: number): void {
    let used = reentries;
    for (let opened = current; opened; ) {
      const { position, units, waits, lookFrom }: Opened = opened;
      const holding: Holding = new Holding(this.strategy, this.holding, position, units, waits, lookFrom, {
        ended: (by) => this.ended(by, used),
        closed: (members, second, by) => this.part(members, holding, position, second, by, first, used),
        done: (crossings, closed) => this.closed(position, crossings, closed),
      });
      const ended = holding.run();
      if (ended.kind === "rebalance") {
        opened = this.rebalance(holding, position, ended.anchor, ended.atm);
        continue;
      }
      this.finish(holding, position, ended.second);
      opened = reenters(this.strategy, ended.by, used++) ? this.reenter(position) : undefined;
    }
    // Only a fill counts against max_per_day.
    if (this.strategy.blocks[0].when && first.position.filled >= 0) this.at.entries++;
  }

  /** Some members have closed a position that the others still hold: they go on by themselves, unless their day is over. */
  private part(members: readonly Member[], holding: Holding, position: Position, second: number, by: ExitReason, first: Opened, used: number): void {
    const { at, day } = this;
    const rows = this.write(position, holding);
    if (this.ended(by, used)) return this.done(members, rows);
    const again = reenters(this.strategy, by, used);
    const closed = { ...position, trades: position.trades.map((trade) => ({ ...trade })) };
    const standing = { ...at, rows, freeFrom: this.freeAfter(position, second) };
    const goOn = (own: Simulation) => own.hold(first, again ? own.reenter(closed) : undefined, used + 1);
    // Should they have to start anew, they stand where they stood.
    const notes = at.notes.copy();
    day.parted.push({ members, start: (those) => new Simulation(those, day, { ...standing, notes: notes.copy() }, goOn) });
  }

  /** Whether the day is over once the position is closed. */
  private ended(by: ExitReason, used: number): boolean {
    const { at, day, strategy } = this;
    const most = strategy.blocks[0].when ? strategy.maxPerDay - 1 : this.timesOf(day.windows[at.place]);
    return !reenters(strategy, by, used) && at.place === day.windows.length - 1 && at.entries >= most;
  }

  private done(members: readonly Member[], rows: Rows | undefined): void {
    const outcome = { rows, skips: this.at.notes.rows(this.day.market.date) };
    for (const member of members) member.outcome = outcome;
  }

  /** Some have closed the position, and their day with it. */
  private closed(position: Position, crossings: Crossings, { crossed, exits }: Closed): void {
    const { rows: before, notes } = this.at;
    const skips = notes.rows(this.day.market.date);
    const count = position.trades.length;
    const first = writeTrades(this.day, position, exits);
    const outcomes = new Array<Outcome | undefined>(crossings.answers.length);
    for (let i = 0; i < crossed.length; i++) outcomes[crossed[i].place] = { rows: { before, first: first + i * count, count }, skips };
    crossings.end(outcomes);
  }

  /** `second`: that of the position's last decision. */
  private finish(holding: Holding, position: Position, second: number): void {
    if (position.filled < 0) this.skip(position.window, position.decision, "not_reached");
    else this.at.rows = this.write(position, holding);
    this.day.trace.closed(position);
    this.at.freeFrom = this.freeAfter(position, second);
  }

  private write(position: Position, holding: Holding): Rows {
    const { trades } = position;
    return { before: this.at.rows, first: writeTrades(this.day, position, oneWay(exitsOf(trades), holding.extremes())), count: trades.length };
  }

  private freeAfter(position: Position, second: number): number {
    const closed = position.filled < 0 ? 0 : lastFill(position) + Math.max(1, this.strategy.cooldown);
    return Math.max(closed, second + 1);
  }

  /** Closes all legs at an anchor and opens the block's legs around the new ATM. */
  private rebalance(holding: Holding, position: Position, anchor: number, atm: number): Opened | undefined {
    const { strikes } = this.day.market;
    const { window, block } = position;
    const rule = () => `rebalance ${this.clock(anchor)}: ATM ${strikes[position.atm!].strike} → ${strikes[atm].strike}`;
    const legs = this.choose(block, anchor, atm);
    holding.closeAll(anchor, "rebalance", rule);
    this.finish(holding, position, anchor);
    if (typeof legs === "string") {
      this.skip(window, anchor, legs);
      return undefined;
    }
    const closed = Math.max(anchor, lastFill(position));
    const from = Math.max(anchor + this.strategy.fill.latency, closed);
    const limit = Math.min(from + this.strategy.fill.patience, window.exit - 1);
    const next: Position = { id: 0, window, block, atm, reason: "rebalance", decision: anchor, rule, replaces: position, contracts: legs.contracts, filled: -1, trades: [] };
    const opened = this.open(next, legs.waits, from, limit, closed);
    if (!opened) this.lapse(window, anchor, limit);
    return opened;
  }

  /** A closed position opened again from `freeFrom` on, or once its premium is back: tried as an entry at that time is. */
  private reenter(position: Position): Opened | undefined {
    const { window, block, contracts } = position;
    const { mode } = this.strategy.reentry!;
    const due = mode === "at_cost" ? premiumIsBack(this.holding.late, position, this.at.freeFrom, window.exit) : this.at.freeFrom;
    if (due === undefined || due >= window.exit) {
      this.at.freeFrom = Math.max(this.at.freeFrom, window.exit);
      return undefined;
    }
    let reason: SkipReason = "untradeable";
    for (let s = due; s <= due + this.strategy.fill.patience && s < window.exit; s++) {
      this.at.freeFrom = s + 1;
      const attempt = this.attempt(window, block, s, window.exit, "reentry", () => `reentry ${this.clock(s)}`, mode === "new_atm" ? undefined : contracts);
      if (attempt.kind === "opened") return attempt.opened;
      if (attempt.kind === "lapsed") {
        this.lapse(window, s, attempt.limit);
        return undefined;
      }
      reason = attempt.reason;
    }
    this.skip(window, due, reason);
    return undefined;
  }

  private skip(window: DayWindow, s: number, reason: SkipReason): void {
    this.at.notes.add(s + this.day.market.session.open, window.id, reason);
  }

  private clock(s: number): string {
    return formatClock(s + this.day.market.session.open);
  }
}
