/** A position: its legs, their trades, and what waits (semantics §4; docs, "Positions with several legs in time"). */
import type { Leg } from "../../src/core/strategy/types.ts";
import type { Bug } from "./bugs.ts";
import type { Contract } from "./contracts.ts";
import { markOf, type FillPrice } from "./fills.ts";
import type { Block, Window } from "./plan.ts";

export type EntryReason = "at" | "when" | "rebalance" | "reentry" | "adjust";

export interface ExitOrder {
  readonly decision: number;
  readonly reason: string;
}

/** One leg from fill to fill. */
export interface LegTrade {
  readonly legId: number;
  readonly leg: Leg;
  readonly contract: Contract;
  readonly qty: number;
  readonly reason: EntryReason;
  readonly decision: number;
  readonly fillSecond: number;
  readonly entry: FillPrice;
  /** From this second on its stop-loss stands at its own price; null where it does not. */
  costFrom: number | null;
  exitOrder: ExitOrder | null;
  exit: (FillPrice & { readonly second: number; readonly stale: boolean }) | null;
}

/** Opens one leg of a position that is on or armed. */
export interface LegOrder {
  readonly kind: "wait" | "reentry" | "adjust";
  readonly contract: Contract;
  readonly decision: number;
  /** First and last second in which it may fill; null until the trade before it is closed. */
  from: number | null;
  to: number | null;
}

export interface LegState {
  readonly id: number;
  readonly leg: Leg;
  /** As chosen at the entry's decision. */
  readonly chosen: Contract;
  /** Twice the premium at the entry's decision, paise; null of a leg that needs none. */
  readonly reference: number | null;
  readonly trades: LegTrade[];
  /** First second in which a waiting leg is looked at; null for one that does not wait (any more). */
  waitsFrom: number | null;
  /** First second in which its re-entry may be decided; null when none is due. */
  dueFrom: number | null;
  reentries: number;
  order: LegOrder | null;
}

export interface Position {
  /** Given at the first fill. */
  id: number | null;
  readonly window: Window;
  readonly block: Block;
  readonly reason: "at" | "when" | "rebalance" | "reentry";
  readonly decision: number;
  /** The ATM at the decision; null when spot could not choose one then. */
  atm: number | null;
  readonly legs: readonly LegState[];
  /** Re-entries of the whole position since `at` or `when` decided. */
  readonly reentries: number;
  fillSecond: number | null;
  peak: number;
  /** What the decision of each second saw, from the second of the fill on; paise. */
  readonly path: Map<number, { readonly pnl: number; readonly peak: number }>;
  /** The rule that closed the whole of it; null while none has. */
  closedBy: string | null;
  readonly adjusted: number[];
}

export function signOf(leg: Leg): 1 | -1 {
  return leg.lots > 0 ? 1 : -1;
}

export function tradesOf(position: Position): LegTrade[] {
  return position.legs.flatMap((leg) => leg.trades);
}

export function openTrade(leg: LegState): LegTrade | null {
  const last = leg.trades.at(-1);
  return last && !last.exit ? last : null;
}

/** The contract of its latest trade, or the one that was chosen for it. */
export function contractOf(leg: LegState): Contract {
  return leg.trades.at(-1)?.contract ?? leg.chosen;
}

/** Whether a leg waits, is due to re-enter, or has an order that opens it. */
export function waits(leg: LegState): boolean {
  return leg.waitsFrom !== null || leg.dueFrom !== null || leg.order !== null;
}

export function withdraw(position: Position): void {
  for (const leg of position.legs) {
    leg.waitsFrom = null;
    leg.dueFrom = null;
    leg.order = null;
  }
}

export function isClosed(position: Position): boolean {
  return tradesOf(position).every((trade) => trade.exit);
}

/** Paise: realised of closed trades, open ones at their marks, no fees. */
export function pnlOf(position: Position, second: number, bug?: Bug): number {
  return tradesOf(position).reduce((sum, trade) => sum + signOf(trade.leg) * (valueOf(trade, second, bug) - trade.entry.filled) * trade.qty, 0);
}

/** Of a closed trade its exit price, of an open one its mark. */
export function valueOf(trade: LegTrade, second: number, bug?: Bug): number {
  return trade.exit ? trade.exit.filled : markOf(trade.contract.grid, second, trade.leg.lots > 0, bug);
}
