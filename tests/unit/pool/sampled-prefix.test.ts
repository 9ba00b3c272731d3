import { describe, expect, it } from "vitest";
import { noQuality } from "../../../src/core/grid/slice.ts";
import { blankTrade, createTradeBuilder } from "../../../src/core/results/trade-builder.ts";
import type { DayOutcome } from "../../../src/core/results/types.ts";
import { parseStrategy } from "../../../src/core/strategy/parse.ts";
import { SampledPrefix } from "../../../src/pool/sampled-prefix.ts";

const strategy = parseStrategy(`
name: two variants
universe: { symbol: BANKNIFTY }
entry: { legs: [{ cp: CE, lots: -1, strike: { atm: $D } }] }
sampling: { first_trades: 3 }
sweep: { D: [0, 1] }`);

/** @param trades how many each variant has */
function day(date: number, ...trades: number[]): DayOutcome {
  const builder = createTradeBuilder();
  trades.forEach((count, variant) => {
    for (let i = 0; i < count; i++) builder.push({ ...blankTrade(), variant, date });
  });
  return { date, parts: [{ part: 0, kind: "run", spotSource: "files", expiryGap: false }], trades: builder.finish(), skips: [], sample: [], quality: noQuality(), files: [], contractsRead: 0, milliseconds: { load: 0, simulate: 0 } };
}

describe("SampledPrefix", () => {
  it("wants days until every variant has its first trades", () => {
    const prefix = new SampledPrefix([1, 2, 3], strategy);
    prefix.add(day(1, 5, 2));
    expect(prefix.wants()).toBe(true);
    prefix.add(day(2, 0, 1));
    expect(prefix.wants()).toBe(false);
  });

  it("does not count days behind a gap, since an earlier day may have the first trades", () => {
    const prefix = new SampledPrefix([1, 2, 3], strategy);
    prefix.add(day(2, 9, 9));
    prefix.add(day(3, 9, 9));
    expect(prefix.wants()).toBe(true);
    prefix.add({ ...day(1), parts: [{ part: 0, kind: "no_data" }] });
    expect(prefix.wants()).toBe(false);
  });
});
