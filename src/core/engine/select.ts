/** Semantics §2: which contract a leg takes at a second. Strikes are chosen from the list of the date, around spot. */
import { LEG_KINDS, type SkipReason } from "../results/types.ts";
import type { CompiledLeg } from "../strategy/compile.ts";
import { SEARCH_STEPS } from "../strategy/leg-schema.ts";
import type { ExpiryName } from "../strategy/types.ts";
import type { Chain } from "./chain.ts";
import { CE, PE, type DayMarket } from "./day-market.ts";
import type { GridView } from "./grid-view.ts";

/** A leg widens to listed strikes at most so many steps from the wanted one. */
const WIDEN_STEPS = 2;
const FUTURE = LEG_KINDS.indexOf("FUT");
/** Deltas and thetas are compared with four decimals. */
const DECIMALS = 10_000;

export interface StrikeRules {
  /** Seconds after which a spot value cannot choose a strike any more. */
  readonly spotMaxAge: number;
  /** Delta or theta of a contract at a second; null where it has none. */
  readonly greekAt: (which: "delta" | "theta", contract: number, s: number) => number | null;
  /** The contracts among which a leg of an expiry of its own looks. */
  readonly chainOf: (expiry: ExpiryName) => Chain;
}

/** A contract that is chosen at every spot value from `low` to `high` paise; null: there is none. */
export interface ContractCell {
  readonly contract: number | null;
  readonly low: number;
  readonly high: number;
}

export class StrikeSelector {
  constructor(
    private readonly market: DayMarket,
    private readonly spot: GridView,
    private readonly rules: StrikeRules,
  ) {}

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

  /** The contract `steps` out of the money at a spot value, widened as a leg's; null where there is none. */
  contractAt(spot: number, side: number, steps: number): number | null {
    const atm = this.atmOf(spot);
    return atm === null ? null : (this.away(this.market.main, atm, steps, spot, side) ?? null);
  }

  /** As `contractAt`, and for which spot values it is the same. */
  contractCell(spot: number, side: number, steps: number): ContractCell {
    const atm = this.atmOf(spot);
    if (atm === null) return { contract: null, low: 1, high: Infinity };
    const { main } = this.market;
    const contract = this.away(main, atm, steps, spot, side);
    // Where ATM is the nearest of all strikes and the leg is not widened, no other strike has a say.
    const exact = contract !== undefined && main.strikePaise[(contract - main.first) >> 1] === main.strikePaise[atm] + outOfMoney(main, steps, side) && atm === this.outward(spot, () => true);
    return { contract: contract ?? null, ...(exact ? this.nearestRange(spot) : { low: spot, high: spot }) };
  }

  /** The contract that `contractCell` asks for first where it has not been read; undefined where it asks for none, or only looking further tells. */
  firstUnread(spot: number, side: number, steps: number): number | undefined {
    const { main } = this.market;
    const nearest = this.outward(spot, () => true);
    if (nearest === undefined) return undefined;
    if (this.market.strikeKnown(nearest) === undefined) return main.number(nearest, this.market.slice(main.number(nearest, CE)) === undefined ? CE : PE);
    const index = main.at(main.strikePaise[nearest] + outOfMoney(main, steps, side));
    const contract = index === undefined ? undefined : main.number(index, side);
    return contract !== undefined && this.market.strikeKnown(nearest) && this.market.slice(contract) === undefined ? contract : undefined;
  }

  /** From which to which spot value the strike nearest by name, listed or not, is the same; ties to the lower. */
  nearestRange(spot: number): { readonly low: number; readonly high: number } {
    const strikes = this.market.main.strikePaise;
    const nearest = this.outward(spot, () => true);
    if (nearest === undefined) return { low: 1, high: Infinity };
    const below = nearest > 0 ? (strikes[nearest - 1] + strikes[nearest]) / 2 : 0;
    const above = nearest + 1 < strikes.length ? (strikes[nearest] + strikes[nearest + 1]) / 2 : Infinity;
    return { low: Math.floor(below) + 1, high: above };
  }

  /** As `atm`, without reading anything. `byName`: whether the strike has rows on the date has not been read, only that none that is nearer has. */
  atmShown(s: number): { readonly index: number; readonly byName: boolean } | null {
    const spot = this.freshSpot(s);
    const index = spot === null ? undefined : this.outward(spot, (strike) => this.market.strikeKnown(strike) !== false);
    return index === undefined ? null : { index, byName: this.market.strikeKnown(index) === undefined };
  }

