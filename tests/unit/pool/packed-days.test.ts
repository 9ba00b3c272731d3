import { describe, expect, it } from "vitest";
import { noQuality } from "../../../src/core/grid/slice.ts";
import { blankTrade, createTradeBuilder, TRADE_COLUMN_NAMES } from "../../../src/core/results/trade-builder.ts";
import type { DayOutcome } from "../../../src/core/results/types.ts";
import { packDays, unpackDays } from "../../../src/pool/packed-days.ts";

function day(date: number, trades: number): DayOutcome {
  const builder = createTradeBuilder();
  for (let i = 0; i < trades; i++) builder.push(Object.assign(blankTrade(), Object.fromEntries(TRADE_COLUMN_NAMES.map((name, c) => [name, (date + i * 7 + c) % 200]))));
  return { date, parts: [{ part: 0, kind: "no_data" }], trades: builder.finish(), skips: [], sample: [], quality: noQuality(), files: [], contractsRead: 0, milliseconds: { load: 1, simulate: 2 } };
}

describe("packed days", () => {
  it("come back as they were, any number of trades in each", () => {
    for (const counts of [[], [0], [3], [1, 0, 5, 2, 0], [7, 1]]) {
      const days = counts.map((count, i) => day(100 + i, count));
      expect(unpackDays(structuredClone(packDays(days)))).toEqual(days);
    }
  });
});
