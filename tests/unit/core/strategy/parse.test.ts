import { describe, expect, it } from "vitest";
import { parseStrategy } from "../../../../src/core/strategy/parse.ts";
import { problemsOf } from "./strategy-text.ts";

const MINIMAL = `
name: ATM straddle
universe: { symbol: banknifty }
entry:
  legs:
    - { cp: CE, lots: -1 }
    - { cp: PE, lots: -1 }
`;

/** A leg with nothing but its side and lots. */
const PLAIN = { lots: -1, strike: { atm: 0 }, expiry: null, wait: null, stop_loss: null, target: null, reentry: null };

describe("a minimal strategy", () => {
  it("gets every default of semantics §3", () => {
    const { variants } = parseStrategy(MINIMAL);
    expect(variants.map((v) => v.name)).toEqual(["v1"]);
    expect(variants[0].strategy).toEqual({
      version: 1,
      name: "ATM straddle",
      universe: { symbol: "BANKNIFTY", expiry: "nearest", dte: null, spot: "auto", spot_max_age: 30, expiry_missing: "use_next", greeks: "computed" },
      time: { from: null, to: null, days: null, include: null, exclude: null, window: ["09:15-15:25"] },
      entry: { at: null, until: null, when: null, filter: null, trigger: "level", legs: [{ cp: "CE", ...PLAIN }, { cp: "PE", ...PLAIN }], rebalance: null, max_per_day: 1, cooldown: 0, reentry: null },
      entries: null,
      exit: { at: null, when: null, stop_loss: null, target: null, trail: null, lock: null, premium: null, on_leg_stop: "leg", on_leg_target: "leg" },
      adjust: null,
      fill: { model: "touch", latency: 1, ttl: 3, patience: 30, max_spread_ticks: 0, slippage: { base: 0, alpha_spread: 0, beta_rv: 0 }, max_share: null, slice: "none" },
      costs: { preset: "nse" },
      sampling: { first_trades: 100 },
    });
  });

  it("reads the same from JSON", () => {
    const json = JSON.stringify({ name: "ATM straddle", universe: { symbol: "BANKNIFTY" }, entry: { legs: [{ cp: "CE", lots: -1 }, { cp: "PE", lots: -1 }] } });
    expect(parseStrategy(json).variants).toEqual(parseStrategy(MINIMAL).variants);
  });

  it("takes the overrides of the command line", () => {
    const { variants } = parseStrategy(MINIMAL, { from: "2024-08-01", days: ["mon", "Tue"], window: ["09:15-09:20"] });
    expect(variants[0].strategy.time).toEqual({ from: "2024-08-01", to: null, days: ["Mon", "Tue"], include: null, exclude: null, window: ["09:15-09:20"] });
  });
});

describe("params and sweeps", () => {
  const SWEPT = `
name: swept
params: { LOTS: -1, STOP: 10 }
universe: { symbol: BANKNIFTY }
entry: { legs: [{ cp: CE, lots: $LOTS, strike: { atm: $DISTANCE } }] }
exit: { stop_loss: { pct: $STOP } }
sweep:
  DISTANCE: [0, 2]
  STOP: { from: 0.1, to: 0.3, step: 0.1 }
`;

  it("makes the grid in the order written, last key fastest", () => {
    const { variants } = parseStrategy(SWEPT);
    expect(variants.map((v) => [v.name, v.swept.DISTANCE, v.swept.STOP])).toEqual([
      ["v1", 0, 0.1], ["v2", 0, 0.2], ["v3", 0, 0.3], ["v4", 2, 0.1], ["v5", 2, 0.2], ["v6", 2, 0.3],
    ]);
    expect(variants[4].strategy.exit.stop_loss).toEqual({ pct: 0.2 });
    expect(variants[4].strategy.entry.legs[0]).toEqual({ cp: "CE", ...PLAIN, strike: { atm: 2 } });
  });

  it("holds a swept name at one value when it is set from outside", () => {
    const { variants } = parseStrategy(SWEPT, { params: { STOP: 25 } });
    expect(variants.map((v) => [v.swept.DISTANCE, v.strategy.exit.stop_loss])).toEqual([[0, { pct: 25 }], [2, { pct: 25 }]]);
  });

  it("reads variants that share a part as if each stood alone", () => {
    const text = (x: string, sweep: string) => `name: x\nuniverse: { symbol: NIFTY }\nentry: { when: { all: [{ gt: [SPOT, ${x}] }, { lt: [VIX, 20] }] }, legs: [{ cp: CE, lots: 1 }] }\nfill: { latency: ${x} }\n${sweep}`;
    const { variants } = parseStrategy(text("$X", "sweep: { X: [1, 2, 3] }"));
    expect(variants.map(({ strategy }) => strategy)).toEqual(["1", "2", "3"].map((x) => parseStrategy(text(x, "")).variants[0].strategy));
  });

  it("names the place of what is wrong in a later variant only", () => {
    expect(problemsOf(`name: x\nuniverse: { symbol: NIFTY }\nentry: { legs: [{ cp: CE, lots: 1 }] }\nfill: { latency: $X }\nsweep: { X: [1, -1] }`)).toEqual([{ path: "fill.latency", line: 4, column: 9, message: "found -1; allowed: at least 0" }]);
  });

  it("refuses a name that nothing defines", () => {
    expect(problemsOf(MINIMAL.replace("lots: -1 }\n    - { cp: PE", "lots: $SIZE }\n    - { cp: PE"))).toMatchObject([{ path: "entry.legs[0].lots", line: 6, message: expect.stringContaining("$SIZE is not defined") }]);
    expect(problemsOf(MINIMAL, { params: { NOPE: 1 } })[0].message).toContain('"NOPE" is neither in params nor in sweep');
  });
});

