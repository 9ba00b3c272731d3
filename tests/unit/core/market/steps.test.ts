/** What goes by trade date: strike steps by class of expiry, ticks, freeze quantities. */
import { describe, expect, test } from "vitest";
import { defaultRules as rules } from "../../../../src/core/market/rules.ts";
import { dayNumber } from "../../../../src/core/time.ts";

test.each([
  ["BANKNIFTY", 100],
  ["NIFTY", 50],
  ["FINNIFTY", 50],
  ["MIDCPNIFTY", 25],
  ["SENSEX", 100],
  ["BANKEX", 100],
])("strikes of %s are %i apart near the money", (symbol, step) => {
  expect(rules.strikeStep(symbol, dayNumber("2025-02-03"))).toBe(step);
});

/** `step`, with ~ where it is uncertain. */
function step(symbol: string, date: string, expiry: string): string {
  const [day, end] = [dayNumber(date), dayNumber(expiry)];
  return `${rules.strikeStep(symbol, day, end)}${rules.uncertain(symbol, day, end).some(({ rule }) => rule === "strike_step") ? "~" : ""}`;
}

describe("the step of far-dated contracts", () => {
  test.each([
    // The nearest contract month of 2024-08-21 is August (monthly on the 28th): October is two ahead, November three.
    ["BANKNIFTY", "2024-08-21", "2024-08-21", "100"],
    ["BANKNIFTY", "2024-08-21", "2024-10-30", "100"],
    ["BANKNIFTY", "2024-08-21", "2024-11-27", "500~"],
    // On the day of the monthly expiry August still counts; the day after September is the nearest.
    ["BANKNIFTY", "2024-08-28", "2024-11-27", "500~"],
    ["BANKNIFTY", "2024-08-29", "2024-11-27", "100"],
    ["NIFTY", "2024-08-21", "2024-08-22", "50"],
    ["NIFTY", "2024-08-21", "2024-12-26", "100~"],
    ["NIFTY", "2024-08-21", "2025-06-26", "100~"],
    ["NIFTY", "2024-08-21", "2025-12-30", "1000~"],
    ["NIFTY", "2025-12-30", "2026-12-29", "1000~"],
    ["NIFTY", "2025-12-31", "2027-12-28", "1500~"],
    ["FINNIFTY", "2025-12-31", "2026-12-29", "50~"],
  ])("%s on %s for %s is %s", (symbol, date, expiry, expected) => {
    expect(step(symbol, date, expiry)).toBe(expected);
  });
});

test("there is no step before a symbol's first row, and none of a symbol that the rules do not know", () => {
  expect(rules.strikeStep("FINNIFTY", dayNumber("2021-01-08"))).toBeUndefined();
  expect(rules.strikeStep("RELIANCE", dayNumber("2025-01-01"))).toBeUndefined();
});

test("options trade in ticks of 0.05", () => {
  for (const symbol of rules.symbols) expect(rules.tick(symbol, dayNumber("2026-08-19")), symbol).toBe(0.05);
  expect(rules.tick("NIFTY", dayNumber("2015-01-08"))).toBeUndefined();
  expect(rules.tick("RELIANCE", dayNumber("2026-08-19"))).toBeUndefined();
});

describe("freeze quantities, ~ where the source is uncertain", () => {
  test.each([
    ["BANKNIFTY", "2020-12-31", "none"],
    ["BANKNIFTY", "2021-01-01", "900~"],
    ["BANKNIFTY", "2025-07-31", "900~"],
    ["BANKNIFTY", "2025-08-01", "600"],
    ["NIFTY", "2021-01-01", "1800~"],
    ["NIFTY", "2025-08-01", "1800"],
    ["FINNIFTY", "2025-07-31", "none"],
    ["FINNIFTY", "2025-08-01", "1800"],
    ["MIDCPNIFTY", "2025-08-01", "2800"],
    ["SENSEX", "2026-01-01", "none"],
    ["RELIANCE", "2026-01-01", "none"],
  ])("%s on %s: %s", (symbol, date, expected) => {
    const day = dayNumber(date);
    const uncertain = rules.uncertain(symbol, day).some(({ rule }) => rule === "freeze");
    expect(`${rules.freezeQuantity(symbol, day) ?? "none"}${uncertain ? "~" : ""}`).toBe(expected);
  });
});
