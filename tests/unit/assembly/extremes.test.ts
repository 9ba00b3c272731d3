/** Numbers at the end of what a kernel holds: 10⁷ rupees are 10⁹ paise, 10⁴ lots of 75 are 750,000 units. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildGrid, strideOf } from "../../../src/core/engine/day-grids.ts";
import { sliceOf, testKernels } from "../../support/memory-day.ts";

const kernels = testKernels();
const OPEN = 33_300;
const SECONDS = 29;
const session = { open: OPEN, close: OPEN + SECONDS, breaks: [] };
const stride = strideOf(session);
const TEN_MILLION_RUPEES = 1_000_000_000;
/** The largest price that is read: 2 · 10⁷ rupees less one tick. */
const MOST = 1_999_999_995;
const UNITS = 750_000;

interface Leg {
  readonly units: number;
  readonly entry: number;
  /** Bid by second; the ask is a tick above. */
  readonly bids: readonly number[];
}

function gridOf(bids: readonly number[]) {
  return buildGrid(kernels, sliceOf(bids.map((bid, s) => ({ second: OPEN + s, bid, ask: bid + 5 }))), session, stride, "price");
}

/** P&L by second as both kernels give it, and its lowest and highest as both do. */
function pnlOf(legs: readonly Leg[], realised = 0): { readonly plain: number[]; readonly path: number[]; readonly extremes: number[][] } {
  return kernels.scoped(() => {
    const grids = legs.map(({ bids }) => gridOf(bids));
    const table = kernels.run.alloc(16 * legs.length);
    legs.forEach(({ units, entry }, i) => kernels.i32.set([grids[i].pointer, units, entry], (table >> 2) + 4 * i));
    const plain = kernels.run.alloc(stride * 8);
    kernels.run.pnlPath(table, legs.length, stride, realised, 0, SECONDS, plain);
    const path = kernels.run.alloc(kernels.run.pathBytes(SECONDS));
    const [first, second] = [kernels.run.alloc(16), kernels.run.alloc(16)];
    kernels.run.openPath(path, table, legs.length, stride, 0, SECONDS);
    // Summarised before its seconds are written.
    kernels.run.extremesSoFar(path, SECONDS, first);
    kernels.run.pathExtremes(plain, 0, SECONDS, second);
    const seconds = kernels.run.writtenPath(path, 0, SECONDS);
    const numbers = (pointer: number, count: number) => [...kernels.f64.subarray(pointer >> 3, (pointer >> 3) + count)];
    return { plain: numbers(plain, SECONDS), path: numbers(seconds, SECONDS), extremes: [numbers(first, 2), numbers(second, 2)] };
  });
}

/** The same in integers without end. */
function exactly(legs: readonly Leg[], realised = 0): number[] {
  return Array.from({ length: SECONDS }, (_, s) => Number(legs.reduce((sum, { units, entry, bids }) => sum + BigInt(units) * BigInt(bids[s] + (units > 0 ? 0 : 5) - entry), BigInt(realised))));
}

const still = (bid: number) => Array<number>(SECONDS).fill(bid);

