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

/** What a selector may look at besides the list. */
export interface Selection {
  readonly listed: Listed;
  readonly step: number;
  /** Paise, and the strike at the money; null without a spot that may choose. */
  readonly spot: number | null;
  readonly atm: number | null;
  /** Twice the mid of the last valid quote, paise; null without one. */
  twiceMid(strike: number, cp: "CE" | "PE"): number | null;
  /** Null where it is not known. */
  delta(strike: number, cp: "CE" | "PE"): number | null;
}

/** The strike of a leg, or the reason why there is none. */
export function strikeOf(leg: Pick<Leg, "cp" | "strike">, selection: Selection, bug?: Bug): number | "no_spot" | "no_contract" {
  const { listed, step, spot, atm } = selection;
  const side = leg.cp === "CE" ? listed.ce : listed.pe;
  const { strike: selector } = leg;
  if ("strike" in selector) return side.includes(selector.strike) ? selector.strike : "no_contract";
  if (spot === null || atm === null) return "no_spot";
  if ("premium" in selector) return nearest(selection, leg.cp, atm, (strike) => absent(selection.twiceMid(strike, leg.cp), (twice) => Math.abs(twice - selector.premium * 200)), bug);
  if ("delta" in selector) return nearest(selection, leg.cp, atm, (strike) => absent(selection.delta(strike, leg.cp), (delta) => Math.abs((bug === "delta_not_rounded" ? Math.abs(delta) * 10_000 : Math.round(Math.abs(delta) * 10_000)) - selector.delta * 10_000)), bug);
  const wanted = leg.cp === "CE" ? atm + selector.atm * step : atm - selector.atm * step;
  if (side.includes(wanted)) return wanted;
  const steps = bug === "widen_three_steps" ? 3 : 2;
  const near = side.filter((strike) => Math.abs(strike - wanted) <= steps * step);
  if (near.length === 0) return "no_contract";
  const toSpot = bug === "widen_tie_further_from_spot" ? -1 : 1;
  return near.toSorted((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted) || toSpot * (Math.abs(a * 100 - spot) - Math.abs(b * 100 - spot)) || a - b)[0];
}

function absent(value: number | null, of: (value: number) => number): number | null {
  return value === null ? null : of(value);
}

const WITHIN_STEPS = 30;

/** The listed contract within 30 steps of ATM with the least distance; ties to the further out of the money. */
function nearest({ listed, step }: Selection, cp: "CE" | "PE", atm: number, distanceOf: (strike: number) => number | null, bug?: Bug): number | "no_contract" {
  const side = cp === "CE" ? listed.ce : listed.pe;
  const candidates = side.filter((strike) => Math.abs(strike - atm) <= WITHIN_STEPS * step).map((strike) => ({ strike, distance: distanceOf(strike) })).filter((c) => c.distance !== null);
  if (candidates.length === 0) return "no_contract";
  const outwards = (cp === "CE" ? -1 : 1) * (bug === "selector_tie_nearer" ? -1 : 1);
  return candidates.toSorted((a, b) => (Math.abs(a.distance! - b.distance!) < 1e-6 ? outwards * (a.strike - b.strike) : a.distance! - b.distance!))[0].strike;
}
