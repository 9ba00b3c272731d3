/** Semantics §2: which contract a leg takes at a second. Strikes are chosen from the list of the date, around spot. */
import type { DayMarket } from "./day-market.ts";
import type { GridView } from "./grid-view.ts";
import type { CompiledLeg } from "../strategy/compile.ts";
import type { SkipReason } from "../results/types.ts";
import { CE } from "./day-market.ts";

/** Selectors by premium and delta look so many steps around ATM. */
const SEARCH_STEPS = 30;
/** A leg widens to listed strikes at most so many steps from the wanted one. */
const WIDEN_STEPS = 2;

export interface StrikeRules {
  /** Distance between neighbouring strikes, rupees. */
  readonly step: number;
  /** Seconds after which a spot value cannot choose a strike any more. */
  readonly spotMaxAge: number;
  /** |delta| of a contract at a second, rounded to four decimals; null where it has none. */
  readonly deltaAt: (contract: number, s: number) => number | null;
}

/** A contract that is chosen at every spot value from `low` to `high` paise; null: there is none. */
export interface ContractCell {
  readonly contract: number | null;
  readonly low: number;
  readonly high: number;
}

export class StrikeSelector {
  private readonly strikePaise: readonly number[];
  private readonly indexOf: ReadonlyMap<number, number>;

  constructor(
    private readonly market: DayMarket,
    private readonly spot: GridView,
    private readonly rules: StrikeRules,
  ) {
    this.strikePaise = market.strikes.map(({ strike }) => Math.round(strike * 100));
    this.indexOf = new Map(this.strikePaise.map((paise, index) => [paise, index]));
  }

  /** Spot in paise if it may choose a strike at `s`, else null. */
  freshSpot(s: number): number | null {
    const age = this.spot.priceAge(s);
    return age !== null && age <= this.rules.spotMaxAge ? this.spot.price(s) : null;
  }

  /** Index of the ATM strike at `s`: the listed strike nearest to spot, ties to the lower. null without spot or strikes. */
  atm(s: number): number | null {
    const spot = this.freshSpot(s);
    return spot === null ? null : this.atmOf(spot);
  }

  /** Index of the listed strike nearest to a spot value, ties to the lower. */
  atmOf(spot: number): number | null {
    return this.outward(spot, (index) => this.market.strikeListed(index)) ?? null;
  }

  /** The contract `steps` out of the money at a spot value, widened as a leg's, and for which values it is the same. */
  contractCell(spot: number, side: number, steps: number): ContractCell {
    const atm = this.atmOf(spot);
    if (atm === null) return { contract: null, low: 1, high: Infinity };
    const wanted = this.away(atm, side, steps);
    const contract = this.widened(wanted, spot, side) ?? null;
    // Where ATM is the nearest of all strikes and the leg is not widened, no other strike has a say.
    const exact = contract !== null && this.strikePaise[contract >> 1] === wanted && atm === this.outward(spot, () => true);
    return { contract, ...(exact ? this.nearestRange(spot) : { low: spot, high: spot }) };
  }

  /** From which to which spot value the strike nearest by name, listed or not, is the same; ties to the lower. */
  nearestRange(spot: number): { readonly low: number; readonly high: number } {
    const strikes = this.strikePaise;
    const nearest = this.outward(spot, () => true);
    if (nearest === undefined) return { low: 1, high: Infinity };
    const below = nearest > 0 ? (strikes[nearest - 1] + strikes[nearest]) / 2 : 0;
    const above = nearest + 1 < strikes.length ? (strikes[nearest] + strikes[nearest + 1]) / 2 : Infinity;
    return { low: Math.floor(below) + 1, high: above };
  }

  private away(atm: number, side: number, steps: number): number {
    const paise = steps * this.rules.step * 100;
    return this.strikePaise[atm] + (side === CE ? paise : -paise);
  }

  /** As `atm`, but only from what has been read already: null where that does not tell. */
  atmIfKnown(s: number): number | null {
    const spot = this.freshSpot(s);
    if (spot === null) return null;
    const found = this.outward(spot, (index) => this.market.strikeKnown(index) !== false);
    return found !== undefined && this.market.strikeKnown(found) ? found : null;
  }

