import fc from "fast-check";
import { expect, it } from "vitest";
import { DayGrids } from "../../../../src/core/engine/day-grids.ts";
import { DayMarket } from "../../../../src/core/engine/day-market.ts";
import { buildSpot } from "../../../../src/core/engine/spot.ts";
import { dayNumber } from "../../../../src/core/time.ts";
import { memoryDay, sliceOf, testKernels, type SliceRow } from "../../../support/memory-day.ts";
import { twinGrid, type TwinSlot } from "../../assembly/twins.ts";

const kernels = testKernels();
const session = { open: 33300, close: 33300 + 60, breaks: [] };
const DATE = dayNumber("2024-08-23");
const EXPIRY = dayNumber("2024-08-28");

/** The sentences of semantics §2 in plain code: a quote is fresh up to 3 seconds. */
function twinForward(strikes: readonly { strike: number; call: TwinSlot[]; put: TwinSlot[] }[]): (readonly [number, number] | undefined)[] {
  const fresh = (grid: TwinSlot[], s: number) => grid[s].bid > 0 && s - grid[s].quoteSecond <= 3;
  const mid = (grid: TwinSlot[], s: number) => (grid[s].bid + grid[s].ask) / 2;
  let forward: number | undefined;
  let since = 0;
  return Array.from({ length: 60 }, (_, s) => {
    const usable = strikes.filter(({ call, put }) => fresh(call, s) && fresh(put, s));
    let k = forward === undefined ? undefined : [...strikes].sort((a, b) => Math.abs(a.strike * 100 - forward!) - Math.abs(b.strike * 100 - forward!) || a.strike - b.strike)[0];
    if (forward === undefined && usable.length >= 3) k = [...usable].sort((a, b) => Math.abs(mid(a.call, s) - mid(a.put, s)) - Math.abs(mid(b.call, s) - mid(b.put, s)) || a.strike - b.strike)[0];
    if (k && usable.includes(k)) {
      forward = Math.floor(k.strike * 100 + mid(k.call, s) - mid(k.put, s) + 0.5);
      since = s;
    }
    return forward === undefined ? undefined : ([forward, s - since] as const);
  });
}

const quote = fc.record({ second: fc.integer({ min: 33300, max: 33359 }), bid: fc.integer({ min: 1, max: 30000 }), spread: fc.constantFrom(1, 5, 10) });
const dense = fc.array(quote, { minLength: 40, maxLength: 80 });
const rows = fc.oneof({ weight: 5, arbitrary: dense }, fc.array(quote, { maxLength: 10 })).map((list) => list.map(({ second, bid, spread }) => ({ second, bid, ask: bid + spread, price: 0, priceSecond: second })).sort((a, b) => a.second - b.second));

async function syntheticSpot(books: readonly (readonly [call: readonly SliceRow[], put: readonly SliceRow[]])[], work: (spot: (readonly [price: number, age: number] | undefined)[]) => void): Promise<void> {
  const grids = new DayGrids(kernels, session);
  const named = books.map((_, i) => ({ strike: 50000 + i * 100, ce: true, pe: true }));
  const contracts = books.flatMap((sides, i) => sides.map((rows, side) => [{ symbol: "BANKNIFTY", expiry: EXPIRY, strike: 50000 + i * 100, cp: side === 0 ? ("CE" as const) : ("PE" as const) }, rows.length ? sliceOf(rows) : undefined] as const));
  const market = new DayMarket(grids, memoryDay({ date: DATE, contracts }), "BANKNIFTY", DATE, { expiry: EXPIRY, lotSize: 15, step: 100 }, named);
  const { grid } = await buildSpot(grids, { source: "synthetic" }, market);
  work(Array.from({ length: 60 }, (_, s) => (grid.priceAge(s) === null ? undefined : [grid.price(s), grid.priceAge(s)!])));
  grids.release();
}

it("goes to the lower of two strikes that F lies between, by hand", async () => {
  // CE − PE: 60 at 50000, −50 at 50100 (where it starts: the smallest), −150 at 50200.
  const books = [[210, 150], [150, 200], [100, 250]].map((mids) => {
    const [call, put] = mids.map((mid): SliceRow[] => [{ second: 33300, bid: mid * 100 - 5, ask: mid * 100 + 5 }]);
    return [call, put] as const;
  });
  await syntheticSpot(books, (spot) => {
    // 50050 is as near to 50000, where F is 50060; from there 50100 is nearest. After three seconds the quotes are old.
    expect(spot.slice(0, 6)).toEqual([[5_005_000, 0], [5_006_000, 0], [5_005_000, 0], [5_006_000, 0], [5_006_000, 1], [5_006_000, 2]]);
  });
});

it("follows the sentences of semantics §2 on random books", async () => {
  let started = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(rows, rows), { minLength: 3, maxLength: 6 }), async (books) => {
      const both = books.flatMap(([call, put], i) => (call.length && put.length ? [{ strike: 50000 + i * 100, call: twinGrid(call, 33300, 60), put: twinGrid(put, 33300, 60) }] : []));
      const expected = twinForward(both);
      if (expected[59]) started++;
      await syntheticSpot(books, (spot) => expect(spot).toEqual(expected));
    }),
    { numRuns: 200 },
  );
  expect(started).toBeGreaterThan(100);
});
