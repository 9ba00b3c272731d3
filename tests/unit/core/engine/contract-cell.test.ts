import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DayMarket, NeedContracts } from "../../../../src/core/engine/day-market.ts";
import { StrikeSelector } from "../../../../src/core/engine/select.ts";
import { DayGrids } from "../../../../src/core/engine/day-grids.ts";
import type { Session } from "../../../../src/core/market/types.ts";
import { memoryDay, sliceOf, testKernels } from "../../../support/memory-day.ts";

const kernels = testKernels();
const session: Session = { open: 33_300, close: 33_310, breaks: [] };
const ROWS = sliceOf([{ second: 33_300, price: 100, bid: 100, ask: 105 }]);

/** Strikes from 1000 on, 100 apart but for those without a name; each side listed or not. */
const listing = fc.array(fc.record({ named: fc.boolean(), ce: fc.boolean(), pe: fc.boolean() }), { minLength: 1, maxLength: 9 });

describe("the range of spot in which a contract is chosen", () => {
  it("holds the same contract for every value in it", async () => {
    await fc.assert(
      fc.asyncProperty(listing, fc.integer({ min: 90_000, max: 200_000 }), fc.array(fc.nat(), { minLength: 3, maxLength: 3 }), fc.constantFrom(0, 1), fc.integer({ min: -2, max: 2 }), async (list, spot, offsets, side, steps) => {
        const grids = new DayGrids(kernels, session);
        const named = list.flatMap((one, i) => (one.named ? [{ ...one, strike: 1000 + 100 * i }] : []));
        const contracts = named.flatMap(({ strike, ce, pe }) => (["CE", "PE"] as const).map((cp) => [{ symbol: "BANKNIFTY" as const, expiry: 20_000, strike, cp }, (cp === "CE" ? ce : pe) ? ROWS : undefined] as const));
        const data = memoryDay({ date: 20_000, contracts });
        const market = new DayMarket(grids, data, "BANKNIFTY", 20_000, { expiry: 20_000, lotSize: 15, step: 100 }, await data.strikes(20_000));
        const selector = new StrikeSelector(market, grids.of(ROWS, "row"), { spotMaxAge: 30, greekAt: () => null, chainOf: () => market.main });
        const known = async <T>(ask: () => T): Promise<T> => {
          for (;;) {
            try {
              return ask();
            } catch (error) {
              if (!(error instanceof NeedContracts)) throw error;
              await market.supply();
            }
          }
        };
        const cell = await known(() => selector.contractCell(spot, side, steps));
        expect(cell.low).toBeLessThanOrEqual(spot);
        expect(cell.high).toBeGreaterThanOrEqual(spot);
        const [low, high] = [Math.max(cell.low, 50_000), Math.min(Math.floor(cell.high), 300_000)];
        for (const value of [low, high, ...offsets.map((offset) => low + (offset % (high - low + 1)))]) {
          expect(await known(() => selector.contractAt(value, side, steps))).toBe(cell.contract);
        }
        grids.release();
      }),
      { numRuns: 300 },
    );
  });
});
