import { tableFromArrays, Table, vectorFromArray, TimestampMillisecond, DateDay } from "apache-arrow";
import { expect, it } from "vitest";
import { chartSeries, defaultAxes } from "../../../../src/app/sql/chart-series.ts";
import { QueryTable } from "../../../../src/data/query-table.ts";

const at = (clock: string): Date => new Date(`2024-08-20T${clock}Z`);

it("draws the last numbers over times, in their order, by the clock of one day", () => {
  const table = new QueryTable(new Table({ time: vectorFromArray([at("09:16:00"), at("09:15:00"), null], new TimestampMillisecond()), price: vectorFromArray([2, 1, 3]) }));
  const axes = defaultAxes(table);
  expect(axes).toEqual({ x: 0, y: 1 });
  expect(axes && chartSeries(table, axes)).toMatchObject({ xName: "time", yName: "price", x: "clock", shape: "line", xs: Float64Array.of(33_300, 33_360), ys: [1, 2], rows: Uint32Array.of(1, 0) });
});

it("draws dates as days, and several rows of one date as marks", () => {
  const table = new QueryTable(new Table({ date: vectorFromArray([at("00:00:00"), at("00:00:00")], new DateDay()), price: vectorFromArray([2, null]) }));
  expect(chartSeries(table, { x: 0, y: 1 })).toMatchObject({ x: "days", shape: "marks", ys: [2, null] });
});

it("needs two columns that can be drawn", () => {
  expect(defaultAxes(new QueryTable(tableFromArrays({ price: Float64Array.of(1) })))).toBeUndefined();
  expect(defaultAxes(new QueryTable(tableFromArrays({ strike: Float64Array.of(1), price: Float64Array.of(2) })))).toEqual({ x: 0, y: 1 });
});

it("draws nothing where a value is no number, and no point where its place is none", () => {
  const table = new QueryTable(tableFromArrays({ strike: Float64Array.of(1, 2, 3, NaN, 4), price: Float64Array.of(5, NaN, Infinity, 7, 8) }));
  expect(chartSeries(table, { x: 0, y: 1 })).toMatchObject({ xs: Float64Array.of(1, 2, 3, 4), ys: [5, null, null, 8], rows: Uint32Array.of(0, 1, 2, 4) });
});
