import { describe, expect, it } from "vitest";
import { depthPrice, levelPrice, levelQuantity, quoteRow, shareOfBest } from "../../../../src/core/engine/book.ts";
import type { Slice } from "../../../../src/core/grid/slice.ts";
import { sliceOf } from "../../../support/memory-day.ts";

type Level = readonly [price: number, quantity: number];

/** One row at second 100 with these levels, in rupees. */
function book(asks: readonly Level[], bids: readonly Level[] = asks): Slice {
  const column = (levels: readonly Level[], level: number, part: 0 | 1) => Float64Array.of(levels[level]?.[part] ?? NaN);
  const fields = [0, 1, 2, 3, 4].flatMap((level) => [
    [`sp${level}`, column(asks, level, 0)], [`sq${level}`, column(asks, level, 1)], [`bp${level}`, column(bids, level, 0)], [`bq${level}`, column(bids, level, 1)],
  ] as const);
  return { ...sliceOf([{ second: 100, bid: 1, ask: 2 }]), fields: new Map(fields) };
}

describe("the row of the latest valid quote", () => {
  const slice = sliceOf([{ second: 10, price: 5 }, { second: 20, bid: 1, ask: 2 }, { second: 20, bid: 2, ask: 3 }, { second: 30, price: 5 }]);
  it.each([[9, -1], [10, -1], [19, -1], [20, 2], [29, 2], [30, 2], [99, 2]])("at %d is %d", (second, row) => {
    expect(quoteRow(slice, second)).toBe(row);
  });
});

describe("a quantity through the levels", () => {
  const asks: readonly Level[] = [[100, 10], [100.1, 20], [NaN, 50], [100.5, 0], [101, 5]];
  const both = (quantity: number, maxShare: number | null = null) => [true, false].map((buys) => depthPrice(book(asks), 100, quantity, buys, maxShare));

  it("costs the weighted price, rounded to the paisa against the trader", () => {
    expect(both(10)).toEqual([10_000, 10_000]);
    // (10 · 10,000 + 5 · 10,010) / 15 = 10,003.33…
    expect(both(15)).toEqual([10_004, 10_003]);
    expect(both(30)).toEqual([10_007, 10_006]);
    // Levels without price or quantity are skipped: (100,000 + 200,200 + 50,500) / 35 = 10,020.
    expect(both(35)).toEqual([10_020, 10_020]);
    expect(both(36)).toEqual([undefined, undefined]);
  });

  it("takes at most the share of each level, in whole units", () => {
    // 5, 10 and 2 units: (50,000 + 100,100 + 20,200) / 17 = 10,017.6….
    expect(both(17, 0.5)).toEqual([10_018, 10_017]);
    expect(both(18, 0.5)).toEqual([undefined, undefined]);
    expect(both(1, 0.09)).toEqual([10_010, 10_010]);
  });

  it("takes the asks for a buyer, the bids for a seller, and nothing before the first quote", () => {
    const slice = book([[100, 10]], [[99, 10]]);
    expect([depthPrice(slice, 100, 5, true), depthPrice(slice, 100, 5, false), depthPrice(slice, 99, 5, true)]).toEqual([10_000, 9_900, undefined]);
  });

  it("of a hundred million units at the largest price is exact", () => {
    // 10⁸ · 19,999,999.95 rupees: nothing is rounded, since every level costs the same.
    expect(depthPrice(book([[19_999_999.95, 6e7], [19_999_999.95, 4e7]]), 100, 1e8, true)).toBe(1_999_999_995);
  });

  it("is not filled by broken fields: no instrument costs 2 · 10⁷ rupees, and no book holds without end", () => {
    expect(depthPrice(book([[100, 10], [20_000_000, 90]]), 100, 11, true)).toBeUndefined();
    expect(depthPrice(book([[100, 10], [19_999_999.95, 90]]), 100, 11, true)).toBe(Math.ceil((100_000 + 1_999_999_995) / 11));
    expect(depthPrice(book([[100, Infinity]]), 100, 11, true)).toBeUndefined();
    expect(depthPrice(book([[Infinity, 20], [-5, 20], [0, 20]]), 100, 11, true)).toBeUndefined();
    expect([levelQuantity(book([[1, Infinity]]), 0, "s", 0), levelQuantity(book([[1, -3]]), 0, "s", 0), levelQuantity(book([]), 0, "b", 0), levelQuantity(sliceOf([{ second: 1 }]), 0, "b", 0)]).toEqual([0, 0, 0, 0]);
    expect([levelPrice(book([[0.04, 1]]), 0, "b", 0), levelPrice(sliceOf([{ second: 1 }]), 0, "b", 0)]).toEqual([4, 0]);
  });
});

describe("a share of the best level", () => {
  it("is whole units of the side that the order takes", () => {
    const slice = book([[100, 100], [101, 1_000]], [[99, 7]]);
    // 0.29 · 100 in binary is a hair less than 29.
    expect([shareOfBest(slice, 100, true, 0.29), shareOfBest(slice, 100, true, 0.999), shareOfBest(slice, 100, false, 0.5), shareOfBest(slice, 99, true, 1)]).toEqual([29, 99, 3, 0]);
  });
});
