/** Facts of a date that other dates play a part in, and when each of them is known. docs/studies.md states the same in words. */
import type { SpotSource } from "../results/types.ts";
import type { DayNumber } from "../time.ts";
import { OPENING_SECONDS, type OwnFacts } from "./own-facts.ts";
import { decileAmong, RANKED_DATES, type Regime } from "./regimes.ts";

/** A date whose spot has a value, and where that spot came from. */
export interface DatedFacts extends OwnFacts {
  readonly date: DayNumber;
  readonly source: SpotSource;
}

/** So many earlier dates are looked at: those that a day is ranked among, and one more for the gap of the first of them. */
export const EARLIER_DATES = RANKED_DATES + 1;

/** From when on something is known on its date: see `FACTS`. */
export type Known = "open" | "first" | "opening" | "over";

interface FactInfo {
  readonly unit: "rupees" | "percent";
  /** One line for docs and completion. */
  readonly help: string;
  /**
   * From when on it is known on its date: from the open, since earlier days say all of it; from the first value of spot; from the
   * last of the first five minutes; or only when the day is over.
   */
  readonly known: Known;
}

/** Of spot. `prev_` is of the latest earlier date of the data whose spot came from the same source and has a value. */
export const FACTS = {
  open: { unit: "rupees", known: "first", help: "first value of the session" },
  high: { unit: "rupees", known: "over", help: "highest value of the session" },
  low: { unit: "rupees", known: "over", help: "lowest value of the session" },
  close: { unit: "rupees", known: "over", help: "last value of the session" },
  change: { unit: "percent", known: "over", help: "(close / prev_close − 1) · 100" },
  range: { unit: "percent", known: "over", help: "(high − low) / open · 100" },
  rv: { unit: "percent", known: "over", help: "square root of the sum of squared 1-second log returns of the day, not annualised" },
  gap: { unit: "percent", known: "first", help: "(open / prev_close − 1) · 100" },
  range5: { unit: "percent", known: "opening", help: "(high − low) of the first five minutes / open · 100" },
  prev_open: { unit: "rupees", known: "open", help: "open of the day before" },
  prev_high: { unit: "rupees", known: "open", help: "high of the day before" },
  prev_low: { unit: "rupees", known: "open", help: "low of the day before" },
  prev_close: { unit: "rupees", known: "open", help: "close of the day before" },
  prev_change: { unit: "percent", known: "open", help: "change of the day before" },
  prev_range: { unit: "percent", known: "open", help: "range of the day before" },
  prev_rv: { unit: "percent", known: "open", help: "realised volatility of the day before" },
  prev_range5: { unit: "percent", known: "open", help: "first-five-minutes range of the day before" },
} as const satisfies Record<string, FactInfo>;

export type Fact = keyof typeof FACTS;
export const FACT_NAMES = Object.keys(FACTS) as readonly Fact[];
/** Those that can be seen while the day goes on. */
export const SEEN_FACTS: readonly Fact[] = FACT_NAMES.filter((fact) => FACTS[fact].known !== "over");

/** From when on a regime's label is known; that of `rv` is the label of the day before. */
export const REGIME_KNOWN = { gap: "first", rv: "open", range5: "opening" } as const satisfies Record<Regime, Known>;

/** The first second of the session, counted from 0, in which something is known; `first` is that of the first spot value. Null: never on that date. */
export function knownFrom(known: Known, first: number | null): number | null {
  if (known === "open") return 0;
  if (known === "over" || first === null) return null;
  return known === "first" ? first : Math.max(first, OPENING_SECONDS - 1);
}

export interface DayFacts {
  readonly date: DayNumber;
  readonly source: SpotSource;
  readonly values: Readonly<Record<Fact, number | null>>;
  /** Deciles, 1 … 10. */
  readonly regimes: Readonly<Record<Regime, number | null>>;
}

/** @param earlier dates with spot of the same source, the latest first; more than `EARLIER_DATES` of them play no part */
export function dayFacts(day: DatedFacts, earlier: readonly DatedFacts[]): DayFacts {
  const before = earlier.slice(0, EARLIER_DATES);
  const previous = before.at(0);
  const { open, high, low, close, range, range5, rv } = day;
  const gap = percentOf(open, previous?.close);
  const ranked = before.slice(0, RANKED_DATES);
  return {
    date: day.date,
    source: day.source,
    values: {
      open, high, low, close, range, rv, gap, range5,
      change: percentOf(close, previous?.close),
      prev_open: previous?.open ?? null, prev_high: previous?.high ?? null, prev_low: previous?.low ?? null, prev_close: previous?.close ?? null,
      prev_change: percentOf(previous?.close, before.at(1)?.close),
      prev_range: previous?.range ?? null, prev_rv: previous?.rv ?? null, prev_range5: previous?.range5 ?? null,
    },
    regimes: {
      gap: decileAmong(gap, ranked.map((other, i) => percentOf(other.open, before.at(i + 1)?.close))),
      rv: decileAmong(previous?.rv ?? null, before.slice(1).map((other) => other.rv)),
      range5: decileAmong(range5, ranked.map((other) => other.range5)),
    },
  };
}

/** Facts of every date that has spot, in the order of the dates. @param days ascending; each is ranked among those before it */
export function factsByDate(days: readonly DatedFacts[]): DayFacts[] {
  const earlier = new Map<SpotSource, DatedFacts[]>();
  return days.map((day) => {
    const before = earlier.get(day.source) ?? [];
    const facts = dayFacts(day, before);
    earlier.set(day.source, [day, ...before].slice(0, EARLIER_DATES));
    return facts;
  });
}

function percentOf(now: number | null | undefined, before: number | null | undefined): number | null {
  return now === null || now === undefined || before === null || before === undefined ? null : (now / before - 1) * 100;
}
