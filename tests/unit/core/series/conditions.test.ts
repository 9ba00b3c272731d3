import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { closes } from "../../../../src/core/series/bars.ts";
import { all, any, between, compare, edges, nextTrue, not, type Comparison } from "../../../../src/core/series/conditions.ts";
import { sma } from "../../../../src/core/series/indicators.ts";
import type { Operand, Series } from "../../../../src/core/series/series-day.ts";
import { onDay, put, putTruths, read, readTruths, rupees, sameLength, type Truths } from "./support.ts";

type Maybe = number | null;
const equal = (a: number, b: number) => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));
const twins = {
  gt: (a: number, b: number) => a > b && !equal(a, b),
  gte: (a: number, b: number) => a > b || equal(a, b),
  lt: (a: number, b: number) => a < b && !equal(a, b),
  lte: (a: number, b: number) => a < b || equal(a, b),
  eq: equal,
  ne: (a: number, b: number) => !equal(a, b),
};
const twin = (op: keyof typeof twins, a: Maybe, b: Maybe) => (a === null || b === null ? null : twins[op](a, b));
const crossing = (op: "gt" | "lt", a: readonly Maybe[], b: readonly Maybe[]): Truths =>
  a.map((_, s) => {
    const [now, before] = [twin(op, a[s], b[s]), s === 0 ? null : twin(op, a[s - 1], b[s - 1])];
    return now === null || before === null ? null : now && !before;
  });
/** Numbers that often are equal, nearly equal, or just not. */
const number = fc.oneof(rupees, fc.constantFrom(100 + 5e-8, 100 + 2e-7, 0, 5e-10, 2e-9, -1, -1 - 5e-10, 1e12, 1e12 + 500));
const truth = fc.constantFrom(true, false, null);
const ops = Object.keys(twins) as (keyof typeof twins)[];

describe("comparisons", () => {
  it("agree with the twin, unknown where an operand is missing", () => {
    fc.assert(
      fc.property(fc.constantFrom(...ops), sameLength(number, 2), (op, [a, b]) =>
        onDay(a.length, (day) => void expect(readTruths(day, compare(day, op, put(day, a), put(day, b)))).toEqual(a.map((value, s) => twin(op, value, b[s])))),
      ),
      { numRuns: 500 },
    );
  });

  it("agree with the twin in seconds of which none is missing, far from each other, equal or nearly so", () => {
    const far = fc.tuple(fc.constantFrom(0, 1, 100, 250, -1e9, 1e12), fc.constantFrom(0, 1, 100, 250, -1e9, 1e12));
    const near = fc.constantFrom<[number, number]>([100, 100 + 5e-8], [100 + 2e-7, 100], [1, 1 + 3e-9], [0, 5e-10], [1e12, 1e12 + 500], [1e12 + 1500, 1e12], [-1e12, -1e12 + 500], [1e300, -1e300], [1.7e308, -1.7e308]);
    const pairs = fc.array(fc.oneof({ weight: 30, arbitrary: far }, { weight: 1, arbitrary: near }), { minLength: 32, maxLength: 48 });
    fc.assert(
      fc.property(fc.constantFrom(...ops), pairs, (op, list) =>
        onDay(list.length, (day) => {
          const [a, b] = [list.map(([first]) => first), list.map(([, second]) => second)];
          expect(readTruths(day, compare(day, op, put(day, a), put(day, b)))).toEqual(list.map(([first, second]) => twin(op, first, second)));
        }),
      ),
      { numRuns: 300 },
    );
  });

  it("are those of each second where only bars change", () => {
    const comparison = fc.constantFrom<Comparison>(...ops, "crosses_above", "crosses_below");
    fc.assert(
      fc.property(comparison, sameLength(rupees, 1), fc.constantFrom(1, 2, 7, 20, 500), fc.constantFrom(1, 7), fc.constantFrom(1, 3), (op, [values], bar, otherBar, n) =>
        onDay(values.length, (day) => {
          const held = (seconds: number, length: number) => sma(day, closes(day, put(day, values), seconds), length);
          const plain = (series: Series) => put(day, read(day, series));
          const same = (left: Operand, right: Operand) =>
            expect(readTruths(day, compare(day, op, left, right))).toEqual(readTruths(day, compare(day, op, typeof left === "number" ? left : plain(left), typeof right === "number" ? right : plain(right))));
          same(held(bar, 1), held(bar, n));
          same(held(bar, n), 100);
          same(100, held(bar, n));
          same(held(bar, n), held(otherBar, 1));
          same(held(bar, n), put(day, values));
        }),
      ),
      { numRuns: 100 },
    );
  });

  it("take constants", () => {
    fc.assert(
      fc.property(fc.constantFrom(...ops), sameLength(number, 1), fc.constantFrom(0, 100, -1), (op, [a], c) =>
        onDay(a.length, (day) => {
          expect(readTruths(day, compare(day, op, put(day, a), c))).toEqual(a.map((value) => twin(op, value, c)));
          expect(readTruths(day, compare(day, op, c, put(day, a)))).toEqual(a.map((value) => twin(op, c, value)));
        }),
      ),
      { numRuns: 200 },
    );
  });

  it("cross when strictly over now and not one second before", () => {
    fc.assert(
      fc.property(sameLength(number, 2), ([a, b]) =>
        onDay(a.length, (day) => {
          const found = (op: Comparison) => readTruths(day, compare(day, op, put(day, a), put(day, b)));
          expect(found("crosses_above")).toEqual(crossing("gt", a, b));
          expect(found("crosses_below")).toEqual(crossing("lt", a, b));
        }),
      ),
      { numRuns: 500 },
    );
    onDay(7, (day) => {
      const rising = compare(day, "crosses_above", put(day, [101, 100, 100 + 5e-8, 100.05, 100.1, null, 101]), 100);
      expect(readTruths(day, rising)).toEqual([null, false, false, true, false, null, null]);
    });
  });

  it("lie between, both ends included", () => {
    fc.assert(
      fc.property(sameLength(number, 3), ([x, low, high]) =>
        onDay(x.length, (day) => {
          const inside = (v: Maybe, lo: Maybe, hi: Maybe) => (v === null || lo === null || hi === null ? null : twins.gte(v, lo) && twins.lte(v, hi));
          expect(readTruths(day, between(day, put(day, x), put(day, low), put(day, high)))).toEqual(x.map((v, s) => inside(v, low[s], high[s])));
          expect(readTruths(day, between(day, put(day, x), 99.95, 100.05))).toEqual(x.map((v) => inside(v, 99.95, 100.05)));
        }),
      ),
      { numRuns: 300 },
    );
  });
});

