/** Semantics §2: one slot per second of the session, each with the latest valid values. */
import type { Bug } from "./bugs.ts";
import type { Book } from "./book.ts";
import type { RawRow } from "./read-folder.ts";
import type { SessionHours } from "./rules.ts";
import type { Tick } from "./ticks.ts";

/** What is known of one instrument at one second. */
export interface Slot {
  readonly price: number | null;
  readonly priceSecond: number;
  /** Second of the row that gave the price. */
  readonly priceRow: number;
  readonly bid: number | null;
  readonly ask: number | null;
  readonly quoteSecond: number;
  /** Of the row of the latest valid quote. */
  readonly book: Book | null;
  /** Cumulative. */
  readonly volume: number | null;
  readonly oi: number | null;
  /** The latest row, whatever it holds. */
  readonly columns: RawRow | null;
}

const NOTHING: Slot = { price: null, priceSecond: -1, priceRow: -1, bid: null, ask: null, quoteSecond: -1, book: null, volume: null, oi: null, columns: null };

export interface Grid {
  at(second: number): Slot;
}

/** `ticks` are those of one date inside its session, in order. */
export function gridOf(ticks: readonly Tick[], session: SessionHours, bug?: Bug): Grid {
  /** What is known from a second on, in the order of the seconds. */
  const changes: { readonly second: number; readonly slot: Slot }[] = [];
  let known = NOTHING;
  let next = 0;
  while (next < ticks.length) {
    const { second } = ticks[next];
    const firstOfSecond = next;
    for (; next < ticks.length && ticks[next].second === second; next++) {
      const tick = ticks[next];
      if (bug === "first_row_of_a_second_wins" && next > firstOfSecond) continue;
      if (tick.price !== null) known = { ...known, price: tick.price, priceSecond: tick.priceSecond, priceRow: second };
      if (tick.bid !== null) known = { ...known, bid: tick.bid, ask: tick.ask, quoteSecond: second, book: tick.book };
      else if (bug === "bad_book_renews_the_age") known = { ...known, quoteSecond: second };
      else if (bug === "bad_book_clears_quote") known = { ...known, bid: null, ask: null };
      known = { ...known, volume: tick.volume ?? known.volume, oi: tick.oi ?? known.oi, columns: tick.columns };
    }
    changes.push({ second, slot: known });
  }
  return {
    at: (second) => {
      if (second < session.open) return NOTHING;
      const seen = bug === "sees_the_next_second" ? Math.min(second + 1, session.close - 1) : second;
      // Halves the changes until the last that is not after the second is found.
      let [low, high] = [0, changes.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (changes[middle].second <= seen) low = middle + 1;
        else high = middle;
      }
      return low === 0 ? NOTHING : changes[low - 1].slot;
    },
  };
}
