/** Series of what a grid holds, and of one contract after another (semantics §5). */
import { PAISE_PER_RUPEE, TICK_PAISE } from "../money.ts";
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

/** Seconds [from, to) of a grid; undefined: of none, all is missing. */
export interface GridPart {
  readonly grid: GridMemory | undefined;
  readonly from: number;
  readonly to: number;
}

/** Parts without gaps from the open to the close. `write` is told of each its first slot, its seconds and where they go. */
function ofParts(day: SeriesDay, parts: readonly GridPart[], write: (slot: number, stride: number, seconds: number, out: number) => void): Series {
  const out = day.newSeries();
  const { f64 } = day.kernels;
  for (const { grid, from, to } of parts) {
    if (grid) write(grid.pointer + from * BYTES_PER_PAISE, grid.stride, to - from, out.pointer + from * 8);
    else f64.fill(NaN, (out.pointer >> 3) + from, (out.pointer >> 3) + to);
  }
  return out;
}

/** The last price, in rupees. */
export function priceSeries(day: SeriesDay, parts: readonly GridPart[]): Series {
  const { run } = day.kernels;
  return ofParts(day, parts, (slot, stride, seconds, out) => run.rupees(slot + PRICE_ARRAY * stride * BYTES_PER_PAISE, seconds, out));
}

/** A value of the last valid quote, whatever its age, in rupees or ticks. */
export function quoteSeries(day: SeriesDay, parts: readonly GridPart[], value: QuoteValue): Series {
  const { run } = day.kernels;
  const [bid, ask, divisor] = QUOTES[value];
  return ofParts(day, parts, (slot, stride, seconds, out) => run.quoteSeries(slot, stride, bid, ask, divisor, seconds, out));
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
