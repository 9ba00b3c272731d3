import type { OptionSide } from "../market/types.ts";

const YEAR_SECONDS = 365 * 86_400;
const ONE_DAY = 1 / 365;

/** Standard normal distribution function, error below 1e-7 (Abramowitz and Stegun 26.2.17). */
function normalCdf(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const tail = 0.3989422804014327 * Math.exp(-x * x / 2) * t
    * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return x >= 0 ? 1 - tail : tail;
}

/** Implied volatility of a strike: a skewed parabola in standard deviations from the forward, flat beyond four. */
function smile(forward: number, strike: number, years: number, atmVolatility: number): number {
  const deviations = Math.log(strike / forward) / (atmVolatility * Math.sqrt(Math.max(years, ONE_DAY)));
  const k = Math.max(-4, Math.min(4, deviations));
  return atmVolatility * (1 - 0.03 * k + 0.02 * k * k);
}

/**
 * Black-76 premium in rupees, rate 0, with the smile above.
 * @param seconds to the close of expiry day
 * @param atmVolatility per year, 0.15 = 15 %
 */
export function optionPrice(forward: number, strike: number, seconds: number, atmVolatility: number, side: OptionSide): number {
  const years = Math.max(seconds, 1) / YEAR_SECONDS;
  const deviation = smile(forward, strike, years, atmVolatility) * Math.sqrt(years);
  const d1 = Math.log(forward / strike) / deviation + deviation / 2;
  const d2 = d1 - deviation;
  const call = forward * normalCdf(d1) - strike * normalCdf(d2);
  return Math.max(0, side === "CE" ? call : call - forward + strike);
}

/** The forward of a spot value: 6.5 % carry a year, as index futures show. */
export function forwardPrice(spot: number, seconds: number): number {
  return spot * Math.exp(0.065 * Math.max(seconds, 0) / YEAR_SECONDS);
}
