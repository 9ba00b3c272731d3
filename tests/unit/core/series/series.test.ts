import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ARITHMETIC, absolute, arithmetic, type Arithmetic } from "../../../../src/core/series/arithmetic.ts";
import { priceSeries, quoteSeries, splice } from "../../../../src/core/series/grid-series.ts";
import { listRuns, putRuns, RUN_BYTES } from "../../../../src/core/series/runs.ts";
import { expectNear, onDay, put, read, rupees, sameLength } from "./support.ts";

const slot = fc.record({ bid: fc.constantFrom(0, 5, 10_005, 4_999_995), spread: fc.constantFrom(5, 10, 195), price: fc.constantFrom(0, 5, 12_345, 2_000_000_000) });

describe("series of a grid", () => {
  it("are the grid's paise in rupees, missing where the grid has none", () => {
    fc.assert(
      fc.property(fc.array(slot, { minLength: 1, maxLength: 40 }), (slots) =>
        onDay(slots.length, (day) => {
          const stride = (slots.length + 3) & ~3;
          const pointer = day.kernels.run.alloc(5 * stride * 4);
          slots.forEach(({ bid, spread, price }, s) => {
            [bid, bid === 0 ? 0 : bid + spread, 0, price].forEach((value, array) => (day.kernels.i32[(pointer >> 2) + array * stride + s] = value));
          });
          // In pieces of whatever length, the last of nobody.
          const cut = slots.length >> 1;
          const end = slots.length - (slots.length >> 2);
          const grids = [{ pointer, stride }, undefined];
          const runs = putRuns(day.kernels, [{ place: 0, from: 0, to: cut }, { place: 0, from: cut, to: end }, { place: 1, from: end, to: slots.length }]);
          const quoted = (of: (bid: number, ask: number) => number) => slots.map(({ bid, spread }, s) => (bid === 0 || s >= end ? null : of(bid, bid + spread)));
          expect(read(day, priceSeries(day, grids, runs))).toEqual(slots.map(({ price }, s) => (price === 0 || s >= end ? null : price / 100)));
          expect(read(day, quoteSeries(day, grids, runs, "bid"))).toEqual(quoted((bid) => bid / 100));
          expect(read(day, quoteSeries(day, grids, runs, "ask"))).toEqual(quoted((_, ask) => ask / 100));
          expect(read(day, quoteSeries(day, grids, runs, "mid"))).toEqual(quoted((bid, ask) => (bid + ask) / 200));
          expect(read(day, quoteSeries(day, grids, runs, "spread"))).toEqual(quoted((bid, ask) => (ask - bid) / 100));
          expect(read(day, quoteSeries(day, grids, runs, "spreadTicks"))).toEqual(quoted((bid, ask) => (ask - bid) / 5));
        }),
      ),
      { numRuns: 100 },
    );
  });

  it("are spliced second by second from the contract of that second", () => {
    const which = fc.integer({ min: -1, max: 2 });
    fc.assert(
      fc.property(sameLength(rupees, 2), fc.array(which, { minLength: 70, maxLength: 70 }), ([first, second], places) =>
        onDay(first.length, (day) => {
          const table = day.kernels.run.alloc(first.length * 4);
          day.kernels.i32.set(places.slice(0, first.length), table >> 2);
          const spliced = splice(day, table, [put(day, first), undefined, put(day, second)]);
          expect(read(day, spliced)).toEqual(first.map((value, s) => [null, value, null, second[s]][places[s] + 1]));
        }),
      ),
      { numRuns: 100 },
    );
  });
});

describe("grids of one contract after another", () => {
  it("hold in each second the slot of the grid that is chosen, and nothing where none is", () => {
    const values = fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 5 * 24, maxLength: 5 * 24 });
    fc.assert(
      fc.property(values, values, fc.array(fc.integer({ min: -1, max: 1 }), { minLength: 1, maxLength: 24 }), (first, second, places) =>
        onDay(places.length, ({ kernels }) => {
          const [stride, seconds] = [24, places.length];
          const at = (list: readonly number[]) => {
            const pointer = kernels.run.alloc(list.length * 4);
            kernels.i32.set(list, pointer >> 2);
            return pointer;
          };
          const [table, out] = [at([at(first), at(second), 0]), at(Array(5 * stride).fill(-7))];
          // Neighbouring seconds of one grid are one run.
          const starts = places.flatMap((place, s) => (s === 0 || place !== places[s - 1] ? [s] : []));
          const runs = putRuns(kernels, starts.map((from, i) => ({ place: places[from] < 0 ? 2 : places[from], from, to: starts[i + 1] ?? seconds })));
          kernels.run.spliceGrid(runs.pointer, runs.count, table, stride, out);
          const expected = Array.from({ length: 5 * stride }, (_, i) => (i % stride >= seconds ? -7 : places[i % stride] < 0 ? 0 : [first, second][places[i % stride]][i]));
          expect(Array.from(kernels.i32.subarray(out >> 2, (out >> 2) + 5 * stride))).toEqual(expected);
        }),
      ),
      { numRuns: 100 },
    );
  });
});

