/** What the engine could not work out to the paisa it refuses, and says why. */
import { expect, it } from "vitest";
import { parseRow } from "../../../golden/row-text.ts";
import { writeRows } from "../../../golden/write-files.ts";
import { runProduct } from "../../../support/product.ts";
import { tempFolder } from "../../../support/temp-folder.ts";

const DATE = "2025-02-11";

/** One call of 2025-02-13 (lot 75) at these quotes. */
function folderOf(...quotes: readonly string[]): string {
  const folder = tempFolder();
  const rows = (lines: readonly string[]) => lines.map((line) => parseRow(line, DATE));
  writeRows(folder, { path: "nifty_spot.parquet", rows: rows(["11:00:00 p23000"]) });
  writeRows(folder, { path: "nifty2521323000ce.parquet", rows: rows(quotes) });
  return folder;
}

const strategy = (legs: number, fill = "{}") => `
name: too large
universe: { symbol: NIFTY }
time: { window: "11:00-11:20" }
entry: { legs: [${Array(legs).fill("{ cp: CE, lots: 10000 }").join(", ")}] }
fill: ${fill}
costs: { none: true }`;

it("ten legs of 10,000 lots at twenty million rupees are more than sums of paise hold, six of them are not", async () => {
  const folder = folderOf("11:00:00 19999999/19999999.95", "11:20:00 19999999/19999999.95");
  // 10 · 750,000 · 19,999,999.95
  await expect(runProduct(folder, strategy(10))).rejects.toThrow("A position worth 149999999625000.00 rupees is too large to be worked out to the paisa; amounts may reach 90071992547409.91. Take fewer lots.");
  const { trades } = await runProduct(folder, strategy(6));
  // 0.95 · 750,000 each.
  expect(trades.map((cells) => cells.filter((cell) => cell.startsWith("-")))).toEqual(Array(6).fill(["-712500.00", "-712500.00"]));
});

it("slippage that makes a price larger than any price can be", async () => {
  const folder = folderOf("11:00:00 1/3001", "11:20:00 1/3001");
  // 3,000 rupees are 60,000 ticks: 6,667 times as many are 20,001,000 rupees.
  await expect(runProduct(folder, strategy(1, "{ slippage: { alpha_spread: 6667 } }"))).rejects.toThrow(
    "fill.slippage makes 3001.00 rupees into 20004001.00; no price may reach 20000000.00. Lower base, alpha_spread or beta_rv.",
  );
  const { trades } = await runProduct(folder, strategy(1, "{ slippage: { alpha_spread: 6665 } }"));
  expect(trades[0]).toContain("19998001.00");
});
