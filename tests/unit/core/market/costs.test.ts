import { describe, expect, test } from "vitest";
import { defaultRules as rules } from "../../../../src/core/market/rules.ts";
import type { InstrumentKind } from "../../../../src/core/market/types.ts";
import { dayNumber, isoDate } from "../../../../src/core/time.ts";

/** `from | brokerage STT exchange SEBI stamp GST`, ~ where the source is uncertain. */
function row(symbol: string, date: string, kind: InstrumentKind = "option"): string {
  const day = dayNumber(date);
  const rates = rules.costs(symbol, day, kind);
  if (!rates) return "none";
  const figures = [rates.brokerage, rates.sttSellPct, rates.exchangePct, rates.sebiPct, rates.stampBuyPct, rates.gstPct];
  const uncertain = rules.uncertain(symbol, day).some(({ rule }) => rule === (kind === "option" ? "costs" : "future_costs"));
  return `${isoDate(rates.from)} | ${figures.join(" ")}${uncertain ? " ~" : ""}`;
}

describe("the nse cost schedule, at the first and last day of every period", () => {
  test.each([
    ["2018-12-31", "2018-12-31", "none"],
    ["2019-01-01", "2020-05-31", "2019-01-01 | 20 0.05 0.05 0.0001 0.003 18 ~"],
    ["2020-06-01", "2020-12-31", "2020-06-01 | 20 0.05 0.05 0.00005 0.003 18 ~"],
    ["2021-01-01", "2021-03-31", "2021-01-01 | 20 0.05 0.053 0.00005 0.003 18 ~"],
    ["2021-04-01", "2023-03-31", "2021-04-01 | 20 0.05 0.053 0.0001 0.003 18"],
    ["2023-04-01", "2024-03-31", "2023-04-01 | 20 0.0625 0.0505 0.0001 0.003 18"],
    ["2024-04-01", "2024-09-30", "2024-04-01 | 20 0.0625 0.05 0.0001 0.003 18 ~"],
    ["2024-10-01", "2026-03-31", "2024-10-01 | 20 0.1 0.03553 0.0001 0.003 18"],
    ["2026-04-01", "2026-12-31", "2026-04-01 | 20 0.15 0.03553 0.0001 0.003 18"],
  ])("%s to %s", (first, last, expected) => {
    for (const symbol of ["BANKNIFTY", "NIFTY", "FINNIFTY", "MIDCPNIFTY"]) {
      expect(row(symbol, first)).toBe(expected);
      expect(row(symbol, last)).toBe(expected);
    }
  });
});

describe("options of the BSE", () => {
  test.each([
    ["2024-09-30", "none"],
    ["2024-10-01", "2024-10-01 | 20 0.1 0.0325 0.0001 0.003 18"],
    ["2026-03-31", "2024-10-01 | 20 0.1 0.0325 0.0001 0.003 18"],
    ["2026-04-01", "2026-04-01 | 20 0.15 0.0325 0.0001 0.003 18"],
  ])("%s: %s", (date, expected) => {
    expect(row("SENSEX", date)).toBe(expected);
    expect(row("BANKEX", date)).toBe(expected);
  });
});

test("an unknown symbol has no costs and no strike step", () => {
  expect(row("RELIANCE", "2025-01-01")).toBe("none");
  expect(rules.strikeStep("RELIANCE", dayNumber("2025-01-01"))).toBeUndefined();
});

describe("futures of the NSE, at the first and last day of every period", () => {
  test.each([
    ["2018-12-31", "2018-12-31", "none"],
    ["2019-01-01", "2020-05-31", "2019-01-01 | 20 0.01 0.0019 0.0001 0.002 18 ~"],
    ["2020-06-01", "2021-03-31", "2020-06-01 | 20 0.01 0.0019 0.00005 0.002 18 ~"],
    ["2021-04-01", "2023-03-31", "2021-04-01 | 20 0.01 0.0019 0.0001 0.002 18 ~"],
    ["2023-04-01", "2024-09-30", "2023-04-01 | 20 0.0125 0.0019 0.0001 0.002 18 ~"],
    ["2024-10-01", "2026-03-31", "2024-10-01 | 20 0.02 0.00173 0.0001 0.002 18 ~"],
    ["2026-04-01", "2026-12-31", "2026-04-01 | 20 0.05 0.00173 0.0001 0.002 18 ~"],
  ])("%s to %s", (first, last, expected) => {
    expect([row("NIFTY", first, "future"), row("BANKNIFTY", last, "future")]).toEqual([expected, expected]);
  });
  test("those of the BSE have no rule", () => {
    expect(row("SENSEX", "2025-06-02", "future")).toBe("none");
  });
});
