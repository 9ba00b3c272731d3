import type { DayNumber } from "../core/time.ts";
import type { DayChunk } from "../data/catalogue/types.ts";
import type { DayPortion } from "./packed-plan.ts";

/** The chunks of one symbol, and which of their dates are wanted. */
export interface SymbolChunks {
  readonly chunks: readonly DayChunk[];
  readonly dates: ReadonlySet<DayNumber>;
}

/**
 * Chunks of several symbols as portions in which every date stands once, so that one worker does all of a date. The symbol with
 * the most chunks cuts the dates; the others' chunks are cut with it.
 */
export function joinPortions(symbols: readonly SymbolChunks[]): DayPortion[] {
  const bySize = symbols.toSorted((a, b) => b.chunks.length - a.chunks.length);
  const portionOf = new Map<DayNumber, number>();
  let portions = 0;
  for (const { chunks, dates } of bySize) {
    for (const chunk of chunks) {
      const own = chunk.dates.filter((date) => dates.has(date) && !portionOf.has(date));
      for (const date of own) portionOf.set(date, portions);
      if (own.length > 0) portions++;
    }
  }
  const joined = Array.from({ length: portions }, () => ({ dates: [] as DayNumber[], chunks: [] as DayChunk[] }));
  for (const [date, portion] of [...portionOf].sort(([a], [b]) => a - b)) joined[portion].dates.push(date);
  for (const { chunks, dates } of symbols) {
    for (const chunk of chunks) {
      const cut = new Map<number, DayNumber[]>();
      for (const date of chunk.dates) {
        const portion = dates.has(date) ? portionOf.get(date)! : undefined;
        if (portion !== undefined) cut.set(portion, [...(cut.get(portion) ?? []), date]);
      }
      for (const [portion, own] of cut) joined[portion].chunks.push({ ...chunk, dates: own });
    }
  }
  return joined.sort((a, b) => a.dates[0] - b.dates[0]);
}
