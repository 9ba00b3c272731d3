/** Dates that were not run, said once for all parts of a strategy that share the reason. */
import { partWords, type Part } from "../strategy/parts.ts";
import type { DayNumber } from "../time.ts";
import type { DayNotRun, DayReason } from "./types.ts";

/** Why one part of a strategy does not run on a date. */
export interface PartNotRun {
  readonly part: number;
  readonly reason: DayReason;
  /** In words that a trader understands. */
  readonly detail: string;
}

export function daysNotRun(date: DayNumber, parts: readonly Part[], missed: readonly PartNotRun[]): DayNotRun[] {
  const groups = new Map<string, PartNotRun[]>();
  for (const one of missed) {
    const key = `${one.reason} ${one.detail}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].map((group) => {
    const words = partWords(parts, group.map(({ part }) => part));
    return { date, reason: group[0].reason, detail: group[0].detail, ...(words !== undefined && { variants: words }) };
  });
}
