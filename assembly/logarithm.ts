/** Below this |z| the four terms of ln(b/a) = 2·artanh(z), z = (b − a)/(b + a), are exact to the last bit. */
const SMALL_MOVE: f64 = 0.01;

/** ln(to / from) of numbers that are near to each other more often than not. */
@inline export function logRatio(from: f64, to: f64): f64 {
  const z = (to - from) / (to + from);
  if (abs(z) > SMALL_MOVE) return Math.log(to / from);
  const q = z * z;
  return 2 * z * (1 + q * (1.0 / 3 + q * (0.2 + q * (1.0 / 7))));
}
