/** Black-76 in the most obvious code, for tests. */
import type { OptionSide } from "../../../../src/core/market/types.ts";

export interface BlackInputs {
  readonly cp: OptionSide;
  readonly forward: number;
  readonly strike: number;
  /** Years. */
  readonly time: number;
  readonly rate: number;
  readonly sigma: number;
}

export const density = (z: number) => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);

/** Φ(z), accurate in its lower tail too: a power series near zero, a continued fraction away from it. */
export function normal(z: number): number {
  if (z > 2) return 1 - normal(-z);
  if (z >= -2) {
    let [sum, term] = [z, z];
    for (let n = 3; Math.abs(term) > 1e-18; n += 2) sum += term *= (z * z) / n;
    return 0.5 + density(z) * sum;
  }
  let rest = -z;
  for (let n = 300; n > 0; n--) rest = -z + n / rest;
  return density(z) / rest;
}

const sign = (cp: OptionSide) => (cp === "CE" ? 1 : -1);
export function d1Of({ forward, strike, time, sigma }: BlackInputs): number {
  return Math.log(forward / strike) / (sigma * Math.sqrt(time)) + (sigma * Math.sqrt(time)) / 2;
}

export function price(inputs: BlackInputs): number {
  const { cp, forward, strike, time, rate, sigma } = inputs;
  const s = sign(cp);
  const d1 = d1Of(inputs);
  const d2 = d1 - sigma * Math.sqrt(time);
  return Math.exp(-rate * time) * s * (forward * normal(s * d1) - strike * normal(s * d2));
}
