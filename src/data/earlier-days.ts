import type { DayData } from "../core/engine/ports.ts";
import type { SymbolName } from "../core/market/types.ts";
import type { DayNumber } from "../core/time.ts";
import type { DayChunk } from "./catalogue/types.ts";
import type { Recalled } from "./date-rows.ts";
import type { DaySource } from "./day-data.ts";

/** Finds the date before another one, for strategies that look back. */
export interface EarlierDays {
  /** The latest date before `date` on which the data may hold rows of the symbol; undefined when there is none. */
  before(symbol: SymbolName, date: DayNumber): DayData | undefined;
}

/** One date alone of each chunk, the same to every run: what is remembered of a date is remembered of its chunk. */
const singled = new WeakMap<DayChunk, Map<DayNumber, DayChunk>>();

function singleDate(chunk: DayChunk, date: DayNumber): DayChunk {
  const dates = singled.get(chunk) ?? new Map<DayNumber, DayChunk>();
  singled.set(chunk, dates);
  const known = dates.get(date) ?? { ...chunk, dates: [date] };
  dates.set(date, known);
  return known;
}

/**
 * Every date is read by itself: a chunk's other dates are of no use to one who looks back a day.
 * @param chunks all dates of each symbol up to the last that runs
 */
export function createEarlierDays(source: DaySource, chunks: readonly DayChunk[]): EarlierDays {
  const chunkOf = new Map(chunks.flatMap((chunk) => chunk.dates.map((date) => [`${chunk.symbol} ${date}`, chunk] as const)));
  const datesOf = new Map<SymbolName, DayNumber[]>();
  for (const { symbol, dates } of chunks) datesOf.set(symbol, [...(datesOf.get(symbol) ?? []), ...dates].sort((a, b) => a - b));
  const known = new Map<string, Recalled>();
  const before = (symbol: SymbolName, date: DayNumber): DayData | undefined => {
    const earlier = datesOf.get(symbol)?.findLast((one) => one < date);
    if (earlier === undefined) return undefined;
    const key = `${symbol} ${earlier}` as const;
    const recalled = known.get(key) ?? new Map();
    known.set(key, recalled);
    return source.day(singleDate(chunkOf.get(key)!, earlier), earlier, () => before(symbol, earlier), recalled);
  };
  return { before };
}
