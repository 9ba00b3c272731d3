/** The values by second of whatever has a grid and rows: prices, quotes, the book, volume. */
import type { Slice } from "../grid/slice.ts";
import { arithmetic } from "../series/arithmetic.ts";
import { priceSeries, quoteSeries, type Grids, type QuoteValue } from "../series/grid-series.ts";
import { listRuns, type Runs } from "../series/runs.ts";
import type { Series, SeriesDay } from "../series/series-day.ts";
import type { Second } from "../time.ts";
import { fieldSeries, type RowsThatSpeak } from "./field-series.ts";
import type { GridView } from "./grid-view.ts";
import { sliceVolume, volumeSeries } from "./volume.ts";

/** What has values by second: spot, future, VIX, a contract, or a splice of contracts. */
export interface Instrument {
  readonly key: string;
  readonly grid: GridView;
  /** What it is made of, by the places of the runs: grids, and the rows that they are of. */
  readonly grids: Grids;
  readonly slices: readonly (Slice | undefined)[];
  readonly runs: Runs;
}

/** A value of one instrument by second; see `RowsThatSpeak` for fields. */
export type Quantity =
  | { readonly kind: "price" | "volume" | "oi" }
  | { readonly kind: QuoteValue }
  | { readonly kind: "field"; readonly name: string }
  | { readonly kind: "microprice" }
  | { readonly kind: "imbalance"; readonly levels: number };

export function quantityKey(quantity: Quantity): string {
  return quantity.kind === "field" ? `field ${quantity.name}` : quantity.kind === "imbalance" ? `imbalance ${quantity.levels}` : quantity.kind;
}

/** Each value of an instrument is worked out once. */
export class InstrumentValues {
  private readonly cache = new Map<string, Series>();
  /** Addresses of volume by second. */
  private readonly volumes = new Map<Slice, number>();

  constructor(
    readonly day: SeriesDay,
    /** Of the session. */
    private readonly open: Second,
    /** The columns that are read beside prices and quotes. */
    private readonly columns: readonly string[],
  ) {}

  cached(key: string, make: () => Series): Series {
    const known = this.cache.get(key);
    if (known) return known;
    const series = make();
    this.cache.set(key, series);
    return series;
  }

  /** A quantity of one instrument. */
  of(instrument: Instrument, quantity: Quantity): Series {
    return this.cached(`${instrument.key} ${quantityKey(quantity)}`, () => this.make(instrument, quantity));
  }

  private make(instrument: Instrument, quantity: Quantity): Series {
    const { day } = this;
    switch (quantity.kind) {
      case "price":
        return this.lasting(instrument, quantity, (out) => priceSeries(day, instrument.grids, instrument.runs, out));
      case "volume":
        return this.lasting(instrument, quantity, (out) => volumeSeries(day, instrument.slices, instrument.runs, (slice) => this.volumeOf(slice), out));
      case "oi":
        return this.field(instrument, "oi", "valid");
      case "field":
        return this.field(instrument, quantity.name, "latest");
      case "microprice":
        return this.microprice(instrument);
      case "imbalance":
        return this.imbalance(instrument, quantity.levels);
      default:
        return this.lasting(instrument, quantity, (out) => quoteSeries(day, instrument.grids, instrument.runs, quantity.kind, out));
    }
  }

  /** A series that nothing but the rows decides, and which are looked at when. */
  protected lasting(_instrument: Instrument, _quantity: Quantity, fill: (out: Series) => Series): Series {
    return fill(this.day.newSeries());
  }

  private volumeOf(slice: Slice): number {
    let pointer = this.volumes.get(slice);
    if (pointer === undefined) this.volumes.set(slice, (pointer = this.makeVolume(slice)));
    return pointer;
  }

  /** Address of the rows' volume by second. */
  protected makeVolume(slice: Slice): number {
    const { day } = this;
    const { pointer } = day.newSeries();
    sliceVolume(slice, this.open, this.columns, day.kernels.f64.subarray(pointer >> 3, (pointer >> 3) + day.seconds));
    return pointer;
  }

  private field({ slices, runs, key }: Instrument, name: string, which: RowsThatSpeak): Series {
    const segments = () => listRuns(this.day.kernels, runs).map(({ place, from, to }) => ({ slice: slices[place], from, to }));
    return this.cached(`${key} ${which} ${name}`, () => fieldSeries(this.day, segments(), name, this.open, which));
  }

  /** (bid · ask quantity + ask · bid quantity) / their sum, level 1; missing when either quantity is. */
  private microprice(instrument: Instrument): Series {
    const { day } = this;
    const [bids, asks] = [this.quantity(instrument, "b", 0, NaN), this.quantity(instrument, "s", 0, NaN)];
    const weighted = (price: QuoteValue, quantity: Series) => arithmetic(day, "mul", [this.of(instrument, { kind: price }), quantity]);
    return arithmetic(day, "div", [arithmetic(day, "add", [weighted("bid", asks), weighted("ask", bids)]), arithmetic(day, "add", [bids, asks])]);
  }

  private imbalance(instrument: Instrument, levels: number): Series {
    const { day } = this;
    const total = (side: "b" | "s") => {
      const quantities = Array.from({ length: levels }, (_, level) => this.quantity(instrument, side, level, 0));
      return quantities.slice(1).reduce((sum, next) => arithmetic(day, "add", [sum, next]), quantities[0]);
    };
    const [bids, asks] = [total("b"), total("s")];
    return arithmetic(day, "div", [arithmetic(day, "sub", [bids, asks]), arithmetic(day, "add", [bids, asks])]);
  }

  /** Quantity of a level at the latest valid quote; `missing` where that level has none, missing before the first quote. */
  private quantity(instrument: Instrument, side: "b" | "s", level: number, missing: number): Series {
    const { day } = this;
    return this.cached(`${instrument.key} ${side}${level} ${missing}`, () => {
      const raw = this.field(instrument, `${side}q${level}`, "quoted");
      const price = this.field(instrument, `${side}p${level}`, "quoted");
      const out = day.newSeries();
      const memory = day.kernels.f64;
      for (let s = 0; s < day.seconds; s++) {
        const quantity = memory[(raw.pointer >> 3) + s];
        const usable = quantity > 0 && quantity < Infinity && memory[(price.pointer >> 3) + s] > 0;
        memory[(out.pointer >> 3) + s] = instrument.grid.bid(s) === 0 ? NaN : usable ? quantity : missing;
      }
      return out;
    });
  }

  /** The sum of two series of which a missing value counts 0. */
  sumOrZero(a: Series, b: Series): Series {
    return this.cached(`sum of ${a.pointer} and ${b.pointer}`, () => {
      const out = this.day.newSeries();
      this.day.kernels.run.sumOrZero(a.pointer, b.pointer, this.day.seconds, out.pointer);
      return out;
    });
  }

  /** Values with missing ones as 0: what a sum over sides takes of volume. */
  orZero(series: Series): Series {
    return this.cached(`or zero ${series.pointer}`, () => {
      const out = this.day.newSeries();
      this.day.kernels.run.orZero(series.pointer, this.day.seconds, out.pointer);
      return out;
    });
  }
}

/** One grid and its rows all day. */
export function instrumentOf(day: SeriesDay, key: string, grid: GridView, slice: Slice | undefined): Instrument {
  return { key, grid, grids: [grid], slices: [slice], runs: day.whole };
}
