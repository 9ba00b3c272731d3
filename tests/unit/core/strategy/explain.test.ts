import { describe, expect, it } from "vitest";
import { explainStrategy } from "../../../../src/core/strategy/explain.ts";
import { readCondition } from "../../../../src/core/strategy/condition.ts";
import { conditionWords } from "../../../../src/core/strategy/condition-words.ts";
import { parseStrategy } from "../../../../src/core/strategy/parse.ts";
import { parsedWhen } from "./strategy-text.ts";

const words = (when: string) => conditionWords(readCondition(parsedWhen("none", when).variants[0].strategy.exit.when!));

describe("a condition in words", () => {
  it.each([
    ["{ gt: [SPOT, 50000] }", "spot is above 50000"],
    ['{ gte: [TIME, "10:30"] }', "the time is at least 10:30"],
    ['{ lt: [TIME, "10:30:05"] }', "the time is below 10:30:05"],
    ["{ between: [DTE, 0, 2] }", "days to expiry is from 0 to 2"],
    ["{ all: [{ gt: [SPOT, 1] }, { any: [{ lt: [VIX, 2] }, { eq: [WEEKDAY, 1] }] }] }", "spot is above 1 and (India VIX is below 2 or the weekday (1 = Monday) equals 1)"],
    ["{ not: { crosses_below: [PNL, -500] } }", "not (the position's P&L crosses below -500)"],
    ["{ gt: [VOL_1M, { div: [VOL_2M, 2] }] }", "the volume of the ATM straddle over the last 1 min is above (the volume of the ATM straddle over the last 2 min) ÷ 2"],
    ["{ ne: [{ metric: EMA, args: { n: 5, of: { atm@now: -2, cp: PE }, bar: 90s, field: oi } }, { abs: { sub: [SPOT, 5] } }] }", "the EMA 5 of the put that is 2 steps in the money now (90 s bars of oi) differs from the absolute value of spot − 5"],
    ["{ lte: [{ metric: LAG, args: { x: MID, seconds: 60 } }, { min: [SPOT, VIX] }] }", "the mid price of the ATM call as it was 1 min before is at most the smallest of spot and India VIX"],
    ["{ gt: [{ metric: DELTA, args: { of: 'leg:1', rate: 0.07 } }, { metric: FIELD, args: { name: bo0 } }] }", "the delta of leg 1 at a rate of 7 % is above the column bo0 of the ATM call"],
  ])("%s", (when, sentence) => expect(words(when)).toBe(sentence));
});

it("a whole strategy in words", () => {
  const text = explainStrategy(parseStrategy(`
name: all of it
universe: { symbol: NIFTY, dte: [0, 1] }
entry:
  when: { gt: [SPOT, $LEVEL] }
  trigger: edge
  cooldown: 60
  legs:
    - { cp: CE, lots: -2, strike: { premium: 100 }, stop_loss: { pct: 30 }, target: { points: 1 } }
    - { cp: PE, lots: 1, strike: { delta: 0.25 } }
exit: { at: "15:00", when: { gt: [HOLD_SECS, 60] }, stop_loss: { pct: 10 } }
fill: { model: depth }
sweep: { LEVEL: [1, 2] }
`));
  for (const line of [
    "Enters      in a second in which this becomes true: spot is above 1, at most 1 entry per window and day, not within 60 seconds of an exit",
    "Leg 1       sell 2 lots of the CE whose mid price is nearest to ₹100; out at a loss of 30 % of its own premium; out at a profit of 1 point per unit",
    "Leg 2       buy 1 lot of the PE whose delta is nearest to 0.25",
    "Exits       at 15:00; or at a loss of 10 % of the net entry premium; or when the time held in seconds is above 60",
    "through the five levels of the book until the quantity is filled",
    "Variants    2, over LEVEL = 1, 2; the lines above describe v1",
  ]) expect(text).toContain(line);
});

const told = (yaml: string) => explainStrategy(parseStrategy(`name: words\nuniverse: { symbol: NIFTY }\n${yaml}`));
const LEGS = "entry: { legs: [{ cp: CE, lots: -1 }] }";

describe("a strategy in words", () => {
  it("begins with its name", () => {
    expect(told(LEGS).split("\n")[0]).toBe("words");
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
    expect(told(yaml)).toContain(says);
  });
});