describe("what is wrong is said with its place", () => {
  const cases: [what: string, from: string, to: string, path: string, line: number, words: RegExp][] = [
    ["an unknown key", "entry:", "entri:", "entri", 4, /did you mean "entry"/],
    ["a misspelt key inside", "cp: CE, lots: -1", "cp: CE, lot: -1", "entry.legs[0].lot", 6, /did you mean "lots".*Allowed here: cp, lots, strike/],
    ["a missing key", "lots: -1 }\n    - { cp: PE", "}\n    - { cp: PE", "entry.legs[0].lots", 6, /is needed: a number/],
    ["a wrong word", "cp: CE", "cp: CALL", "entry.legs[0].cp", 6, /found "CALL".*allowed: CE, PE/],
    ["no lots", "lots: -1 }\n    - { cp: PE", "lots: 0 }\n    - { cp: PE", "entry.legs[0].lots", 6, /found 0; allowed: a whole number of lots/],
    ["half a lot", "lots: -1 }\n    - { cp: PE", "lots: 0.5 }\n    - { cp: PE", "entry.legs[0].lots", 6, /found 0.5; allowed: a whole number/],
    ["a wrong type", "symbol: banknifty", "symbol: 5", "universe.symbol", 3, /found 5; allowed: a text/],
    ["a window that ends before it starts", "name: ATM straddle", 'name: x\ntime: { window: "15:25-09:15" }', "time.window", 3, /15:25-09:15.*start before the end/],
    ["windows that overlap", "name: ATM straddle", 'name: x\ntime: { window: ["09:15-10:00", "09:59-11:00"] }', "time.window[1]", 3, /starts before "09:15-10:00" has ended/],
    ["a date that does not exist", "name: ATM straddle", "name: x\ntime: { from: 2024-02-30 }", "time.from", 3, /allowed: a date/],
    ["from after to", "name: ATM straddle", "name: x\ntime: { from: 2024-02-02, to: 2024-02-01 }", "time.from", 3, /is after to/],
    ["an entry outside every window", "  legs:", '  at: "15:25"\n  legs:', "entry.at", 5, /lies in no window/],
    ["an exit outside every window", "entry:", 'exit: { at: "09:15" }\nentry:', "exit.at", 4, /lies in no window/],
    ["two units in one threshold", "entry:", "exit: { stop_loss: { pct: 10, points: 5 } }\nentry:", "exit.stop_loss", 4, /exactly one of/],
    ["an unknown weekday", "name: ATM straddle", "name: x\ntime: { days: [Mon, Funday] }", "time.days", 3, /Funday.*allowed: a list of Mon, Tue/],
    ["an empty costs section", "entry:", "costs: {}\nentry:", "costs", 4, /preset: nse/],
    ["two ways to enter at once", "  legs:", '  at: "09:20"\n  when: { gt: [SPOT, 1] }\n  legs:', "entry.at", 5, /at and when stand together/],
    ["a strike by two rules", "cp: CE, lots: -1", "cp: CE, lots: -1, strike: { atm: 0, delta: 0.3 }", "entry.legs[0].strike", 6, /premium: 100.*delta: 0.25/],
    ["a delta above 1", "cp: CE, lots: -1", "cp: CE, lots: -1, strike: { delta: 25 }", "entry.legs[0].strike.delta", 6, /found 25; allowed: less than 1/],
    ["a leg's stop of 0", "cp: CE, lots: -1", "cp: CE, lots: -1, stop_loss: { pct: 0 }", "entry.legs[0].stop_loss.pct", 6, /found 0; allowed: more than 0/],
    ["a wrong trigger", "  legs:", "  trigger: edges\n  legs:", "entry.trigger", 5, /did you mean "edge"/],
    ["a wrong fill model", "entry:", "fill: { model: dept }\nentry:", "fill.model", 4, /did you mean "depth"/],
  ];
  it.each(cases)("%s", (_what, from, to, path, line, words) => {
    const text = MINIMAL.replace(from, to);
    expect(text).not.toBe(MINIMAL);
    const found = problemsOf(text);
    const at = found.find((p) => p.path === path);
    expect(at, JSON.stringify(found)).toBeDefined();
    expect(at!.line).toBe(line);
    expect(at!.message).toMatch(words);
  });

  it("eleven legs", () => {
    const text = MINIMAL + "    - { cp: CE, lots: 1 }\n".repeat(9);
    expect(problemsOf(text)).toMatchObject([{ path: "entry.legs", message: expect.stringContaining("at most 10 entries") }]);
  });

  it("what is no YAML, no mapping, or nothing", () => {
    expect(problemsOf("name: [1, 2")[0]).toMatchObject({ line: 1, message: expect.stringContaining("no valid YAML") });
    expect(problemsOf("- a\n- b")[0].message).toContain("a set of keys");
    expect(problemsOf("")[0].message).toContain("a set of keys");
  });
});
