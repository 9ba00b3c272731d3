// The normal distribution through Mills' ratio Y(z) = Φ(−z)/φ(z), which neither under- nor overflows for z ≥ 0.
// Y′ = zY − 1, so its Taylor coefficients follow from its value: c₁ = zc₀ − 1, (n + 1)·cₙ₊₁ = z·cₙ + cₙ₋₁.

/** Up to here Y is expanded about the nearest of the nodes; beyond, it is a continued fraction. */
const REACH: f64 = 8;
const PER_UNIT: i32 = 16;
const NODES: i32 = 8 * 16 + 1;
/** With nodes 1/16 apart the term after the eighth is below the last bit. */
const COEFFICIENTS: i32 = 9;
const STEP_TERMS: i32 = 15;
const FRACTION_TERMS: i32 = 40;
export const ROOT_2PI: f64 = 2.5066282746310002;

const table = memory.data(129 * 9 * 8, 16);
let filled: bool = false;

/** Y for z ≥ 8: 1/(z + 1/(z + 2/(z + 3/(z + …)))). */
function farMills(z: f64): f64 {
  let rest = z;
  for (let n = FRACTION_TERMS; n > 0; n--) rest = z + <f64>n / rest;
  return 1 / rest;
}

/** From the far end down: in this direction errors shrink. */
function fillTable(): void {
  let value = farMills(REACH);
  for (let k = NODES - 1; k >= 0; k--) {
    const z = <f64>k / <f64>PER_UNIT;
    const step = -1 / <f64>PER_UNIT;
    let before = value;
    let now = z * value - 1;
    let power = step;
    let next = value;
    const row = table + <usize>(k * COEFFICIENTS) * 8;
    store<f64>(row, value);
    for (let n = 1; n <= STEP_TERMS; n++) {
      if (n < COEFFICIENTS) store<f64>(row + (<usize>n << 3), now);
      next += now * power;
      power *= step;
      const after = (z * now + before) / <f64>(n + 1);
      before = now;
      now = after;
    }
    value = next;
  }
  filled = true;
}

/** Y(z) for z ≥ 0. */
export function mills(z: f64): f64 {
  if (z >= REACH) return farMills(z);
  if (!filled) fillTable();
  const k = <i32>(z * <f64>PER_UNIT + 0.5);
  const row = table + <usize>(k * COEFFICIENTS) * 8;
  const d = z - <f64>k / <f64>PER_UNIT;
  const d2 = d * d;
  const d4 = d2 * d2;
  const low = load<f64>(row) + load<f64>(row, 8) * d + (load<f64>(row, 16) + load<f64>(row, 24) * d) * d2;
  const high = load<f64>(row, 32) + load<f64>(row, 40) * d + (load<f64>(row, 48) + load<f64>(row, 56) * d) * d2;
  return low + (high + load<f64>(row, 64) * d4) * d4;
}

/** Y(z) for any z; overflows to infinity below about −38. */
export function millsAnywhere(z: f64): f64 {
  return z >= 0 ? mills(z) : ROOT_2PI * Math.exp(z * z / 2) - mills(-z);
}

/** Density of the standard normal distribution. */
@inline export function density(z: f64): f64 {
  return Math.exp(z * z / -2) / ROOT_2PI;
}

/** Φ(z), given the density at z. */
@inline export function below(z: f64, densityAtZ: f64): f64 {
  return z > 0 ? 1 - densityAtZ * mills(z) : densityAtZ * mills(-z);
}
