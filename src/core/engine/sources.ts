/** What the series of §5 read: one instrument, one contract after another, or the sum of two. */
import type { Slice } from "../grid/slice.ts";
import type { Kernels } from "../kernels.ts";
import { splice } from "../series/grid-series.ts";
import type { Series, SeriesDay } from "../series/series-day.ts";
import { GRID_ARRAYS } from "./day-grids.ts";
import { NeedContracts, type DayMarket } from "./day-market.ts";
import { GridView } from "./grid-view.ts";
import { instrumentOf, InstrumentValues, type Instrument } from "./instrument-values.ts";
import type { ContractCell, StrikeSelector } from "./select.ts";

/** For each second the place of a contract in `contracts` (i32 in kernel memory), −1 for none. */
interface Places {
  readonly which: number;
  readonly contracts: readonly number[];
}

/** A contract for each second of the session. */
export interface Splice extends Places {
  readonly key: string;
  /** The same second by second in stretches. */
  readonly runs: readonly Run[];
}

/** Seconds [from, to) with one contract; −1 for none. */
interface Run {
  readonly contract: number;
  readonly from: number;
  readonly to: number;
}

/** Spot values in paise, both ends included. */
type SpotRange = Pick<ContractCell, "low" | "high">;

/** Largest price of a grid. */
const MOST_PAISE = 2 ** 31 - 1;
/** Before spot has its first value. */
const NO_SPOT: SpotRange = { low: 0, high: 0 };

/** Seconds [from, to) whose spot values are all in one range. */
interface Stretch extends SpotRange {
  /** The same number for the same range. */
  readonly range: number;
  readonly from: number;
  readonly to: number;
}

export class Sources extends InstrumentValues {
  private readonly splices = new Map<string, Splice>();
  private nearest: readonly Stretch[] | undefined;
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
    const instrument = instrumentOf(`contract ${number}`, this.market.grid(number), this.market.slice(number)!, this.market.seconds);
    this.instruments.set(number, instrument);
    return instrument;
  }

  /** The contract that a leg `{cp, atm}` would take at each second. Asks for all contracts of the day at once. */
  splice(cp: number, atm: number): Splice {
    const key = `${cp} ${atm}`;
    const known = this.splices.get(key);
    if (known) return known;
    const splice = this.spliceOf(key, this.runs(cp, atm));
    this.splices.set(key, splice);
    return splice;
  }

  /** From which second to which spot chooses the same contract. Metrics go on with the carried spot, whatever its age. */
  private runs(cp: number, atm: number): Run[] {
    const prices = this.spot.prices(this.market.seconds);
    const runs: Run[] = [];
    const bySpot = new Map<number, ContractCell>([[0, { contract: null, ...NO_SPOT }]]);
    /** Of the ranges that have one contract whatever their spot. */
    const whole: (ContractCell | undefined)[] = [];
    let need: NeedContracts | undefined;
    const cellOf = (spot: number): ContractCell => {
      try {
        return this.selector.contractCell(spot, cp, atm);
      } catch (error) {
        if (!(error instanceof NeedContracts)) throw error;
        need = error;
        // Spots with the same strike nearest want the same contracts.
        return { contract: null, ...this.selector.nearestRange(spot) };
      }
    };
    for (const stretch of this.stretches()) {
      const same = whole[stretch.range];
      if (same) {
        runs.push({ contract: same.contract ?? -1, from: stretch.from, to: stretch.to });
        continue;
      }
      for (let from = stretch.from, to = from; from < stretch.to; from = to) {
        const spot = prices[from];
        const cell = bySpot.get(spot) ?? cellOf(spot);
        bySpot.set(spot, cell);
        if (cell.low <= stretch.low && cell.high >= stretch.high) to = stretch.to;
        else while (to < stretch.to && prices[to] >= cell.low && prices[to] <= cell.high) to++;
        runs.push({ contract: cell.contract ?? -1, from, to });
        if (cell.low <= stretch.low && cell.high >= stretch.high) whole[stretch.range] = cell;
      }
    }
    if (need) throw need;
    return runs;
  }

  /** The session in seconds with the same strike nearest to spot, found once for all splices. */
  private stretches(): readonly Stretch[] {
    return (this.nearest ??= stretchesOf(this.market.kernels, this.spot, this.market.seconds, (spot) => this.selector.nearestRange(spot)));
  }

  private spliceOf(key: string, runs: readonly Run[]): Splice {
    let made: Places | undefined;
    const places = () => (made ??= placesOf(this.market.kernels, this.market.seconds, runs));
    return {
      key,
      runs,
      get which() {
        return places().which;
      },
      get contracts() {
        return places().contracts;
      },
    };
  }

  /** The contracts of a splice as one instrument: in each second the rows and the book of the one that is chosen. */
  spliced({ key, runs }: Splice): Instrument {
    const known = this.instruments.get(key);
    if (known) return known;
    const { market } = this;
    let grid: GridView | undefined;
    const instrument: Instrument = {
      key: `splice ${key}`,
      get grid() {
        return (grid ??= spliceGrid(market, runs));
      },
      get parts() {
        return runs.map(({ contract, from, to }) => ({ grid: contract < 0 ? undefined : market.grid(contract), from, to }));
      },
      segments: runs.map(({ contract, from, to }) => ({ slice: contract < 0 ? undefined : (market.slice(contract) ?? undefined), from, to })),
    };
    this.instruments.set(key, instrument);
    return instrument;
  }

  /** Second by second what `of` gives for the instrument that is chosen. */
  splicedSeries({ which, contracts }: Pick<Splice, "which" | "contracts">, of: (contract: number) => Series): Series {
    return splice(this.day, which, contracts.map(of));
  }

  /** What comes of cumulative volume is the same for every strategy of the date, and kept; of `vol_delta` the columns that the strategy reads decide which rows repeat another. */
  protected override makeVolume(slice: Slice): number {
    return slice.fields.has("volume") ? this.market.volume(slice) : super.makeVolume(slice);
  }
}

