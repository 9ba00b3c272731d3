import { describe, expect, it } from "vitest";
import { dayFees, feesOf } from "../../../../src/core/engine/fees.ts";
import type { CostRates, MarketRules } from "../../../../src/core/market/types.ts";
import { compileStrategy } from "../../../../src/core/strategy/compile.ts";
import { parseStrategy } from "../../../../src/core/strategy/parse.ts";
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

  it("is right to the paisa where the product of turnover and rate is no exact integer any more", () => {
    // 2,000,000.30 × 750,000: STT 0.0625 % of 150000022500000 paise = 93750014062.5, of which binary fractions make 93750014062.
    const rates = { ...rules.costs("BANKNIFTY", dayNumber("2024-08-23"))!, brokerage: 0, exchangePct: 0, sebiPct: 0, gstPct: 0, sttSellPct: 0.0625 };
    expect(feesOf({ preset: "nse" }, rates)(200_000_030, 750_000, 10_000, false)).toBe(93_750_014_063);
  });

  it("rounds an exact half up", () => {
    const fees = on("2022-01-03");
    // Turnover 5,000.00: exchange 0.053 % of 500000 paise = 265; SEBI 0.5 → 1; stamp 15; GST 18 % of 2266 = 407.88 → 408
    expect(fees(500000, 1, 1, true)).toBe(2000 + 265 + 1 + 15 + 408);
  });
});

it("takes GST of brokerage, exchange charge and SEBI fee together", () => {
  // A turnover of 10⁹ paise: exchange 500,000, SEBI 1000, stamp 30,000, GST 18 % of 503,000.
  expect(on("2024-08-23")(1_000_000, 1000, 1, true)).toBe(2000 + 500_000 + 1000 + 30_000 + 90_540);
});

describe("the fees of a day", () => {
  const given = (text: string) => {
    const { strategy } = parseStrategy(`name: fees\nuniverse: { symbol: BANKNIFTY }\n${text}`).variants[0];
    return (date: string, known: Partial<MarketRules> = {}) => dayFees(strategy, compileStrategy(strategy), { ...rules, ...known }, dayNumber(date));
  };
  const option = "entry: { legs: [{ cp: CE, lots: -1 }] }";
  const future = "entry: { legs: [{ cp: CE, lots: -1 }, { cp: FUT, lots: 1 }] }";

  it("are those of options, and of futures where one is traded", () => {
    const own = (kind: "option" | "future") => feesOf({ preset: "nse" }, rules.costs("BANKNIFTY", dayNumber("2024-08-23"), kind))(5_000_000, 15, 1, false);
    const [alone, both] = [option, future].map((text) => given(text)("2024-08-23"));
    expect(own("option")).not.toBe(own("future"));
    expect([alone.option, alone.future, both.option, both.future].map((fees) => fees(5_000_000, 15, 1, false))).toEqual([own("option"), own("option"), own("option"), own("future")]);
  });

  it("know the freeze quantity where orders are sliced, and need it nowhere else", () => {
    const [sliced, whole] = ["freeze", "none"].map((slice) => given(`${option}\nfill: { slice: ${slice} }\ncosts: { per_order: 20 }`));
    expect([sliced("2024-08-23").option(1, 901, 1, true), whole("2024-08-23").option(1, 901, 1, true)]).toEqual([4000, 2000]);
    expect(() => sliced("2024-08-23", { freezeQuantity: () => undefined })).toThrow("the market rules have no freeze quantity for BANKNIFTY on 2024-08-23");
    expect(whole("2024-08-23", { freezeQuantity: () => undefined }).option(1, 901, 1, true)).toBe(2000);
  });

  it("are refused where the schedule of the preset does not reach, and only there", () => {
    const none: Partial<MarketRules> = { costs: () => undefined };
    expect(() => given(option)("2024-08-23", none)).toThrow("the market rules have no nse cost schedule for BANKNIFTY on 2024-08-23");
    expect(() => given(future)("2024-08-23", { costs: (symbol, date, kind) => (kind === "future" ? undefined : rules.costs(symbol, date, kind)) })).toThrow("no nse cost schedule for futures of BANKNIFTY on 2024-08-23");
    expect(given(`${option}\ncosts: { per_order: 20 }`)("2024-08-23", none).option(1, 1, 1, true)).toBe(2000);
  });
});

