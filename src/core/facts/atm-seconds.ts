/** What is at the money, second by second, by the rules of semantics §2: the splice that `atm_ce`, `atm_pe` and `straddle` are made of. */
import type { DayGrids } from "../engine/day-grids.ts";
import type { GridView } from "../engine/grid-view.ts";
import { lookAt } from "../engine/looked-at.ts";
import type { DayData } from "../engine/ports.ts";
import type { MarketRules, SymbolName } from "../market/types.ts";
import { PAISE_PER_RUPEE } from "../money.ts";
import { DEFAULT_SPOT_MAX_AGE } from "../strategy/schema.ts";
import type { Strategy } from "../strategy/types.ts";
import type { DayNumber } from "../time.ts";

/** One number per second of the session, NaN where it is missing. Rupees. */
export interface AtmSeconds {
  readonly expiry: DayNumber;
  readonly spot: Float64Array;
  readonly ce_strike: Float64Array;
  readonly pe_strike: Float64Array;
  readonly ce_price: Float64Array;
  readonly pe_price: Float64Array;
  readonly ce_bid: Float64Array;
  readonly ce_ask: Float64Array;
  readonly pe_bid: Float64Array;
  readonly pe_ask: Float64Array;
}

export const ATM_COLUMNS = ["spot", "ce_strike", "pe_strike", "ce_price", "pe_price", "ce_bid", "ce_ask", "pe_bid", "pe_ask"] as const;

/** The nearest expiry and everything else as a strategy has it that says nothing of it. */
export function plainUniverse(symbol: SymbolName): Strategy["universe"] {
  return { symbol, expiry: "nearest", dte: null, spot: "auto", spot_max_age: DEFAULT_SPOT_MAX_AGE, expiry_missing: "use_next", greeks: "computed" };
}

/** Undefined on a date without contracts of the nearest expiry. */
export async function atmSeconds(symbol: SymbolName, data: DayData, rules: MarketRules, grids: DayGrids): Promise<AtmSeconds | undefined> {
  const looked = await lookAt(plainUniverse(symbol), data, rules, grids);
  if (!looked) return undefined;
  const { market, spot } = looked;
  const seconds = grids.session.close - grids.session.open;
  const maxAge = Math.max(DEFAULT_SPOT_MAX_AGE, spot.barSpan ?? 0);
  const made = Object.fromEntries(ATM_COLUMNS.map((name) => [name, new Float64Array(seconds).fill(NaN)])) as Record<(typeof ATM_COLUMNS)[number], Float64Array>;
  /** By spot value. */
  const chosen = new Map<number, readonly [number | null, number | null]>();
  const values = spot.grid.prices(seconds).slice();
  for (let s = 0; s < seconds; s++) {
    const at = values[s];
    if (at === 0) continue;
    made.spot[s] = at / PAISE_PER_RUPEE;
    if ((spot.grid.priceAge(s) ?? Infinity) > maxAge) continue;
    let pair = chosen.get(at);
    if (!pair) chosen.set(at, (pair = [await looked.contractAt(at, 0, 0), await looked.contractAt(at, 1, 0)]));
    for (const [side, contract] of pair.entries()) {
      if (contract === null) continue;
      const grid: GridView = market.grid(contract);
      const word = side === 0 ? "ce" : "pe";
      made[`${word}_strike`][s] = market.main.strikePaise[(contract - market.main.first) >> 1] / PAISE_PER_RUPEE;
      made[`${word}_price`][s] = rupees(grid.price(s));
      made[`${word}_bid`][s] = rupees(grid.bid(s));
      made[`${word}_ask`][s] = rupees(grid.ask(s));
    }
  }
  return { expiry: market.expiry, ...made };
}

function rupees(paise: number): number {
  return paise === 0 ? NaN : paise / PAISE_PER_RUPEE;
}
