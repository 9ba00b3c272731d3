/** Facts of every second of one instrument, by the rules of the metrics of the same names: one rule for strategies, studies and SQL. */
import type { DayGrids } from "../engine/day-grids.ts";
import { BOOK_FIELDS } from "../engine/book.ts";
import { instrumentOf, InstrumentValues } from "../engine/instrument-values.ts";
import type { Slice } from "../grid/slice.ts";
import { realisedVolatility } from "../series/trailing.ts";
import { SeriesDay, type Series } from "../series/series-day.ts";

/** The unit of each, and what it is. */
export const MICROFACTS = {
  price: { unit: "rupees", help: "last price" },
  ret: { unit: "percent", help: "change of the last price against the second before" },
  bid: { unit: "rupees", help: "best bid of the last valid quote" },
  ask: { unit: "rupees", help: "best ask of the last valid quote" },
  mid: { unit: "rupees", help: "(bid + ask) / 2" },
  spread_ticks: { unit: "ticks", help: "ask − bid in ticks of 0.05" },
  microprice: { unit: "rupees", help: "(bid · ask quantity + ask · bid quantity) / their sum, level 1" },
  imbalance: { unit: "number", help: "(Σ bid quantity − Σ ask quantity) / their sum over five levels" },
  volume: { unit: "units", help: "what cumulative volume grew by in the second" },
  rv_10s: { unit: "percent", help: "realised volatility of the last ten seconds" },
  rv_60s: { unit: "percent", help: "realised volatility of the last minute" },
} as const satisfies Record<string, { readonly unit: string; readonly help: string }>;

export type Microfact = keyof typeof MICROFACTS;
export const MICROFACT_NAMES = Object.keys(MICROFACTS) as readonly Microfact[];
/** The columns that a slice has to carry for all of them. */
export const MICROFACT_FIELDS: readonly string[] = [...BOOK_FIELDS, "vol_delta", "volume"];

const LEVELS = 5;
const RV_SHORT = 10;
const RV_LONG = 60;

/**
 * One number per second of the session, NaN where it is missing: place 0 is the open. The arrays are the caller's.
 * What a slice has no column for (the book, volume) is missing all day.
 */
export function microfacts(grids: DayGrids, slice: Slice): Record<Microfact, Float64Array> {
  const { kernels, session } = grids;
  // The day keeps its grid: only what is made of it is given back.
  const grid = grids.of(slice, "price");
  return kernels.scoped(() => {
    const day = new SeriesDay(kernels, session.close - session.open);
    const instrument = instrumentOf(day, "micro", grid, slice);
    const values = new InstrumentValues(day, session.open, [...slice.fields.keys()]);
    const of = (quantity: Parameters<InstrumentValues["of"]>[1]) => copied(day, values.of(instrument, quantity));
    const price = values.of(instrument, { kind: "price" });
    return {
      price: copied(day, price), ret: returnsOf(copied(day, price)),
      bid: of({ kind: "bid" }), ask: of({ kind: "ask" }), mid: of({ kind: "mid" }), spread_ticks: of({ kind: "spreadTicks" }),
      microprice: of({ kind: "microprice" }), imbalance: of({ kind: "imbalance", levels: LEVELS }), volume: of({ kind: "volume" }),
      rv_10s: copied(day, realisedVolatility(day, price, RV_SHORT)), rv_60s: copied(day, realisedVolatility(day, price, RV_LONG)),
    };
  });
}

/** Percent; missing in the first second and where either value is. */
export function returnsOf(prices: Float64Array): Float64Array {
  return prices.map((price, s) => (s === 0 ? NaN : (price / prices[s - 1] - 1) * 100));
}

function copied(day: SeriesDay, series: Series): Float64Array {
  const first = series.pointer >> 3;
  return day.kernels.f64.slice(first, first + day.seconds);
}
