import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayFacts, factsByDate, knownFrom, type DatedFacts } from "../../../../src/core/facts/day-facts.ts";
import { NO_FACTS, ownFacts } from "../../../../src/core/facts/own-facts.ts";
import { decileAmong, LEAST_RANKED } from "../../../../src/core/facts/regimes.ts";

const seconds = (length: number, of: (s: number) => number) => Int32Array.from({ length }, (_, s) => of(s));

describe("facts of a day by itself", () => {
  it("are open, high, low and close in rupees, ranges in percent of the open", () => {
    // 100.00 at the open, 102.00 in second 200, 97.00 in second 299, 105.00 in second 300, 101.00 at the end.
    const prices = seconds(600, (s) => (s < 200 ? 10_000 : s < 299 ? 10_200 : s < 300 ? 9_700 : s < 599 ? 10_500 : 10_100));
    const { rv, ...facts } = ownFacts(prices);
    expect(facts).toEqual({ open: 100, high: 105, low: 97, close: 101, range: 8, range5: 5 });
    const moves = [10_200 / 10_000, 9_700 / 10_200, 10_500 / 9_700, 10_100 / 10_500];
    expect(rv).toBeCloseTo(100 * Math.hypot(...moves.map(Math.log)), 12);
  });

  it("begin with the first value, and are missing without one", () => {
    expect(ownFacts(seconds(400, (s) => (s < 350 ? 0 : 5_000 + s - 350)))).toMatchObject({ open: 50, low: 50, high: 50.49, close: 50.49, range5: null });
    expect(ownFacts(new Int32Array(400))).toEqual(NO_FACTS);
    expect(ownFacts(seconds(299, () => 100)).range5).toBeNull();
    expect(ownFacts(seconds(300, () => 100)).range5).toBe(0);
  });

  it("look at the first five minutes only for range5", () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 301, maxLength: 400 }), fc.integer({ min: 1, max: 9_999 }), (moves, other) => {
      const prices = Int32Array.from(moves, (move) => 9_000 + move);
      const changed = prices.slice();
      changed.fill(other, 300);
      expect(ownFacts(changed).range5).toBe(ownFacts(prices).range5);
    }));
  });
});

describe("deciles", () => {
  const hundred = Array.from({ length: 100 }, (_, i) => i);

  it("count the share of earlier values below, equal ones half", () => {
    expect(decileAmong(-1, hundred)).toBe(1);
    expect(decileAmong(9, hundred)).toBe(1); // 9 below, 1 equal: 9.5 %
    expect(decileAmong(9.5, hundred)).toBe(2); // 10 below: 10 %
    expect(decileAmong(50, hundred)).toBe(6);
    expect(decileAmong(1_000, hundred)).toBe(10);
    expect(decileAmong(7, Array.from({ length: 40 }, () => 7))).toBe(6);
  });

  it("need values enough, and leave missing ones out", () => {
    expect(decileAmong(5, hundred.slice(0, LEAST_RANKED - 1))).toBeNull();
    expect(decileAmong(5, [...hundred.slice(0, LEAST_RANKED - 1), null, null])).toBeNull();
    expect(decileAmong(5, [...hundred.slice(0, LEAST_RANKED), null])).toBe(3);
    expect(decileAmong(null, hundred)).toBeNull();
  });
});

describe("facts of a day among the days before it", () => {
  const day = (date: number, open: number, close: number, more: Partial<DatedFacts> = {}): DatedFacts =>
    ({ date, source: "files", open, high: Math.max(open, close), low: Math.min(open, close), close, range: Math.abs(close - open), range5: 1, rv: date, ...more });

  it("take close and range from the latest date with spot of the same source", () => {
    const facts = dayFacts(day(3, 110, 121), [day(2, 90, 100), day(1, 70, 80)]);
    expect(facts.values).toMatchObject({ open: 110, prev_open: 90, prev_close: 100, prev_rv: 2, prev_range: 10 });
    expect(facts.values.gap).toBeCloseTo(10, 12);
    expect(facts.values.change).toBeCloseTo(21, 12);
    expect(facts.values.prev_change).toBeCloseTo(25, 12);
    const list = factsByDate([day(1, 70, 80), day(2, 90, 100, { source: "future" }), day(3, 110, 121)]);
    expect(list.map(({ values }) => values.prev_close)).toEqual([null, null, 80]);
  });

  it("label rv by the day before, gap and range5 by the day itself", () => {
    const days = Array.from({ length: 30 }, (_, i) => day(i, 100 + i, 100, { rv: i, range5: 50 - i }));
    const { regimes } = factsByDate(days).at(-1)!;
    expect(regimes).toEqual({ gap: 10, rv: 10, range5: 1 });
    // Its own volatility plays no part.
    expect(factsByDate([...days.slice(0, -1), { ...days[29], rv: -1 }]).at(-1)!.regimes.rv).toBe(10);
    // The 20th date before which there are 20 ranges, 19 gaps and 19 volatilities beside the one labelled.
    expect(factsByDate(days)[20].regimes).toEqual({ gap: null, rv: null, range5: 1 });
    expect(factsByDate(days)[21].regimes).toEqual({ gap: 10, rv: 10, range5: 1 });
  });

  it("never look ahead: later days change nothing", () => {
    const someDay = fc.record({ open: fc.integer({ min: 90, max: 110 }), close: fc.integer({ min: 90, max: 110 }), rv: fc.integer({ min: 0, max: 9 }), range5: fc.option(fc.integer({ min: 0, max: 9 })) });
    fc.assert(fc.property(fc.array(someDay, { minLength: 30, maxLength: 60 }), fc.nat(29), (days, cut) => {
      const dated = days.map(({ open, close, ...more }, i) => day(i, open, close, more));
      expect(factsByDate(dated.slice(0, cut + 1))).toEqual(factsByDate(dated).slice(0, cut + 1));
    }), { numRuns: 50 });
  });

  it("rank among the latest year only", () => {
    const days = Array.from({ length: 300 }, (_, i) => day(i, 100, 100, { range5: i < 48 ? 1_000 : 1 }));
    expect(dayFacts(day(300, 100, 100, { range5: 500 }), days.toReversed()).regimes.range5).toBe(10);
    expect(dayFacts(day(300, 100, 100, { range5: 500 }), days.slice(0, 299).toReversed()).regimes.range5).toBe(10);
    expect(dayFacts(day(300, 100, 100, { range5: 500 }), days.slice(0, 260).toReversed()).regimes.range5).toBe(9);
  });
});

it("say from when on they are known", () => {
  expect(knownFrom("open", null)).toBe(0);
  expect(knownFrom("first", 7)).toBe(7);
  expect(knownFrom("first", null)).toBeNull();
  expect(knownFrom("opening", 7)).toBe(299);
  expect(knownFrom("opening", 400)).toBe(400);
  expect(knownFrom("over", 0)).toBeNull();
});
