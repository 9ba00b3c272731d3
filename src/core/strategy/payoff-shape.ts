/** The payoff at expiry of a strategy's legs, drawn before there is any price: for thumbnails, not for trading. */
import { d1Of, normalCdf, optionValue } from "../series/black76.ts";
import type { Leg, StrikeSelector } from "./types.ts";

/** A market that stands for none in particular: spot, a week to expiry, the volatility of an index option, strikes apart. */
const SPOT = 50_000;
const YEARS = 7 / 365;
const VOLATILITY = 0.15;
const STEP = 100;
const DEVIATION = VOLATILITY * Math.sqrt(YEARS);
const SPREAD = SPOT * DEVIATION;
/** Spots on each side of the middle, as multiples of the expected move. */
const REACH = 2.5;

/** P&L at expiry by spot, evenly spaced over 2.5 expected moves to each side; the largest absolute value is 1. */
export function payoffShape(legs: readonly Pick<Leg, "cp" | "lots" | "strike">[], points: number): Float64Array {
  const known = legs.map(({ cp, lots, strike }) => {
    // A future is bought and sold at spot.
    if (strike === null) return { lots, premium: 0, worth: (spot: number) => spot - SPOT };
    const at = strikeOf(strike, cp);
    return { lots, premium: premiumOf(at, cp), worth: (spot: number) => Math.max(0, (spot - at) * outward(cp)) };
  });
  const values = Float64Array.from({ length: points }, (_, i) => {
    const spot = SPOT + SPREAD * REACH * ((2 * i) / (points - 1) - 1);
    return known.reduce((sum, { lots, premium, worth }) => sum + lots * (worth(spot) - premium), 0);
  });
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return largest === 0 ? values : values.map((value) => value / largest);
}

function strikeOf(selector: StrikeSelector, cp: Leg["cp"]): number {
  if ("atm" in selector) return SPOT + outward(cp) * selector.atm * STEP;
  // A strike in rupees belongs to a market of its own: here it stands for the nearest, which is also where time value falls fastest.
  if ("strike" in selector || "theta" in selector) return SPOT;
  if ("straddle_width" in selector) return SPOT + outward(cp) * selector.straddle_width * (premiumOf(SPOT, "CE") + premiumOf(SPOT, "PE"));
  const wanted = "delta" in selector ? (at: number) => deltaOf(at, cp) - selector.delta : (at: number) => premiumOf(at, cp) - premiumWanted(selector.premium);
  // Both fall as the strike moves out of the money.
  let [inside, outside] = [SPOT - 4 * SPREAD * outward(cp), SPOT + 4 * SPREAD * outward(cp)];
  for (let i = 0; i < 40; i++) {
    const middle = (inside + outside) / 2;
    if (wanted(middle) > 0) inside = middle;
    else outside = middle;
  }
  return inside;
}

function premiumWanted(premium: number | { readonly min: number; readonly max: number }): number {
  return typeof premium === "number" ? premium : (premium.min + premium.max) / 2;
}

const outward = (cp: Leg["cp"]) => (cp === "CE" ? 1 : -1);

function premiumOf(strike: number, cp: Leg["cp"]): number {
  return optionValue(SPOT, strike, DEVIATION, cp === "PE" ? "PE" : "CE");
}

/** Without its sign. */
function deltaOf(strike: number, cp: Leg["cp"]): number {
  return normalCdf(outward(cp) * d1Of(SPOT, strike, DEVIATION));
}
