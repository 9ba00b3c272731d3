import { DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import { max, mean, median, medianAbsoluteDeviation, min, sampleSkewness, sampleStandardDeviation } from "simple-statistics";
import { describe, expect, it } from "vitest";
import { describe as figures, mergedTally, NO_STATS, tallyOf } from "../../../../src/core/studies/describe.ts";
import { diverges, outlying } from "../../../../src/core/studies/outliers.ts";
import { wilson } from "../../../../src/core/studies/directions.ts";
import { CONFIDENCE } from "../../../../src/core/studies/schema.ts";

const of = (values: readonly number[]) => figures(tallyOf(values));
const near = (found: number | null, wanted: number) => expect(Math.abs(found! - wanted)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(wanted)));
const someValues = (minLength: number) => fc.array(fc.oneof(fc.integer({ min: -20, max: 20 }), fc.double({ min: -1e3, max: 1e3, noNaN: true, noDefaultInfinity: true })), { minLength, maxLength: 60 });

describe("the figures of a list", () => {
  it("agree with simple-statistics", () => {
    fc.assert(fc.property(someValues(3), (values) => {
      const found = of(values);
      near(found.mean, mean(values));
      near(found.median, median(values));
      near(found.sd, sampleStandardDeviation(values));
      near(found.mad, medianAbsoluteDeviation(values));
      expect([found.n, found.min! + 0, found.max! + 0]).toEqual([values.length, min(values) + 0, max(values) + 0]);
      // Of values that are all but equal, rounding decides the third power.
      if (sampleStandardDeviation(values) > 1e-3) near(found.skew, sampleSkewness(values));
    }), { numRuns: 300 });
  });

  it("agree with native DuckDB, quartiles and all", async () => {
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    for (const values of fc.sample(someValues(3), { numRuns: 40, seed: 6 })) {
      const sql = `SELECT avg(x), median(x), stddev_samp(x), mad(x), quantile_cont(x, 0.75) - quantile_cont(x, 0.25), skewness(x) FROM (SELECT unnest([${values.map((value) => `${value}::DOUBLE`).join()}]) AS x)`;
      const [wanted] = (await connection.runAndReadAll(sql)).getRows() as number[][];
      const { mean: average, median: middle, sd, mad, iqr, skew } = of(values);
      [average, middle, sd, mad, iqr].forEach((found, i) => near(found, wanted[i]));
      if (sd! > 1e-3) near(skew, wanted[5]);
    }
  });

  it("are those of a table worked by hand", () => {
    // Mean 4, squared deviations 4+4+1+1+0+36 = 46; distances from the median 3: 1 1 0 0 1 7.
    const { skew, ...found } = of([2, 2, 3, 3, 4, 10]);
    expect(found).toEqual({ n: 6, mean: 4, median: 3, sd: Math.sqrt(46 / 5), mad: 1, iqr: 1.5, min: 2, max: 10, q1: 2.25, q3: 3.75 });
    near(skew, (6 / 20) * ((-8 - 8 - 1 - 1 + 216) / (46 / 5) ** 1.5));
  });

  it("are missing where a list cannot give them", () => {
    expect(of([])).toEqual(NO_STATS);
    expect(of([5])).toEqual({ n: 1, mean: 5, median: 5, sd: null, mad: 0, iqr: 0, skew: null, min: 5, max: 5, q1: 5, q3: 5 });
    expect(of([1, 3])).toMatchObject({ sd: Math.SQRT2, skew: null });
    expect(of([0.1, 0.1, 0.1])).toMatchObject({ sd: 0, skew: null, mad: 0, iqr: 0 });
  });

  it("are the same of values that were counted apart", () => {
    fc.assert(fc.property(fc.array(fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 9 }), { maxLength: 5 }), (lists) => {
      expect(figures(mergedTally(lists.map(tallyOf)))).toEqual(of(lists.flat()));
    }));
  });
});

describe("just at a limit", () => {
  const stats = { ...NO_STATS, n: 9, mean: 10, median: 8, mad: 2, q1: 9, q3: 11, iqr: 2 };

  it("a mean does not diverge yet", () => {
    expect([diverges(stats, 1), diverges(stats, 0.99), diverges({ ...stats, mad: null }, 0), diverges({ ...stats, mean: 8 }, 0)]).toEqual([false, true, false, false]);
  });

  it("of equality, a mean does not diverge yet, and the limit grows with the numbers", () => {
    const around = (median: number, mean: number) => diverges({ ...stats, mad: 0, median, mean }, 1);
    expect([around(0, 1e-9), around(0, 1.01e-9), around(1e6, 1e6 + 5e-4), around(1e6, 1e6 + 2e-3)]).toEqual([false, true, false, true]);
  });

  it("a value is no outlier yet", () => {
    // 0.6745 · 2 / 2; the fences are 9 − 3 and 11 + 3.
    const of = (value: number) => outlying(value, stats, { mad: 0.6745, iqr: 1.5 });
    expect([of(10).mad, of(10.01).mad, of(6).fence, of(5.99).fence, of(14).fence, of(14.01).fence]).toEqual([false, true, null, 6, null, 14]);
  });
});

describe("divergence and outliers", () => {
  it("flag a mean that the median does not confirm", () => {
    const skewed = of([1, 2, 3, 4, 100]); // mean 22, median 3, MAD 1
    expect(diverges(skewed, 18.9)).toBe(true);
    expect(diverges(skewed, 19)).toBe(false);
    expect(diverges(of([1, 2, 3]), 0.001)).toBe(false);
    // Rounding alone is no divergence.
    expect(diverges({ ...of([0.1, 0.1, 0.1]), mean: 0.1 + 1e-17 * 8 }, 0.5)).toBe(false);
    expect(diverges(NO_STATS, 1)).toBe(false);
  });

  it("judge a value by MAD and by quartiles", () => {
    const stats = of([1, 2, 3, 4, 5, 6, 7]); // median 4, MAD 2, quartiles 2.5 and 5.5
    const limits = { mad: 3.5, iqr: 1.5 };
    expect(outlying(10, stats, limits)).toEqual({ score: (0.6745 * 6) / 2, mad: false, iqr: false, fence: null });
    expect(outlying(10.01, stats, limits)).toMatchObject({ mad: false, iqr: true, fence: 10 });
    expect(outlying(-7, stats, limits)).toMatchObject({ mad: true, iqr: true, fence: -2 });
    expect(outlying(5, NO_STATS, limits)).toEqual({ score: null, mad: false, iqr: false, fence: null });
    expect(outlying(9, of([4, 4, 4, 4, 9]), limits)).toEqual({ score: null, mad: false, iqr: false, fence: null });
  });
});

describe("Wilson's interval", () => {
  // Newcombe, Statistics in Medicine 17 (1998), table I, method 3, four decimals.
  it.each([[81, 263, 0.2553, 0.3662], [15, 148, 0.0624, 0.1605], [0, 20, 0, 0.1611], [1, 29, 0.0061, 0.1718]])("of %i among %i is %f to %f", (count, n, low, high) => {
    const found = wilson(count, n, CONFIDENCE[95]);
    expect([found.low!.toFixed(4), found.high!.toFixed(4)]).toEqual([low.toFixed(4), high.toFixed(4)]);
    expect(found.share).toBe(count / n);
  });

  it("is missing without a day, and mirrors", () => {
    expect(wilson(0, 0, 2)).toEqual({ count: 0, share: null, low: null, high: null });
    const [few, many] = [wilson(3, 10, CONFIDENCE[99]), wilson(7, 10, CONFIDENCE[99])];
    expect(few.low).toBeCloseTo(1 - many.high!, 12);
  });
});
