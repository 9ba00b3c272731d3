/** What one date's spot says by itself: no other date plays a part. docs/studies.md states the same in words. */
import { PAISE_PER_RUPEE } from "../money.ts";

/** `range5` is of so many seconds from the open: 09:15:00–09:19:59 of an ordinary day. */
export const OPENING_SECONDS = 300;

/** Prices in rupees, the others in percent. Null: missing. All are missing where the session has no value. */
export interface OwnFacts {
  /** First value of the session. */
  readonly open: number | null;
  readonly high: number | null;
  readonly low: number | null;
  /** Last value of the session. */
  readonly close: number | null;
  /** (high − low) / open · 100. */
  readonly range: number | null;
  /** The same of the first five minutes, against the open of the session; missing where they have no value, or the session is shorter. */
  readonly range5: number | null;
  /** 100 · √Σ squared 1-second log returns from the first value to the close, not annualised; a second without a new value is a return of 0. */
  readonly rv: number | null;
}

export const NO_FACTS: OwnFacts = { open: null, high: null, low: null, close: null, range: null, range5: null, rv: null };

/** @param prices paise by second of the session, 0 before the first value, carried after it */
export function ownFacts(prices: Int32Array): OwnFacts {
  const first = prices.findIndex((price) => price > 0);
  if (first < 0) return NO_FACTS;
  const opened = prices[first];
  const whole = extremes(prices, first, prices.length);
  const opening = prices.length >= OPENING_SECONDS && first < OPENING_SECONDS ? extremes(prices, first, OPENING_SECONDS) : null;
  const rangeOf = ({ high, low }: Extremes) => ((high - low) / opened) * 100;
  return {
    open: opened / PAISE_PER_RUPEE, high: whole.high / PAISE_PER_RUPEE, low: whole.low / PAISE_PER_RUPEE, close: prices[prices.length - 1] / PAISE_PER_RUPEE,
    range: rangeOf(whole), range5: opening && rangeOf(opening), rv: realisedVolatility(prices, first, prices.length),
  };
}

export interface Extremes {
  readonly high: number;
  readonly low: number;
}

/** Of seconds [from, to), which have at least one value; all of them are positive. */
export function extremes(prices: Int32Array, from: number, to: number): Extremes {
  let high = prices[from];
  let low = high;
  for (let s = from + 1; s < to; s++) {
    const price = prices[s];
    if (price > high) high = price;
    else if (price < low) low = price;
  }
  return { high, low };
}

/** In percent, of the returns within seconds [from, to), whose prices are positive. */
export function realisedVolatility(prices: Int32Array, from: number, to: number): number {
  let squares = 0;
  let before = prices[from];
  for (let s = from + 1; s < to; s++) {
    const now = prices[s];
    if (now === before) continue;
    squares += Math.log(now / before) ** 2;
    before = now;
  }
  return Math.sqrt(squares) * 100;
}