describe("three-valued logic", () => {
  it("agrees with the truth tables", () => {
    fc.assert(
      fc.property(sameLength(truth, 3), ([a, b, c]) =>
        onDay(a.length, (day) => {
          const [x, y, z] = [putTruths(day, a), putTruths(day, b), putTruths(day, c)];
          const table = (s: number) => [a[s], b[s], c[s]];
          expect(readTruths(day, all(day, [x, y, z]))).toEqual(a.map((_, s) => (table(s).includes(false) ? false : table(s).includes(null) ? null : true)));
          expect(readTruths(day, any(day, [x, y, z]))).toEqual(a.map((_, s) => (table(s).includes(true) ? true : table(s).includes(null) ? null : false)));
          expect(readTruths(day, not(day, x))).toEqual(a.map((value) => (value === null ? null : !value)));
          expect(readTruths(day, x)).toEqual(a);
          expect(all(day, [x])).toBe(x);
        }),
      ),
      { numRuns: 300 },
    );
  });

  it("finds edges, where unknown counts as not true", () => {
    fc.assert(
      fc.property(sameLength(truth, 1), ([a]) =>
        onDay(a.length, (day) => void expect(readTruths(day, edges(day, putTruths(day, a)))).toEqual(a.map((value, s) => value === true && (s === 0 || a[s - 1] !== true)))),
      ),
      { numRuns: 300 },
    );
  });

  it("finds the next true second", () => {
    fc.assert(
      fc.property(sameLength(fc.constantFrom(true, false, false, false, false, false, null), 1), fc.nat(70), fc.nat(70), ([a], x, y) =>
        onDay(a.length, (day) => {
          const [from, to] = [Math.min(x, y, a.length), Math.min(Math.max(x, y), a.length)];
          const expected = a.findIndex((value, s) => s >= from && s < to && value === true);
          expect(nextTrue(day, putTruths(day, a), from, to)).toBe(expected < 0 ? undefined : expected);
        }),
      ),
      { numRuns: 500 },
    );
  });
});
