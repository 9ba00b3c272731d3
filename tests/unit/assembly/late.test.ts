import { describe, expect, it } from "vitest";
import { buildGrid, strideOf } from "../../../src/core/engine/day-grids.ts";
import { sliceOf, testKernels, type SliceRow } from "../../support/memory-day.ts";

const kernels = testKernels();
const OPEN = 33_300;
const SECONDS = 12;
const session = { open: OPEN, close: OPEN + SECONDS, breaks: [] };
const stride = strideOf(session);

const gridOf = (rows: readonly SliceRow[]) => buildGrid(kernels, sliceOf(rows), session, stride, "price").pointer;

function series(values: readonly number[]): number {
  const at = kernels.run.alloc(values.length * 8);
  kernels.f64.set(values, at >> 3);
  return at;
}

describe("the lock", () => {
  /** The second in which it closes, and the peak that goes on. */
  const locked = (pnl: readonly number[], reach: number, keep: number, every = 0, by = 0, peak = -Infinity) =>
    kernels.scoped(() => {
      const path = series(pnl);
      const state = series([peak, 0]);
      return [kernels.run.firstLocked(path, 0, pnl.length, reach, keep, every, by, state), kernels.f64[state >> 3]];
    });

  it("closes at the floor, once the peak has reached its level", () => {
    expect(locked([0, 50, 99, 20, 10], 100, 20)).toEqual([-1, 99]);
    expect(locked([0, 100, 21, 20, 10], 100, 20)).toEqual([3, 100]);
    expect(locked([0, 100, 21, 20, 10], 100, 19)).toEqual([4, 100]);
    // In the very second in which it is reached, where the floor is as high.
    expect(locked([0, 100, 20], 100, 100)).toEqual([1, 100]);
  });

  it("raises the floor for each whole step beyond", () => {
    // 100 → 20; 149 → 20; 150 → 30; 200 → 40.
    expect(locked([100, 149, 30, 21, 20], 100, 20, 50, 10)).toEqual([4, 149]);
    expect(locked([100, 150, 31, 30, 20], 100, 20, 50, 10)).toEqual([3, 150]);
    expect(locked([100, 200, 41, 40, 20], 100, 20, 50, 10)).toEqual([3, 200]);
  });

  it("goes on with the peak of an earlier search", () => {
    expect(locked([40, 41], 100, 20, 50, 10, 200)).toEqual([0, 200]);
    expect(locked([41, 210, 50], 100, 20, 50, 10, 90)).toEqual([-1, 210]);
  });
});

describe("a premium that is waited for", () => {
  it("is twice the middle of the last valid quote, from the least to the most", () => {
    kernels.scoped(() => {
      const grid = gridOf([{ second: OPEN + 2, price: 900, bid: 100, ask: 105 }, { second: OPEN + 5, price: 900, bid: 110, ask: 115 }]);
      const find = (least: number, most: number, from = 0, to = SECONDS) => kernels.run.firstPremium(grid, stride, false, from, to, least, most);
      expect([find(205, Infinity), find(206, Infinity), find(225, Infinity), find(226, Infinity)]).toEqual([2, 5, 5, -1]);
      expect([find(0, 205), find(0, 204), find(0, 205, 5), find(205, 205, 0, 2), find(205, 205, 0, 3)]).toEqual([2, -1, -1, -1, 2]);
    });
  });

  it("is twice the price where that is asked for, and before the first quote", () => {
    kernels.scoped(() => {
      const grid = gridOf([{ second: OPEN + 1, price: 70 }, { second: OPEN + 4, price: 80, bid: 100, ask: 105 }]);
      const find = (byPrice: boolean, least: number, most: number) => kernels.run.firstPremium(grid, stride, byPrice, 0, SECONDS, least, most);
      expect([find(false, 0, 150), find(false, 150, 250), find(true, 150, 250), find(true, 161, 250)]).toEqual([1, 4, 4, -1]);
    });
  });

  it("of a price in the range, but of none where there is none", () => {
    kernels.scoped(() => {
      const grid = gridOf([{ second: OPEN + 3, bid: 100, ask: 105 }, { second: OPEN + 6, bid: 90, ask: 95 }]);
      const find = (least: number, most: number) => kernels.run.firstWithin(grid, 0, SECONDS, least, most);
      expect([find(100, Infinity), find(101, Infinity), find(0, 100), find(0, 99), find(0, 90), find(0, 89)]).toEqual([3, -1, 3, 6, 6, -1]);
    });
  });
});

describe("the combined premium", () => {
  it("adds what each leg has moved at the mark at which it could be closed, times its lots", () => {
    kernels.scoped(() => {
      const path = series(Array<number>(SECONDS).fill(7));
      // A long of 2 lots from 100 is marked at the bid; a short of 3 lots from 40 at the ask, before its first quote at the price.
      const long = gridOf([{ second: OPEN, bid: 110, ask: 130, price: 500 }]);
      const short = gridOf([{ second: OPEN, price: 50 }, { second: OPEN + 4, bid: 10, ask: 35, price: 50 }]);
      kernels.run.premiumPath(long, stride, 2, true, 100, 0, SECONDS, path);
      kernels.run.premiumPath(short, stride, 3, false, 40, 1, SECONDS, path);
      expect([...kernels.f64.subarray(path >> 3, (path >> 3) + 6)]).toEqual([27, 57, 57, 57, 12, 12]);
    });
  });
});
