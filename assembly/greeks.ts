// Semantics §5: Black-76 on the forward. Price of a call: e^(−rT)·(F·Φ(d₁) − K·Φ(d₂)), d₁,₂ = ln(F/K)/v ± v/2, v = σ√T.
// Volatility is a fraction per year here, time ACT/365 in seconds, rates continuous and per year.
import { logRatio } from "./logarithm";
import { below, density, mills, millsAnywhere, ROOT_2PI } from "./mills";

export const SECONDS_PER_YEAR: f64 = 365 * 86400;
const DAYS_PER_YEAR: f64 = 365;
/** A price within this times max(1, price) of intrinsic has no time value. */
const NO_TIME_VALUE: f64 = 1e-9;
/** From here on two Mills ratios are taken instead of one expanded. */
const LARGE_HALF: f64 = 0.3;
/** A step is the last when it leaves less than 1e-13 of the price: squared, as it is compared. */
const LEFT_SQUARED: f64 = 1e-26;
const MOST_STEPS: i32 = 100;
/** Total volatility beyond which a price cannot be told from its upper limit. */
const MOST_VOLATILITY: f64 = 30;

/** More than ever count for h ≤ 0.3: 1/3!, 1/5!, 1/7!, … */
const TERMS: usize = 12;
const inverses = memory.data<f64>([
  1.0 / 6, 1.0 / 120, 1.0 / 5040, 1.0 / 362880, 1.0 / 39916800, 1.0 / 6227020800, 1.0 / 1307674368000, 1.0 / 355687428096000,
  1.0 / 121645100408832000, 1.0 / 51090942171709440000, 1.0 / 25852016738884976640000.0, 1.0 / 15511210043330985984000000.0,
]);

/** How the solution last found moves: with the relative change of the price, and with the log-moneyness. */
let byPrice: f64 = 0;
let byMoneyness: f64 = 0;

/**
 * Y(a − h) − Y(a + h), a ≥ 0: the ratio of the price of an out-of-the-money option (in units of √(FK)) to its derivative
 * by v, for a = |ln(F/K)|/v and h = v/2.
 */
function priceOverVega(a: f64, h: f64): f64 {
  if (h > LARGE_HALF) {
    byMoneyness = 0;
    return millsAnywhere(a - h) - mills(a + h);
  }
  // −2·(Y′h + Y‴h³/3! + …): no cancellation for small h. The derivatives follow Yⁿ⁺¹ = a·Yⁿ + n·Yⁿ⁻¹.
  const y = mills(a);
  byMoneyness = y;
  const square = h * h;
  let odd = a * y - 1;
  let even = a * odd + y;
  let sum = odd;
  let factor = square;
  let n: f64 = 3;
  for (let at = inverses; at < inverses + TERMS * 8; at += 8) {
    odd = a * even + (n - 1) * odd;
    even = a * odd + n * even;
    const term = factor * load<f64>(at) * odd;
    sum += term;
    if (abs(term) <= abs(sum) * 1e-16) break;
    factor *= square;
    n += 2;
  }
  return -2 * h * sum;
}

/**
 * The v at which an out-of-the-money option of log-moneyness `x` = |ln(F/K)| costs `price` · √(FK), 0 < price < e^(−x/2).
 * Householder's third method on ln price, kept inside a bracket that shrinks with every step.
 */
function totalVolatility(x: f64, price: f64, start: f64): f64 {
  const perPrice = 1 / (price * ROOT_2PI);
  let low: f64 = 0;
  let high = MOST_VOLATILITY;
  let v = start;
  for (let i = 0; i < MOST_STEPS; i++) {
    const perV = 1 / v;
    const a = x * perV;
    const h = v / 2;
    const ratio = priceOverVega(a, h);
    byPrice = ratio;
    const off = Math.log(ratio * perPrice) - (a * a + h * h) / 2;
    if (off < 0) low = v;
    else high = v;
    const w = 1 / ratio;
    const g = (a * a - h * h) * perV;
    const newton = -off * ratio;
    const second = g - w;
    const third = g * g - 3 * a * a * (perV * perV) - 0.25 - 3 * g * w + 2 * w * w;
    const next = v + newton * (1 + second * newton / 2) / (1 + newton * (second + third * newton / 6));
    const inside = next >= low && next <= high;
    // The method is of fourth order: what a step leaves goes with the cube of its length in units of the curvature.
    const reach = newton * newton * max(second * second, abs(third));
    if (inside && off * off * reach * reach * reach < LEFT_SQUARED) return next;
    v = inside ? next : (low + high) / 2;
    if (high - low <= high * f64.EPSILON) return v;
  }
  return v;
}

/**
 * Implied volatility (a fraction per year) by second, for seconds [from, to). `forward` and `price` are by second, in
 * rupees; `strike` too, or 0 and the constant beside it. `call` chooses the side. `secondsLeft` is the time from slot 0
 * to the close of the expiry day.
 * 0 where the price is not above intrinsic or no time is left; missing where an input is, and where the price is not
 * below what the option can cost at any volatility.
 */
