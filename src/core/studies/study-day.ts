/** One date of a study: what its series did in each window, and the facts of its spot. */
import { DayGrids } from "../engine/day-grids.ts";
import type { GridView } from "../engine/grid-view.ts";
import type { KeptGrids } from "../engine/kept-grids.ts";
import { lookAt, type LookedAt } from "../engine/looked-at.ts";
import { UnreadableInput, type DayData } from "../engine/ports.ts";
import { factsName, factsOfSpot, spotOf } from "../engine/spot-facts.ts";
import type { Spot } from "../engine/spot.ts";
import { sliceVolume } from "../engine/volume.ts";
import { holdsWindow } from "../engine/windows.ts";
import type { DatedFacts } from "../facts/day-facts.ts";
import type { Slice } from "../grid/slice.ts";
import type { Kernels } from "../kernels.ts";
import type { MarketRules, Session } from "../market/types.ts";
import { DEFAULT_SPOT_MAX_AGE } from "../strategy/schema.ts";
import { parseWindow } from "../strategy/schema-parts.ts";
import type { Strategy } from "../strategy/types.ts";
import type { DayNumber, Second } from "../time.ts";
import { looksBack } from "./parse.ts";
import type { Study, StudySeries } from "./schema.ts";
import { windowFacts, type SecondSeries, type WindowFacts, type WindowMissing } from "./window-facts.ts";

/** The columns that a study reads beside prices and quotes. */
export function studyFields({ series }: Study): readonly string[] {
  return series.some((one) => one !== "spot") ? ["vol_delta", "volume"] : [];
}

/** One window of one series; `series` and `window` are places in the study's lists. */
export interface WindowDay {
  readonly series: number;
  readonly window: number;
  readonly found: WindowFacts | WindowMissing;
  /** The series all day, where it is to be drawn: paise by second of the session, 0 before the first value. */
  readonly path?: Int32Array;
}

export interface StudyDay {
  readonly date: DayNumber;
  /** Null where the date has no spot, and where the study asks for no regime. */
  readonly facts: DatedFacts | null;
  /** None on a date that is only looked at for the regimes of later ones. */
  readonly windows: readonly WindowDay[];
  /** A file that the date needs cannot be used: the date is left out, with this message. */
  readonly unreadable?: string;
  /** Of the session, where paths come with it: second of the day. */
  readonly open?: Second;
}

export interface StudyPass {
  readonly study: Study;
  /** False: the date is one of those before, for regimes. */
  readonly wanted: boolean;
  /** Whether the windows come with their series. */
  readonly paths?: boolean;
  readonly date: DayNumber;
  /** Undefined when the data has no rows of the symbol on the date. */
  readonly data: DayData | undefined;
  readonly rules: MarketRules;
  readonly kernels: Kernels;
  readonly kept?: KeptGrids;
}

export async function studyDay({ study, wanted, paths = false, date, data, rules, kernels, kept }: StudyPass): Promise<StudyDay> {
  const session = rules.session(date);
  if (!data || session === undefined || session === "closed") return { date, facts: null, windows: [] };
  const grids = new DayGrids(kernels, session, kept);
  try {
    const day = new OpenDay(study, data, rules, grids);
    const factsOf = async (): Promise<DatedFacts | null> => {
      const spot = await day.spot();
      return spot ? factsOfSpot(date, spot, session.close - session.open) : null;
    };
    const facts = looksBack(study) ? await data.recall(factsName(study.universe), factsOf) : null;
    return { date, facts, windows: wanted ? await windowsOf(study, day, session, paths) : [], ...(paths && { open: session.open }) };
  } catch (error) {
    if (error instanceof UnreadableInput) return { date, facts: null, windows: [], unreadable: error.message };
    throw error;
  } finally {
    grids.release();
  }
}

async function windowsOf({ series, windows }: Study, day: OpenDay, session: Session, paths: boolean): Promise<WindowDay[]> {
  const found: WindowDay[] = [];
  for (const [place, name] of series.entries()) {
    for (const [window, text] of windows.entries()) {
      const { start, end } = parseWindow(text)!;
      const [from, to] = [start - session.open, end - session.open];
      const values = holdsWindow(session, { start, end }) ? await day.series(name, from, to) : { missing: "the session of the date does not hold the window" };
      found.push({ series: place, window, found: "missing" in values ? values : windowFacts(values, from, to), ...(paths && !("missing" in values) && { path: values.prices }) });
    }
  }
  return found;
}

