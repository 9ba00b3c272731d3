/** Series of what a grid holds, and of one contract after another (semantics §5). */
import { TICK_PAISE } from "../money.ts";
import type { Series, SeriesDay } from "./series-day.ts";

/** A grid in kernel memory: bid, ask, quoteSecond, price, priceSecond, `stride` entries each (assembly/grid.ts). */
export interface GridMemory {
  readonly pointer: number;
  readonly stride: number;
}

const PAISE_PER_RUPEE = 100;
const BYTES_PER_PAISE = 4;
const PRICE_ARRAY = 3;
/** How bid and ask are weighted, and what the sum in paise is divided by. */
const QUOTES = {
  bid: [1, 0, PAISE_PER_RUPEE],
  ask: [0, 1, PAISE_PER_RUPEE],
  mid: [1, 1, 2 * PAISE_PER_RUPEE],
  spread: [-1, 1, PAISE_PER_RUPEE],
  spreadTicks: [-1, 1, TICK_PAISE],
} as const;
export type QuoteValue = keyof typeof QUOTES;

/** The last price, in rupees. */
export function priceSeries(day: SeriesDay, grid: GridMemory): Series {
  const out = day.newSeries();
  day.kernels.run.rupees(grid.pointer + PRICE_ARRAY * grid.stride * BYTES_PER_PAISE, day.seconds, out.pointer);
  return out;
}

/** A value of the last valid quote, whatever its age, in rupees or ticks. */
export function quoteSeries(day: SeriesDay, grid: GridMemory, value: QuoteValue): Series {
  const out = day.newSeries();
  const [bid, ask, divisor] = QUOTES[value];
  day.kernels.run.quoteSeries(grid.pointer, grid.stride, bid, ask, divisor, day.seconds, out.pointer);
  return out;
}

/**
 * In each second the value of one of several series. `which` is the address of the place in `parts` by second (i32),
 * −1 for none; a part that is undefined has no value.
 */
export function splice(day: SeriesDay, which: number, parts: readonly (Series | undefined)[]): Series {
  const { kernels } = day;
  const out = day.newSeries();
  kernels.scoped(() => {
    const table = kernels.run.alloc(parts.length * 4);
    parts.forEach((part, i) => (kernels.i32[(table >> 2) + i] = part?.pointer ?? 0));
    kernels.run.splice(which, table, day.seconds, out.pointer);
  });
  return out;
}
