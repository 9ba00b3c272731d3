/** One date, one variant: what stands still while the seconds pass, and what changes. */
import { readCondition, type Condition } from "../../src/core/strategy/condition.ts";
import type { Adjustment, Strategy } from "../../src/core/strategy/types.ts";
import type { Bug } from "./bugs.ts";
import { truthAt, type Listener } from "./conditions.ts";
import type { Contract, DayMarket } from "./contracts.ts";
import type { FillRules } from "./fills.ts";
import { metricAt, type Held } from "./metrics.ts";
import { blocksOf, windowsOf, type Block, type SkipNote, type Window } from "./plan.ts";
import { contractOf, type LegState, type Position } from "./position.ts";

/** Opens the legs of a position that do not wait, all at once. */
export interface EntryOrder {
  readonly position: Position;
  /** First and last second in which it may fill; null until the position before it is closed. */
  from: number | null;
  to: number | null;
}

/** A re-entry of the whole position that is due or waits. */
export interface PositionReentry {
  readonly closed: Position;
  readonly reentries: number;
  /** First second in which it is tried. */
  readonly from: number;
  /** Second from which its tries count; null until the premium is there (`at_cost`). */
  triedFrom: number | null;
  readonly contracts: readonly Contract[] | null;
}

export class Day {
  readonly blocks: readonly Block[];
  readonly windows: readonly Window[];
  readonly rules: FillRules;
  readonly latency: number;
  readonly patience: number;
  readonly cooldown: number;
  readonly lastSecond: number;
  readonly exitWhen: Condition | null;
  readonly filter: Condition | null;
  readonly adjust: readonly { readonly when: Condition; readonly rule: Adjustment }[];

  readonly skips: SkipNote[] = [];
  /** Those that were filled, in the order of their first fills. */
  readonly positions: Position[] = [];
  /** Entries on a condition that were filled, per window. */
  private readonly used = new Map<number, number>();
  /** On or armed. */
  position: Position | null = null;
  order: EntryOrder | null = null;
  reentry: PositionReentry | null = null;
  /** Second of the last exit fill, and of the last end of an order or a position without one. */
  lastExit = -1_000_000;
  lastLapse = -1_000_000;
  lastExitDecision = -1_000_000;

  constructor(
    readonly strategy: Strategy,
    readonly market: DayMarket,
    readonly firstPositionId: number,
    readonly bug?: Bug,
    private readonly listen?: Listener,
  ) {
    const { fill, entry, exit } = strategy;
    this.latency = Math.max(0, fill.latency + (bug === "latency_plus_one" ? 1 : bug === "latency_minus_one" ? -1 : 0));
    this.patience = Math.max(0, fill.patience + (bug === "patience_plus_one" ? 1 : bug === "patience_minus_one" ? -1 : 0));
    this.cooldown = bug === "no_cooldown" ? 0 : entry.cooldown + (bug === "cooldown_one_longer" && entry.cooldown > 0 ? 1 : 0);
    this.rules = { fill, session: market.session, bug };
    this.lastSecond = market.session.close - 1;
    this.blocks = blocksOf(strategy);
    this.windows = windowsOf(strategy, market.session, this.latency, this.skips, bug);
    this.exitWhen = exit.when && readCondition(exit.when);
    this.filter = entry.filter && readCondition(entry.filter);
    this.adjust = (strategy.adjust ?? []).map((rule) => ({ rule, when: readCondition(rule.when) }));
  }

  skip(second: number, window: Window, reason: string): void {
    this.skips.push({ second, windowId: window.id, reason });
  }

  useUp(windowId: number): void {
    this.used.set(windowId, this.usedIn(windowId) + 1);
  }

  usedIn(windowId: number): number {
    return this.used.get(windowId) ?? 0;
  }

  /** Unknown at the root is false. */
  isTrue(condition: Condition, second: number, position: Position | null): boolean {
    const { market, bug, listen } = this;
    const holder = position && held(position);
    const truth = truthAt(condition, second, { read: (metric, at) => metricAt(metric, market, holder, at, bug), open: market.session.open, listen, bug });
    return truth === null ? bug === "unknown_is_true" : truth;
  }

  /** The last second in which an order of a position on may open a leg of a window. */
  lastFillOf(window: Window): number {
    return this.bug === "order_lapses_at_window_end" ? window.end : window.end - 1;
  }

  /** `reason` is that of the entry. */
  newPosition(window: Window, block: Block, reason: Position["reason"], decision: number, atm: number | null, contracts: readonly ChosenLeg[], reentries: number): Position {
    const legs = block.legs.map((leg, i): LegState => ({
      id: i + 1, leg, chosen: contracts[i].contract, reference: contracts[i].reference, trades: [],
      waitsFrom: leg.wait ? Infinity : null, dueFrom: null, reentries: 0, order: null,
    }));
    return { id: null, window, block, reason, decision, atm, legs, reentries, fillSecond: null, peak: 0, path: new Map(), closedBy: null, adjusted: this.adjust.map(() => 0) };
  }
}

export interface ChosenLeg {
  readonly contract: Contract;
  /** Twice the premium now, paise; null where the leg needs none. */
  readonly reference: number | null;
}

function held(position: Position): Held | null {
  const { fillSecond, path, legs } = position;
  return fillSecond === null ? null : { legs: legs.map((leg) => contractOf(leg).instrument), fillSecond, path };
}
