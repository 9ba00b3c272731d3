/** A market-rules file of the user's: what its rows change, and what they leave. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { DEFAULT_RULES } from "../../../../src/core/market/data/default-rules.ts";
import { parseRulesOverride } from "../../../../src/core/market/override-file.ts";
import { overrideJsonSchema } from "../../../../src/core/market/override-json-schema.ts";
import { defaultRules, rulesWith } from "../../../../src/core/market/rules.ts";
import type { MarketRules } from "../../../../src/core/market/types.ts";
import { dayNumber, isoDate } from "../../../../src/core/time.ts";

const rulesOf = (text: string): MarketRules => rulesWith(structuredClone(parseRulesOverride(text)));
const day = dayNumber;

const FULL = `
version: 1
symbols:
  BANKNIFTY:
    lots:
      weekly: [{ from: 2024-08-07, lot: 20, uncertain: "my broker says so" }]
      monthly: [{ from: 2023-07-27, lot: 10 }]
    strike_steps: [{ from: 2024-08-01, step: 200, far: [{ months: 3, step: 1000 }] }]
    freeze: [{ from: 2020-01-01, quantity: 1200 }]
    expiry_weekdays: [{ from: 2026-10-01, weekly: Fri, monthly: Fri }]
  NIFTYNXT50:
    exchange: NSE
    lots: { monthly: [{ from: 2024-04-24, lot: 10 }, { from: 2024-11-20, lot: 25 }] }
    strike_steps: [{ from: 2024-04-24, step: 100 }]
    expiry_weekdays: [{ from: 2024-04-24, weekly: null, monthly: Fri }]
costs:
  NSE:
    options: [{ from: 2024-08-01, brokerage: 0, stt_sell_pct: 0.0625, exchange_pct: 0.05, sebi_pct: 0.0001, stamp_buy_pct: 0.003, gst_pct: 18 }]
    futures: [{ from: 2024-10-01, brokerage: 20, stt_sell_pct: 0.02, exchange_pct: 0.00173, sebi_pct: 0.0001, stamp_buy_pct: 0.002, gst_pct: 18 }]
ticks: { BSE: [{ from: 2015-01-09, tick: 0.05 }] }
calendar: { to: 2027-12-31 }
hours: [{ from: 2027-01-01, open: "09:00", close: "15:40" }]
holidays: { 2025: ["01-26"], 2027: ["01-26", "12-25"] }
special_sessions: [{ date: 2026-11-08, name: Muhurat, hours: { open: "18:00", close: "19:00" } }]
redated: [{ symbols: [NIFTY], named: 2024-08-29, actual: 2024-08-28 }]
`;

describe("a file of one's own", () => {
  const rules = rulesOf(FULL);

  it("is named in the version by the SHA-256 of its text", () => {
    expect(rules.version).toBe(`${DEFAULT_RULES.version}+override:${createHash("sha256").update(FULL).digest("hex").slice(0, 8)}`);
  });

  it("adds rows, which hold until the next row of the product's", () => {
    // Weeklies: 15 from 2023-08-03; the user's 20 from 2024-08-07.
    expect(["2024-07-24", "2024-08-07", "2024-11-13"].map((expiry) => rules.lotSize("BANKNIFTY", day(expiry)))).toEqual([15, 20, 20]);
    expect(["2024-07-31", "2024-08-01"].map((date) => rules.strikeStep("BANKNIFTY", day(date)))).toEqual([100, 200]);
    expect(rules.strikeStep("BANKNIFTY", day("2024-08-21"), day("2024-11-27"))).toBe(1000);
    expect(["2020-01-01", "2021-01-01"].map((date) => rules.freezeQuantity("BANKNIFTY", day(date)))).toEqual([1200, 900]);
    expect(["2024-07-31", "2024-08-01", "2024-10-01"].map((date) => rules.costs("NIFTY", day(date))?.brokerage)).toEqual([20, 0, 20]);
  });

  it("replaces rows of the same date", () => {
    expect(["2023-07-27", "2024-12-24", "2025-02-27"].map((expiry) => rules.lotSize("BANKNIFTY", day(expiry)))).toEqual([10, 10, 30]);
  });

  it("makes a doubt certain, or adds one with its reason", () => {
    const doubts = (of: MarketRules, symbol: string, date: string, expiry?: string) => of.uncertain(symbol, day(date), expiry === undefined ? undefined : day(expiry)).map(({ rule }) => rule);
    expect(doubts(defaultRules, "SENSEX", "2026-01-05")).toContain("tick");
    expect(doubts(rules, "SENSEX", "2026-01-05")).not.toContain("tick");
    expect([doubts(defaultRules, "NIFTY", "2024-10-04"), doubts(rules, "NIFTY", "2024-10-04")].map((all) => all.includes("future_costs"))).toEqual([true, false]);
    expect(doubts(rules, "NIFTY", "2025-06-02")).not.toContain("holidays");
    expect(doubts(rules, "NIFTY", "2024-10-04")).toContain("holidays");
    expect(rules.uncertain("BANKNIFTY", day("2024-08-05"), day("2024-08-07"))).toContainEqual({ rule: "lot", text: "the lot of weekly BANKNIFTY contracts that expire from 2024-08-07 on (20) is not certain: my broker says so" });
    expect(rules.allUncertain.map(({ text }) => text)).toContain("the holidays from 2024-09-01 to 2024-12-31 are not certain: they were checked against files and circulars only in part");
  });

  it("reaches further, with its own holidays, hours, sessions and expiries", () => {
    expect(defaultRules.session(day("2027-01-04"))).toBeUndefined();
    expect(rules.session(day("2027-01-04"))).toEqual({ open: 9 * 3600, close: 15 * 3600 + 2400, breaks: [] });
    expect(rules.session(day("2027-01-26"))).toBe("closed");
    expect(rules.session(day("2026-11-08"))).toMatchObject({ open: 18 * 3600 });
    expect(rules.session(day("2025-02-26"))).toMatchObject({ open: 9 * 3600 + 900 });
    expect(isoDate(rules.monthlyExpiry("BANKNIFTY", 2026, 10)!)).toBe("2026-10-30");
    expect(rules.isMonthly("BANKNIFTY", day("2026-10-09"))).toBe(false);
    expect(rules.actualExpiry("NIFTY", day("2024-08-29"))).toBe(day("2024-08-28"));
  });

  it("can bring a symbol whose names are known", () => {
    expect(rules.symbols).toEqual([...defaultRules.symbols, "NIFTYNXT50"]);
    expect(rules.lotSize("NIFTYNXT50", day("2024-08-30"))).toBe(10);
    expect(rules.costs("NIFTYNXT50", day("2024-08-21"))).toMatchObject({ brokerage: 0 });
  });

  it("leaves everything else as it is", () => {
    expect(rules.expiries("NIFTY").filter(({ date }) => date < day("2025-01-01"))).toEqual(defaultRules.expiries("NIFTY").filter(({ date }) => date < day("2025-01-01")));
    expect(rules.lotSize("NIFTY", day("2024-08-22"))).toBe(defaultRules.lotSize("NIFTY", day("2024-08-22")));
    expect(rules.costs("SENSEX", day("2025-06-02"))).toEqual(defaultRules.costs("SENSEX", day("2025-06-02")));
  });

  it("may be JSON, and may be empty of rows", () => {
    expect(rulesOf('{"symbols":{"NIFTY":{"lots":{"weekly":[{"from":"2024-08-22","lot":5}]}}}}').lotSize("NIFTY", day("2024-08-22"))).toBe(5);
    expect(rulesOf("version: 1").symbols).toEqual(defaultRules.symbols);
  });

  it("is not there without one", () => {
    expect(rulesWith(undefined)).toBe(defaultRules);
  });
});

describe("the JSON Schema of the file", () => {
  const schema = overrideJsonSchema();
  const accepts = (text: string) => z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]).safeParse(parse(text)).success;

  it("in public/ is current (node scripts/write-schema.mjs writes it)", () => {
    expect(readFileSync(fileURLToPath(new URL("../../../../public/market-rules.schema.json", import.meta.url)), "utf8")).toBe(`${JSON.stringify(schema, null, 1)}\n`);
  });
  it.each([[FULL, true], ["symbols: { NIFTY: { lot: 5 } }", false], ["symbols: { NIFTY: { lots: { weekly: [{ from: 2024-08-22, lot: 0.5 }] } } }", false]])("%s: %s", (text, expected) => {
    expect(accepts(text)).toBe(expected);
  });
});

it("the example of docs/market-rules.md is a file that can be used", () => {
  const docs = readFileSync(fileURLToPath(new URL("../../../../docs/market-rules.md", import.meta.url)), "utf8");
  const [, example] = /```yaml\n([\s\S]*?)```/.exec(docs) ?? [];
  expect(rulesOf(example).costs("NIFTY", day("2024-08-05"))).toMatchObject({ brokerage: 0 });
});
