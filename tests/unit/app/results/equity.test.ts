import { expect, it } from "vitest";
import { equityCsv, equitySeries } from "../../../../src/app/results/equity.ts";
import { zoomed } from "../../../../src/app/ui/zoom.ts";

const daily = { dates: ["2024-08-19", "2024-08-20", "2024-08-21", "2024-08-22"], net: [-10_050, 30_000, -5_000, 0] };

it("adds the days up and measures the fall from the highest point, the start included", () => {
  const series = equitySeries(daily);
  expect([...series.cumulative]).toEqual([-100.5, 199.5, 149.5, 149.5]);
  expect([...series.drawdown]).toEqual([-100.5, 0, -50, -50]);
  expect(new Date(series.x[0] * 1000).toISOString()).toBe("2024-08-19T00:00:00.000Z");
});

it("writes the chart as one line per day, in rupees", () => {
  expect(equityCsv(daily, equitySeries(daily)).split("\n").slice(0, 3)).toEqual(["date,net_pnl,cumulative_net_pnl,drawdown", "2024-08-19,-100.50,-100.50,-100.50", "2024-08-20,300.00,199.50,0.00"]);
});

it("zooms around the pointer and never leaves the axis", () => {
  expect(zoomed([0, 100], 25, 0.8, [0, 100])).toEqual([5, 85]);
  expect(zoomed([5, 85], 25, 1.25, [0, 100])).toEqual([0, 100]);
  expect(zoomed([0, 100], 50, 1.25, [0, 100])).toEqual([0, 100]);
});
