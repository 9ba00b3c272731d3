import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildGrid, strideOf } from "../../../src/core/engine/day-grids.ts";
import type { Session } from "../../../src/core/market/types.ts";
import { sliceOf, testKernels } from "../../support/memory-day.ts";
import { twinCrossing, twinGrid, twinPnl, type TwinRow } from "./twins.ts";

const kernels = testKernels();
const OPEN = 33300;
/** Two whole blocks of 512 seconds and a part of a third, which is no whole number of vectors. */
const SECONDS = 1061;
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

/** What `work` makes of the legs in the kernels' table. */
function withLegs<T>(held: readonly Leg[], work: (table: number) => T): T {
  return kernels.scoped(() => {
    const grids = held.map((leg) => buildGrid(kernels, sliceOf(leg.rows), session, stride, "price"));
    const table = kernels.run.alloc(16 * held.length);
    held.forEach(({ units, entry }, i) => kernels.i32.set([grids[i].pointer, units, entry], (table >> 2) + 4 * i));
    return work(table);
  });
}

/** Every second of the legs' P&L from `filled` on, made in two pieces. */
function withSeconds<T>(held: readonly Leg[], realised: number, filled: number, work: (path: number) => T): T {
  return withLegs(held, (table) => {
    const path = kernels.run.alloc(stride * 8);
    const middle = Math.min(SECONDS, filled + 100);
    kernels.run.pnlPath(table, held.length, stride, realised, filled, middle, path);
    kernels.run.pnlPath(table, held.length, stride, realised, middle, SECONDS, path);
    return work(path);
  });
}

/** A path that is made as far as it is looked at, in memory that holds anything. */
function withPath<T>(held: readonly Leg[], filled: number, work: (path: number) => T): T {
  return withLegs(held, (table) => {
    const bytes = kernels.run.pathBytes(SECONDS);
    const path = kernels.run.alloc(bytes);
    kernels.u8.fill(0xee, path, path + bytes);
    kernels.run.openPath(path, table, held.length, stride, filled, SECONDS);
    const end = kernels.run.alloc(16);
    kernels.f64[end >> 3] = 4711;
    const result = work(path);
    expect(kernels.f64[end >> 3]).toBe(4711);
    return result;
  });
}

function twinPath(held: readonly Leg[], realised: number): number[] {
  const twins = held.map((leg) => ({ grid: twinGrid(leg.rows, OPEN, SECONDS), units: leg.units, entry: leg.entry }));
  return Array.from({ length: SECONDS }, (_, s) => twinPnl(twins, s) + realised);
}

const doubles = (pointer: number, from: number, to: number) => Array.from(kernels.f64.subarray((pointer >> 3) + from, (pointer >> 3) + to));