export function impliedVolatility(forward: usize, price: usize, strike: usize, constantStrike: f64, call: bool, secondsLeft: f64, rate: f64, from: i32, to: i32, out: usize): void {
  let lastForward: f64 = 0;
  let lastStrike: f64 = 0;
  let lastPrice: f64 = 0;
  let lastMoneyness: f64 = 0;
  let lastNormal: f64 = 0;
  let v: f64 = 0;
  for (let s = from; s < to; s++) {
    const at = <usize>s << 3;
    const f = load<f64>(forward + at);
    const k = strike == 0 ? constantStrike : load<f64>(strike + at);
    const given = load<f64>(price + at);
    if (!(f > 0 && k > 0 && given > 0)) {
      store<f64>(out + at, NaN);
      continue;
    }
    const years = (secondsLeft - <f64>s) / SECONDS_PER_YEAR;
    const p = rate == 0 ? given : given * Math.exp(rate * years);
    const over = f - k;
    const value = p - max(call ? over : -over, 0);
    if (years <= 0 || value <= NO_TIME_VALUE * max(p, 1)) {
      store<f64>(out + at, 0);
      continue;
    }
    if (value >= min(f, k)) {
      store<f64>(out + at, NaN);
      continue;
    }
    // v is a function of these three alone: seconds in which nothing moves cost a square root.
    if (f != lastForward || k != lastStrike || p != lastPrice) {
      const x = abs(logRatio(k, f));
      const normal = value / Math.sqrt(f * k);
      // Start where the last solution has moved to; without one at the price at the money, or where the price curve turns if that is more.
      let start = v;
      if (v > 0) {
        const moved = v + byPrice * (normal - lastNormal) / lastNormal + byMoneyness * (x - lastMoneyness);
        if (moved > v / 2 && moved < v * 2) start = moved;
      } else start = max(min(normal * ROOT_2PI, 2), Math.sqrt(2 * x));
      v = totalVolatility(x, normal, start);
      lastMoneyness = x;
      lastNormal = normal;
      lastForward = f;
      lastStrike = k;
      lastPrice = p;
    }
    store<f64>(out + at, v / Math.sqrt(years));
  }
}

/**
 * Delta, gamma (per rupee), theta (rupees per calendar day) and vega (rupees per 1 % of volatility) by second, for
 * seconds [from, to), from the volatility that `impliedVolatility` found; an output of 0 is not wanted. Where the
 * volatility is 0 they have the values of an option without time value: delta 0, ±½ at the money, or ±1; gamma and vega 0.
 */
export function greeks(
  forward: usize, price: usize, volatility: usize, strike: usize, constantStrike: f64, call: bool, secondsLeft: f64, rate: f64, from: i32, to: i32,
  delta: usize, gamma: usize, theta: usize, vega: usize,
): void {
  for (let s = from; s < to; s++) {
    const at = <usize>s << 3;
    const f = load<f64>(forward + at);
    const k = strike == 0 ? constantStrike : load<f64>(strike + at);
    const sigma = load<f64>(volatility + at);
    const years = max((secondsLeft - <f64>s) / SECONDS_PER_YEAR, 0);
    const discount = rate == 0 ? 1 : Math.exp(-rate * years);
    const root = Math.sqrt(years);
    const v = sigma * root;
    let d1: f64 = NaN;
    let slope: f64 = NaN;
    if (v > 0) {
      d1 = Math.log(f / k) / v + v / 2;
      slope = density(d1);
    } else if (v == 0) {
      d1 = f > k ? Infinity : f < k ? -Infinity : 0;
      slope = 0;
    }
    const still = v == 0;
    if (delta != 0) {
      const side = call ? d1 : -d1;
      const share = still ? (side > 0 ? 1 : side < 0 ? 0 : 0.5) : below(side, slope);
      store<f64>(delta + at, discount * (call ? share : -share));
    }
    if (gamma != 0) store<f64>(gamma + at, still ? 0 : discount * slope / (f * v));
    if (theta != 0) {
      const decay = still ? 0 : discount * f * slope * sigma / (2 * root);
      const earned = rate == 0 ? 0 : rate * load<f64>(price + at);
      store<f64>(theta + at, (earned - decay) / DAYS_PER_YEAR);
    }
    if (vega != 0) store<f64>(vega + at, discount * f * slope * root / 100);
  }
}

/** The volatility that `impliedVolatility` found, in percent per year; missing where the price has no time value to tell it. */
export function volatilityPercent(volatility: usize, seconds: i32, out: usize): void {
  for (let s = 0; s < seconds; s++) {
    const at = <usize>s << 3;
    const sigma = load<f64>(volatility + at);
    store<f64>(out + at, sigma > 0 ? sigma * 100 : NaN);
  }
}
