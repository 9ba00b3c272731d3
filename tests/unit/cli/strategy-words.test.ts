import { describe, expect, it } from "vitest";
import { strategyWords } from "../../../src/cli/strategy-words.ts";
import { parseStrategy } from "../../../src/core/strategy/parse.ts";

const words = (yaml: string) => strategyWords(parseStrategy(`name: words\nuniverse: { symbol: NIFTY }\n${yaml}`));
const LEGS = "entry: { legs: [{ cp: CE, lots: -1 }] }";

describe("a strategy in words", () => {
  it("begins with its name", () => {
    expect(words(LEGS).split("\n")[0]).toBe("words");
  });

  it.each([
    ["entry: { legs: [{ cp: PE, lots: 2, strike: { atm: 3 } }] }", "buy 2 lots of the PE 3 steps out of the money"],
    ["entry: { legs: [{ cp: CE, lots: -1, strike: { atm: -1 } }] }", "sell 1 lot of the CE 1 step in the money"],
    ["entry: { legs: [{ cp: CE, lots: -1, strike: { strike: 24000 } }] }", "sell 1 lot of the CE at the strike 24000"],
    [`${LEGS}\nexit: { stop_loss: { pct: 30 }, target: { rupees: 500 }, trail: { activate: { points: 10 }, step: { points: 5 } } }`, "at a loss of 30 % of the net entry premium; or at a profit of ₹500; or when the best P&L falls by 5 points"],
    [`${LEGS}\nexit: { at: "15:10" }`, "at 15:10"],
    [`${LEGS}\ntime: { from: 2024-01-01, days: [Mon, Fri] }`, "2024-01-01 to the last date, both included, Mon, Fri only"],
    [`${LEGS}\nfill: { model: mid, max_spread_ticks: 20 }`, "entries only where the spread is at most 20 ticks"],
    [`${LEGS}\ncosts: { per_lot: 5, taxes_bps: 2 }`, "₹0 per order, ₹5 per lot, 2 basis points of the premium turnover"],
    [`${LEGS}\ncosts: { none: true }`, "Costs       none"],
    ["entry: { legs: [{ cp: CE, lots: -1, strike: { atm: $D } }] }\nparams: { D: 2 }", "one with D = 2"],
  ])("%s", (yaml, says) => {
    expect(words(yaml)).toContain(says);
  });
});
