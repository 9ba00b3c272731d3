/** A position while it is held: what its legs were filled at, which are closed. Seconds are places on the grid. */
import type { EntryReason, ExitReason } from "../results/types.ts";
import type { CompiledBlock } from "../strategy/compile.ts";
import type { DayWindow } from "./windows.ts";
import type { Filled } from "./orders.ts";
import type { WrittenEntry } from "./trade-rows.ts";

/** The end of one trade. */
export interface LegExit extends Filled {
  readonly decision: number;
  readonly reason: ExitReason;
  readonly second: number;
  readonly stale: boolean;
  readonly rule: () => string;
}

/** One trade of a leg, from its fill on. */
export interface LegTrade {
  /** Place in the block's legs, from 0. */
  readonly place: number;
  readonly contract: number;
  readonly lots: number;
  /** Signed units: negative is short. */
  readonly units: number;
  readonly reason: EntryReason;
  readonly decision: number;
  /** The rule that decided it, in words: made only for the sample. */
  readonly rule: () => string;
  readonly filled: number;
  readonly entry: Filled;
  /** Set when its exit has been decided; the fill's second is known from then on, since fills look at nothing later. */
  exit: LegExit | undefined;
  /** Set when its first row of the trade table is written. */
  written: WrittenEntry | undefined;
}

export interface Position {
  /** Given at the first fill; 0 before. */
  id: number;
  readonly window: DayWindow;
  readonly block: CompiledBlock;
  /** ATM strike index at the decision; null without a usable spot. */
  readonly atm: number | null;
  readonly reason: EntryReason;
  readonly decision: number;
  readonly rule: () => string;
  /** The one that a rebalance closed for it. */
  readonly replaces: Position | undefined;
  /** Chosen at the decision, by place. */
  readonly contracts: readonly number[];
  /** The second of the first fill; −1 while every leg waits. */
  filled: number;
  /** In the order of their fills. */
  readonly trades: LegTrade[];
}

/** Net entry premium in paise: that of each leg's first fill, also after the leg has closed. */
export function netPremium({ trades }: Position): number {
  return Math.abs(firstTrades(trades).reduce((sum, { units, entry }) => sum + units * entry.price, 0));
}

/** Of every leg that has been filled its first trade. */
export function firstTrades(trades: readonly LegTrade[]): readonly LegTrade[] {
  return trades.filter(({ place }, i) => trades.findIndex((other) => other.place === place) === i);
}

export function isOpen({ trades }: Position): boolean {
  return trades.some(({ exit }) => exit === undefined);
}

/** The last fill of a position whose trades all have their exits; −1 when nothing was filled. */
export function lastFill({ trades }: Position): number {
  return trades.reduce((latest, { exit }) => Math.max(latest, exit!.second), -1);
}

/** Of trades that all have their exits. */
export function exitsOf(trades: readonly LegTrade[]): readonly LegExit[] {
  return trades.map(({ exit }) => exit!);
}

/** Paise, without fees, of a position whose trades all have their exits. */
export function realised({ trades }: Position): number {
  return trades.reduce((sum, { units, entry, exit }) => sum + units * (exit!.price - entry.price), 0);
}

/** The second from which a trade's mark counts. What fills in its decision's own second changes the P&L that the next one sees. */
export function counts({ filled: first }: Position, { filled, decision }: LegTrade): number {
  return filled === first ? filled : Math.max(filled, decision + 1);
}

/** The second from which a trade's realised P&L stands in place of its mark. */
export function leaves({ exit }: LegTrade): number {
  return exit === undefined ? Infinity : Math.max(exit.second, exit.decision + 1);
}
