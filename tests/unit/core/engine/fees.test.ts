import { describe, expect, it } from "vitest";
import { feesOf } from "../../../../src/core/engine/fees.ts";
import { dayNumber } from "../../../../src/core/time.ts";
import { rules } from "../../../support/memory-day.ts";

const on = (date: string) => feesOf({ preset: "nse" }, rules.costs("BANKNIFTY", dayNumber(date)));

describe("the nse preset, component by component", () => {
  // 212.35 × 15 = 3,185.25 rupees = 318525 paise of premium turnover.
  const PRICE = 21235;
  const QUANTITY = 15;

  it.each([
    // Sell, then buy; brokerage is 2000 paise throughout.
    // 2019: exchange 0.05 % = 159.2625 → 159; SEBI 0.0001 % = 0.32 → 0; STT 0.05 % = 159; stamp 0.003 % = 9.56 → 10; GST 18 % of 2159 = 388.62 → 389
    ["2019-06-03", 2000 + 159 + 0 + 159 + 389, 2000 + 159 + 0 + 10 + 389],
    // 2021-01: exchange 0.053 % = 168.82 → 169; GST 18 % of 2169 = 390.42 → 390
    ["2021-02-01", 2000 + 169 + 0 + 159 + 390, 2000 + 169 + 0 + 10 + 390],
    // 2023-04: exchange 0.0505 % = 160.86 → 161; STT 0.0625 % = 199.08 → 199; GST of 2161 = 388.98 → 389
    ["2023-05-02", 2000 + 161 + 0 + 199 + 389, 2000 + 161 + 0 + 10 + 389],
    // 2024-04: exchange 0.05 % = 159.26 → 159; STT 199; GST of 2159 = 388.62 → 389
    ["2024-08-23", 2000 + 159 + 0 + 199 + 389, 2000 + 159 + 0 + 10 + 389],
    // 2024-10: exchange 0.03553 % = 113.17 → 113; STT 0.1 % = 318.525 → 319; GST of 2113 = 380.34 → 380
    ["2024-10-01", 2000 + 113 + 0 + 319 + 380, 2000 + 113 + 0 + 10 + 380],
    // 2026-04: STT 0.15 % = 477.79 → 478
    ["2026-04-01", 2000 + 113 + 0 + 478 + 380, 2000 + 113 + 0 + 10 + 380],
  ])("%s", (date, sell, buy) => {
    const fees = on(date);
    expect([fees(PRICE, QUANTITY, 1, false), fees(PRICE, QUANTITY, 1, true)]).toEqual([sell, buy]);
  });

  it("rounds an exact half up", () => {
    const fees = on("2022-01-03");
    // Turnover 5,000.00: exchange 0.053 % of 500000 paise = 265; SEBI 0.5 → 1; stamp 15; GST 18 % of 2266 = 407.88 → 408
    expect(fees(500000, 1, 1, true)).toBe(2000 + 265 + 1 + 15 + 408);
  });
});

it("adds up the simple forms", () => {
  const fees = feesOf({ per_lot: 1.25, per_order: 10, taxes_bps: 5 }, undefined);
  // 10.00 + 2 × 1.25 + 0.0005 × 30,000.00
  expect(fees(100000, 30, 2, true)).toBe(1000 + 250 + 1500);
  expect(feesOf({ none: true }, undefined)(100000, 30, 2, true)).toBe(0);
});
