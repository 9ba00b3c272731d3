import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lag, openingRange, realisedVolatility, soFar, trailingSum, vwap } from "../../../../src/core/series/trailing.ts";
import { expectNear, onDay, put, read, rupees, sameLength, type Values } from "./support.ts";

const span = fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 90 }));
const quantity = fc.oneof({ weight: 4, arbitrary: fc.nat(1_000_000_000) }, { weight: 1, arbitrary: fc.constant(null) });
const known = (values: Values) => values.filter((value) => value !== null);

describe("volume", () => {
  it("of a trailing span is the exact sum, missing until the span fits", () => {
    fc.assert(
      fc.property(sameLength(quantity, 1), span, ([volume], n) =>
        onDay(volume.length, (day) => {
          const twin = volume.map((_, s) => (s < n - 1 ? null : known(volume.slice(s - n + 1, s + 1)).reduce((sum, v) => sum + v, 0)));
          expect(read(day, trailingSum(day, put(day, volume), n))).toEqual(twin);
        }),
      ),
      { numRuns: 300 },
    );
  });
});

describe("values of the day", () => {
  it("lag by any number of seconds", () => {
    fc.assert(
      fc.property(sameLength(rupees, 1), fc.nat(100), ([values], by) =>
        onDay(values.length, (day) => void expect(read(day, lag(day, put(day, values), by))).toEqual(values.map((_, s) => (s < by ? null : values[s - by])))),
      ),
    );
  });

  it("know the open, high and low so far, held where a second is missing", () => {
    fc.assert(
      fc.property(sameLength(rupees, 1), ([values]) =>
        onDay(values.length, (day) => {
          const twin = (of: (seen: number[]) => number) => values.map((_, s) => (known(values.slice(0, s + 1)).length === 0 ? null : of(known(values.slice(0, s + 1)))));
          const series = put(day, values);
          expect(read(day, soFar(day, series, "open"))).toEqual(twin((seen) => seen[0]));
          expect(read(day, soFar(day, series, "high"))).toEqual(twin((seen) => Math.max(...seen)));
          expect(read(day, soFar(day, series, "low"))).toEqual(twin((seen) => Math.min(...seen)));
        }),
      ),
    );
  });

  it("know the opening range from the last second of it", () => {
    fc.assert(
      fc.property(sameLength(rupees, 1), span, ([values], n) =>
        onDay(values.length, (day) => {
          const seen = known(values.slice(0, n));
          const twin = (value: number) => values.map((_, s) => (s < n - 1 || seen.length === 0 ? null : value));
          expect(read(day, openingRange(day, put(day, values), "high", n))).toEqual(twin(Math.max(...seen)));
          expect(read(day, openingRange(day, put(day, values), "low", n))).toEqual(twin(Math.min(...seen)));
        }),
      ),
    );
  });

  it("know the volume-weighted price since the open", () => {
    fc.assert(
      fc.property(sameLength(fc.tuple(rupees, fc.oneof(fc.constant(0), quantity)), 1), ([rows]) =>
        onDay(rows.length, (day) => {
          const twin = rows.map((_, s) => {
            const both = rows.slice(0, s + 1).flatMap(([price, volume]) => (price === null || volume === null ? [] : [[price, volume]]));
            const traded = both.reduce((sum, [, volume]) => sum + volume, 0);
            return traded === 0 ? null : both.reduce((sum, [price, volume]) => sum + price * volume, 0) / traded;
          });
          expectNear(read(day, vwap(day, put(day, rows.map(([price]) => price)), put(day, rows.map(([, volume]) => volume)))), twin);
        }),
      ),
    );
  });
});

describe("realised volatility", () => {
  const twin = (values: Values, n: number) =>
    values.map((_, s) => {
      const window = values.slice(s - n, s + 1);
      if (s < n || window.some((value) => value === null || value <= 0)) return null;
      let sum = 0;
      for (let i = s - n + 1; i <= s; i++) sum += Math.log(values[i]! / values[i - 1]!) ** 2;
      return Math.sqrt(sum) * 100;
    });

  it("is the root of the summed squared log returns, missing with any of its values", () => {
    fc.assert(
      fc.property(sameLength(rupees, 1), span, ([values], n) => onDay(values.length, (day) => expectNear(read(day, realisedVolatility(day, put(day, values), n)), twin(values, n)))),
      { numRuns: 500 },
    );
  });

  it("is exactly zero in a still market after a storm", () => {
    const values = [100, 180, 20, 300, ...Array<number>(40).fill(50.05)];
    const found = onDay(values.length, (day) => read(day, realisedVolatility(day, put(day, values), 7)));
    expectNear(found, twin(values, 7));
    expect(found.slice(12)).toEqual(Array(32).fill(0));
  });

  it("of two seconds of +1 % and −1 % is worked by hand", () => {
    // ln 1.01 = 0.00995033, ln(100/101) the same with a minus: √(2 · 0.00995033²) = 1.40719 %.
    const found = onDay(3, (day) => read(day, realisedVolatility(day, put(day, [100, 101, 100]), 2)));
    expect(found.slice(0, 2)).toEqual([null, null]);
    expect(found[2]).toBeCloseTo(1.40719, 5);
  });
});
