import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildGrid, strideOf } from "../../../src/core/engine/day-grids.ts";
import type { Session } from "../../../src/core/market/types.ts";
import { sliceOf, testKernels } from "../../support/memory-day.ts";
import { twinCrossing, twinGrid, twinPnl, type TwinRow } from "./twins.ts";

const kernels = testKernels();
const OPEN = 33300;
/** Two whole blocks of 256 seconds and a part of a third, which is no whole number of vectors. */
const SECONDS = 701;
const BLOCK = 256;
const session: Session = { open: OPEN, close: OPEN + SECONDS, breaks: [] };
const stride = strideOf(session);

const row = fc.record({ second: fc.integer({ min: OPEN, max: OPEN + SECONDS - 1 }), price: fc.constantFrom(0, 100, 105, 20000), bid: fc.constantFrom(0, 95, 100, 19990), spread: fc.integer({ min: 1, max: 60 }) });
const rows = fc.array(row, { maxLength: 40 }).map((list) =>
  list.map(({ second, price, bid, spread }): TwinRow => ({ second, price, priceSecond: second, bid, ask: bid === 0 ? 0 : bid + spread })).sort((a, b) => a.second - b.second),
);
const legs = fc.array(fc.record({ rows, units: fc.constantFrom<number>(-75, -15, 15, 1_000_000), entry: fc.constantFrom(100, 19990) }), { minLength: 1, maxLength: 5 });
type Leg = typeof legs extends fc.Arbitrary<(infer T)[]> ? T : never;

const threshold = fc.constantFrom(Infinity, 0, 1, 500, 2000, 90_000, 2_000_000);
const rules = fc.record({ stop: threshold, target: threshold, activate: threshold, step: threshold });

/** The kernels' path of the legs from `filled` on, made in two pieces, with the summaries of its blocks. */
function withPath<T>(held: readonly Leg[], realised: number, filled: number, work: (path: number, blocks: number) => T): T {
  return kernels.scoped(() => {
    const grids = held.map((leg) => buildGrid(kernels, sliceOf(leg.rows), session, stride, "price"));
    const table = kernels.run.alloc(16 * held.length);
    held.forEach(({ units, entry }, i) => kernels.i32.set([grids[i].pointer, units, entry], (table >> 2) + 4 * i));
    const path = kernels.run.alloc(stride * 8);
    const blocks = kernels.run.alloc(16 * Math.ceil(SECONDS / BLOCK));
    const middle = Math.min(SECONDS, (Math.floor(filled / BLOCK) + 1) * BLOCK);
    kernels.run.pnlPath(table, held.length, stride, realised, filled, middle, path, blocks);
    kernels.run.pnlPath(table, held.length, stride, realised, middle, SECONDS, path, blocks);
    return work(path, blocks);
  });
}

function twinPath(held: readonly Leg[], realised: number): number[] {
  const twins = held.map((leg) => ({ grid: twinGrid(leg.rows, OPEN, SECONDS), units: leg.units, entry: leg.entry }));
  return Array.from({ length: SECONDS }, (_, s) => twinPnl(twins, s) + realised);
}

const doubles = (pointer: number, from: number, to: number) => Array.from(kernels.f64.subarray((pointer >> 3) + from, (pointer >> 3) + to));

describe("P&L path", () => {
  it("is the sum over the legs second by second, with the lowest and highest of every block", () => {
    fc.assert(
      fc.property(legs, fc.constantFrom(0, -12_345, 900), fc.nat(SECONDS - 2), (held, realised, filled) =>
        withPath(held, realised, filled, (path, blocks) => {
          const expected = twinPath(held, realised);
          expect(doubles(path, filled, SECONDS)).toEqual(expected.slice(filled));
          for (let block = Math.floor(filled / BLOCK); block * BLOCK < SECONDS; block++) {
            const inside = expected.slice(Math.max(filled, block * BLOCK), (block + 1) * BLOCK);
            expect(doubles(blocks, 2 * block, 2 * block + 2)).toEqual([Math.min(...inside), Math.max(...inside)]);
          }
        }),
      ),
      { numRuns: 100 },
    );
  });

  it("is what was realised where no leg is open", () => {
    withPath([], -750, 5, (path) => expect(doubles(path, 5, SECONDS)).toEqual(Array(SECONDS - 5).fill(-750)));
  });
});