describe("P&L path", () => {
  it("is the sum over the legs second by second", () => {
    fc.assert(
      fc.property(legs, fc.constantFrom(0, -12_345, 900), fc.nat(SECONDS - 2), (held, realised, filled) =>
        withSeconds(held, realised, filled, (path) => {
          expect(doubles(path, filled, SECONDS)).toEqual(twinPath(held, realised).slice(filled));
        }),
      ),
      { numRuns: 60 },
    );
  });

  it("is what was realised where no leg is open", () => {
    withSeconds([], -750, 5, (path) => expect(doubles(path, 5, SECONDS)).toEqual(Array(SECONDS - 5).fill(-750)));
  });

  it("is the same where it is looked at in any order, and its lowest and highest so far", () => {
    const looks = fc.array(fc.record({ what: fc.constantFrom("at", "extremes", "written"), second: fc.nat(SECONDS - 1), more: fc.nat(SECONDS - 1) }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(legs, fc.nat(SECONDS - 2), looks, (held, filled, all) =>
        withPath(held, filled, (path) => {
          const expected = twinPath(held, 0);
          const [out, several, ends] = [kernels.run.alloc(16), kernels.run.alloc(64), kernels.run.alloc(16)];
          for (const { what, second, more } of all) {
            const [from, to] = [Math.max(filled, Math.min(second, more)), Math.max(filled, second, more) + 1];
            if (what === "at") expect(kernels.run.pathAt(path, from)).toBe(expected[from]);
            else if (what === "written") expect(doubles(kernels.run.writtenPath(path, from, to), from, to)).toEqual(expected.slice(from, to));
            else {
              kernels.run.extremesSoFar(path, to, out);
              const before = (end: number) => [Math.min(...expected.slice(filled, end)), Math.max(...expected.slice(filled, end))];
              expect(doubles(out, 0, 2)).toEqual(before(to));
              // Of the same block or of others, back and forth.
              const wanted = [to, from + 1, (from + 1 + to) >> 1, to];
              kernels.i32.set(wanted, ends >> 2);
              kernels.run.extremesBefore(path, ends, 4, several);
              expect(doubles(several, 0, 8)).toEqual(wanted.flatMap(before));
            }
          }
        }),
      ),
      { numRuns: 200 },
    );
  });
});

describe("the lowest and highest before several seconds, by hand", () => {
  it("go on from one another in a block, and from the blocks before in another", () => {
    const bids: readonly (readonly [number, number])[] = [[0, 100], [300, 90], [301, 100], [450, 120], [451, 100], [700, 80], [701, 100], [1050, 130]];
    const rows = bids.map(([s, bid]): TwinRow => ({ second: OPEN + s, price: bid, priceSecond: OPEN + s, bid, ask: bid + 5 }));
    withPath([{ rows, units: 1, entry: 100 }], 1, (path) => {
      const wanted = [[300, 0, 0], [301, -10, 0], [450, -10, 0], [451, -10, 20], [1055, -20, 30], [512, -10, 20], [1024, -20, 20]];
      const [ends, out] = [kernels.run.alloc(4 * wanted.length), kernels.run.alloc(16 * wanted.length)];
      kernels.i32.set(wanted.map(([end]) => end), ends >> 2);
      kernels.run.extremesBefore(path, ends, wanted.length, out);
      expect(doubles(out, 0, 2 * wanted.length)).toEqual(wanted.flatMap(([, lowest, highest]) => [lowest, highest]));
    });
  });
});

describe("the lowest and highest of a stretch", () => {
  it("agree with a look at every second", () => {
    fc.assert(
      fc.property(legs, fc.nat(SECONDS - 2), fc.nat(SECONDS), fc.nat(SECONDS), (held, filled, a, b) =>
        withSeconds(held, 0, filled, (path) => {
          const from = Math.min(SECONDS - 1, Math.max(filled, Math.min(a, b)));
          const to = Math.max(from + 1, Math.max(a, b));
          const inside = twinPath(held, 0).slice(from, to);
          const out = kernels.run.alloc(16);
          kernels.run.pathExtremes(path, from, to, out);
          expect(doubles(out, 0, 2)).toEqual([Math.min(...inside), Math.max(...inside)]);
        }),
      ),
      { numRuns: 120 },
    );
  });
});

describe("the first crossing", () => {
  it("agrees with a look at every second, in one piece or in two, one rule after another", () => {
    fc.assert(
      fc.property(legs, fc.nat(700), fc.nat(SECONDS), fc.array(rules, { minLength: 1, maxLength: 3 }), (held, filled, middle, all) =>
        withPath(held, filled, (path) =>
          withSeconds(held, 0, filled, (seconds) => {
            const expected = twinPath(held, 0);
            const state = kernels.run.alloc(16);
            for (const wanted of all) {
              const crossed = twinCrossing(expected, filled, SECONDS, wanted);
              for (const [kernel, where] of [["crossingIn", seconds], ["firstCrossing", path]] as const) {
                kernels.f64[state >> 3] = expected[filled];
                const search = (from: number, to: number) => kernels.run[kernel](where, from, to, wanted.stop, wanted.target, wanted.activate, wanted.step, state);
                const split = Math.max(filled + 1, middle);
                let second = search(filled + 1, split);
                if (second < 0) second = search(split, SECONDS);
                expect(second < 0 ? undefined : [second, kernels.i32[(state + 8) >> 2]]).toEqual(crossed);
                expect(kernels.f64[state >> 3]).toBe(Math.max(...expected.slice(filled, second < 0 ? SECONDS : second + 1)));
              }
            }
          }),
        ),
      ),
      { numRuns: 200 },
    );
  });

  it("passes over a block only when nothing in it can fire", () => {
    // One spike in the middle of the second block; a stop, target and trail just at it and just beyond.
    const spike = (from: number, to: number) => [
      { second: OPEN, price: 100, priceSecond: OPEN, bid: 100, ask: 105 },
      { second: OPEN + from, price: 100, priceSecond: OPEN + from, bid: 300, ask: 305 },
      { second: OPEN + to, price: 100, priceSecond: OPEN + to, bid: 100, ask: 105 },
    ];
    withPath([{ rows: spike(780, 781), units: 10, entry: 100 }], 1, (path) => {
      const state = kernels.run.alloc(16);
      const search = (stop: number, target: number, activate: number, step: number) => {
        kernels.f64[state >> 3] = 0;
        return kernels.run.firstCrossing(path, 2, SECONDS, stop, target, activate, step, state);
      };
      expect(search(Infinity, 2000, Infinity, Infinity)).toBe(780);
      expect(search(Infinity, 2001, Infinity, Infinity)).toBe(-1);
      expect(search(Infinity, Infinity, 2000, 2000)).toBe(781);
      expect(search(Infinity, Infinity, 2000, 2001)).toBe(-1);
      expect(search(Infinity, Infinity, 2001, 1)).toBe(-1);
    });
  });
});
