import { describe, expect, it } from "vitest";
import { arrow, bytes, count, counted, gainClass, held, percent, pnl, price, ratio, waiting, wholePnl, wholeRupees, rupees } from "../../../../src/app/ui/format.ts";

describe("amounts", () => {
  it("group as in India and keep the paise", () => {
    expect(price(4_82_310_05)).toBe("4,82,310.05");
    expect(rupees(1_00_00_000_00)).toBe("₹1,00,00,000.00");
    expect(wholeRupees(1_23_456_49)).toBe("₹1,23,456");
    expect(count(1_00_000)).toBe("1,00,000");
  });

  it("always show the sign of a profit or loss, and none of zero", () => {
    expect([pnl(141_250), pnl(-141_250), pnl(0)]).toEqual(["+1,412.50", "−1,412.50", "0.00"]);
    expect([wholePnl(61_220_00), wholePnl(-61_220_00), wholePnl(0)]).toEqual(["+₹61,220", "−₹61,220", "₹0"]);
    expect([wholePnl(49), wholePnl(-49)]).toEqual(["₹0", "₹0"]);
  });

  it("tell gain from loss without colour", () => {
    expect([arrow(1), arrow(-1), arrow(0), arrow(null)]).toEqual(["▲", "▼", "", ""]);
    expect([gainClass(1), gainClass(-1), gainClass(0)]).toEqual(["gain", "loss", undefined]);
  });

  it("are a dash where they are missing", () => {
    expect([price(null), rupees(null), pnl(null), wholePnl(null), percent(null), ratio(null), held(null)]).toEqual(Array(7).fill("—"));
  });
});

it("figures", () => {
  expect(percent(0.5812)).toBe("58.1 %");
  expect([ratio(1.416), ratio(-0.5), ratio(-33.98)]).toEqual(["1.42", "−0.50", "−34.0"]);
  expect([counted(1, "day"), counted(1_241, "day"), counted(2, "entry", "entries")]).toEqual(["1 day", "1,241 days", "2 entries"]);
});

it("times", () => {
  expect([held(303), held(3_600), held(0.4)]).toEqual(["5:03", "1:00:00", "0:00"]);
  expect([waiting(0.2), waiting(41), waiting(200), waiting(4_800)]).toEqual(["1 s", "41 s", "3 min", "80 min"]);
  expect(waiting(7_260)).toBe("2 h 1 min");
});

it("sizes", () => {
  expect([bytes(999), bytes(1_400_000), bytes(212e9)]).toEqual(["999 bytes", "1.4 MB", "212 GB"]);
});
