import { describe, expect, it } from "vitest";
import { maxDrawdown, mean, median, sampleDeviation, sharpe, sortino, sum } from "../../../../src/core/results/statistics.ts";

const YEAR = Math.sqrt(252);

describe("what few values give", () => {
  it("no value, one, two", () => {
    expect([sum([]), mean([]), median([]), sampleDeviation([]), sharpe([]), sortino([])]).toEqual([0, null, null, null, null, null]);
    expect([sum([7]), mean([7]), median([7]), sampleDeviation([7]), sharpe([7]), sortino([-7])]).toEqual([7, 7, 7, null, null, null]);
    // Mean 1, squares 9 + 9 over 1.
    expect([mean([4, -2]), median([4, -2]), sampleDeviation([4, -2])]).toEqual([1, 1, Math.sqrt(18)]);
    expect(sharpe([4, -2])).toBeCloseTo((1 / Math.sqrt(18)) * YEAR, 12);
    expect(sortino([4, -2])).toBeCloseTo((1 / Math.sqrt(2)) * YEAR, 12);
  });

  it("losses alone have a negative ratio, gains alone no Sortino", () => {
    expect(sharpe([-1, -3])).toBeCloseTo((-2 / Math.SQRT2) * YEAR, 12);
    expect(sortino([-1, -3])).toBeCloseTo((-2 / Math.sqrt(5)) * YEAR, 12);
    expect([sortino([1, 3]), sortino([0, 0]), sharpe([0, 0])]).toEqual([null, null, null]);
  });

  it("the median counts every one of equal values, and leaves the list as it was", () => {
    const values = [9, 1, 1, 10, 1];
    expect([median(values), median([10, 9, 2, 1]), median([-10, -9])]).toEqual([1, 5.5, -9.5]);
    expect(values).toEqual([9, 1, 1, 10, 1]);
  });
});

describe("the drawdown, by hand", () => {
  it.each<[string, readonly number[], number, number]>([
    ["a day of nothing", [0], 0, 0],
    ["a loss on the only day", [-3], 3, 1],
    ["back to nothing on the second", [-3, 3], 3, 2],
    ["short of it by one", [-3, 2], 3, 2],
    ["after a day of nothing", [0, -3, 3], 3, 2],
    ["back to the very peak and down again as far: the earlier one counts", [10, -5, 5, -5], 5, 2],
    ["down again farther", [10, -5, 5, -6, 1, 1], 6, 3],
    ["deepest on its last day", [10, -1, -1, -1], 3, 3],
    ["through a flat stretch at the peak: it begins at the end of it", [10, 0, 0, -4, 4, 0], 4, 2],
    ["that reaches its peak and goes beyond in one day", [10, -4, 9, -1], 4, 2],
  ])("%s", (_says, daily, depth, days) => {
    expect(maxDrawdown(daily)).toEqual({ depth, days });
  });
});
