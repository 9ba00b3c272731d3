import { describe, expect, test } from "vitest";
import { DEFAULT_RULES } from "../../../../src/core/market/data/default-rules.ts";
import { UNDERLYINGS } from "../../../../src/core/market/data/underlyings.ts";
import { createRules, defaultRules } from "../../../../src/core/market/rules.ts";
import type { RulesData, SymbolData } from "../../../../src/core/market/rules-data.ts";
import { dayNumber } from "../../../../src/core/time.ts";

const nifty = DEFAULT_RULES.symbols.find((symbol) => symbol.symbol === "NIFTY") as SymbolData;

function changed(change: Partial<RulesData>): RulesData {
  return { ...DEFAULT_RULES, ...change };
}

test("the version is that of the data", () => {
  expect(defaultRules.version).toBe(DEFAULT_RULES.version);
  expect(DEFAULT_RULES.version).toMatch(/^\d{4}-\d{2}-\d{2}\.\d+$/);
});

test("the rules are plain data: a copy through JSON gives the same answers", () => {
  const copy = createRules(JSON.parse(JSON.stringify(DEFAULT_RULES)) as RulesData);
  for (const symbol of defaultRules.symbols) expect(copy.expiries(symbol)).toEqual(defaultRules.expiries(symbol));
});

test("names of every symbol of the rules are known to the name reader", () => {
  expect(UNDERLYINGS.map((underlying) => underlying.symbol)).toEqual(expect.arrayContaining([...defaultRules.symbols]));
});

test("every expiry has a lot, and every session date of a symbol's expiries a strike step", () => {
  for (const symbol of defaultRules.symbols) {
    for (const { date } of defaultRules.expiries(symbol)) {
      expect(defaultRules.lotSize(symbol, date), `${symbol} ${date}`).toBeGreaterThan(0);
      expect(defaultRules.strikeStep(symbol, date), `${symbol} ${date}`).toBeGreaterThan(0);
    }
  }
});

test("changed data change the answers", () => {
  const monthly = [{ from: "2014-11-01", lot: 10 }];
  const rules = createRules(changed({ symbols: [{ ...nifty, lots: { weekly: monthly, monthly } }] }));
  expect(rules.symbols).toEqual(["NIFTY"]);
  expect(rules.lotSize("NIFTY", dayNumber("2024-08-29"))).toBe(10);
  expect(rules.uncertain("NIFTY", dayNumber("2024-08-01"), dayNumber("2024-08-29")).filter(({ rule }) => rule === "lot")).toEqual([]);
});

describe("wrong data are refused in words", () => {
  const calendar = DEFAULT_RULES.calendar;
  test.each<[string, RulesData]>([
    ['NIFTY monthly lots, row 2: "2024-02-30" is no date; write YYYY-MM-DD', changed({
      symbols: [{ ...nifty, lots: { weekly: [], monthly: [{ from: "2024-01-01", lot: 1 }, { from: "2024-02-30", lot: 2 }] } }],
    })],
    ["NIFTY strike steps, row 2: 2024-01-01 is not after 2024-01-01", changed({
      symbols: [{ ...nifty, strikeSteps: [{ from: "2024-01-01", step: 50 }, { from: "2024-01-01", step: 100 }] }],
    })],
    ['holidays of 2024, row 1: "2024-13-01" is no date', changed({ calendar: { ...calendar, holidays: { ...calendar.holidays, 2024: ["13-01"] } } })],
    ["holidays of 2024 are missing, although the calendar reaches from 2024-01-01 to 2024-12-31", changed({ calendar: { ...calendar, from: "2024-01-01", to: "2024-12-31", holidays: {} } })],
    ['session of 2024-03-02: "9" is no time of day; write HH:MM', changed({
      calendar: { ...calendar, specialSessions: [{ date: "2024-03-02", name: "Drill", hours: { open: "9", close: "12:30" } }] },
    })],
    ["session of 2024-03-02: open, breaks and close are not in order of time", changed({
      calendar: { ...calendar, specialSessions: [{ date: "2024-03-02", name: "Drill", hours: { open: "09:15", close: "12:30", breaks: [["12:00", "13:00"]] } }] },
    })],
    ['re-dated contracts: "soon" is no date', changed({ redated: [{ symbols: ["NIFTY"], named: "2024-01-01", actual: "soon" }] })],
  ])("%s", (message, data) => {
    expect(() => createRules(data)).toThrowError(message);
  });
});