describe("the lowest and highest of a stretch", () => {
  it("agree with a look at every second, with and without summaries", () => {
    fc.assert(
      fc.property(legs, fc.nat(SECONDS - 2), fc.nat(SECONDS), fc.nat(SECONDS), (held, filled, a, b) =>
        withPath(held, 0, filled, (path, blocks) => {
          const from = Math.min(SECONDS - 1, Math.max(filled, Math.min(a, b)));
          const to = Math.max(from + 1, Math.max(a, b));
          const inside = twinPath(held, 0).slice(from, to);
          const out = kernels.run.alloc(16);
          for (const summaries of [0, blocks]) {
            kernels.run.pathExtremes(path, summaries, from, to, out);
            expect(doubles(out, 0, 2)).toEqual([Math.min(...inside), Math.max(...inside)]);
          }
        }),
      ),
      { numRuns: 200 },
    );
  });
});

describe("the first crossing", () => {
  it("agrees with a look at every second, with and without summaries, in one piece or in two", () => {
    fc.assert(
      fc.property(legs, fc.nat(400), fc.nat(SECONDS), rules, (held, filled, middle, wanted) =>
        withPath(held, 0, filled, (path, blocks) => {
          const expected = twinPath(held, 0);
          const crossed = twinCrossing(expected, filled, SECONDS, wanted);
          const state = kernels.run.alloc(16);
          for (const summaries of [0, blocks]) {
            kernels.f64[state >> 3] = expected[filled];
            const search = (from: number, to: number) => kernels.run.firstCrossing(path, summaries, from, to, wanted.stop, wanted.target, wanted.activate, wanted.step, state);
            const split = Math.max(filled + 1, middle);
            let second = search(filled + 1, split);
            if (second < 0) second = search(split, SECONDS);
            expect(second < 0 ? undefined : [second, kernels.i32[(state + 8) >> 2]]).toEqual(crossed);
            expect(kernels.f64[state >> 3]).toBe(Math.max(...expected.slice(filled, second < 0 ? SECONDS : second + 1)));
          }
        }),
      ),
      { numRuns: 300 },
    );
  });

  it("passes over a block only when nothing in it can fire", () => {
    // One spike in the middle of the second block; a stop, target and trail just at it and just beyond.
    const spike = (from: number, to: number) => [
      { second: OPEN, price: 100, priceSecond: OPEN, bid: 100, ask: 105 },
      { second: OPEN + from, price: 100, priceSecond: OPEN + from, bid: 300, ask: 305 },
      { second: OPEN + to, price: 100, priceSecond: OPEN + to, bid: 100, ask: 105 },
    ];
    withPath([{ rows: spike(380, 381), units: 10, entry: 100 }], 0, 1, (path, blocks) => {
      const state = kernels.run.alloc(16);
      const search = (stop: number, target: number, activate: number, step: number) => {
        kernels.f64[state >> 3] = 0;
        return kernels.run.firstCrossing(path, blocks, 2, SECONDS, stop, target, activate, step, state);
      };
      expect(search(Infinity, 2000, Infinity, Infinity)).toBe(380);
      expect(search(Infinity, 2001, Infinity, Infinity)).toBe(-1);
      expect(search(Infinity, Infinity, 2000, 2000)).toBe(381);
      expect(search(Infinity, Infinity, 2000, 2001)).toBe(-1);
      expect(search(Infinity, Infinity, 2001, 1)).toBe(-1);
    });
  });
});
