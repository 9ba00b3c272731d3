/** The parts of the language beyond one order: what they are read as, and what is wrong with them. */
import { describe, expect, it } from "vitest";
import { compileStrategy } from "../../../../src/core/strategy/compile.ts";
import { explainStrategy } from "../../../../src/core/strategy/explain.ts";
import { parseStrategy } from "../../../../src/core/strategy/parse.ts";
import { problemsOf } from "./strategy-text.ts";

const HEAD = "name: x\nuniverse: { symbol: NIFTY }\n";
const BLOCKS = "entries:\n  - { when: { gt: [SPOT, 1] }, legs: [{ cp: CE, lots: 1 }] }\n  - { when: { lt: [SPOT, 1] }, legs: [{ cp: PE, lots: 1 }, { cp: FUT, lots: -1 }] }\n";
const leg = (more: string) => `${HEAD}entry: { legs: [{ cp: CE, lots: -1, ${more} }] }\n`;
const withLeg = (more: string) => `${HEAD}entry: { legs: [{ cp: CE, lots: -1, stop_loss: { pct: 30 }, target: { pct: 50 } }] }\n${more}`;
const strategyOf = (text: string) => parseStrategy(text).variants[0].strategy;

describe("what is read", () => {
  it("takes entries in place of the legs of entry", () => {
    const strategy = strategyOf(HEAD + BLOCKS);
    expect(strategy.entry.legs).toEqual([]);
    expect(compileStrategy(strategy).blocks.map(({ id, legs }) => [id, legs.length])).toEqual([[1, 1], [2, 2]]);
  });

  it("enters as often as there are times, unless it is written", () => {
    const times = (more: string) => strategyOf(`${HEAD}entry: { at: ["09:20", "11:00", "13:00"], legs: [{ cp: CE, lots: 1 }]${more} }`).entry.max_per_day;
    expect([times(""), times(", max_per_day: 2")]).toEqual([3, 2]);
  });

  it("fills in the defaults of every part", () => {
    const { entry, exit, adjust, fill } = strategyOf(`${HEAD}
entry: { reentry: { }, legs: [{ cp: CE, lots: -1, strike: { theta: max }, wait: { break: high, minutes: 5 }, reentry: { mode: at_cost } }, { cp: FUT, lots: 1 }] }
exit: { lock: { reach: { rupees: 100 }, keep: { rupees: 0 } }, premium: { rise: { pct: 30 } } }
adjust: [{ when: { gt: [PNL, 5] }, leg: 1 }]
fill: { max_share: 0.5, slice: freeze }`);
    expect(entry.reentry).toEqual({ on: ["stop_loss"], times: 1, mode: "same_strike" });
    expect(entry.legs).toEqual([
      { cp: "CE", lots: -1, strike: { theta: "max", within: 10 }, expiry: null, wait: { break: "high", minutes: 5 }, stop_loss: null, target: null, reentry: { on: ["stop_loss"], times: 1, mode: "at_cost" } },
      { cp: "FUT", lots: 1, strike: null, expiry: null, wait: null, stop_loss: null, target: null, reentry: null },
    ]);
    expect(exit).toMatchObject({ lock: { reach: { rupees: 100 }, keep: { rupees: 0 }, every: null, by: null }, premium: { rise: { pct: 30 }, fall: null } });
    expect(adjust).toMatchObject([{ leg: 1, to: null, times: 1 }]);
    expect(fill).toMatchObject({ max_share: 0.5, slice: "freeze" });
  });

  it("reads its own outcome as the same strategy", () => {
    for (const text of [HEAD + BLOCKS, leg("reentry: { on: [target, stop_loss] }, expiry: next"), withLeg("adjust: [{ when: { gt: [PNL, 5] }, leg: 1, to: { straddle_width: -0.5 } }]")]) {
      const strategy = strategyOf(text);
      expect(strategyOf(JSON.stringify(strategy))).toEqual(strategy);
    }
  });
});

