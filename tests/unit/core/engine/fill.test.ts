import { describe, expect, it } from "vitest";
import { buildGrid, strideOf } from "../../../../src/core/engine/day-grids.ts";
import { FILL_MODEL_CODES, priceBeforeSlippage, rv10, slippageTicks, withSlippage } from "../../../../src/core/engine/fill.ts";
import type { GridView } from "../../../../src/core/engine/grid-view.ts";
import { sliceOf, testKernels, type SliceRow } from "../../../support/memory-day.ts";

const kernels = testKernels();
const OPEN = 33_300;
const session = { open: OPEN, close: OPEN + 40, breaks: [] };

/** A grid of rows whose seconds count from the open. */
function withGrid<T>(rows: readonly SliceRow[], work: (grid: GridView) => T): T {
  return kernels.scoped(() => work(buildGrid(kernels, sliceOf(rows.map((row) => ({ ...row, second: OPEN + row.second }))), session, strideOf(session), "price")));
}

describe("the price before slippage", () => {
  const both = (model: keyof typeof FILL_MODEL_CODES, bid: number, ask: number, price = 0) =>
    withGrid([{ second: 0, bid, ask, price }], (grid) => [true, false].map((buys) => priceBeforeSlippage(grid, 3, FILL_MODEL_CODES[model], buys)));

  it("touch buys at the ask and sells at the bid, ltp does both at the last price", () => {
    expect(both("touch", 10_000, 10_050, 9_995)).toEqual([10_050, 10_000]);
    expect(both("ltp", 10_000, 10_050, 9_995)).toEqual([9_995, 9_995]);
  });

  it("mid goes to the tick that is worse for the trader", () => {
    expect(both("mid", 10_000, 10_050)).toEqual([10_025, 10_025]);
    expect(both("mid", 10_000, 10_005)).toEqual([10_005, 10_000]);
    // 100.01 and 100.02 are no ticks: their middle is 100.015.
    expect(both("mid", 10_001, 10_002)).toEqual([10_005, 10_000]);
    // bid + ask does not fit 32 bits.
    expect(both("mid", 1_999_999_980, 1_999_999_995)).toEqual([1_999_999_990, 1_999_999_985]);
  });
});

describe("slippage", () => {
  const ticks = (base: number, alpha_spread: number, beta_rv = 0, rows: readonly SliceRow[] = [{ second: 0, bid: 1_000, ask: 1_150 }]) => withGrid(rows, (grid) => slippageTicks(grid, 20, { base, alpha_spread, beta_rv }));

  it("is whole ticks, rounded up, of the last valid quote's spread", () => {
    // The spread is 30 ticks. 0.1 · 30 in binary is a hair more than 3: that is no fourth tick.
    expect([ticks(0, 0), ticks(1, 0), ticks(1.2, 0), ticks(0, 0.1), ticks(1, 0.1), ticks(0, 0.11), ticks(0.5, 0.1)]).toEqual([0, 1, 2, 3, 4, 4, 4]);
    expect(ticks(2, 5, 0, [{ second: 0, price: 1_000 }])).toBe(2);
  });

  it("takes the volatility of the mid into account", () => {
    // The mid goes up and down by two ticks: ten changes of ±2 about 0, √(40/9) = 2.108….
    const rows = Array.from({ length: 21 }, (_, second) => ({ second, bid: 1_000 + 10 * (second % 2), ask: 1_010 + 10 * (second % 2) }));
    expect([ticks(0, 0, 1, rows), ticks(0, 0, 0.9, rows), ticks(0, 0, 2, rows), ticks(1, 0.5, 1, rows)]).toEqual([3, 2, 5, 5]);
  });

  it("is paid by buys, taken off sales, which never go below one tick", () => {
    expect([withSlippage(100, 3, true), withSlippage(100, 3, false), withSlippage(100, 0, true), withSlippage(100, 0, false)]).toEqual([115, 85, 100, 100]);
    expect([withSlippage(20, 2, false), withSlippage(20, 3, false), withSlippage(20, 4, false), withSlippage(3, 0, false)]).toEqual([10, 5, 5, 5]);
  });
});

describe("rv10", () => {
  const at = (s: number, rows: readonly SliceRow[]) => withGrid(rows, (grid) => rv10(grid, s));

  it("is the sample deviation of the last ten changes", () => {
    const zigzag = Array.from({ length: 21 }, (_, second) => ({ second, bid: 1_000 + 10 * (second % 2), ask: 1_010 + 10 * (second % 2) }));
    expect(at(10, zigzag)).toBeCloseTo(Math.sqrt(40 / 9), 12);
    expect(at(9, zigzag)).toBe(0);
    // One jump of 20 ticks: mean 2, squares 18² + 9 · 2² = 360.
    const jump = [{ second: 0, bid: 1_000, ask: 1_010 }, { second: 15, bid: 1_100, ask: 1_110 }];
    expect(at(20, jump)).toBeCloseTo(Math.sqrt(360 / 9), 12);
    // The jump is the first of the ten changes at 24, and before them at 25.
    expect([at(24, jump), at(25, jump)]).toEqual([at(20, jump), 0]);
    // A steady climb does not deviate.
    expect(at(20, Array.from({ length: 21 }, (_, second) => ({ second, bid: 1_000 + 5 * second, ask: 1_010 + 5 * second })))).toBeCloseTo(0, 12);
  });

  it("needs a quote, of any age, ten seconds before", () => {
    const late = [{ second: 5, bid: 1_000, ask: 1_010 }, { second: 12, bid: 1_100, ask: 1_110 }];
    expect([at(14, late), at(15, late)]).toEqual([0, expect.closeTo(Math.sqrt(40), 12)]);
  });
});
