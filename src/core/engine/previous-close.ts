/**
 * Semantics §2, PREV_CLOSE: the last grid value of a series on the latest earlier date of the data set, run or not, on which it
 * has one. Spot of another source is another series. Rupees.
 */
import type { Slice } from "../grid/slice.ts";
import type { Kernels } from "../kernels.ts";
import type { ContractId } from "../market/contract-id.ts";
import { contractKey } from "../market/contract-id.ts";
import type { MarketRules } from "../market/types.ts";
import type { SpotSource } from "../results/types.ts";
import { seriesKey, type Series } from "../strategy/series.ts";
import type { Strategy } from "../strategy/types.ts";
import { DayGrids } from "./day-grids.ts";
import { CE, NeedContracts, PE } from "./day-market.ts";
import { lookAt } from "./looked-at.ts";
import type { DayData } from "./ports.ts";
import { chooseSpot } from "./spot.ts";

/** The day whose previous closes are asked for. */
export interface ClosesOf {
  readonly universe: Strategy["universe"];
  readonly data: DayData;
  readonly rules: MarketRules;
  readonly kernels: Kernels;
  readonly source: SpotSource;
}

/** Whether a series stands for the own history of contracts: then their own closes count, not those of whatever was chosen then. */
export function hasOwnHistory(series: Series): boolean {
  return series.kind === "leg" || ((series.kind === "contract" || series.kind === "straddle") && series.now);
}

export class PreviousCloses {
  private readonly known = new Map<string, number | null>();
  private readonly wanted = new Map<string, readonly ContractId[]>();

  constructor(private readonly of: ClosesOf) {}

  /** Reads what a series needs that has no history of its own contracts. */
  async learn(series: Series): Promise<void> {
    const key = seriesKey(series);
    if (!this.known.has(key)) this.known.set(key, await this.back((day) => this.closeOf(series, day)));
  }

  /** Of a series that has been learned; null when no earlier date has a value. */
  series(series: Series): number | null {
    const close = this.known.get(seriesKey(series));
    if (close === undefined) throw new Error(`The previous close of ${seriesKey(series)} has not been read.`);
    return close;
  }

  /** Of the contracts taken together, each on the same date. Throws NeedContracts while it has not been read. */
  contracts(contracts: readonly ContractId[]): number | null {
    const key = contracts.map(contractKey).join(" ");
    const close = this.known.get(key);
    if (close !== undefined) return close;
    this.wanted.set(key, contracts);
    throw new NeedContracts("previous closes have to be read first");
  }

  /** Reads everything that is wanted. */
  async supply(): Promise<void> {
    for (const [key, contracts] of this.wanted) this.known.set(key, await this.back(async (day) => sumOf((await day.load(contracts)).map(lastPrice))));
    this.wanted.clear();
  }

  /** The first value that an earlier date gives, from the latest on. */
  private async back(close: (day: DayData) => Promise<number | null>): Promise<number | null> {
    const { data, rules } = this.of;
    for (let day = data.previous(); day; day = day.previous()) {
      const session = rules.session(day.date);
      const paise = session === undefined || session === "closed" ? null : await close(day);
      if (paise !== null) return paise / 100;
    }
    return null;
  }

  private async closeOf(series: Series, day: DayData): Promise<number | null> {
    switch (series.kind) {
      case "future":
      case "vix":
        return lastPrice(await day[series.kind]());
      case "spot": {
        const choice = await chooseSpot(this.of.universe.spot, day);
        if (choice.source !== this.of.source) return null;
        return choice.source === "synthetic" ? this.atClose(day, async ({ spot }) => spot) : lastPrice(choice.slice);
      }
      case "contract":
        return this.atClose(day, ({ chosen }) => chosen(series.cp, series.atm));
      case "straddle":
        return this.atClose(day, async ({ chosen }) => sumOf([await chosen(CE, 0), await chosen(PE, 0)]));
      case "leg":
        throw new Error("A leg has the close of its own contract.");
    }
  }

  /** Looks at the last second of an earlier date: spot, and the price of the contract that a leg would take there. */
  private async atClose(day: DayData, look: (close: { readonly spot: number | null; readonly chosen: (cp: number, atm: number) => Promise<number | null> }) => Promise<number | null>): Promise<number | null> {
    const { universe, rules, kernels } = this.of;
    const session = rules.session(day.date);
    if (session === undefined || session === "closed") return null;
    const grids = new DayGrids(kernels, session);
    try {
      const seen = await lookAt(universe, day, rules, grids);
      if (!seen) return null;
      const { market, contractAt } = seen;
      const spot = seen.spot.grid.price(market.seconds - 1);
      const chosen = async (cp: number, atm: number): Promise<number | null> => {
        if (spot === 0) return null;
        const contract = await contractAt(spot, cp, atm);
        return contract === null ? null : lastPrice(market.slice(contract) ?? undefined);
      };
      return await look({ spot: spot === 0 ? null : spot, chosen });
    } finally {
      grids.release();
    }
  }
}

/** Paise; null without one. The last second of the session carries it. */
function lastPrice(slice: Slice | undefined): number | null {
  return slice?.price.findLast((price) => price > 0) ?? null;
}

function sumOf(values: readonly (number | null)[]): number | null {
  return values.reduce((sum, value) => (sum === null || value === null ? null : sum + value), 0);
}
