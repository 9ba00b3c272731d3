/** Legs that enter after the position: waiting for their premium, due to re-enter, or with an order. Seconds are places on the grid. */
import { roundHalfUp } from "../money.ts";
import type { EntryReason, WaitInputs } from "../results/types.ts";
import type { CompiledLeg, CompiledStrategy } from "../strategy/compile.ts";
import { waitWords } from "../strategy/explain-legs.ts";
import type { Wait } from "../strategy/types.ts";
import type { DayMarket } from "./day-market.ts";
import { FILL_MODEL_CODES } from "./fill.ts";
import type { LegCrossing } from "./leg-rules.ts";
import type { LegTrade } from "./position.ts";

/** Values between which something fires, in paise; both included. */
export interface Range {
  readonly least: number;
  readonly most: number;
}

export const atLeast = (least: number): Range => ({ least, most: Infinity });
export const atMost = (most: number): Range => ({ least: 0, most });

/** An order is decided when twice the premium lies in the range. */
export interface Waiting {
  readonly kind: "waiting";
  readonly from: number;
  readonly premium: Range;
}

/** Opens again: at once, or when the price at which it could be opened lies in the range. */
export interface Due {
  readonly kind: "due";
  readonly from: number;
  /** null: on the contract that the leg's selector gives then. */
  readonly contract: number | null;
  readonly price: Range | null;
}

/** An order that has been decided. What comes of it is known, since fills look at nothing later; until then it can be withdrawn. */
export interface Ordered {
  readonly kind: "ordered";
  readonly decision: number;
  readonly contract: number;
  readonly reason: EntryReason;
  readonly rule: () => string;
  /** −1: it lapses after `limit`. */
  readonly fill: number;
  readonly limit: number;
  /** What a lapse leads back to. */
  readonly after: Waiting | undefined;
}

export type Late = Waiting | Due | Ordered;

/** One leg of a position through all its trades. */
export interface Slot {
  /** Place in the block's legs, from 0. */
  readonly place: number;
  readonly rules: CompiledLeg;
  /** Signed. */
  readonly units: number;
  /** The contract of its latest trade, or the one chosen at the decision. */
  contract: number;
  /** The latest; undefined before its first fill. */
  trade: LegTrade | undefined;
  late: Late | undefined;
  /** Of the latest trade. */
  crossing: LegCrossing | undefined;
  reentries: number;
}

/** Whether the leg is held and may still be closed. */
export function isHeld({ trade }: Slot): boolean {
  return trade !== undefined && trade.exit === undefined;
}

export class LateLegs {
  private readonly byPrice: boolean;

  constructor(
    private readonly market: DayMarket,
    fill: CompiledStrategy["fill"],
  ) {
    this.byPrice = fill.model === FILL_MODEL_CODES.ltp;
  }

  /** Twice the premium of a contract at a second, in paise: of the last valid quote, or the last price; 0 without either. */
  private twicePremium(contract: number, s: number): number {
    const grid = this.market.grid(contract);
    return !this.byPrice && grid.bid(s) > 0 ? grid.bid(s) + grid.ask(s) : 2 * grid.price(s);
  }

  /** What a waiting leg waits for when it is decided at `s`; undefined without a premium to refer to. */
  premiumOf({ wait }: CompiledLeg, contract: number, s: number): Range | undefined {
    if (wait === null) throw new Error("The leg does not wait.");
    const twice = this.twiceReference(wait, contract, s);
    if ("break" in wait) return twice === 0 ? { least: 1, most: 0 } : wait.break === "high" ? atLeast(twice + 1) : atMost(twice - 1);
    if (twice === 0) return undefined;
    const amount = "pct" in wait ? wait.pct : wait.points;
    const move = "pct" in wait ? roundHalfUp((twice * Math.abs(amount)) / 100) : 2 * roundHalfUp(Math.abs(amount) * 100);
    return amount > 0 ? atLeast(twice + move) : atMost(twice - move);
  }

  /** Twice the premium from which a leg that is decided at `s` waits for a move, or that it waits to break; 0 without one. */
  private twiceReference(wait: Wait, contract: number, s: number): number {
    if (!("break" in wait)) return this.twicePremium(contract, s);
    const seconds = wait.minutes * 60;
    if (seconds > this.market.seconds) return 0;
    let [lowest, highest] = [Infinity, 0];
    for (let at = 0; at < seconds; at++) {
      const twice = this.twicePremium(contract, at);
      if (twice === 0) continue;
      [lowest, highest] = [Math.min(lowest, twice), Math.max(highest, twice)];
    }
    return wait.break === "high" || highest === 0 ? highest : lowest;
  }

  /** What is known at `s` of a leg that waits since `armed`. */
  inputs(leg: CompiledLeg, contract: number, armed: number, s: number): WaitInputs {
    const { wait } = leg;
    if (wait === null) throw new Error("The leg does not wait.");
    const twice = s < this.watchFrom(leg, armed) ? 0 : this.twiceReference(wait, contract, armed);
    const { least, most } = this.premiumOf(leg, contract, armed) ?? { least: 0, most: Infinity };
    const premium = (paise: number) => (paise === 0 ? null : paise / 2);
    return { rule: waitWords(wait), premium: premium(this.twicePremium(contract, s)), reference: premium(twice), threshold: twice === 0 ? null : (most === Infinity ? least : most) / 2 };
  }

  /** The earliest second in which a waiting leg is looked at, beside what it waits for. */
  watchFrom({ wait }: CompiledLeg, from: number): number {
    return wait !== null && "break" in wait ? Math.max(from, wait.minutes * 60 - 1) : from;
  }

  /** First second in [from, to) in which the slot is to be decided; undefined for none. */
  due({ late, contract, units }: Slot, from: number, to: number): number | undefined {
    if (late === undefined || late.kind === "ordered") return undefined;
    const start = Math.max(from, late.from);
    if (start >= to) return undefined;
    const { kernels, stride } = this.market;
    let found: number;
    if (late.kind === "waiting") found = kernels.run.firstPremium(this.market.grid(contract).pointer, stride, this.byPrice, start, to, late.premium.least, late.premium.most);
    else if (late.price === null) found = start;
    else found = kernels.run.firstWithin(this.openingPrices(contract, units > 0), start, to, late.price.least, late.price.most);
    return found < 0 ? undefined : found;
  }

  /** The first second in [from, to) in which any slot is to be decided. */
  nextDue(slots: readonly Slot[], from: number, to: number): number | undefined {
    let first: number | undefined;
    for (const slot of slots) {
      if (slot.late === undefined) continue;
      first = this.due(slot, from, first ?? to) ?? first;
    }
    return first;
  }

  /** Address of the prices at which the contract could be opened: the ask to buy, the bid to sell, or the last price. */
  private openingPrices(contract: number, buys: boolean): number {
    const { pointer, stride } = this.market.grid(contract);
    return pointer + (this.byPrice ? 3 : buys ? 1 : 0) * stride * 4;
  }

  /** Paise; 0 without a price. */
  openingPrice(contract: number, buys: boolean, s: number): number {
    const grid = this.market.grid(contract);
    return this.byPrice ? grid.price(s) : buys ? grid.ask(s) : grid.bid(s);
  }
}

/** When all that is left is to re-enter after an exit that has not filled yet, nothing is decided before. */
export function idleUntil(slots: readonly Slot[], at: number): number {
  let first = Infinity;
  for (const { late } of slots) if (late !== undefined) first = Math.min(first, late.kind === "due" ? late.from : at);
  return Math.max(at, first);
}
