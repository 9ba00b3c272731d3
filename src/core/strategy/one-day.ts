import { isoDate, type DayNumber } from "../time.ts";
import type { ParsedStrategy, StrategyVariant } from "./types.ts";

/** The strategy with one variant and one date, whatever days it is limited to; the inputs of every trade are kept. */
export function ofOneDay(parsed: ParsedStrategy, { name, swept, strategy }: StrategyVariant, date: DayNumber): ParsedStrategy {
  const day = isoDate(date);
  return { ...parsed, variants: [{ name, swept, strategy: { ...strategy, time: { ...strategy.time, from: day, to: day, days: null }, sampling: { first_trades: Number.MAX_SAFE_INTEGER } } }] };
}