describe("the simple forms", () => {
  it("add up, alike for buys and sales", () => {
    const fees = feesOf({ per_lot: 1.25, per_order: 10, taxes_bps: 5 }, undefined);
    // 10.00 + 2 × 1.25 + 0.0005 × 30,000.00
    expect([fees(100000, 30, 2, true), fees(100000, 30, 2, false)]).toEqual([1000 + 250 + 1500, 1000 + 250 + 1500]);
    expect(feesOf({ none: true }, undefined)(100000, 30, 2, true)).toBe(0);
  });

  it("round each part half up, as on paper", () => {
    const parts = (per_order: number, per_lot: number, taxes_bps: number) => feesOf({ per_order, per_lot, taxes_bps }, undefined);
    // 77.975 rupees are 7797.5 paise; in binary a hair less.
    expect([parts(77.975, 0, 0)(1, 1, 1, true), parts(77.974, 0, 0)(1, 1, 1, true)]).toEqual([7798, 7797]);
    // 75 × 826.131 rupees = 6,195,982.5 paise.
    expect(parts(0, 826.131, 0)(1, 1, 75, true)).toBe(6_195_983);
    // 65.6 bps of 88,921,875 paise = 583,327.5.
    expect(parts(0, 0, 65.6)(88_921_875, 1, 1, true)).toBe(583_328);
  });
});

describe("an order above the freeze quantity goes in as several", () => {
  it.each([[899, 1], [900, 1], [901, 2], [1800, 2], [1801, 3], [150_000, 167]])("%d units by 900 are %d orders", (quantity, orders) => {
    expect(feesOf({ per_order: 20, per_lot: 0, taxes_bps: 0 }, undefined, 900)(100, quantity, 1, true)).toBe(2000 * orders);
    const { brokerage } = rules.costs("BANKNIFTY", dayNumber("2024-08-23"))!;
    // GST is that of all orders together: nothing but the brokerage of a turnover of a paisa.
    expect(feesOf({ preset: "nse" }, rules.costs("BANKNIFTY", dayNumber("2024-08-23")), 900)(0, quantity, 1, true)).toBe(brokerage * 100 * orders + Math.round(brokerage * 18 * orders));
  });

  it("and without one as one", () => {
    expect(feesOf({ per_order: 20, per_lot: 0, taxes_bps: 0 }, undefined)(100, 1e9, 1, true)).toBe(2000);
  });
});

it("needs the schedule of the date for the preset", () => {
  expect(() => feesOf({ preset: "nse" }, undefined)).toThrow("The nse preset needs the cost schedule of the date.");
});

it("is exact for turnovers whose product with a rate is beyond 2⁵³", () => {
  const rates: CostRates = { from: 0, brokerage: 0, exchangePct: 0.00001, sebiPct: 0, sttSellPct: 0.15, stampBuyPct: 17.99999, gstPct: 0 };
  const fees = feesOf({ preset: "nse" }, rates);
  const exactly = (amount: bigint, tenMillionths: bigint) => Number((2n * amount * tenMillionths + 10_000_000n) / 20_000_000n);
  // 10⁴ lots of 75 at ten million rupees and one tick, and turnovers of which a part is half a paisa.
  for (const [price, quantity] of [[1_000_000_005, 750_000], [999_999_999, 749_999], [1_999_999_995, 1_000_001], [5_000_000, 1_000_001], [3_333_333, 1]] as const) {
    const turnover = BigInt(price) * BigInt(quantity);
    expect(fees(price, quantity, 1, false)).toBe(exactly(turnover, 1n) + exactly(turnover, 15_000n));
    expect(fees(price, quantity, 1, true)).toBe(exactly(turnover, 1n) + exactly(turnover, 1_799_999n));
  }
});
