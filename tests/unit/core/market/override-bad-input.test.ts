/** Every way in which a market-rules file can be wrong, with its words and its place. */
import { describe, expect, it } from "vitest";
import { cpuTime } from "../../../support/cpu-time.ts";
import { parseRulesOverride } from "../../../../src/core/market/override-file.ts";
import { StrategyError } from "../../../../src/core/strategy/types.ts";

function problemsOf(text: string) {
  try {
    parseRulesOverride(text);
  } catch (error) {
    if (error instanceof StrategyError) return error.problems;
    throw error;
  }
  throw new Error("this text should have been refused");
}

/** The rows stand in line 4. */
const nifty = (table: string, rows: string) => `version: 1\nsymbols:\n  NIFTY:\n    ${table}: ${rows}\n`;
const cost = (change: string) => `costs:\n  NSE:\n    options: [{ from: 2024-08-01, brokerage: 20, stt_sell_pct: 0.1, exchange_pct: 0.05, sebi_pct: 0.0001, stamp_buy_pct: 0.003, ${change} }]\n`;

describe("what is wrong is said with its place", () => {
  it.each<[what: string, text: string, path: string, line: number | undefined, words: RegExp]>([
    ["an unknown key", "symbol: {}", "symbol", 1, /unknown key "symbol"; did you mean "symbols"\? Allowed here: version, symbols, costs/],
    ["an unknown symbol", "symbols: { BANKNIFY: {} }", "symbols.BANKNIFY", 1, /did you mean "BANKNIFTY"\?/],
    ["an unknown table", nifty("lot", "{}"), "symbols.NIFTY.lot", 4, /did you mean "lots"\? Allowed here: exchange, lots, strike_steps, freeze, expiry_weekdays/],
    ["an unknown key of a row", nifty("freeze", "[{ from: 2024-08-01, qty: 5 }]"), "symbols.NIFTY.freeze[0].qty", 4, /unknown key "qty"; Allowed here: from, uncertain, quantity/],
    ["a missing value", nifty("freeze", "[{ from: 2024-08-01 }]"), "symbols.NIFTY.freeze[0].quantity", 4, /is needed: a number/],
    ["a missing date", nifty("freeze", "[{ quantity: 5 }]"), "symbols.NIFTY.freeze[0].from", 4, /is needed: a text/],
    ["a date that is none", nifty("freeze", "[{ from: 2024-02-30, quantity: 5 }]"), "symbols.NIFTY.freeze[0].from", 4, /found "2024-02-30"; allowed: a date of the calendar/],
    ["a lot of nothing", nifty("lots", "{ weekly: [{ from: 2024-08-22, lot: 0 }] }"), "symbols.NIFTY.lots.weekly[0].lot", 4, /found 0; allowed: at least 1/],
    ["half a unit", nifty("lots", "{ weekly: [{ from: 2024-08-22, lot: 7.5 }] }"), "symbols.NIFTY.lots.weekly[0].lot", 4, /found 7.5; allowed: a whole number/],
    ["a lot of which 10,000 would not fit 32 bits", nifty("lots", "{ weekly: [{ from: 2024-08-22, lot: 1000000 }] }"), "symbols.NIFTY.lots.weekly[0].lot", 4, /found 1000000; allowed: at most 100000/],
    ["a step of 0", nifty("strike_steps", "[{ from: 2024-08-22, step: 0 }]"), "symbols.NIFTY.strike_steps[0].step", 4, /found 0; allowed: more than 0/],
    ["no weekday", nifty("expiry_weekdays", "[{ from: 2024-08-22, weekly: Thursday, monthly: Thu }]"), "symbols.NIFTY.expiry_weekdays[0].weekly", 4, /found "Thursday"; allowed: Mon, Tue/],
    ["an unknown exchange", nifty("exchange", "MCX"), "symbols.NIFTY.exchange", 4, /found "MCX"; allowed: NSE, BSE/],
    ["a table that is no list", nifty("freeze", "5"), "symbols.NIFTY.freeze", 4, /found 5; allowed: a list/],
    ["a doubt that is no sentence", nifty("freeze", "[{ from: 2024-08-01, quantity: 5, uncertain: true }]"), "symbols.NIFTY.freeze[0].uncertain", 4, /found true; allowed: a text/],
    ["two rows of one date", nifty("freeze", "[{ from: 2024-08-01, quantity: 5 }, { from: 2024-08-01, quantity: 6 }]"), "symbols.NIFTY.freeze[1]", 4, /2024-08-01 stands in entry 1 of this table too; a date has one row/],
    ["a missing rate", cost("gst: 18"), "costs.NSE.options[0].gst_pct", 3, /is needed: a number/],
    ["a rate above 100 %", cost("gst_pct: 180"), "costs.NSE.options[0].gst_pct", 3, /found 180; allowed: at most 100/],
    ["a negative rate", cost("gst_pct: -1"), "costs.NSE.options[0].gst_pct", 3, /found -1; allowed: at least 0/],
    ["a rate finer than fees are worked out", cost("gst_pct: 18.0000001"), "costs.NSE.options[0].gst_pct", 3, /at most five decimals/],
    ["a clock that is none", 'hours: [{ from: 2027-01-01, open: "9", close: "15:30" }]', "hours[0].open", 1, /found "9"; allowed: a time such as 09:15/],
    ["a session that ends before it starts", 'special_sessions: [{ date: 2026-11-08, name: Muhurat, hours: { open: "19:00", close: "18:00" } }]', "", undefined, /session of 2026-11-08: open, breaks and close are not in order of time/],
    ["a year that is none", "holidays: { 27: [] }", "holidays.27", 1, /"27" cannot stand here; allowed: a year such as 2027/],
    ["a holiday that is none", 'holidays: { 2027: ["1-26"] }', "holidays.2027[0]", 1, /found "1-26"; allowed: a month and day/],
    ["a holiday that does not exist", 'holidays: { 2027: ["02-30"] }', "", undefined, /holidays of 2027, row 1: "2027-02-30" is no date/],
    ["holidays out of order", 'holidays: { 2027: ["12-25", "01-26"] }', "", undefined, /holidays of 2027, row 2: 2027-01-26 is not after 2027-12-25/],
    ["a calendar beyond the holidays", "calendar: { to: 2027-12-31 }", "", undefined, /holidays of 2027 are missing/],
    ["a new symbol without an exchange", "symbols: { NIFTYNXT50: { freeze: [] } }", "", undefined, /NIFTYNXT50 is new, so its exchange is needed: NSE or BSE/],
    ["a re-dated contract of nobody", "redated: [{ symbols: [], named: 2024-08-29, actual: 2024-08-28 }]", "redated[0].symbols", 1, /at least 1 entry/],
    ["a format of the future", "version: 2", "version", 1, /found 2; allowed: 1/],
    ["a key twice", "version: 1\nversion: 1", "version", 2, /"version" stands here twice; keep one of the two/],
    ["a list", "- version: 1", "", 1, /a market-rules file is a set of keys such as symbols, costs, holidays; found none/],
    ["nothing", "", "", 1, /a market-rules file is a set of keys/],
    ["no YAML", "symbols: [1, 2", "", 1, /this is no valid YAML/],
  ])("%s", (_what, text, path, line, words) => {
    const found = problemsOf(text);
    const at = found.find((one) => one.path === path && words.test(one.message));
    expect(at, JSON.stringify(found)).toBeDefined();
    expect(at?.line).toBe(line);
    if (path !== "") expect(at?.column).toBeGreaterThan(0);
  });

  it("lists every problem, and none twice", () => {
    expect(problemsOf("version: 2\nticks: { NSE: [{ from: soon, tick: 0 }] }").map(({ path, line }) => `${line} ${path}`)).toEqual(["1 version", "2 ticks.NSE[0].from", "2 ticks.NSE[0].tick"]);
  });
});

