/** A date without a rule is not run, reason `no_rule`, in words that name what is missing: one case for each kind of rule. */
import { describe, expect, it } from "vitest";
import { planDates } from "../../../../src/core/engine/plan.ts";
import { runDate } from "../../../../src/core/engine/run-date.ts";
import { DEFAULT_RULES } from "../../../../src/core/market/data/default-rules.ts";
import { createRules } from "../../../../src/core/market/rules.ts";
import type { RulesData, SymbolData } from "../../../../src/core/market/rules-data.ts";
import { parseStrategy } from "../../../../src/core/strategy/parse.ts";
import { dayNumber, isoDate } from "../../../../src/core/time.ts";
import { memoryDay, sliceOf, testKernels } from "../../../support/memory-day.ts";

const DATE = dayNumber("2024-08-23");
const EXPIRY = dayNumber("2024-08-28");
const kernels = testKernels();

const strategy = (costs: string) => parseStrategy(`name: x\nuniverse: { symbol: BANKNIFTY }\nentry: { legs: [{ cp: CE, lots: -1 }] }\ncosts: ${costs}\n`);

/** The rules with one thing of BANKNIFTY, or of everything, changed. */
function rulesWithout(symbol: Partial<SymbolData>, all: Partial<RulesData> = {}) {
  return createRules({ ...DEFAULT_RULES, symbols: DEFAULT_RULES.symbols.map((one) => (one.symbol === "BANKNIFTY" ? { ...one, ...symbol } : one)), ...all });
}

async function run(rules = rulesWithout({}), costs = "{ preset: nse }", date = DATE, expiry = EXPIRY) {
  const rows = Array.from({ length: 600 }, (_, i) => ({ second: 33_300 + i, price: 5_050_000, bid: 20_000, ask: 20_100 }));
  const data = memoryDay({ date, spot: sliceOf(rows), contracts: [[{ symbol: "BANKNIFTY", expiry, strike: 50_500, cp: "CE" }, sliceOf(rows)]] });
  const parsed = strategy(costs);
  const [planned] = planDates(parsed, rules, () => [date]).notRun;
  if (planned) return `${planned.reason}: ${planned.detail}`;
  const [{ parts: [part] }] = await runDate({ date, strategies: [{ strategy: parsed, recordSample: false }], open: () => data, rules, kernels });
  return part.kind === "not_run" ? `${part.reason}: ${part.detail}` : part.kind;
}

const NONE = { option: [], future: [] };
const later = "2024-09-01";

describe("a day", () => {
  it("with all rules runs", async () => {
    expect(await run()).toBe("run");
  });

  it.each<[kind: string, symbol: Partial<SymbolData>, all: Partial<RulesData>, detail: string]>([
    ["lot", { lots: { weekly: [], monthly: [] } }, {}, "the market rules have no lot size for BANKNIFTY contracts of 2024-08-28"],
    ["lot yet", { lots: { weekly: [{ from: later, lot: 15 }], monthly: [{ from: later, lot: 15 }] } }, {}, "the market rules have no lot size for BANKNIFTY contracts of 2024-08-28"],
    ["lot any more", { lots: { weekly: [], monthly: [{ from: "2020-01-01", lot: 15 }, { from: "2024-08-28", lot: null }] } }, {}, "the market rules have no lot size for BANKNIFTY contracts of 2024-08-28"],
    ["strike step", { strikeSteps: [{ from: later, step: 100 }] }, {}, "the market rules have no strike step for BANKNIFTY on 2024-08-23"],
    ["tick", {}, { ticks: { NSE: [{ from: later, tick: 0.05 }], BSE: [] } }, "the market rules have no tick for BANKNIFTY on 2024-08-23"],
    ["tick that can be traded", {}, { ticks: { NSE: [{ from: "2015-01-09", tick: 0.1 }], BSE: [] } }, "the market rules give BANKNIFTY a tick of 0.1 on 2024-08-23; this version trades in ticks of 0.05"],
    ["costs", {}, { costs: { NSE: NONE, BSE: NONE } }, "the market rules have no nse cost schedule for BANKNIFTY on 2024-08-23"],
    ["session", {}, { calendar: { ...DEFAULT_RULES.calendar, from: later } }, "the market rules' calendar does not reach 2024-08-23"],
    ["hours", {}, { calendar: { ...DEFAULT_RULES.calendar, specialSessions: [{ date: "2024-08-23", name: "Muhurat", hours: null }] } }, "the market rules' calendar does not reach 2024-08-23"],
    ["symbol", {}, { symbols: DEFAULT_RULES.symbols.filter(({ symbol }) => symbol === "NIFTY") }, "the market rules have no lot size for BANKNIFTY contracts of 2024-08-28"],
  ])("without a %s is not run", async (_kind, symbol, all, detail) => {
    expect(await run(rulesWithout(symbol, all))).toBe(`no_rule: ${detail}`);
  });

  it("without costs runs when the strategy asks for none of the schedule", async () => {
    const rules = rulesWithout({}, { costs: { NSE: NONE, BSE: NONE } });
    expect(await run(rules, "{ none: true }")).toBe("run");
    expect(await run(rules, "{ per_order: 20 }")).toBe("run");
  });

  it("before the cost schedule begins is not run", async () => {
    expect(await run(undefined, undefined, dayNumber("2018-12-31"), dayNumber("2019-01-03"))).toBe("no_rule: the market rules have no nse cost schedule for BANKNIFTY on 2018-12-31");
  });
});

it("a plan leaves out the dates that the calendar does not reach", () => {
  const dates = ["2015-01-08", "2026-11-08", "2026-12-31", "2027-01-01"].map(dayNumber);
  const { dates: left, notRun } = planDates(strategy("{ none: true }"), rulesWithout({}), () => dates);
  expect(left.map(isoDate)).toEqual(["2026-12-31"]);
  expect(notRun.map(({ date, reason }) => `${isoDate(date)} ${reason}`)).toEqual(["2015-01-08 no_rule", "2026-11-08 no_rule", "2027-01-01 no_rule"]);
});
