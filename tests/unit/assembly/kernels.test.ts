import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GridView } from "../../../src/core/engine/grid-view.ts";
import { buildGrid, strideOf } from "../../../src/core/engine/day-grids.ts";
import type { Session } from "../../../src/core/market/types.ts";
import { sliceOf, testKernels } from "../../support/memory-day.ts";
import { twinGrid, twinTradeable, type TwinRow, type TwinSlot } from "./twins.ts";

const kernels = testKernels();
const OPEN = 33300;
const SECONDS = 61;
const session: Session = { open: OPEN, close: OPEN + SECONDS, breaks: [] };
const stride = strideOf(session);

const row = fc.record({
  second: fc.integer({ min: OPEN, max: OPEN + SECONDS - 1 }),
  price: fc.constantFrom(0, 100, 105, 20000),
  back: fc.integer({ min: 0, max: 120 }),
  bid: fc.constantFrom(0, 95, 100, 19990),
  spread: fc.integer({ min: 1, max: 60 }),
});
const rows = fc.array(row, { maxLength: 40 }).map((list) =>
  list
    .map(({ second, price, back, bid, spread }): TwinRow => ({ second, price, priceSecond: second - back, bid, ask: bid === 0 ? 0 : bid + spread }))
    .sort((a, b) => a.second - b.second),
);

function slots(grid: GridView): TwinSlot[] {
  return Array.from({ length: SECONDS }, (_, s) => ({
    bid: grid.bid(s),
    ask: grid.ask(s),
    quoteSecond: grid.bid(s) === 0 ? 0 : s - grid.quoteAge(s)!,
    price: grid.price(s),
    priceSecond: grid.price(s) === 0 ? 0 : s - grid.priceAge(s)!,
  }));
}

/** Builds grids in memory of their own, hands them to `work`, and gives the memory back. */
function withGrids<T>(all: readonly (readonly TwinRow[])[], work: (grids: GridView[]) => T): T {
  return kernels.scoped(() => work(all.map((list) => buildGrid(kernels, sliceOf(list), session, stride, "price"))));
}

describe("grid", () => {
  it("holds the latest valid value of every second", () => {
    fc.assert(fc.property(rows, (list) => withGrids([list], ([grid]) => {
      expect(slots(grid)).toEqual(twinGrid(list, OPEN, SECONDS));
    })), { numRuns: 300 });
  });
});

describe("fills", () => {
  const limits = fc.record({ model: fc.constantFrom("touch" as const, "mid" as const, "ltp" as const), ttl: fc.integer({ min: 0, max: 8 }), maxSpread: fc.constantFrom(0, 5, 25, 50), from: fc.integer({ min: 0, max: 60 }), to: fc.integer({ min: 0, max: 60 }) });
  const codes = { touch: 0, mid: 1, ltp: 2 };

  it("finds the first second in which one contract, and all of several, are tradeable", () => {
    fc.assert(
      fc.property(fc.array(rows, { minLength: 1, maxLength: 3 }), limits, (all, { model, ttl, maxSpread, from, to }) =>
        withGrids(all, (grids) => {
          const twins = all.map((list) => twinGrid(list, OPEN, SECONDS));
          const first = (wanted: readonly TwinSlot[][]) => {
            for (let s = from; s <= to; s++) if (wanted.every((twin) => twinTradeable(twin[s], s, model, ttl, maxSpread))) return s;
            return -1;
          };
          expect(kernels.run.firstTradeable(grids[0].pointer, stride, from, to, codes[model], ttl, maxSpread)).toBe(first([twins[0]]));
          const table = kernels.run.alloc(16);
          // Of each second the same with a latency of two, without a gate.
          const [decisions, found] = [kernels.run.alloc(8), kernels.run.alloc(8)];
          kernels.i32.set([from - 2, from + 1], decisions >> 2);
          for (const buys of [true, false]) {
            kernels.run.firstTradeableAfter(grids[0].pointer, stride, buys, decisions, 2, 2, to, codes[model], ttl, found);
            expect([...kernels.i32.subarray(found >> 2, (found >> 2) + 2)]).toEqual([from, from + 3].map((start) => kernels.run.firstTradeable(grids[0].pointer, stride, start, to, codes[model], ttl, 0)));
          }
          grids.forEach((grid, i) => (kernels.i32[(table >> 2) + i] = grid.pointer));
          expect(kernels.run.firstAllTradeable(table, grids.length, stride, from, to, codes[model], ttl, maxSpread)).toBe(first(twins));
        }),
      ),
      { numRuns: 300 },
    );
  });
});

describe("fills, by hand", () => {
  const [TOUCH, MID, LTP] = [0, 1, 2];
  // A quote of 5 paise at the open, a price five seconds later.
  const list = [{ second: OPEN, price: 0, priceSecond: OPEN, bid: 100, ask: 105 }, { second: OPEN + 5, price: 103, priceSecond: OPEN + 5, bid: 0, ask: 0 }];
  const first = (from: number, model: number, ttl: number, maxSpread: number, to = 12) =>
    withGrids([list], ([{ pointer }]) => {
      const table = kernels.run.alloc(16);
      kernels.i32.set([pointer, pointer], table >> 2);
      const found = kernels.run.firstTradeable(pointer, stride, from, to, model, ttl, maxSpread);
      expect(kernels.run.firstAllTradeable(table, 2, stride, from, to, model, ttl, maxSpread)).toBe(found);
      return found;
    });

  it("a price fills up to its ttl, the quote for touch and mid, the last price for ltp", () => {
    expect([first(0, TOUCH, 3, 0), first(3, TOUCH, 3, 0), first(3, MID, 3, 0), first(4, TOUCH, 3, 0)]).toEqual([0, 3, 3, -1]);
    expect([first(0, LTP, 3, 0), first(8, LTP, 3, 0), first(9, LTP, 3, 0), first(0, LTP, 3, 0, 5), first(0, LTP, 3, 0, 4)]).toEqual([5, 8, -1, 5, -1]);
  });

  it("the gate lets just the widest spread through, of a quote up to ttl", () => {
    expect([first(0, TOUCH, 3, 5), first(0, TOUCH, 3, 4)]).toEqual([0, -1]);
    expect([first(5, LTP, 4, 5), first(5, LTP, 5, 5), first(5, LTP, 5, 4), first(6, LTP, 5, 5)]).toEqual([-1, 5, -1, -1]);
  });
});

describe("the arena", () => {
  it("keeps what was written when the memory grows, and gives back what a scope took", () => {
    const before = kernels.run.mark();
    kernels.scoped(() => {
      const small = kernels.run.alloc(8);
      kernels.i32[small >> 2] = 42;
      const large = kernels.run.alloc(64 * 1024 * 1024);
      expect(kernels.i32[small >> 2]).toBe(42);
      kernels.u8[large + 64 * 1024 * 1024 - 1] = 7;
      expect(kernels.u8[large + 64 * 1024 * 1024 - 1]).toBe(7);
    });
    expect(kernels.run.mark()).toBe(before);
  });
});