describe("what is wrong is said with its place", () => {
  it.each<[what: string, text: string, path: string, words: RegExp]>([
    ["neither legs nor entries", HEAD, "entry.legs", /is needed: a list of 1 to 10 legs.*or entries/],
    ["legs beside entries", `${HEAD}${BLOCKS}entry: { legs: [{ cp: CE, lots: 1 }] }`, "entry.legs", /legs and entries stand together/],
    ["a time beside entries", `${HEAD}${BLOCKS}entry: { at: "09:20" }`, "entry.at", /at and entries stand together/],
    ["one block", `${HEAD}entries: [{ when: { gt: [SPOT, 1] }, legs: [{ cp: CE, lots: 1 }] }]`, "entries", /at least 2 entries/],
    ["a block without its when", `${HEAD}entries: [{ legs: [{ cp: CE, lots: 1 }] }, { legs: [{ cp: CE, lots: 1 }] }]`, "entries[0].when", /nothing here/],
    ["times out of order", `${HEAD}entry: { at: ["11:00", "10:00"], legs: [{ cp: CE, lots: 1 }] }`, "entry.at[1]", /10:00 does not come after 11:00/],
    ["one of the times in no window", `${HEAD}entry: { at: ["11:00", "15:26"], legs: [{ cp: CE, lots: 1 }] }`, "entry.at[1]", /15:26 lies in no window/],
    ["until in no window", `${HEAD}entry: { until: "09:15", legs: [{ cp: CE, lots: 1 }] }`, "entry.until", /lies in no window/],
    ["the position in a filter", `${HEAD}entry: { filter: { gt: [PNL, 1] }, legs: [{ cp: CE, lots: 1 }] }`, "entry.filter.gt[0]", /PNL belongs to an open position/],
    ["a leg in entries", HEAD + BLOCKS.replace("gt: [SPOT", 'gt: [{ metric: MID, args: { of: "leg:1" } }'), "entries[0].when.gt[0].args.of", /leg:1 belongs to an open position/],
    ["a leg that no block has", `${HEAD}${BLOCKS}exit: { when: { gt: [{ metric: MID, args: { of: "leg:3" } }, 1] } }`, "exit.when.gt[0].args.of", /leg:3 names no leg; allowed: leg:1 to leg:2/],
    ["a rolled leg that is none", withLeg("adjust: [{ when: { gt: [PNL, 5] }, leg: 2 }]"), "adjust[0].leg", /2 is no leg; allowed: 1/],
    ["a strike of a future", `${HEAD}entry: { legs: [{ cp: FUT, lots: 1, strike: { atm: 0 } }] }`, "entry.legs[0].strike", /a future has no strike/],
    ["an expiry of a future", `${HEAD}entry: { legs: [{ cp: FUT, lots: 1, expiry: next }] }`, "entry.legs[0].expiry", /a future has no expiry/],
    ["a premium range upside down", leg("strike: { premium: { min: 2, max: 1 } }"), "entry.legs[0].strike.premium", /min not above max/],
    ["a width of 0", leg("strike: { straddle_width: 0 }"), "entry.legs[0].strike.straddle_width", /from -5 to 5, not 0/],
    ["a misspelt mode", leg("reentry: { mode: at_costs }"), "entry.legs[0].reentry.mode", /did you mean "at_cost"/],
    ["a rule twice", leg("reentry: { on: [target, target] }"), "entry.legs[0].reentry.on", /each word at most once/],
    ["a wait of nothing", leg("wait: { pct: 0 }"), "entry.legs[0].wait.pct", /above 0 for up, below 0 for down/],
    ["a lock above what it waits for", withLeg("exit: { lock: { reach: { rupees: 5 }, keep: { rupees: 5 } } }"), "exit.lock.keep", /5 is not below reach: 5/],
    ["half a trailing lock", withLeg("exit: { lock: { reach: { rupees: 5 }, keep: { rupees: 1 }, by: { rupees: 1 } } }"), "exit.lock.by", /by stands without every/],
    ["a premium in rupees", withLeg("exit: { premium: { rise: { rupees: 5 } } }"), "exit.premium.rise", /exactly one of \{pct: n\}, \{points: n\}/],
    ["a premium without direction", withLeg("exit: { premium: {} }"), "exit.premium", /neither rise nor fall/],
    ["a share above 1", withLeg("fill: { max_share: 2 }"), "fill.max_share", /found 2; allowed: at most 1|above 0 and at most 1/],
    ["a misspelt expiry", `${HEAD.replace("NIFTY", "NIFTY, expiry: nearst")}entry: { legs: [{ cp: CE, lots: 1 }] }`, "universe.expiry", /did you mean "nearest"\? allowed: nearest, next, weekly, monthly, or a date/],
    ["a misspelt expiry of a leg", leg("expiry: nxt"), "entry.legs[0].expiry", /did you mean "next"\? allowed: nearest/],
    ["a misspelt selector", leg("strike: { dleta: 0.3 }"), "entry.legs[0].strike", /did you mean "delta"\? allowed: \{atm/],
    ["a misspelt word of a selector", leg("strike: { theta: mx }"), "entry.legs[0].strike", /did you mean "max"\?/],
    ["a misspelt wait", leg("wait: { pctt: 3 }"), "entry.legs[0].wait", /did you mean "pct"\?/],
    ["a misspelt unit", withLeg("exit: { stop_loss: { pc: 10 } }"), "exit.stop_loss", /did you mean "pct"\? allowed: exactly one of/],
    ["a misspelt part of a trail", withLeg("exit: { trail: { stp: { rupees: 1 } } }"), "exit.trail", /did you mean "step"\?/],
    ["a misspelt preset of costs", withLeg("costs: { preset: nsee }"), "costs", /did you mean "nse"\?/],
    ["misspelt costs", withLeg("costs: { per_lott: 3 }"), "costs", /did you mean "per_lot"\?/],
    ["a misspelt day of the week", withLeg("time: { days: [Mon, Tus] }"), "time.days", /did you mean "Tue"\? allowed: a list of Mon/],
    ["a date that does not exist", withLeg("time: { exclude: [2024-02-30] }"), "time.exclude[0]", /a date of the calendar/],
  ])("%s", (_what, text, path, words) => {
    const found = problemsOf(text);
    const at = found.find((one) => one.path === path);
    expect(at, JSON.stringify(found)).toBeDefined();
    expect(at!.message).toMatch(words);
    expect(at).toMatchObject({ line: expect.any(Number), column: expect.any(Number) });
  });
});

describe("what is hardly meant gets a warning", () => {
  const warned = (text: string) => parseStrategy(text).warnings.map(({ path, message }) => `${path}: ${message}`);
  it.each<[text: string, words: string]>([
    [`${HEAD}entry: { legs: [{ cp: CE, lots: 1 }] }\nexit: { on_leg_stop: all }`, "exit.on_leg_stop: has no effect: no leg has a stop_loss"],
    [`${HEAD}entry: { legs: [{ cp: CE, lots: 1 }] }\nexit: { on_leg_target: all }`, "exit.on_leg_target: has no effect: no leg has a target"],
    [leg("reentry: { on: [target, stop_loss] }"), "entry.legs[0].reentry: has no effect: the leg has no target and no stop_loss"],
    [`${HEAD}entry: { reentry: { on: [trail] }, legs: [{ cp: CE, lots: 1 }] }\nexit: { stop_loss: { rupees: 5 } }`, "entry.reentry: has no effect: exit has no trail"],
    [`${HEAD}entry: { at: ["09:20", "10:00"], until: "10:00", legs: [{ cp: CE, lots: 1 }] }`, "entry.at: nothing is entered at 10:00: until is 10:00"],
    [HEAD + BLOCKS.replace("{ gt: [SPOT, 1] }", "{ lt: [VOL_1M, 0] }"), "entries[0].when.lt: can never be true: the volume of the ATM straddle over the last 1 min is below 0, but the volume of the ATM straddle over the last 1 min is never below 0"],
  ])("%s", (text, words) => expect(warned(text)).toEqual([words]));

  it("says nothing of a cost stop that a leg can re-enter after", () => {
    expect(warned(`${HEAD}entry: { legs: [{ cp: CE, lots: 1, stop_loss: { pct: 5 } }, { cp: PE, lots: 1, reentry: {} }] }\nexit: { on_leg_stop: move_to_cost }`)).toEqual([]);
  });
});

it("says it all in plain words", () => {
  const text = explainStrategy(parseStrategy(`
name: all of it
universe: { symbol: NIFTY, greeks: data }
time: { exclude: [2024-06-04] }
entry: { until: "14:00", filter: { lt: [VIX, 15] }, trigger: edge, reentry: { on: [stop_loss, trail], times: 2, mode: at_cost } }
entries:
  - when: { gt: [SPOT, 1] }
    legs:
      - { cp: CE, lots: -1, strike: { straddle_width: 0.5 }, expiry: monthly, wait: { pct: -10 }, stop_loss: { pct: 30 }, reentry: { mode: new_atm } }
      - { cp: FUT, lots: 1, wait: { break: low, minutes: 15 } }
  - when: { lt: [SPOT, 1] }
    legs: [{ cp: PE, lots: 1, strike: { premium: { min: 80, max: 120 } } }, { cp: PE, lots: 1, strike: { theta: max } }]
exit:
  lock: { reach: { rupees: 1000 }, keep: { rupees: 500 }, every: { rupees: 200 }, by: { rupees: 100 } }
  premium: { rise: { pct: 30 }, fall: { points: 50 } }
  on_leg_stop: move_to_cost
  on_leg_target: all
adjust: [{ when: { gt: [PNL, 5] }, leg: 1, to: { atm: 2 }, times: 3 }]
fill: { max_share: 0.25, slice: freeze }
`));
  for (const line of [
    "Greeks are those of the data",
    "every date of the data, without 2024-06-04",
    "entry 1: in a second in which this becomes true: spot is above 1; entry 2: in a second in which this becomes true: spot is below 1, at most 1 entry per window and day, not from 14:00 on, only where India VIX is below 15, the position after its stop-loss or trail or lock enters again on the same strikes, once the price is back where it was entered, up to 2 times",
    "Leg 1 of entry 1  sell 1 lot of the CE 0.5 times the ATM straddle's premium out of the money, of the monthly expiry; waits until its premium has fallen by 10 %; out at a loss of 30 % of its own premium; after its stop-loss enters again on strikes chosen anew, up to 1 time",
    "buy 1 lot of the nearest future; waits until its premium is below the lowest of the first 15 min",
    "buy 1 lot of the PE whose mid price lies from ₹80 to ₹120, nearest to the middle",
    "buy 1 lot of the PE with the largest theta within 10 steps of the money",
    "when the P&L is back at ₹500 after it has reached ₹1000, and ₹100 more for every ₹200 beyond it",
    "when the combined premium has risen by 30 %; or when the combined premium has fallen by 50 points",
    "the other legs at their cost once one leg's stop-loss has fired; or all legs when one leg reaches its target",
    "leg 1 to the contract 2 steps out of the money when the position's P&L is above 5, up to 3 times",
    "only where an order takes at most 25 % of the quantity that stands there",
    "orders above the exchange's freeze quantity go in as several",
  ]) expect(text).toContain(line);
});
