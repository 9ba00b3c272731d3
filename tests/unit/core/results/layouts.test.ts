/** How results are laid out for reading: bins, calendars and the grid of a sweep. */
import { describe, expect, it } from "vitest";
import { calendarYears, monthTable } from "../../../../src/core/results/calendar.ts";
import { histogram, roundStep } from "../../../../src/core/results/histogram.ts";
import { plateau, sweepAxes, variantGrids } from "../../../../src/core/results/variant-grid.ts";

describe("a histogram", () => {
  it("counts every value once, in bins with an edge at zero", () => {
    const values = Float64Array.from({ length: 999 }, (_, i) => (i * 7919) % 1000 - 400);
    const found = histogram(values, 20);
    if (!found) throw new Error("no histogram");
    expect(found.counts.reduce((a, b) => a + b, 0)).toBe(999);
    expect(found.first / found.width).toBe(Math.round(found.first / found.width));
    const zero = -found.first / found.width;
    expect(found.counts.slice(0, zero).reduce((a, b) => a + b, 0)).toBe(values.filter((value) => value < 0).length);
  });

  it("does not let one outlier squeeze the rest", () => {
    const values = Float64Array.from({ length: 1000 }, (_, i) => (i === 0 ? 1e9 : i - 500));
    const found = histogram(values, 20);
    expect(found).toMatchObject({ above: true, below: false, width: 50 });
    expect(found?.counts.at(-1)).toBeGreaterThan(0);
  });

  it("takes equal values, one value and none", () => {
    expect(histogram(new Float64Array(), 20)).toBeUndefined();
    expect(histogram(Float64Array.of(0, 0), 20)?.counts).toEqual(Uint32Array.of(2));
    expect(histogram(Float64Array.of(-500), 20)?.counts).toEqual(Uint32Array.of(1));
  });

  it("rounds its width up to 1, 2, 2.5 or 5", () => {
    expect([0.7, 1, 1.1, 2.2, 3, 7, 130].map(roundStep)).toEqual([1, 1, 2, 2.5, 5, 10, 200]);
  });
});

describe("calendars", () => {
  const daily = { dates: ["2023-12-29", "2024-01-01", "2024-01-08", "2024-02-05"], net: [500, -200, 300, 100] };
  const positions = [1, 2, 0, 3];

  it("put each day in its week and weekday", () => {
    const [first, second] = calendarYears(daily, positions);
    expect([first.year, second.year]).toEqual([2023, 2024]);
    expect(first.days[0]).toMatchObject({ row: 4, column: 52, net: 500, positions: 1 });
    expect(second.days.map(({ column, row }) => [column, row])).toEqual([[0, 0], [1, 0], [5, 0]]);
    expect(second.months).toEqual([{ month: 1, column: 0 }, { month: 2, column: 5 }]);
  });

  it("add up months and years, and compare a month over the years", () => {
    const { years, months } = monthTable(daily, positions);
    expect(years[1].months[0]).toEqual({ net: 100, days: 2, positions: 2 });
    expect(years[1].months[5]).toBeUndefined();
    expect(years[1].total).toEqual({ net: 200, days: 3, positions: 5 });
    expect(months[0]).toEqual({ average: 100, median: 100, count: 1 });
    expect(months[5]).toBeUndefined();
  });
});

describe("the grid of a sweep", () => {
  const params = [10, 20, 30].flatMap((stop) => [1, 2].flatMap((wait) => ["CE", "PE"].map((side) => ({ stop, wait, side, same: 1 }))));
  const axes = sweepAxes(params);

  it("has the axes that take more than one value", () => {
    expect(axes.map(({ name, values }) => [name, values])).toEqual([["stop", [10, 20, 30]], ["wait", [1, 2]], ["side", ["CE", "PE"]]]);
  });

  it("holds every variant once along three axes, and a slice along two", () => {
    const grids = variantGrids(params, axes[0], axes[1], axes[2], {});
    expect(grids.map(({ label }) => label)).toEqual(["side CE", "side PE"]);
    expect(grids.flatMap(({ cells }) => cells.flat()).toSorted((a, b) => (a ?? 0) - (b ?? 0))).toEqual(params.map((_, i) => i));
    const [slice] = variantGrids(params, axes[0], axes[1], undefined, { side: "PE" });
    expect(slice.cells).toEqual([[1, 5, 9], [3, 7, 11]]);
  });

  it("tells a lone peak from a plateau", () => {
    const row = (values: readonly (number | null)[]) => plateau([{ label: undefined, cells: [values.map((_, i) => i)] }], (variant) => values[variant]);
    expect(row([1, 2, 100, 3, 1])).toMatchObject({ best: 2, neighbours: 2, neighbourMean: 2.5, holds: false });
    expect(row([1, 80, 90, 85, 1])).toMatchObject({ best: 2, holds: true, steadiest: 2 });
    expect(row([90, null, 60, 62, 61])).toMatchObject({ best: 0, neighbours: 0, neighbourMean: null, holds: false });
    expect(row([null])).toBeUndefined();
  });
});
