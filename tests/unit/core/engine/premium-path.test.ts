import { expect, it } from "vitest";
import type { DayMarket } from "../../../../src/core/engine/day-market.ts";
import type { LegTrade, Position } from "../../../../src/core/engine/position.ts";
import { PremiumPath } from "../../../../src/core/engine/premium-path.ts";
import type { PremiumMove } from "../../../../src/core/strategy/types.ts";
import { CALL, held, PUT, SECONDS, withMarket } from "./held-market.ts";

const FUTURE = 2;

/** Where the premium of trades that were filled together has moved so far. */
function moved(market: DayMarket, trades: readonly LegTrade[], rise: PremiumMove | null, fall: PremiumMove | null = null, to = SECONDS, kinds = [CALL, PUT]) {
  const position = { filled: 0, trades, block: { legs: kinds.map((cp) => ({ cp })) } } as unknown as Position;
  const found = new PremiumPath(market, position).next(to, { rise, fall });
  return found && [found.second, found.reason];
}

// The ask of both is 10,000 + s, the bid 9,995 + s.
const SHORTS = [held(CALL, -1, 10_000), held(PUT, -2, 10_000)];

it("is what the legs have moved by, times their lots, of what was filled", async () => {
  await withMarket((market) => {
    // Three lots of a paisa each second; what was filled are 30,000.
    expect(moved(market, SHORTS, { points: 3 })).toEqual([100, "premium_rise"]);
    expect(moved(market, SHORTS, { points: 3.004 })).toEqual([100, "premium_rise"]);
    expect(moved(market, SHORTS, { points: 3.005 })).toEqual([101, "premium_rise"]);
    expect(moved(market, SHORTS, { pct: 1 })).toEqual([100, "premium_rise"]);
    expect(moved(market, SHORTS, { pct: 1.005 })).toEqual([101, "premium_rise"]);
    expect(moved(market, SHORTS, { points: 3 }, null, 100)).toBeUndefined();
    expect(moved(market, SHORTS, { points: 3 }, null, 1)).toBeUndefined();
    expect(moved(market, SHORTS, null, null)).toBeUndefined();
  });
});

it("falls, and a rise is looked at before no fall", async () => {
  await withMarket((market) => {
    // Filled at 10,200: 600 above the 30,000 of the open, from where it rises by 3 a second.
    const dear = [held(CALL, -1, 10_200), held(PUT, -2, 10_200)];
    expect(moved(market, dear, null, { points: 5 })).toEqual([1, "premium_fall"]);
    expect(moved(market, dear, { points: 1 }, { points: 7 })).toEqual([234, "premium_rise"]);
    // A long is marked at the bid: 9,995 + 1 − 10,000 is a fall of 4.
    expect(moved(market, [held(CALL, 1, 10_000)], null, { points: 0.04 })).toEqual([1, "premium_fall"]);
    expect(moved(market, [held(CALL, 1, 10_000)], { points: 0.01 }, { points: 0.05 })).toEqual([6, "premium_rise"]);
  });
});

it("keeps what a closed leg has moved by, and goes on with the others", async () => {
  await withMarket((market) => {
    // The call leaves in second 50 with a rise of 1,000; the put adds two paise each second.
    const one = [held(CALL, -1, 10_000, { second: 50, price: 11_000 }), held(PUT, -2, 10_000)];
    expect(moved(market, one, { points: 10 })).toEqual([50, "premium_rise"]);
    expect(moved(market, one, { points: 12 })).toEqual([100, "premium_rise"]);
    // Before it does, all three lots count: 147 in second 49.
    expect(moved(market, one, { points: 1.47 })).toEqual([49, "premium_rise"]);
  });
});

it("leaves a future out, counts the latest trade of a leg, and as a percentage of nothing never moves", async () => {
  await withMarket((market) => {
    expect(moved(market, SHORTS, { points: 2 }, null, SECONDS, [CALL, FUTURE])).toEqual([200, "premium_rise"]);
    const again = [held(CALL, -1, 9_000, { second: 2, price: 9_001 }), held(CALL, -1, 10_000)];
    expect(moved(market, again, { points: 1 })).toEqual([100, "premium_rise"]);
    expect(moved(market, [held(CALL, -1, 0)], { pct: 1 })).toBeUndefined();
  });
});