  /** The first strike of the universe's expiry that `accepts`, going outward from spot, nearest first, ties to the lower. */
  private outward(spot: number, accepts: (index: number) => boolean): number | undefined {
    const strikes = this.market.main.strikePaise;
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
  leg({ cp, strike, expiry }: Pick<CompiledLeg, "cp" | "strike" | "expiry">, s: number, atm: number | null): number | SkipReason {
    if (cp === FUTURE || strike === null) return this.market.future ?? "no_contract";
    const chain = expiry === null ? this.market.main : this.rules.chainOf(expiry);
    if ("strike" in strike) {
      const index = chain.at(Math.round(strike.strike * 100));
      return index !== undefined && this.market.listed(chain.number(index, cp)) ? chain.number(index, cp) : "no_contract";
    }
    const spot = this.freshSpot(s);
    if (spot === null) return "no_spot";
    if (atm === null) return "no_contract";
    if ("atm" in strike) return this.away(chain, atm, strike.atm, spot, cp) ?? "no_contract";
    if ("straddle_width" in strike) return this.byWidth(chain, atm, strike.straddle_width, spot, s, cp);
    if ("premium" in strike) {
      const { premium } = strike;
      const [least, most] = typeof premium === "number" ? [0, Infinity] : [Math.round(premium.min * 200), Math.round(premium.max * 200)];
      // Four times the premium, so that the middle of a range is whole.
      const wanted = typeof premium === "number" ? Math.round(premium * 200) * 2 : least + most;
      return this.nearest(chain, cp, atm, SEARCH_STEPS, (contract) => {
        const twice = this.twiceMid(contract, s);
        return twice === 0 || twice < least || twice > most ? null : Math.abs(2 * twice - wanted);
      });
    }
    const rounded = (which: "delta" | "theta", contract: number) => {
      const value = this.rules.greekAt(which, contract, s);
      return value === null ? null : Math.round(Math.abs(value) * DECIMALS);
    };
    if ("delta" in strike) {
      const wanted = Math.round(strike.delta * DECIMALS);
      return this.nearest(chain, cp, atm, SEARCH_STEPS, (contract) => {
        const delta = rounded("delta", contract);
        return delta === null ? null : Math.abs(delta - wanted);
      });
    }
    return this.nearest(chain, cp, atm, strike.within, (contract) => {
      const theta = rounded("theta", contract);
      return theta === null ? null : -theta;
    });
  }

  /** Twice the mid of the last valid quote of any age, in paise; 0 without one. */
  private twiceMid(contract: number, s: number): number {
    const grid = this.market.grid(contract);
    return grid.bid(s) === 0 ? 0 : grid.bid(s) + grid.ask(s);
  }

  /** So many widths of the premium of the leg's own ATM straddle away, taken to whole steps; a tie to the nearer to ATM. */
  private byWidth(chain: Chain, atm: number, widths: number, spot: number, s: number, side: number): number | SkipReason {
    const pair = [CE, PE].map((cp) => this.away(chain, atm, 0, spot, cp));
    const mids = pair.map((contract) => (contract === undefined ? 0 : this.twiceMid(contract, s)));
    if (mids.includes(0)) return "no_contract";
    const steps = Math.ceil((Math.abs(widths) * (mids[0] + mids[1])) / 2 / chain.stepPaise - 0.5 - 1e-9);
    return this.away(chain, atm, Math.sign(widths) * steps, spot, side) ?? "no_contract";
  }

  /** The listed contract of a side around ATM with the smallest distance; ties to the further out of the money. */
  private nearest(chain: Chain, side: number, atm: number, within: number, distance: (contract: number) => number | null): number | SkipReason {
    const reach = within * chain.stepPaise;
    const middle = this.market.main.strikePaise[atm];
    const near = chain.strikePaise.flatMap((paise, index) => (Math.abs(paise - middle) <= reach ? chain.number(index, side) : []));
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

  /** So many steps out of the money, widened. */
  private away(chain: Chain, atm: number, steps: number, spot: number, side: number): number | undefined {
    return this.widened(chain, this.market.main.strikePaise[atm] + outOfMoney(chain, steps, side), spot, side);
  }

  /** The listed contract of a side nearest to the wanted strike, within two steps; ties to the one nearer to spot, then lower. */
  private widened(chain: Chain, wanted: number, spot: number, side: number, accepts = (contract: number) => this.market.listed(contract)): number | undefined {
    const exact = chain.at(wanted);
    if (exact !== undefined && accepts(chain.number(exact, side))) return chain.number(exact, side);
    const { strikePaise } = chain;
    const reach = WIDEN_STEPS * chain.stepPaise;
    const order = (index: number) => [Math.abs(strikePaise[index] - wanted), Math.abs(strikePaise[index] - spot), strikePaise[index]];
    const near = strikePaise
      .map((_, index) => index)
      .filter((index) => Math.abs(strikePaise[index] - wanted) <= reach)
      .sort((a, b) => {
        const [x, y] = [order(a), order(b)];
        return x[0] - y[0] || x[1] - y[1] || x[2] - y[2];
      });
    const found = near.find((index) => accepts(chain.number(index, side)));
    return found === undefined ? undefined : chain.number(found, side);
  }

  /** Asks for what a decision at `s` will most likely need, from the names alone, so that it is read in one go. */
  foresee(legs: readonly CompiledLeg[], s: number): void {
    const spot = this.freshSpot(s);
    const atm = spot === null ? undefined : this.outward(spot, () => true);
    for (const { cp, strike, expiry } of legs) {
      if (strike === null) continue;
      const chain = expiry === null ? this.market.main : this.rules.chainOf(expiry);
      if ("strike" in strike) {
        const index = chain.at(Math.round(strike.strike * 100));
        if (index !== undefined) this.market.want(chain.number(index, cp));
      } else if ("atm" in strike && atm !== undefined && spot !== null) {
        const contract = this.widened(chain, this.market.main.strikePaise[atm] + outOfMoney(chain, strike.atm, cp), spot, cp, (number) => chain.isNamed(number));
        if (contract !== undefined) this.market.want(contract);
      }
    }
  }
}

/** So many steps out of the money as paise of the strike. */
function outOfMoney(chain: Chain, steps: number, side: number): number {
  return steps * chain.stepPaise * (side === CE ? 1 : -1);
}