/** A date with what has been read of it. */
class OpenDay {
  private readonly seconds: number;
  private looked: LookedAt | undefined | null = null;
  private found: Spot | undefined | null = null;
  private readonly volumes = new Map<Slice, Float64Array>();

  constructor(
    private readonly study: Study,
    private readonly data: DayData,
    private readonly rules: MarketRules,
    private readonly grids: DayGrids,
  ) {
    this.seconds = grids.session.close - grids.session.open;
  }

  get date(): DayNumber {
    return this.data.date;
  }

  async spot(): Promise<Spot | undefined> {
    if (this.found !== null) return this.found;
    this.found = await spotOf(universeOf(this.study), this.data, this.grids, () => this.options());
    return this.found;
  }

  private async options(): Promise<LookedAt | undefined> {
    if (this.looked === null) this.looked = await lookAt(universeOf(this.study), this.data, this.rules, this.grids);
    return this.looked;
  }

  /** A series by second. Of options it is that of the contracts that are at the money when the window begins. */
  async series(name: StudySeries, from: number, to: number): Promise<SecondSeries | WindowMissing> {
    const { grids, data } = this;
    switch (name) {
      case "spot": {
        const spot = await this.spot();
        return spot ? this.seen(spot.grid, null, spot.barSpan) : { missing: "no spot: the date has neither index, future nor options" };
      }
      case "future": {
        const slice = await data.future();
        return slice ? this.seen(grids.of(slice, "row"), this.volumeOf(slice), slice.barSpan) : { missing: "no future has rows on the date" };
      }
      case "atm_ce":
        return this.contract(0, from, to);
      case "atm_pe":
        return this.contract(1, from, to);
      case "straddle": {
        const [call, put] = [await this.contract(0, from, to), await this.contract(1, from, to)];
        return "missing" in call ? call : "missing" in put ? put : sumOf(call, put);
      }
    }
  }

  private async contract(cp: number, from: number, to: number): Promise<SecondSeries | WindowMissing> {
    const options = await this.options();
    if (!options) return { missing: `no contract of the wanted expiry (${this.study.universe.expiry}) has rows` };
    const { market, spot: { grid, barSpan } } = options;
    const maxAge = this.maxAge(barSpan);
    let s = from;
    while (s < to && !(grid.price(s) > 0 && (grid.priceAge(s) ?? Infinity) <= maxAge)) s++;
    if (s === to) return { missing: "no spot in the window to choose the strike by" };
    const contract = await options.contractAt(grid.price(s), cp, 0);
    if (contract === null) return { missing: `no ${cp === 0 ? "call" : "put"} is listed at the money` };
    const slice = market.slice(contract)!;
    return this.seen(market.grid(contract), this.volumeOf(slice), slice.barSpan);
  }

  /** Copies: what is worked out next would end views of the kernels' memory. */
  private seen(grid: GridView, volume: Float64Array | null, barSpan: number | undefined): SecondSeries {
    const { seconds } = this;
    return { prices: grid.prices(seconds).slice(), since: grid.priceSeconds(seconds).slice(), volume, maxAge: this.maxAge(barSpan) };
  }

  /** Bars are as old as their span before the next one is known. */
  private maxAge(barSpan: number | undefined): number {
    return Math.max(this.study.max_age, barSpan ?? 0);
  }

  private volumeOf(slice: Slice): Float64Array | null {
    if (!slice.fields.has("volume") && !slice.fields.has("vol_delta")) return null;
    const known = this.volumes.get(slice);
    if (known) return known;
    const volume = new Float64Array(this.seconds);
    sliceVolume(slice, this.grids.session.open, studyFields(this.study), volume);
    this.volumes.set(slice, volume);
    return volume;
  }
}

/** Both sides together: missing while either is, as old as the older of them. */
function sumOf(call: SecondSeries, put: SecondSeries): SecondSeries {
  const both = (a: Float64Array, b: Float64Array) => a.map((value, s) => value + b[s]);
  return {
    prices: call.prices.map((price, s) => (price > 0 && put.prices[s] > 0 ? price + put.prices[s] : 0)),
    since: call.since.map((second, s) => Math.min(second, put.since[s])),
    volume: call.volume && put.volume && both(call.volume, put.volume),
    maxAge: Math.max(call.maxAge, put.maxAge),
  };
}

function universeOf({ universe }: Study): Strategy["universe"] {
  return { ...universe, dte: null, spot_max_age: DEFAULT_SPOT_MAX_AGE, expiry_missing: "use_next", greeks: "computed" };
}