describe("mark to market", () => {
  it("of 10,000 lots at ten million rupees, by hand", () => {
    const bids = still(TEN_MILLION_RUPEES);
    bids[7] = 1;
    const { plain, path, extremes } = pnlOf([{ units: UNITS, entry: TEN_MILLION_RUPEES - 5, bids }]);
    // 750,000 × 5 paise; in the eighth second 750,000 × (1 − 999,999,995) paise.
    const expected = bids.map((bid) => (bid === 1 ? -749_999_995_500_000 : 3_750_000));
    expect(plain).toEqual(expected);
    expect(path).toEqual(expected);
    expect(extremes).toEqual([[-749_999_995_500_000, 3_750_000], [-749_999_995_500_000, 3_750_000]]);
  });

  it("of a straddle sold in such size goes beyond 32 bits each way and comes back", () => {
    const [up, down] = [still(20_000), still(20_000)];
    up[3] = 500_000;
    down[9] = 900_000;
    const { plain, path } = pnlOf([{ units: -UNITS, entry: 20_005, bids: up }, { units: -UNITS, entry: 20_005, bids: down }]);
    expect([plain[0], plain[3], plain[9]]).toEqual([0, -750_000 * 480_000, -750_000 * 880_000]);
    expect(path).toEqual(plain);
  });

  // Sums of at most 2⁵³ are exact; the units and marks lie about where 32 bits end.
  const units = fc.constantFrom(1, -1, 3, -7, 15, -75, 4095, -32_768, 65_535, -65_537, UNITS, -UNITS);
  const mark = fc.constantFrom(5, 4_095, 32_767, 65_535, 1_000_000, 2 ** 29 - 1, 2 ** 30 - 1, 2 ** 30, TEN_MILLION_RUPEES, MOST);
  const leg = fc.record({ units, entry: mark, bids: fc.array(mark, { minLength: SECONDS, maxLength: SECONDS }) });

  it("is exact where 32 bits do not hold the sums", () => {
    fc.assert(
      fc.property(fc.array(leg, { minLength: 1, maxLength: 5 }), fc.boolean(), fc.constantFrom(0, 2 ** 30 - 1, -(2 ** 31), 7e14), (held, alike, realised) => {
        const legs = alike ? held.map((one) => ({ ...one, units: Math.sign(one.units) * Math.abs(held[0].units) })) : held;
        const expected = exactly(legs, realised);
        expect(pnlOf(legs, realised).plain).toEqual(expected);
        const { path, extremes } = pnlOf(legs);
        const own = exactly(legs);
        expect(path).toEqual(own);
        expect(extremes[0]).toEqual([Math.min(...own), Math.max(...own)]);
      }),
      { numRuns: 300 },
    );
  });
});

describe("twice a premium", () => {
  it("of the largest price that is read is no negative number", () => {
    kernels.scoped(() => {
      const { pointer } = gridOf(still(MOST - 5));
      const find = (least: number, most: number) => kernels.run.firstPremium(pointer, stride, false, 0, SECONDS, least, most);
      expect(find(2 * MOST - 5, Infinity)).toBe(0);
      expect(find(2 * MOST - 4, Infinity)).toBe(-1);
      expect(find(0, 2 * MOST - 5)).toBe(0);
      expect(find(0, 2 * MOST - 6)).toBe(-1);
      // What waits for more than any price, waits: it does not come round to where prices are.
      expect(find(2 ** 32 + 5, Infinity)).toBe(-1);
    });
  });
});

describe("the synthetic forward", () => {
  /** F in the first second. */
  const forward = (strike: number, callBid: number, putBid: number) =>
    kernels.scoped(() => {
      const [call, put] = [gridOf(still(callBid)), gridOf(still(putBid))];
      const out = kernels.run.alloc(stride * 4 * 5);
      const table = kernels.run.alloc(12);
      const state = kernels.run.alloc(12);
      kernels.i32.set([strike, call.pointer, put.pointer], table >> 2);
      kernels.i32.set([0, 0, 0], state >> 2);
      expect(kernels.run.syntheticForward(table, 1, 0, SECONDS, stride, 3, state, out)).toBe(SECONDS);
      return kernels.i32[(out >> 2) + 3 * stride];
    });

  it("of premiums of twenty million rupees is not wrapped", () => {
    expect(forward(5_000_000, MOST - 5, MOST - 1005)).toBe(5_001_000);
    expect(forward(5_000_000, MOST - 5, 5)).toBe(5_000_000 + MOST - 10);
    expect(forward(2 ** 31 - 1 - 1000, 6000, 5000)).toBe(2 ** 31 - 1);
  });

  it("is missing where it is more than any price", () => {
    expect(forward(2 ** 31 - 1 - 999, 6000, 5000)).toBe(0);
    expect(forward(MOST, MOST - 5, 5)).toBe(0);
  });
});
