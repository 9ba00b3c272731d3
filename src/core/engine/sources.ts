/** What the series of §5 read: one instrument, one contract after another, or the sum of two. */
import type { Slice } from "../grid/slice.ts";
import { absolute, arithmetic } from "../series/arithmetic.ts";
import { priceSeries, quoteSeries, splice, type QuoteValue } from "../series/grid-series.ts";
import type { Series, SeriesDay } from "../series/series-day.ts";
import { volumes } from "../series/trailing.ts";
import { deltaVolumes, fieldSeries } from "./field-series.ts";
import { NeedContracts, type DayMarket } from "./day-market.ts";
import type { GridView } from "./grid-view.ts";
import type { StrikeSelector } from "./select.ts";

/** An instrument of its own rows: spot, future, VIX, or a contract. `slice` is absent for a synthetic spot. */
export interface Instrument {
  readonly key: string;
  readonly grid: GridView;
  readonly slice: Slice | undefined;
}

/** For each second the place of an instrument in `parts` (i32 in kernel memory), −1 for none. */
export interface Splice {
  readonly key: string;
  readonly which: number;
  readonly contracts: readonly number[];
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

export class Sources {
  private readonly cache = new Map<string, Series>();
  private readonly splices = new Map<string, Splice>();
  private readonly instruments = new Map<number, Instrument>();

  constructor(
    readonly day: SeriesDay,
    readonly market: DayMarket,
    private readonly selector: StrikeSelector,
    private readonly spot: GridView,
    /** The columns that the strategy reads beside prices and quotes. */
    private readonly columns: readonly string[],
  ) {}

  cached(key: string, make: () => Series): Series {
    const known = this.cache.get(key);
    if (known) return known;
    const series = make();
    this.cache.set(key, series);
    return series;
  }

  contract(number: number): Instrument {
    const known = this.instruments.get(number);
    if (known) return known;
    if (!this.market.listed(number)) throw new Error(`Contract ${number} is not listed: it has no series.`);
    const instrument = { key: `contract ${number}`, grid: this.market.grid(number), slice: this.market.slice(number)! };
    this.instruments.set(number, instrument);
    return instrument;
  }

  /** The contract that a leg `{cp, atm}` would take at each second. Asks for all contracts of the day at once. */
  splice(cp: number, atm: number): Splice {
    const key = `${cp} ${atm}`;
    const known = this.splices.get(key);
    if (known) return known;
    const { seconds, kernels } = this.market;
    const chosen = new Int32Array(seconds).fill(-1);
    const bySpot = new Map<number, number>();
    let need: NeedContracts | undefined;
    for (let s = 0; s < seconds; s++) {
      // Metrics go on with the carried spot, whatever its age.
      const spot = this.spot.price(s);
      if (spot === 0) continue;
      let contract = bySpot.get(spot);
      if (contract === undefined) {
        try {
          contract = this.selector.contractAt(spot, cp, atm) ?? -1;
        } catch (error) {
          if (!(error instanceof NeedContracts)) throw error;
          need = error;
          contract = -1;
        }
        bySpot.set(spot, contract);
      }
      chosen[s] = contract;
    }
    if (need) throw need;
    const contracts = [...new Set(bySpot.values())].filter((number) => number >= 0);
    const placeOf = new Map(contracts.map((number, place) => [number, place]));
    const which = kernels.run.alloc(seconds * 4);
    for (let s = 0; s < seconds; s++) kernels.i32[(which >> 2) + s] = placeOf.get(chosen[s]) ?? -1;
    const found = { key, which, contracts };
    this.splices.set(key, found);
    return found;
  }

  /** Second by second what `of` gives for the instrument that is chosen. */
  spliced({ which, contracts }: Splice, of: (contract: number) => Series): Series {
    return splice(this.day, which, contracts.map(of));
  }

  /** A quantity of one instrument. */
  of(instrument: Instrument, quantity: Quantity): Series {
    return this.cached(`${instrument.key} ${quantityKey(quantity)}`, () => this.make(instrument, quantity));
  }

  private make(instrument: Instrument, quantity: Quantity): Series {
    const { day, market } = this;
    const { grid, slice } = instrument;
    const { open } = market.session;
    switch (quantity.kind) {
      case "price":
        return priceSeries(day, grid);
      case "volume":
        if (slice?.fields.has("vol_delta") && !slice.fields.has("volume")) return deltaVolumes(day, slice, open, this.columns);
        return volumes(day, this.field(instrument, "volume", "valid"));
      case "oi":
        return this.field(instrument, "oi", "valid");
      case "field":
        return this.field(instrument, quantity.name, "latest");
      case "microprice":
        return this.microprice(instrument);
      case "imbalance":
        return this.imbalance(instrument, quantity.levels);
      default:
        return quoteSeries(day, grid, quantity.kind);
    }
  }

  private field({ slice, key }: Instrument, name: string, which: "latest" | "valid" | "quoted"): Series {
    const { day } = this;
    return this.cached(`${key} ${which} ${name}`, () => {
      if (slice) return fieldSeries(day, slice, name, this.market.session.open, which);
      const out = day.newSeries();
      day.kernels.f64.fill(NaN, out.pointer >> 3, (out.pointer >> 3) + day.slots);
      return out;
    });
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

  /** Values with missing ones as 0: what a sum over sides takes of volume. */
  orZero(series: Series): Series {
    return this.cached(`or zero ${series.pointer}`, () => {
      const out = this.day.newSeries();
      const memory = this.day.kernels.f64;
      for (let s = 0; s < this.day.seconds; s++) {
        const value = memory[(series.pointer >> 3) + s];
        memory[(out.pointer >> 3) + s] = Number.isNaN(value) ? 0 : value;
      }
      return out;
    });
  }

  absolute(series: Series): Series {
    return absolute(this.day, series);
  }
}
