import { describe, expect, it } from "vitest";
import { defaultRules } from "../../../../src/core/market/rules.ts";
import { createRunMerge } from "../../../../src/core/results/merge.ts";
import { planDoubts, runDoubts } from "../../../../src/core/results/run-doubts.ts";
import { parseStrategy } from "../../../../src/core/strategy/parse.ts";
import { dayNumber } from "../../../../src/core/time.ts";
import { runDay, tradeTable, variantsOf } from "./trades.ts";

const strategy = (symbol: string, costs = "{ preset: nse }", cp = "CE", slice = "none") =>
  parseStrategy(`name: x\nuniverse: { symbol: ${symbol} }\nentry: { legs: [{ cp: ${cp}, lots: -1 }] }\nfill: { slice: ${slice} }\ncosts: ${costs}\n`);

/** Days run, each with a trade of the expiries given. */
function mergeOf(days: Record<string, readonly string[]>) {
  const merge = createRunMerge(variantsOf(1));
  for (const [date, expiries] of Object.entries(days)) {
    merge.add(runDay(dayNumber(date), tradeTable(expiries.map((expiry, i) => ({ date: dayNumber(date), expiry: dayNumber(expiry), positionId: i + 1 })))));
  }
  return merge;
}

const words = (symbol: string, days: Record<string, readonly string[]>, costs?: string) => runDoubts(defaultRules, strategy(symbol, costs), mergeOf(days)).map(({ rule, days: count, text }) => `${rule} ${count}: ${text}`);

describe("the uncertain rules of a run", () => {
  it("are none where every rule is certain", () => {
    expect(words("BANKNIFTY", { "2023-05-02": ["2023-05-04"] })).toEqual([]);
  });

  it("name the period of the costs and count the days, where the strategy pays by the schedule", () => {
    const days = { "2024-03-28": ["2024-04-03"], "2024-04-02": ["2024-04-03"], "2024-04-03": [] };
    expect(words("BANKNIFTY", days)).toEqual(["costs 2: the costs of NSE options from 2024-04-01 on are not certain: the exchange charge is not documented"]);
    expect(words("BANKNIFTY", days, "{ none: true }")).toEqual([]);
  });

  it("tell of the lots of the contracts that were traded, not of others", () => {
    expect(words("BANKNIFTY", { "2025-01-29": ["2025-01-30"] }, "{ none: true }")).toContain("lot 1: the lot of monthly BANKNIFTY contracts that expire from 2025-01-30 on (15) is not certain: that contracts already listed kept the old lot is the usual rule, not a text");
    expect(words("BANKNIFTY", { "2025-01-29": ["2025-02-27"] }, "{ none: true }").filter((line) => line.startsWith("lot"))).toEqual([]);
  });

  it("tell of steps, ticks, weekdays, hours and holidays", () => {
    const rules = words("FINNIFTY", { "2021-02-24": ["2021-02-25"] }, "{ none: true }").map((line) => line.split(" ")[0]);
    expect(rules).toEqual(["session", "strike_step", "lot", "expiry"]);
    expect(words("SENSEX", { "2025-10-01": ["2025-10-09"] }, "{ none: true }").map((line) => line.split(" ")[0])).toEqual(["holidays", "tick", "strike_step", "lot", "expiry"]);
  });

  it("tell of freeze quantities where orders are sliced, and of futures' costs where futures are traded", () => {
    const rules = (cp: string, slice: string) => planDoubts(defaultRules, strategy("BANKNIFTY", "{ preset: nse }", cp, slice), () => [dayNumber("2024-04-02")]).map(({ rule }) => rule);
    expect(rules("CE", "none")).toEqual(["costs"]);
    expect(rules("FUT", "none")).toEqual(["future_costs"]);
    expect(rules("CE", "freeze")).toEqual(["freeze", "costs"]);
  });

  it("are known of the dates before a run, without the contracts that it will trade", () => {
    const dates = ["2024-03-28", "2024-04-02", "2024-04-03"].map(dayNumber);
    expect(planDoubts(defaultRules, strategy("BANKNIFTY"), () => dates)).toEqual([{ rule: "costs", days: 2, text: "the costs of NSE options from 2024-04-01 on are not certain: the exchange charge is not documented" }]);
  });
});
