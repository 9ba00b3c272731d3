/** What a position would make at other values of spot: at expiry, and at the second that is looked at (Black-76, docs/page.md). Rupees. */
import type { OptionSide } from "../market/types.ts";
import { d1Of, normalCdf, normalDensity, optionValue } from "../series/black76.ts";
import type { HeldLeg, PayoffMoment } from "./payoff-moment.ts";

/** Delta in rupees per rupee of the forward, gamma per rupee squared, theta per calendar day, vega per 1 % of volatility. NaN where unknown. */
export interface PositionGreeks {
  readonly delta: number;
  readonly gamma: number;
  readonly theta: number;
  readonly vega: number;
}

const DAYS_PER_YEAR = 365;

/** P&L before fees if spot were `spot` in this very second, volatilities as they are; NaN where one is unknown. */
export function pnlNow(moment: PayoffMoment, spot: number): number {
  return pnlAt(moment, spot, 0);
}

/** P&L before fees if spot were `spot` when the first of the legs expires; later legs keep the volatility they have. */
export function pnlAtExpiry(moment: PayoffMoment, spot: number): number {
  return pnlAt(moment, spot, yearsToExpiry(moment));
}

/** Until the first of the legs expires. */
export function yearsToExpiry({ legs }: PayoffMoment): number {
  return Math.min(...legs.map(({ years }) => years));
}

function pnlAt({ spot: from, realised, legs }: PayoffMoment, spot: number, later: number): number {
  return legs.reduce((sum, leg) => sum + leg.units * (worth(leg, spot, from, leg.years - later) - leg.entry), realised);
}

/** Of one unit, `years` before the leg expires. The forward keeps what it is away from spot, less as time goes. */
function worth({ cp, strike, forward, volatility, years: whole }: HeldLeg, spot: number, from: number, years: number): number {
  const carry = whole > 0 ? (forward / from) ** (years / whole) : 1;
  const moved = spot * carry;
  if (cp === "FUT") return moved;
  return years > 0 && volatility !== 0 ? optionValue(moved, strike, volatility * Math.sqrt(years), cp) : intrinsic(moved, strike, cp);
}

function intrinsic(spot: number, strike: number, cp: OptionSide): number {
  return Math.max(0, cp === "CE" ? spot - strike : strike - spot);
}

/** Of one leg, all its units. An option without time value has the Greeks that `assembly/greeks.ts` gives it. */
export function greeksOf({ cp, units, strike, forward, volatility, years }: HeldLeg): PositionGreeks {
  if (cp === "FUT") return { delta: units, gamma: 0, theta: 0, vega: 0 };
  const side = cp === "CE" ? 1 : -1;
  if (volatility === 0 || years <= 0) {
    const inside = side * (forward - strike);
    return { delta: units * side * (inside > 0 ? 1 : inside < 0 ? 0 : 0.5), gamma: 0, theta: 0, vega: 0 };
  }
  const root = Math.sqrt(years);
  const d1 = d1Of(forward, strike, volatility * root);
  const slope = normalDensity(d1);
  return {
    delta: units * side * normalCdf(side * d1),
    gamma: (units * slope) / (forward * volatility * root),
    theta: (-units * forward * slope * volatility) / (2 * root) / DAYS_PER_YEAR,
    vega: (units * forward * slope * root) / 100,
  };
}

export function sumOfGreeks(all: readonly PositionGreeks[]): PositionGreeks {
  const sum = (of: (greeks: PositionGreeks) => number) => all.reduce((total, greeks) => total + of(greeks), 0);
  return { delta: sum(({ delta }) => delta), gamma: sum(({ gamma }) => gamma), theta: sum(({ theta }) => theta), vega: sum(({ vega }) => vega) };
}

/** Best and worst at expiry: ±Infinity where the position has no limit; undefined where legs of later expiries have no known end. */
export function extremesAtExpiry(moment: PayoffMoment): { readonly best: number; readonly worst: number } | undefined {
  if (!isOfOneExpiry(moment)) return undefined;
  const values = [0, ...strikesOf(moment)].map((spot) => pnlAtExpiry(moment, spot));
  const rise = moment.legs.reduce((sum, { cp, units }) => sum + (cp === "PE" ? 0 : units), 0);
  return { best: rise > 0 ? Infinity : Math.max(...values), worst: rise < 0 ? -Infinity : Math.min(...values) };
}

export function isOfOneExpiry({ legs }: PayoffMoment): boolean {
  return legs.every(({ expiry }) => expiry === legs[0].expiry);
}

export function strikesOf({ legs }: PayoffMoment): readonly number[] {
  return [...new Set(legs.flatMap(({ cp, strike }) => (cp === "FUT" ? [] : [strike])))].sort((a, b) => a - b);
}

/** Spots at which the line through the points changes its sign, ascending. */
export function breakEvens(spots: readonly number[], values: readonly number[]): readonly number[] {
  return spots.flatMap((spot, i) => {
    if (values[i] === 0) return i > 0 && values[i - 1] === 0 ? [] : [spot];
    if (i === 0 || !(values[i - 1] * values[i] < 0)) return [];
    return [spots[i - 1] + ((spot - spots[i - 1]) * values[i - 1]) / (values[i - 1] - values[i])];
  });
}

/** Evenly spaced around the middle, with the strikes between, where lines bend; ascending. @param reach the range to each side, as a share of the middle */
export function payoffSpots(middle: number, reach: number, strikes: readonly number[], points = 161): readonly number[] {
  const even = Array.from({ length: points }, (_, i) => middle * (1 + reach * ((2 * i) / (points - 1) - 1)));
  return [...new Set([...even, ...strikes.filter((strike) => strike > even[0] && strike < even[points - 1])])].sort((a, b) => a - b);
}

/** So far to each side, as a share of spot, that the strikes and two and a half expected moves are in view: at least 1 %, in halves of a percent. */
export function reachOf(moment: PayoffMoment): number {
  const moves = moment.legs.map(({ volatility, years }) => (volatility > 0 && years > 0 ? 2.5 * volatility * Math.sqrt(years) : 0));
  const strikes = strikesOf(moment).map((strike) => 1.25 * Math.abs(strike / moment.spot - 1));
  return Math.ceil(Math.max(0.01, ...moves, ...strikes) * 200) / 200;
}
