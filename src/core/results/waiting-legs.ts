/** Legs that were armed with their position and filled later. */
import type { Second } from "../time.ts";
import type { SampledTrade, TradeColumns } from "./types.ts";

export interface WaitingLeg {
  /** Of the trade that the wait has led to. */
  readonly row: number;
  /** The decision of the position's entry. */
  readonly armed: Second;
  readonly filled: Second;
}

/**
 * Of a day's trades of one variant, in the order of their fills: the first trade of a leg, where it was decided later than its position. Where all legs of a position wait, no trade tells when it was armed:
 * such a position is left out.
 * @param sample of the same day, whose rules say what decided an entry
 */
export function waitingLegs(trades: TradeColumns, sample: readonly SampledTrade[]): readonly WaitingLeg[] {
  const firsts = new Map<string, number>();
  const armed = new Map<number, number>();
  for (let row = 0; row < trades.length; row++) {
    const position = trades.positionId[row];
    const leg = `${position}.${trades.legId[row]}`;
    const before = firsts.get(leg);
    if (before === undefined || trades.decisionEntry[row] < trades.decisionEntry[before]) firsts.set(leg, row);
    armed.set(position, Math.min(armed.get(position) ?? Infinity, trades.decisionEntry[row]));
  }
  const allWait = new Set(sample.filter(({ positionId, entryDecision }) => entryDecision.second === armed.get(positionId) && entryDecision.rule.startsWith("wait ")).map(({ positionId }) => positionId));
  return [...firsts.values()]
    .filter((row) => !allWait.has(trades.positionId[row]) && trades.decisionEntry[row] > (armed.get(trades.positionId[row]) ?? Infinity))
    .map((row) => ({ row, armed: armed.get(trades.positionId[row]) ?? 0, filled: trades.tsEntry[row] }))
    .sort((a, b) => a.filled - b.filled);
}
