import { describe, expect, it } from "vitest";
import { counts, firstTrades, isOpen, lastFill, leaves, netPremium, realised, type LegTrade, type Position } from "../../../../src/core/engine/position.ts";

const words = () => "";

function trade(place: number, units: number, entry: number, filled: number, exit?: { readonly price: number; readonly second: number; readonly decision?: number }, decision = filled - 1): LegTrade {
  return {
    place, contract: place, lots: Math.sign(units), units, reason: "at", decision, rule: words, filled, entry: { before: entry, price: entry }, written: undefined,
    exit: exit && { before: exit.price, price: exit.price, second: exit.second, decision: exit.decision ?? exit.second - 1, reason: "target", stale: false, rule: words },
  };
}

const position = (...trades: LegTrade[]) => ({ filled: trades[0].filled, trades }) as unknown as Position;

describe("a position", () => {
  it("has the net premium of each leg's first fill, whatever became of it", () => {
    // Sold 15 at 200, bought 30 at 50; the second trade of the first leg does not count.
    const legs = position(trade(0, -15, 200, 5, { price: 900, second: 9 }), trade(1, 30, 50, 5), trade(0, -15, 700, 20));
    expect(netPremium(legs)).toBe(1500);
    expect(firstTrades(legs.trades)).toEqual([legs.trades[0], legs.trades[1]]);
    expect(netPremium(position(trade(0, -15, 200, 5), trade(1, 15, 200, 5)))).toBe(0);
    // 10⁴ lots of 75 at ten million rupees.
    expect(netPremium(position(trade(0, -750_000, 1_000_000_000, 5), trade(1, -750_000, 999_999_995, 5)))).toBe(1_499_999_996_250_000);
  });

  it("realises what its legs were sold for beyond what they were bought for", () => {
    const legs = position(trade(0, -15, 200, 5, { price: 150, second: 9 }), trade(1, 30, 50, 5, { price: 45, second: 30 }));
    expect(realised(legs)).toBe(15 * 50 - 30 * 5);
    expect(lastFill(legs)).toBe(30);
    expect(lastFill(position(trade(0, 1, 1, 0, { price: 1, second: 0 })))).toBe(0);
    expect(lastFill({ trades: [] as LegTrade[] } as unknown as Position)).toBe(-1);
  });

  it("is open until the last exit is decided", () => {
    expect(isOpen(position(trade(0, 1, 1, 5, { price: 1, second: 9 }), trade(1, 1, 1, 5)))).toBe(true);
    expect(isOpen(position(trade(0, 1, 1, 5, { price: 1, second: 9 })))).toBe(false);
  });
});

describe("a trade", () => {
  it("counts from its fill, a late one that fills in its decision's second from the next", () => {
    const first = trade(0, 1, 1, 5, undefined, 5);
    const late = trade(1, 1, 1, 9, undefined, 9);
    const later = trade(1, 1, 1, 12, undefined, 9);
    const legs = position(first, late, later);
    expect([counts(legs, first), counts(legs, late), counts(legs, later)]).toEqual([5, 10, 12]);
  });

  it("leaves with its exit's fill, one that fills in its decision's second with the next", () => {
    expect(leaves(trade(0, 1, 1, 5))).toBe(Infinity);
    expect(leaves(trade(0, 1, 1, 5, { price: 1, second: 9, decision: 9 }))).toBe(10);
    expect(leaves(trade(0, 1, 1, 5, { price: 1, second: 12, decision: 9 }))).toBe(12);
  });
});
