/** Semantics §2, ATM and strike selectors. */
import type { Leg } from "../../src/core/strategy/types.ts";
import type { Bug } from "./bugs.ts";

export interface Listed {
  /** Strikes of either side, ascending, rupees. */
  readonly strikes: readonly number[];
  readonly ce: readonly number[];
  readonly pe: readonly number[];
}

/** The listed strike nearest to spot (paise); a tie goes to the lower. */
export function atmOf(listed: Listed, spot: number, bug?: Bug): number {
  const distance = (strike: number) => Math.abs(strike * 100 - spot);
  return listed.strikes.reduce((best, strike) =>
    distance(strike) < distance(best) || (bug === "atm_tie_higher" && distance(strike) === distance(best)) ? strike : best,
  );
}

/** The strike of a leg, or the reason why there is none. `spot` and `atm` are null without a fresh spot. */
export function strikeOf(leg: Leg, listed: Listed, step: number, spot: number | null, atm: number | null, bug?: Bug): number | "no_spot" | "no_contract" {
  const side = leg.cp === "CE" ? listed.ce : listed.pe;
  if ("strike" in leg.strike) return side.includes(leg.strike.strike) ? leg.strike.strike : "no_contract";
  if (spot === null || atm === null) return "no_spot";
  const wanted = leg.cp === "CE" ? atm + leg.strike.atm * step : atm - leg.strike.atm * step;
  if (side.includes(wanted)) return wanted;
  const steps = bug === "widen_three_steps" ? 3 : 2;
  const near = side.filter((strike) => Math.abs(strike - wanted) <= steps * step);
  if (near.length === 0) return "no_contract";
  const toSpot = bug === "widen_tie_further_from_spot" ? -1 : 1;
  return near.toSorted((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted) || toSpot * (Math.abs(a * 100 - spot) - Math.abs(b * 100 - spot)) || a - b)[0];
}
