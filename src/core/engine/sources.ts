/** What the series of §5 read: one instrument, one contract after another, or the sum of two. */
import type { Slice } from "../grid/slice.ts";
import type { Kernels } from "../kernels.ts";
import { splice, type Grids } from "../series/grid-series.ts";
import { listRuns, putRuns, RUN_BYTES, withTable, type Run, type Runs } from "../series/runs.ts";
import { Series, type SeriesDay } from "../series/series-day.ts";
import { GRID_ARRAYS } from "./day-grids.ts";
import { NeedContracts, type DayMarket } from "./day-market.ts";
import { GridView } from "./grid-view.ts";
import { instrumentOf, InstrumentValues, quantityKey, type Instrument, type Quantity } from "./instrument-values.ts";
import type { ContractCell, StrikeSelector } from "./select.ts";

/** A contract for each second of the session. */
export interface Splice {
  readonly key: string;
  /** By the places of the runs; −1: none. */
  readonly contracts: readonly number[];
  readonly runs: Runs;
  /** Address of the place by second (i32); −1 where there is no contract. */
  readonly which: number;
}

/** Spot values in paise, both ends included. */
type SpotRange = Pick<ContractCell, "low" | "high">;

/** Largest price of a grid. */
const MOST_PAISE = 2 ** 31 - 1;
/** Before spot has its first value. */
const NO_SPOT: SpotRange = { low: 0, high: 0 };

/** The session in runs with the same strike nearest to spot: a place for each of the ranges of spot in which it is the same. */
interface Stretches {
  readonly ranges: readonly (SpotRange & { /** The first of the day in the range. */ readonly spot: number })[];
  readonly runs: Runs;
}

export class Sources extends InstrumentValues {
  private readonly splices = new Map<string, Splice>();
  private nearest: Stretches | undefined;
  /** By contract number, or by the key of a splice. */
  private readonly instruments = new Map<number | string, Instrument>();

  constructor(
    day: SeriesDay,
    readonly market: DayMarket,
    private readonly selector: StrikeSelector,
    private readonly spot: GridView,
    columns: readonly string[],
  ) {
    super(day, market.session.open, columns);
  }

  contract(number: number): Instrument {
    const known = this.instruments.get(number);
    if (known) return known;
    if (!this.market.listed(number)) throw new Error(`Contract ${number} is not listed: it has no series.`);
    const instrument = instrumentOf(this.day, `contract ${number}`, this.market.grid(number), this.market.slice(number)!);
    this.instruments.set(number, instrument);
    return instrument;
  }

  /** The contract that a leg `{cp, atm}` would take at each second. Asks for all contracts of the day at once. */
  splice(cp: number, atm: number): Splice {
    const key = `${cp} ${atm}`;
    const known = this.splices.get(key);
    if (known) return known;
    const { contracts, runs } = this.chosen(cp, atm);
    const { kernels, seconds } = this.market;
    let which: number | undefined;
    const splice: Splice = {
      key, contracts, runs,
      get which() {
        return (which ??= placesOf(kernels, seconds, contracts, runs));
      },
    };
    this.splices.set(key, splice);
    return splice;
  }

  /** From which second to which spot chooses the same contract. Metrics go on with the carried spot, whatever its age. */
  private chosen(cp: number, atm: number): Pick<Splice, "contracts" | "runs"> {
    const { ranges, runs } = (this.nearest ??= stretchesOf(this.market, this.spot, (spot) => this.selector.nearestRange(spot)));
    let need: NeedContracts | undefined;
    const cellOf = (spot: number): ContractCell => {
      if (spot === 0) return { contract: null, ...NO_SPOT };
      try {
        return this.selector.contractCell(spot, cp, atm);
      } catch (error) {
        if (!(error instanceof NeedContracts)) throw error;
        need = error;
        // Spots with the same strike nearest want the same contracts.
        return { contract: null, ...this.selector.nearestRange(spot) };
      }
    };
    // What is thrown and caught takes longer than the search.
    this.market.listedOf(ranges.flatMap(({ spot }) => (spot === 0 ? [] : (this.selector.firstUnread(spot, cp, atm) ?? []))));
    const cells = ranges.map(({ spot }) => cellOf(spot));
    const whole = cells.map((cell, place) => covers(cell, ranges[place]));
    const found = whole.includes(false) ? this.bySpot(runs, cells, whole, cellOf) : { contracts: cells.map(contractOf), runs };
    if (need) throw need;
    return found;
  }