describe("hostile text is refused quickly", () => {
  it.each([
    ["a megabyte", `version: 1\n# ${"x".repeat(1_000_000)}`, /characters; a market-rules file has at most/],
    ["two hundred levels", `symbols: ${"[".repeat(200)}${"]".repeat(200)}`, /levels deep; a market-rules file needs fewer/],
    ["two hundred levels of indentation", Array.from({ length: 200 }, (_, i) => `${"  ".repeat(i)}a:`).join("\n"), /levels deep/],
    ["a billion laughs", `a: &a [x,x,x,x,x,x,x,x,x]\n${"bcdefghi".split("").map((k, i) => `${k}: &${k} [${Array(9).fill(`*${"abcdefgh"[i]}`).join(",")}]`).join("\n")}`, /aliases/],
    ["more values than a file needs", `holidays: { 2027: [${Array(20_500).fill('"01-26"').join(",")}] }`, /more than 20000 values/],
    ["more rows than a file needs", `holidays: { 2027: [${Array(50_000).fill(1).join(",")}] }`, /commas, colons, brackets and line ends; a market-rules file has at most/],
    ["twenty thousand keys", Array.from({ length: 20_000 }, (_, i) => `k${i}: 1`).join("\n"), /more than 20000 values|unknown key/],
    ["a __proto__ key", "version: 1\n__proto__: { polluted: true }", /"__proto__" is no key of a market-rules file/],
    ["a constructor key", "version: 1\nsymbols: { constructor: { prototype: { polluted: true } } }", /is no key of a market-rules file/],
  ])("%s", (_what, text, words) => {
    expect(cpuTime(() => expect(problemsOf(text)[0].message).toMatch(words))).toBeLessThan(1000);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
