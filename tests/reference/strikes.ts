/** Semantics §2, ATM and strike selectors. */
import type { StrikeSelector } from "../../src/core/strategy/types.ts";
import type { Bug } from "./bugs.ts";
import { exact, roundHalfAwayFromZero, roundHalfTowardZero, times } from "./exact.ts";

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
  /** Rupees per day; null where it is not known. */
  theta(strike: number, cp: "CE" | "PE"): number | null;
}

/** The side and selector of a leg. */
export interface Wanted {
  readonly cp: "CE" | "PE";
  readonly strike: StrikeSelector;
}

/** The strike of a leg, or the reason why there is none. */
export function strikeOf({ cp, strike: selector }: Wanted, selection: Selection, bug?: Bug): number | "no_spot" | "no_contract" {
  const { listed, step, spot, atm } = selection;
  if ("strike" in selector) return sideOf(listed, cp).includes(selector.strike) ? selector.strike : "no_contract";
  if (spot === null || atm === null) return "no_spot";
  if ("premium" in selector) return byPremium(selector.premium, selection, cp, atm, bug);
  if ("delta" in selector) {
    const distance = (delta: number) => Math.abs((bug === "delta_not_rounded" ? Math.abs(delta) * 10_000 : Math.round(Math.abs(delta) * 10_000)) - selector.delta * 10_000);
    return nearest(selection, cp, atm, WITHIN_STEPS, (strike) => absent(selection.delta(strike, cp), distance), bug);
  }
  if ("theta" in selector) return nearest(selection, cp, atm, selector.within, (strike) => absent(selection.theta(strike, cp), (theta) => -Math.round((bug === "theta_with_its_sign" ? theta : Math.abs(theta)) * 10_000)), bug);
  const steps = "atm" in selector ? selector.atm : stepsOfWidth(selector.straddle_width, selection, atm, bug);
  return steps === null ? "no_contract" : widened(selection, cp, cp === "CE" ? atm + steps * step : atm - steps * step, spot, bug);
}

function sideOf(listed: Listed, cp: "CE" | "PE"): readonly number[] {
  return cp === "CE" ? listed.ce : listed.pe;
}

/** The listed strike of the side within two steps of the wanted one. */
function widened({ listed, step }: Selection, cp: "CE" | "PE", wanted: number, spot: number, bug?: Bug): number | "no_contract" {
  const side = sideOf(listed, cp);
  if (side.includes(wanted)) return wanted;
  const steps = bug === "widen_three_steps" ? 3 : 2;
  const near = side.filter((strike) => Math.abs(strike - wanted) <= steps * step);
  if (near.length === 0) return "no_contract";
  const toSpot = bug === "widen_tie_further_from_spot" ? -1 : 1;
  return near.toSorted((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted) || toSpot * (Math.abs(a * 100 - spot) - Math.abs(b * 100 - spot)) || a - b)[0];
}

/** x · W in whole steps from ATM, W the premium of both `{atm: 0}` contracts; null without it. */
function stepsOfWidth(x: number, selection: Selection, atm: number, bug?: Bug): number | null {
  const sides = (["CE", "PE"] as const).map((cp) => {
    const strike = widened(selection, cp, atm, selection.spot!, bug);
    return strike === "no_contract" ? null : selection.twiceMid(strike, cp);
  });
  if (sides[0] === null || sides[1] === null) return null;
  // Twice the premium in paise: 200 · step of it are one step.
  const steps = times(exact(x), { n: BigInt(sides[0] + sides[1]), d: BigInt(200 * selection.step) });
  return bug === "width_tie_away_from_atm" ? roundHalfAwayFromZero(steps) : roundHalfTowardZero(steps);
}

function byPremium(wanted: number | { readonly min: number; readonly max: number }, selection: Selection, cp: "CE" | "PE", atm: number, bug?: Bug): number | "no_contract" {
  const [min, max] = typeof wanted === "number" ? [0, Infinity] : [wanted.min, wanted.max];
  const middle = typeof wanted === "number" ? wanted : bug === "premium_range_from_its_end" ? wanted.max : (min + max) / 2;
  const inside = (twice: number) => twice >= min * 200 - 1e-6 && twice <= max * 200 + 1e-6 && !(bug === "premium_range_exclusive" && (twice === min * 200 || twice === max * 200));
  return nearest(selection, cp, atm, WITHIN_STEPS, (strike) => absent(selection.twiceMid(strike, cp), (twice) => (inside(twice) ? Math.abs(twice - middle * 200) : null)), bug);
}

function absent<T>(value: number | null, of: (value: number) => T): T | null {
  return value === null ? null : of(value);
}

const WITHIN_STEPS = 30;

/** The listed contract within so many steps of ATM with the least distance; ties to the further out of the money. */
function nearest({ listed, step }: Selection, cp: "CE" | "PE", atm: number, within: number, distanceOf: (strike: number) => number | null, bug?: Bug): number | "no_contract" {
  const candidates = sideOf(listed, cp).filter((strike) => Math.abs(strike - atm) <= within * step).map((strike) => ({ strike, distance: distanceOf(strike) })).filter((c) => c.distance !== null);
  if (candidates.length === 0) return "no_contract";
  const outwards = (cp === "CE" ? -1 : 1) * (bug === "selector_tie_nearer" ? -1 : 1);
  return candidates.toSorted((a, b) => (Math.abs(a.distance! - b.distance!) < 1e-6 ? outwards * (a.strike - b.strike) : a.distance! - b.distance!))[0].strike;
}