describe("runs of values of one range", () => {
  it("begin where the range changes, up to a value that is in none", () => {
    const ranges = [[0, 0], [1, 10], [11, 11], [12, 30]];
    const rangeOf = (value: number) => ranges.findIndex(([low, high]) => value >= low && value <= high);
    // Long stretches between values of any kind, since eight are looked at together.
    const values = fc.array(fc.tuple(fc.constantFrom(0, 1, 10, 11, 12, 30, 31), fc.constantFrom(1, 2, 9, 24)), { minLength: 1, maxLength: 12 }).map((parts) => parts.flatMap(([value, times]) => Array<number>(times).fill(value)));
    fc.assert(
      fc.property(values, fc.nat(3), (list, from) =>
        onDay(list.length, ({ kernels }) => {
          const at = (numbers: readonly number[]) => {
            const pointer = kernels.run.alloc(numbers.length * 4);
            kernels.i32.set(numbers, pointer >> 2);
            return pointer;
          };
          const first = Math.min(from, list.length);
          const pointer = kernels.run.alloc(list.length * RUN_BYTES);
          const count = kernels.run.rangeRuns(at(list), first, list.length, at(ranges.flat()), ranges.length, pointer);
          const unknown = list.findIndex((value, s) => s >= first && rangeOf(value) < 0);
          const end = unknown < 0 ? list.length : unknown;
          const starts = list.slice(0, end).flatMap((value, s) => (s === first || (s > first && rangeOf(value) !== rangeOf(list[s - 1])) ? [s] : []));
          expect(listRuns(kernels, { pointer, count })).toEqual(starts.map((start, i) => ({ place: rangeOf(list[start]), from: start, to: starts[i + 1] ?? end })));
        }),
      ),
      { numRuns: 200 },
    );
  });
});

describe("the sum of two series of which a missing value counts 0", () => {
  it("is missing only where it is no number", () => {
    fc.assert(
      fc.property(sameLength(rupees, 2), ([first, second]) =>
        onDay(first.length, (day) => {
          const out = day.newSeries();
          day.kernels.run.sumOrZero(put(day, first).pointer, put(day, second).pointer, day.seconds, out.pointer);
          expect(read(day, out)).toEqual(first.map((value, s) => (value ?? 0) + (second[s] ?? 0)));
        }),
      ),
    );
    onDay(1, (day) => {
      const out = put(day, [1e308]);
      day.kernels.run.sumOrZero(out.pointer, out.pointer, 1, out.pointer);
      expect(read(day, out)).toEqual([null]);
    });
  });
});

describe("a series with 0 for what is missing", () => {
  it("is the series elsewhere", () => {
    fc.assert(
      fc.property(sameLength(rupees, 1), ([values]) =>
        onDay(values.length, (day) => {
          const out = day.newSeries();
          day.kernels.run.orZero(put(day, values).pointer, day.seconds, out.pointer);
          expect(read(day, out)).toEqual(values.map((value) => value ?? 0));
        }),
      ),
    );
  });
});

describe("arithmetic", () => {
  const twins: Record<Arithmetic, (a: number, b: number) => number> = {
    add: (a, b) => a + b,
    sub: (a, b) => a - b,
    mul: (a, b) => a * b,
    div: (a, b) => a / b,
    min: Math.min,
    max: Math.max,
  };
  const number = fc.oneof(rupees, fc.constantFrom(0, -1, -0.5, 1e308, -1e308, 1e-300));
  const twin = (op: Arithmetic, a: number | null, b: number | null) => {
    const value = a === null || b === null ? NaN : twins[op](a, b);
    return Number.isFinite(value) ? value : null;
  };

  it("folds from the left, misses what an operand misses, and divides by zero to missing", () => {
    fc.assert(
      fc.property(fc.constantFrom(...ARITHMETIC), sameLength(number, 3), (op, [a, b, c]) =>
        onDay(a.length, (day) => {
          expectNear(read(day, arithmetic(day, op, [put(day, a), put(day, b), put(day, c)])), a.map((value, s) => twin(op, twin(op, value, b[s]), c[s])), 0);
        }),
      ),
      { numRuns: 300 },
    );
  });

  it("takes constants on either side", () => {
    fc.assert(
      fc.property(fc.constantFrom(...ARITHMETIC), sameLength(number, 1), fc.constantFrom(0, 2, -3.5), (op, [a], constant) =>
        onDay(a.length, (day) => {
          expectNear(read(day, arithmetic(day, op, [put(day, a), constant])), a.map((value) => twin(op, value, constant)), 0);
          expectNear(read(day, arithmetic(day, op, [constant, put(day, a)])), a.map((value) => twin(op, constant, value)), 0);
          expectNear(read(day, arithmetic(day, op, [constant, 4])), a.map(() => twin(op, constant, 4)), 0);
        }),
      ),
      { numRuns: 200 },
    );
  });

  it("takes absolute values", () => {
    onDay(5, (day) => void expect(read(day, absolute(day, put(day, [-2.5, 0, 3, null, -1e-9])))).toEqual([2.5, 0, 3, null, 1e-9]));
  });
});

describe("a span", () => {
  it("is refused when it is no whole number of at least one", () => {
    onDay(10, (day) => {
      for (const bad of [0, -1, 1.5, NaN, Infinity]) expect(() => day.span(bad)).toThrow("A span is a whole number of at least 1");
      expect(day.span(2 ** 40)).toBe(11);
      expect(day.span(0, 0)).toBe(0);
    });
  });
});
