/** Semantics §6 "Sample": the market as a position's legs saw it in one second. Reads what is known, decides nothing. */
import type { DayMarket } from "./day-market.ts";
import type { GridView } from "./grid-view.ts";
import type { StrikeSelector } from "./select.ts";
import type { LegInputs, MomentInputs } from "../results/types.ts";

export class MomentReader {
  constructor(
    private readonly market: DayMarket,
    private readonly spot: GridView,
    private readonly selector: StrikeSelector,
  ) {}

  /** `s` is a place on the grid, `contracts` the legs' contract numbers in order. */
  moment(s: number, contracts: readonly number[], rule: string): MomentInputs {
    const atm = this.selector.atmIfKnown(s);
    return {
      second: s + this.market.session.open,
      spot: this.spot.price(s) || null,
      spotAge: this.spot.priceAge(s),
      atm: atm === null ? null : this.market.strikes[atm].strike,
      legs: contracts.map((number, i) => legInputs(this.market.grid(number), s, i + 1)),
      rule,
    };
  }
}

function legInputs(grid: GridView, s: number, legId: number): LegInputs {
  const quoted = grid.bid(s) > 0;
  return {
    legId,
    bid: quoted ? grid.bid(s) : null,
    ask: quoted ? grid.ask(s) : null,
    quoteAge: grid.quoteAge(s),
    spreadTicks: quoted ? grid.spreadTicks(s) : null,
    price: grid.price(s) || null,
    priceAge: grid.priceAge(s),
  };
}
