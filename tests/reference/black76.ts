/** Black-76, by the formulas of the project's docs: slow, with the volatility found by bisection. */

export interface Option {
  readonly cp: "CE" | "PE";
  /** Rupees. */
  readonly strike: number;
  readonly forward: number;
  readonly price: number;
  /** Years. */
  readonly time: number;
  /** Continuous, 0.06 for 6 %. */
  readonly rate: number;
}

export interface Greeks {
  /** Percent per year; null where the price has no time value. */
  readonly iv: number | null;
  readonly delta: number;
  readonly gamma: number;
  /** Rupees per calendar day. */
  readonly theta: number;
  /** Rupees per 1 % of volatility. */
  readonly vega: number;
}

function density(x: number): number {
  return Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
}

/** Φ(x): Marsaglia's series near 0, the continued fraction of Mills' ratio in the tails. */
export function normal(x: number): number {
  if (x > 2.5) return 1 - normal(-x);
  if (x < -2.5) {
    let fraction = -x;
    for (let k = 150; k >= 1; k--) fraction = -x + k / fraction;
    return density(x) / fraction;
  }
  let term = x;
  let sum = x;
  for (let k = 3; k < 120 && sum + term !== sum; k += 2) {
    term *= (x * x) / k;
    sum += term;
  }
  return 0.5 + density(x) * sum;
}

/** Undiscounted value of a call (sign 1) or put (−1) for v = σ√T. */
function undiscounted(sign: 1 | -1, forward: number, strike: number, v: number): number {
  const d1 = Math.log(forward / strike) / v + v / 2;
  return sign * (forward * normal(sign * d1) - strike * normal(sign * (d1 - v)));
}

/** Null where the price is not below what the option can cost at any volatility. */
export function greeksOf({ cp, strike, forward, price, time, rate }: Option): Greeks | null {
  const sign = cp === "CE" ? 1 : -1;
  const discount = Math.exp(-rate * time);
  if (price >= discount * (cp === "CE" ? forward : strike)) return null;
  const intrinsic = discount * Math.max(0, sign * (forward - strike));
  if (time <= 0 || price - intrinsic <= 1e-9 * Math.max(1, price)) {
    const inside = Math.sign(sign * (forward - strike));
    return { iv: null, delta: (sign * (1 + inside)) / 2, gamma: 0, theta: (rate * price) / 365, vega: 0 };
  }
  // The out-of-the-money side has the same volatility and costs the time value alone.
  const timeValue = (price - intrinsic) / discount;
  const outside = forward > strike ? -1 : 1;
  let low = 0;
  let high = 100;
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2;
    if (undiscounted(outside, forward, strike, middle) < timeValue) low = middle;
    else high = middle;
  }
  const v = (low + high) / 2;
  const d1 = Math.log(forward / strike) / v + v / 2;
  const root = Math.sqrt(time);
  return {
    iv: (v / root) * 100,
    delta: sign * discount * normal(sign * d1),
    gamma: (discount * density(d1)) / (forward * v),
    theta: (rate * price - (discount * forward * density(d1) * (v / root)) / (2 * root)) / 365,
    vega: (discount * forward * density(d1) * root) / 100,
  };
}