  /** The same where the contract is not one for all spots of a range. */
  private bySpot(stretches: Runs, cells: readonly ContractCell[], whole: readonly boolean[], cellOf: (spot: number) => ContractCell): Pick<Splice, "contracts" | "runs"> {
    const { kernels, seconds } = this.market;
    const known = new Map<number, ContractCell>();
    const contracts: number[] = [];
    const runs: Run[] = [];
    const push = (cell: ContractCell, from: number, to: number) => {
      const contract = contractOf(cell);
      let place = contracts.indexOf(contract);
      if (place < 0) place = contracts.push(contract) - 1;
      runs.push({ place, from, to });
    };
    for (const stretch of listRuns(kernels, stretches)) {
      if (whole[stretch.place]) {
        push(cells[stretch.place], stretch.from, stretch.to);
        continue;
      }
      for (let from = stretch.from, to = from; from < stretch.to; from = to) {
        const prices = this.spot.prices(seconds);
        const cell = known.get(prices[from]) ?? cellOf(prices[from]);
        known.set(prices[from], cell);
        while (to < stretch.to && prices[to] >= cell.low && prices[to] <= cell.high) to++;
        push(cell, from, to);
      }
    }
    return { contracts, runs: putRuns(kernels, runs) };
  }

  /** The contracts of a splice as one instrument: in each second the rows and the book of the one that is chosen. */
  spliced({ key, contracts, runs }: Splice): Instrument {
    const known = this.instruments.get(key);
    if (known) return known;
    const { market } = this;
    let grid: GridView | undefined;
    const instrument: Instrument = {
      key: `splice ${key}`, runs,
      get grid() {
        return (grid ??= spliceGrid(market, this.grids, runs));
      },
      get grids() {
        return contracts.map((contract) => (contract < 0 ? undefined : market.grid(contract)));
      },
      slices: contracts.map((contract) => (contract < 0 ? undefined : (market.slice(contract) ?? undefined))),
    };
    this.instruments.set(key, instrument);
    return instrument;
  }

  /** Second by second what `of` gives for the instrument that is chosen. */
  splicedSeries({ which, contracts }: Pick<Splice, "which" | "contracts">, of: (contract: number) => Series): Series {
    return splice(this.day, which, contracts.map((contract) => (contract < 0 ? undefined : of(contract))));
  }

  /** Kept from run to run, where there is room. */
  protected override lasting(instrument: Instrument, quantity: Quantity, fill: (out: Series) => Series): Series {
    const { day, market } = this;
    const { slices, runs } = instrument;
    if (quantity.kind === "volume" && !slices.every((slice) => slice === undefined || slice.fields.has("volume"))) return fill(day.newSeries());
    const origin = { slices, runs: day.kernels.i32.subarray(runs.pointer >> 2, (runs.pointer + runs.count * RUN_BYTES) >> 2) };
    const kept = market.series(`${instrument.key} ${quantityKey(quantity)}`, origin, day.slots * 8, (pointer) => void fill(new Series(pointer)));
    return kept === undefined ? fill(day.newSeries()) : new Series(kept);
  }

  /** What comes of cumulative volume is the same for every strategy of the date, and kept; of `vol_delta` the columns that the strategy reads decide which rows repeat another. */
  protected override makeVolume(slice: Slice): number {
    return slice.fields.has("volume") ? this.market.volume(slice) : super.makeVolume(slice);
  }
}

function contractOf({ contract }: ContractCell): number {
  return contract ?? -1;
}

function covers(cell: ContractCell, { low, high }: SpotRange): boolean {
  return cell.low <= low && cell.high >= high;
}

/** The grid of one contract after another; empty in seconds without one. */
function spliceGrid(market: DayMarket, grids: Grids, { pointer, count }: Runs): GridView {
  const { kernels, stride } = market;
  const out = kernels.run.alloc(GRID_ARRAYS * stride * 4);
  withTable(kernels, grids.map((grid) => grid?.pointer), (table) => kernels.run.spliceGrid(pointer, count, table, stride, out));
  return new GridView(kernels, out, stride);
}

function placesOf(kernels: Kernels, seconds: number, contracts: readonly number[], runs: Runs): number {
  const which = kernels.run.alloc(seconds * 4);
  for (const { place, from, to } of listRuns(kernels, runs)) kernels.i32.fill(contracts[place] < 0 ? -1 : place, (which >> 2) + from, (which >> 2) + to);
  return which;
}

/** `rangeOf` tells which values belong together with one; those without spot (0) are of one kind too. */
function stretchesOf({ kernels, seconds, strikes }: DayMarket, grid: GridView, rangeOf: (spot: number) => SpotRange): Stretches {
  const ranges: Stretches["ranges"][number][] = [];
  const pointer = kernels.run.alloc(seconds * RUN_BYTES);
  let count = 0;
  kernels.scoped(() => {
    // A range for each strike, one for a day without any, one for seconds without spot.
    const table = kernels.run.alloc((strikes.length + 2) * 8);
    for (let from = 0; from < seconds; from = kernels.i32[((pointer + count * RUN_BYTES) >> 2) - 1]) {
      const spot = grid.price(from);
      const { low, high } = spot === 0 ? NO_SPOT : rangeOf(spot);
      kernels.i32.set([low, Math.min(Math.floor(high), MOST_PAISE)], (table >> 2) + 2 * ranges.length);
      ranges.push({ spot, low, high });
      count += kernels.run.rangeRuns(grid.pricePointer, from, seconds, table, ranges.length, pointer + count * RUN_BYTES);
    }
  });
  return { ranges, runs: { pointer, count } };
}
