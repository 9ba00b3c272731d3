/** Black-76 without interest for single prices, on the page's own thread. What strategies see by second is computed by `assembly/greeks.ts`. */
import type { OptionSide } from "../market/types.ts";

/** Hart's fractions, as in G. West, Better approximations to cumulative normal functions (2005): highest power first. */
const ABOVE = [3.52624965998911e-2, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871, 221.213596169931, 220.206867912376];
const BELOW = [8.83883476483184e-2, 1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674, 637.333633378831, 793.826512519948, 440.413735824752];
/** Beyond it a continued fraction is better. */
const FAR = 7.07106781186547;

/** Φ(x), error below 1e-14. */
export function normalCdf(x: number): number {
  const size = Math.abs(x);
  const polynomial = (coefficients: readonly number[]) => coefficients.reduce((sum, coefficient) => sum * size + coefficient);
  const mills = size < FAR ? polynomial(ABOVE) / polynomial(BELOW) : 1 / (size + 1 / (size + 2 / (size + 3 / (size + 4 / (size + 0.65))))) / Math.sqrt(2 * Math.PI);
  const tail = Math.exp(-size * size / 2) * mills;
  return x > 0 ? 1 - tail : tail;
}

/** φ(x) */
export function normalDensity(x: number): number {
  return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
}

/** @param deviation σ√T, above 0 */
export function d1Of(forward: number, strike: number, deviation: number): number {
  return Math.log(forward / strike) / deviation + deviation / 2;
}

/** Premium in rupees; at or below intrinsic by rounding alone. @param deviation σ√T, above 0 */
export function optionValue(forward: number, strike: number, deviation: number, side: OptionSide): number {
  const d1 = d1Of(forward, strike, deviation);
  const d2 = d1 - deviation;
  const call = forward * normalCdf(d1) - strike * normalCdf(d2);
  return Math.max(0, side === "CE" ? call : call - forward + strike);
}
