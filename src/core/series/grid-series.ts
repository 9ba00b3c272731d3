/** Series of what a grid holds, and of one contract after another (semantics §5). */
import { PAISE_PER_RUPEE, TICK_PAISE } from "../money.ts";
import { withTable, type Runs } from "./runs.ts";
import type { Series, SeriesDay } from "./series-day.ts";

/** A grid in kernel memory: bid, ask, quoteSecond, price, priceSecond, `stride` entries each (assembly/grid.ts). */
export interface GridMemory {
  readonly pointer: number;
  readonly stride: number;
}

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

/** By the places of the runs; undefined: nothing, all is missing. */
export type Grids = readonly (GridMemory | undefined)[];

function ofGrids(day: SeriesDay, grids: Grids, out: Series, write: (table: number, stride: number) => void): Series {
  const stride = grids.find((grid) => grid !== undefined)?.stride ?? 0;
  withTable(day.kernels, grids.map((grid) => grid?.pointer), (table) => write(table, stride));
  return out;
}

/** The last price, in rupees. */
export function priceSeries(day: SeriesDay, grids: Grids, { pointer, count }: Runs, out = day.newSeries()): Series {
  return ofGrids(day, grids, out, (table, stride) => day.kernels.run.rupees(pointer, count, table, PRICE_ARRAY * stride * BYTES_PER_PAISE, out.pointer));
}

/** A value of the last valid quote, whatever its age, in rupees or ticks. */
export function quoteSeries(day: SeriesDay, grids: Grids, { pointer, count }: Runs, value: QuoteValue, out = day.newSeries()): Series {
  const [bid, ask, divisor] = QUOTES[value];
  return ofGrids(day, grids, out, (table, stride) => day.kernels.run.quoteSeries(pointer, count, table, stride, bid, ask, divisor, out.pointer));
}

/**
 * In each second the value of one of several series. `which` is the address of the place in `parts` by second (i32),
 * −1 for none; a part that is undefined has no value.
 */
export function splice(day: SeriesDay, which: number, parts: readonly (Series | undefined)[]): Series {
  const { kernels } = day;
  const out = day.newSeries();
  withTable(kernels, parts.map((part) => part?.pointer), (table) => kernels.run.splice(which, table, day.seconds, out.pointer));
  return out;
}
