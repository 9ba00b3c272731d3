/** A date that is only looked at: its spot, and the contracts that legs would take, where nothing is traded. */
import type { MarketRules } from "../market/types.ts";
import type { Strategy } from "../strategy/types.ts";
import { chooseDay } from "./day-choice.ts";
import type { DayGrids } from "./day-grids.ts";
import { DayMarket, NeedContracts } from "./day-market.ts";
import type { DayData } from "./ports.ts";
import { StrikeSelector } from "./select.ts";
import { buildSpot, type Spot } from "./spot.ts";

/** No lot size is asked for. */
const NOTHING_TRADED = 0;

export interface LookedAt {
  readonly market: DayMarket;
  readonly spot: Spot;
  /** The contract of a leg `{cp, atm}` at a spot value in paise, of any age; null where there is none. Reads what it needs. */
  contractAt(spot: number, cp: number, atm: number): Promise<number | null>;
}

/** Undefined when no contract of the wanted expiry has rows, or the rules have no step for it. Memory is that of the grids. */
export async function lookAt(universe: Strategy["universe"], data: DayData, rules: MarketRules, grids: DayGrids): Promise<LookedAt | undefined> {
  const choice = await chooseDay(universe, data, rules);
  const step = choice.expiry && rules.strikeStep(universe.symbol, data.date, choice.expiry.expiry);
  if (step === undefined || !choice.expiry) return undefined;
  const { expiry } = choice.expiry;
  const market = new DayMarket(grids, data, universe.symbol, data.date, { expiry, step, lotSize: NOTHING_TRADED }, await data.strikes(expiry));
  const spot = await buildSpot(grids, choice.spot, market);
  const selector = new StrikeSelector(market, spot.grid, { spotMaxAge: Infinity, greekAt: () => null, chainOf: () => market.main });
  return { market, spot, contractAt: (at, cp, atm) => supplied(market, () => selector.contractAt(at, cp, atm)) };
}

/** An answer that may need contracts which have not been read. */
async function supplied<T>(market: DayMarket, ask: () => T): Promise<T> {
  for (;;) {
    try {
      return ask();
    } catch (error) {
      if (!(error instanceof NeedContracts)) throw error;
      await market.supply();
    }
  }
}
