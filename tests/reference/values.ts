/** Semantics §1.5: which values of a row are valid. */
import type { Bug } from "./bugs.ts";
import { exact, roundHalfAwayFromZero, times } from "./exact.ts";

/** A number above zero, or null: null, NaN, infinite, zero and negative are all missing. */
export function positive(value: unknown): number | null {
  const n = finite(value);
  return n !== null && n > 0 ? n : null;
}

/** Rupees above zero. So many as no instrument costs are missing, too (docs/reading-data.md). */
export function price(value: unknown): number | null {
  const n = positive(value);
  return n !== null && n < 20_000_000 ? n : null;
}

/** As it stands, whatever its sign. */
export function finite(value: unknown): number | null {
  const n = typeof value === "bigint" ? Number(value) : value;
  return typeof n === "number" && Number.isFinite(n) ? n : null;
}

/** Zero counts, as a volume or an open interest does. */
export function notNegative(value: unknown): number | null {
  const n = finite(value);
  return n !== null && n >= 0 ? n : null;
}

export function paise(rupees: number, bug?: Bug): number {
  if (bug === "prices_round_down") return Math.floor(rupees * 100 + 1e-6);
  return roundHalfAwayFromZero(times(exact(rupees), exact(100)));
}