  /** The first strike that `accepts`, going outward from spot, nearest first, ties to the lower. */
  private outward(spot: number, accepts: (index: number) => boolean): number | undefined {
    const strikes = this.strikePaise;
    let above = 0;
    for (let high = strikes.length; above < high; ) {
      const middle = (above + high) >> 1;
      if (strikes[middle] < spot) above = middle + 1;
      else high = middle;
    }
    let below = above - 1;
    while (below >= 0 || above < strikes.length) {
      const takeBelow = above >= strikes.length || (below >= 0 && spot - strikes[below] <= strikes[above] - spot);
      const index = takeBelow ? below-- : above++;
      if (accepts(index)) return index;
    }
    return undefined;
  }

  /** Contract number of a leg at `s`, or the reason why there is none. `atm` is that of the same second. */
  leg(leg: CompiledLeg, s: number, atm: number | null): number | SkipReason {
    if ("strike" in leg.strike) {
      const index = this.indexOf.get(Math.round(leg.strike.strike * 100));
      return index !== undefined && this.market.listed(index * 2 + leg.cp) ? index * 2 + leg.cp : "no_contract";
    }
    const spot = this.freshSpot(s);
    if (spot === null) return "no_spot";
    if (atm === null) return "no_contract";
    if ("premium" in leg.strike) {
      const wantedPaise = Math.round(leg.strike.premium * 200);
      return this.nearest(leg.cp, atm, (contract) => {
        const grid = this.market.grid(contract);
        return grid.bid(s) === 0 ? null : Math.abs(grid.bid(s) + grid.ask(s) - wantedPaise);
      });
    }
    if ("delta" in leg.strike) {
      const wantedDelta = Math.round(leg.strike.delta * 10_000);
      return this.nearest(leg.cp, atm, (contract) => {
        const delta = this.rules.deltaAt(contract, s);
        return delta === null ? null : Math.abs(Math.round(delta * 10_000) - wantedDelta);
      });
    }
    return this.widened(this.away(atm, leg.cp, leg.strike.atm), spot, leg.cp) ?? "no_contract";
  }

  /** The listed contract of a side around ATM with the smallest distance; ties to the further out of the money. */
  private nearest(side: number, atm: number, distance: (contract: number) => number | null): number | SkipReason {
    const reach = SEARCH_STEPS * this.rules.step * 100;
    const near = this.strikePaise.flatMap((paise, index) => (Math.abs(paise - this.strikePaise[atm]) <= reach ? index * 2 + side : []));
    this.market.listedOf(near);
    // Out of the money last, so that a tie ends with it.
    const ordered = side === CE ? near : near.reverse();
    let best: number | undefined;
    let least = Infinity;
    for (const contract of ordered) {
      if (!this.market.listed(contract)) continue;
      const apart = distance(contract);
      if (apart === null || apart > least) continue;
      [best, least] = [contract, apart];
    }
    return best ?? "no_contract";
  }

  /** The listed contract of a side nearest to the wanted strike, within two steps; ties to the one nearer to spot, then lower. */
  private widened(wanted: number, spot: number, side: number): number | undefined {
    const exact = this.indexOf.get(wanted);
    if (exact !== undefined && this.market.listed(exact * 2 + side)) return exact * 2 + side;
    const reach = WIDEN_STEPS * this.rules.step * 100;
    const order = (index: number) => [Math.abs(this.strikePaise[index] - wanted), Math.abs(this.strikePaise[index] - spot), this.strikePaise[index]];
    const near = this.strikePaise
      .map((_, index) => index)
      .filter((index) => Math.abs(this.strikePaise[index] - wanted) <= reach)
      .sort((a, b) => {
        const [x, y] = [order(a), order(b)];
        return x[0] - y[0] || x[1] - y[1] || x[2] - y[2];
      });
    const found = near.find((index) => this.market.listed(index * 2 + side));
    return found === undefined ? undefined : found * 2 + side;
  }

  /** Asks for what a decision at `s` will most likely need, from the names alone, so that it is read in one go. */
  foresee(legs: readonly CompiledLeg[], s: number): void {
    const spot = this.freshSpot(s);
    const atm = spot === null ? undefined : this.outward(spot, () => true);
    for (const leg of legs) {
      const paise = "strike" in leg.strike ? Math.round(leg.strike.strike * 100) : atm === undefined || !("atm" in leg.strike) ? undefined : this.strikePaise[atm] + leg.strike.atm * this.rules.step * 100 * (leg.cp === CE ? 1 : -1);
      const index = paise === undefined ? undefined : this.indexOf.get(paise);
      if (index !== undefined) this.market.want(index * 2 + leg.cp);
    }
  }
}
