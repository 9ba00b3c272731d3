/** Exact decimal arithmetic: what a person computes on paper, free of binary fractions. */

export interface Fraction {
  readonly n: bigint;
  readonly d: bigint;
}

/** The same prices and thresholds come second after second. */
const known = new Map<number, Fraction>();

/** The number as its shortest decimal writing says: 0.1 is one tenth. */
export function exact(value: number): Fraction {
  const found = known.get(value) ?? asWritten(value);
  known.set(value, found);
  return found;
}

function asWritten(value: number): Fraction {
  const [mantissa, exponent = "0"] = String(value).split("e");
  const [whole, decimals = ""] = mantissa.split(".");
  const n = BigInt(whole + decimals);
  const power = Number(exponent) - decimals.length;
  return power >= 0 ? { n: n * 10n ** BigInt(power), d: 1n } : { n, d: 10n ** BigInt(-power) };
}

export function times(a: Fraction, b: Fraction): Fraction {
  return { n: a.n * b.n, d: a.d * b.d };
}

function floorDivide(n: bigint, d: bigint): bigint {
  const q = n / d;
  return n % d !== 0n && n < 0n ? q - 1n : q;
}

export function roundHalfUp(x: Fraction): number {
  return Number(floorDivide(2n * x.n + x.d, 2n * x.d));
}

export function roundHalfAwayFromZero(x: Fraction): number {
  return x.n < 0n ? -roundHalfUp({ n: -x.n, d: x.d }) : roundHalfUp(x);
}

export function roundHalfTowardZero(x: Fraction): number {
  return x.n < 0n ? -roundHalfTowardZero({ n: -x.n, d: x.d }) : -roundHalfUp({ n: -x.n, d: x.d });
}

/** ⌊a × b⌋ of numbers as they are written. */
export function productFloored(a: number, b: number): number {
  const product = times(exact(a), exact(b));
  return Number(floorDivide(product.n, product.d));
}

/** a × b × …, rounded half up to an integer. */
export function productRounded(...factors: number[]): number {
  return roundHalfUp(factors.map(exact).reduce(times));
}