/** The grid of one contract after another; empty in seconds without one. */
function spliceGrid(market: DayMarket, runs: readonly Run[]): GridView {
  const { kernels, stride } = market;
  const pointer = kernels.run.alloc(GRID_ARRAYS * stride * 4);
  const grids = runs.map(({ contract }) => (contract < 0 ? 0 : market.grid(contract).pointer));
  kernels.scoped(() => {
    const table = kernels.run.alloc(runs.length * 12);
    const { i32 } = kernels;
    let at = table >> 2;
    for (let i = 0; i < runs.length; i++) {
      i32[at++] = grids[i];
      i32[at++] = runs[i].from;
      i32[at++] = runs[i].to;
    }
    kernels.run.spliceGrid(table, runs.length, stride, pointer);
  });
  return new GridView(kernels, pointer, stride);
}

function placesOf(kernels: Kernels, seconds: number, runs: readonly Run[]): Places {
  const which = kernels.run.alloc(seconds * 4);
  const placeOf = new Map<number, number>([[-1, -1]]);
  for (const { contract, from, to } of runs) {
    if (!placeOf.has(contract)) placeOf.set(contract, placeOf.size - 1);
    kernels.i32.fill(placeOf.get(contract)!, (which >> 2) + from, (which >> 2) + to);
  }
  return { which, contracts: [...placeOf.keys()].slice(1) };
}

/** `rangeOf` tells which values belong together with one; those without spot (0) are of one kind too. */
function stretchesOf(kernels: Kernels, grid: GridView, seconds: number, rangeOf: (spot: number) => SpotRange): readonly Stretch[] {
  const ranges: SpotRange[] = [NO_SPOT];
  const stretches: Stretch[] = [];
  for (let from = 0, to = 0; from < seconds; from = to) {
    const spot = grid.price(from);
    let place = ranges.findIndex(({ low, high }) => spot >= low && spot <= high);
    if (place < 0) place = ranges.push(rangeOf(spot)) - 1;
    const range = ranges[place];
    to = kernels.run.firstOutside(grid.pricePointer, from, seconds, range.low, Math.min(range.high, MOST_PAISE));
    stretches.push({ range: place, low: range.low, high: range.high, from, to });
  }
  return stretches;
}
