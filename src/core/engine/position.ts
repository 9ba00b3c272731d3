/** A position while it is held: what its legs were filled at, which are closed, and its P&L path. Seconds are places on the grid. */
import type { EntryReason, ExitReason } from "../results/types.ts";
import type { DayWindow } from "./windows.ts";
import type { Filled } from "./orders.ts";

/** The end of one leg. */
export interface LegExit extends Filled {
  readonly decision: number;
  readonly reason: ExitReason;
  readonly second: number;
  readonly stale: boolean;
  readonly rule: () => string;
}

export interface Leg {
  readonly contract: number;
  readonly lots: number;
  /** Signed units: negative is short. */
  readonly units: number;
  readonly entry: Filled;
  /** Set when its exit has been decided; the fill's second is known from then on, since fills look at nothing later. */
  exit: LegExit | undefined;
}

export interface Position {
  readonly id: number;
  readonly window: DayWindow;
  /** ATM strike index at the decision; null without a usable spot. */
  readonly atm: number | null;
  readonly reason: EntryReason;
  readonly decision: number;
  /** The rule that decided the entry, in words: made only for the sample. */
  readonly rule: () => string;
  readonly filled: number;
  readonly legs: readonly Leg[];
}

/** Net entry premium in paise: fixed at entry, also after a leg has closed. */
export function netPremium({ legs }: Position): number {
  return Math.abs(legs.reduce((sum, { units, entry }) => sum + units * entry.price, 0));
}

export function isOpen({ legs }: Position): boolean {
  return legs.some(({ exit }) => exit === undefined);
}

/** The last fill of a position whose legs all have their exits. */
export function lastFill({ legs }: Position): number {
  return legs.reduce((latest, { exit }) => Math.max(latest, exit!.second), 0);
}
