/** Semantics §1.8: "Bars have no quotes, so fills need `model: ltp`; anything else is refused up front, in words that say so." */
import { expect, it } from "vitest";
import { runProduct } from "../support/product.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { writeTables } from "../support/write-table.ts";
import { timeColumn } from "../../src/core/sample/table.ts";
import { parseRow } from "./row-text.ts";
import { writeRows } from "./write-files.ts";

it.each(["touch", "mid"])("refuses the fill model %s on bars", async (model) => {
  const folder = tempFolder();
  const clocks = Float64Array.from({ length: 22 }, (_, i) => Date.parse("2024-08-20T10:59:00Z") + i * 60_000);
  const price = clocks.map((_, i) => 98 + i);
  writeRows(folder, { path: "banknifty_spot.parquet", rows: [parseRow("11:00:00 p50000", "2024-08-20")] });
  writeTables(folder, "banknifty2482150000ce.parquet", [{
    rows: clocks.length,
    columns: [timeColumn("timestamp", clocks, "us", "UTC"), ...["open", "high", "low", "close"].map((name) => ({ name, type: "double", values: price }) as const)],
  }]);
  const strategy = { name: "bars", universe: { symbol: "BANKNIFTY" }, time: { window: "11:00-11:20" }, entry: { legs: [{ cp: "CE", lots: -1 }] }, fill: { model } };
  await expect(runProduct(folder, JSON.stringify(strategy))).rejects.toThrow(/ltp/);
});
