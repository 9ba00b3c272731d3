/** Semantics §2, spot: where the underlying's value comes from on one date, and how old it is. */
import type { Bug } from "./bugs.ts";
import type { Grid, Slot } from "./grid.ts";
import type { SessionHours } from "./rules.ts";

export interface SpotValue {
  readonly value: number;
  /** Second of the row (or of the computation) of the value. */
  readonly second: number;
}

export interface Spot {
  at(second: number): SpotValue | null;
}

/** Spot as the last price of an index file or of a future. */
export function spotFromPrices(grid: Grid): Spot {
  return {
    at(second) {
      const slot = grid.at(second);
      return slot.price === null ? null : { value: slot.price, second: slot.priceRow };
    },
  };
}

const FRESH = 3;

interface Pair {
  readonly strike: number;
  readonly ce: Grid;
  readonly pe: Grid;
}

/** F = K + mid(CE, K) − mid(PE, K), second by second. `pairs` are the strikes with both sides listed, ascending. */
export function syntheticSpot(pairs: readonly Pair[], session: SessionHours, bug?: Bug): Spot {
  const maxAge = bug === "synthetic_age_four" ? 4 : FRESH;
  const needed = bug === "synthetic_from_two_strikes" ? 2 : 3;
  const values: (SpotValue | null)[] = [];
  let current: SpotValue | null = null;
  for (let second = session.open; second < session.close; second++) {
    const fresh = (slot: Slot) => slot.bid !== null && second - slot.quoteSecond <= maxAge;
    const bothFresh = pairs.filter((p) => fresh(p.ce.at(second)) && fresh(p.pe.at(second)));
    let chosen: Pair | undefined;
    if (current === null) {
      const gap = (p: Pair) => Math.abs(twiceMid(p.ce.at(second)) - twiceMid(p.pe.at(second)));
      if (bothFresh.length >= needed) chosen = bothFresh.reduce((best, p) => (gap(p) < gap(best) ? p : best));
    } else {
      const before = current.value;
      const distance = (p: Pair) => Math.abs(p.strike * 100 - before);
      const candidates = bug === "synthetic_tries_other_strikes" ? bothFresh : pairs;
      if (candidates.length > 0) {
        const nearest = candidates.reduce((best, p) => (distance(p) < distance(best) ? p : best));
        if (bothFresh.includes(nearest)) chosen = nearest;
      }
    }
    if (chosen) current = { value: Math.floor(chosen.strike * 100 + (twiceMid(chosen.ce.at(second)) - twiceMid(chosen.pe.at(second))) / 2 + 0.5), second };
    values.push(current);
  }
  return { at: (second) => values[second - session.open] };
}

/** Twice the mid, so that half paise stay whole numbers. */
function twiceMid(slot: Slot): number {
  return slot.bid! + slot.ask!;
}
