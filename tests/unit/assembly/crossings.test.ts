import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildGrid, strideOf } from "../../../src/core/engine/day-grids.ts";
import { sliceOf, testKernels } from "../../support/memory-day.ts";
import { twinCrossing, type TwinRules } from "./twins.ts";

const kernels = testKernels();
const OPEN = 33_300;
const ENTRY = 1_000_000;
const NEVER: TwinRules = { stop: Infinity, target: Infinity, activate: Infinity, step: Infinity };
const STOP = 1;
const TARGET = 2;
const TRAIL = 3;

type Where = { readonly plain: boolean; readonly at: number };

/** What `work` makes of a P&L by second, as plain seconds and as a path: one unit is held and its bid moves. */
function withPnl(pnl: readonly number[], work: (where: Where) => void): void {
  const session = { open: OPEN, close: OPEN + pnl.length, breaks: [] };
  const stride = strideOf(session);
  kernels.scoped(() => {
    const { pointer } = buildGrid(kernels, sliceOf(pnl.map((paise, s) => ({ second: OPEN + s, bid: ENTRY + paise, ask: ENTRY + paise + 5 }))), session, stride, "price");
    const table = kernels.run.alloc(16);
    kernels.i32.set([pointer, 1, ENTRY], table >> 2);
    const plain = kernels.run.alloc(stride * 8);
    kernels.run.pnlPath(table, 1, stride, 0, 0, pnl.length, plain);
    const path = kernels.run.alloc(kernels.run.pathBytes(pnl.length));
    kernels.run.openPath(path, table, 1, stride, 0, pnl.length);
    work({ plain: true, at: plain });
    work({ plain: false, at: path });
  });
}

/** The first crossing in [from, to), and the peak that goes on. */
function search({ plain, at }: Where, from: number, to: number, rules: Partial<TwinRules>, peak: number): { readonly found: readonly [number, number] | undefined; readonly peak: number } {
  const { stop, target, activate, step } = { ...NEVER, ...rules };
  const state = kernels.run.alloc(16);
  kernels.f64[state >> 3] = peak;
  const second = kernels.run[plain ? "crossingIn" : "firstCrossing"](at, from, to, stop, target, activate, step, state);
  return { found: second < 0 ? undefined : [second, kernels.i32[(state >> 2) + 2]], peak: kernels.f64[state >> 3] };
}

/** P&L that stays at 0 but for these seconds. */
const quietBut = (seconds: number, moves: Readonly<Record<number, number>>) => Array.from({ length: seconds }, (_, s) => moves[s] ?? 0);

describe("the first crossing, by hand", () => {
  it.each<[string, readonly number[], Partial<TwinRules>, readonly [number, number] | undefined]>([
    ["a loss of just the stop", [0, -99, -100, -101], { stop: 100 }, [2, STOP]],
    ["a profit of just the target", [0, 99, 100, 101], { target: 100 }, [2, TARGET]],
    ["one paisa less than both", [0, -99, 99, 0], { stop: 100, target: 100 }, undefined],
    ["a fall of just the step from the peak", [0, 300, 201, 200], { activate: 0, step: 100 }, [3, TRAIL]],
    ["a peak of just the activation", [0, 300, 200, 0], { activate: 300, step: 100 }, [2, TRAIL]],
    ["a peak one paisa below it", [0, 299, 100, 0], { activate: 300, step: 100 }, undefined],
    ["the trail from a peak below zero", [-500, -300, -401, -400], { activate: -400, step: 100 }, [2, TRAIL]],
    ["stop before target in one second", [50, 0, 0], { stop: 0, target: 0 }, [1, STOP]],
    ["stop before trail in one second", [0, 300, 10, -100], { stop: 100, activate: 300, step: 400 }, [3, STOP]],
    // A step that rounds to nothing: a new peak falls by nothing.
    ["target before trail in one second", [0, 50, 100], { target: 100, activate: 100, step: 0 }, [2, TARGET]],
    ["the peak of the second itself before its trail", [0, 50, 100], { activate: 100, step: 0 }, [2, TRAIL]],
  ])("%s", (_says, pnl, rules, expected) => {
    withPnl(pnl, (where) => expect(search(where, 1, pnl.length, rules, pnl[0]).found).toEqual(expected));
  });

  it.each([["in the middle of a block", 700], ["in the last second of one", 1023], ["in the first of the next", 1024]])("finds what happens in one second alone, %s", (_where, s) => {
    const seconds = 1600;
    withPnl(quietBut(seconds, { [s]: -100 }), (where) => {
      expect(search(where, 1, seconds, { stop: 100 }, 0).found).toEqual([s, STOP]);
      expect(search(where, 1, seconds, { stop: 101 }, 0).found).toBeUndefined();
      expect(search(where, 1, s, { stop: 100 }, 0).found).toBeUndefined();
      expect(search(where, s, s + 1, { stop: 100 }, 0).found).toEqual([s, STOP]);
      expect(search(where, s + 1, seconds, { stop: 100 }, 0).found).toBeUndefined();
      // From the 0 before it the fall is 100.
      expect(search(where, 1, seconds, { activate: 0, step: 100 }, 0).found).toEqual([s, TRAIL]);
      expect(search(where, 1, seconds, { activate: 1, step: 100 }, 0).found).toBeUndefined();
    });
    withPnl(quietBut(seconds, { [s]: 100 }), (where) => {
      expect(search(where, 1, seconds, { target: 100 }, 0).found).toEqual([s, TARGET]);
      expect(search(where, 1, seconds, { target: 101 }, 0)).toEqual({ found: undefined, peak: 100 });
      expect(search(where, 1, s, {}, 0).peak).toBe(0);
      expect(search(where, 1, seconds, { activate: 100, step: 100 }, 0).found).toEqual([s + 1, TRAIL]);
    });
  });

  it("keeps the peak of the second that fires, and of quiet blocks that are known already", () => {
    const seconds = 1600;
    withPnl(quietBut(seconds, { 100: 70, 1100: 90 }), (where) => {
      expect(search(where, 1, seconds, { target: 90 }, 0)).toEqual({ found: [1100, TARGET], peak: 90 });
      expect(search(where, 1, 1099, { target: 90 }, 0)).toEqual({ found: undefined, peak: 70 });
      expect(search(where, 1, 1024, { stop: 1 }, -5)).toEqual({ found: undefined, peak: 70 });
    });
  });
});

describe("the first crossings of several sets of rules", () => {
  /** Second · 4 + code, −1 for none; `given` are the answers before the call. */
  function all({ plain, at }: Where, from: number, to: number, sets: readonly TwinRules[], peak: number, given = sets.map(() => -1)) {
    const rules = kernels.run.alloc(sets.length * 32);
    const answers = kernels.run.alloc(sets.length * 4);
    const state = kernels.run.alloc(16);
    kernels.f64.set(sets.flatMap(({ stop, target, activate, step }) => [stop, target, activate, step]), rules >> 3);
    kernels.i32.set(given, answers >> 2);
    kernels.f64[state >> 3] = peak;
    const open = kernels.run.crossings(plain, at, from, to, rules, sets.length, state, answers);
    const found = [...kernels.i32.subarray(answers >> 2, (answers >> 2) + sets.length)];
    expect(open).toBe(found.filter((answer) => answer === -1).length);
    return { answers: found, peak: kernels.f64[state >> 3] };
  }

  it("by hand: stops before the target that they share, in its second and not after it", () => {
    const pnl = [0, -10, -20, -30, 40, -50];
    withPnl(pnl, (where) => {
      const stops = [20, 30, 31, 10, 30].map((stop): TwinRules => ({ ...NEVER, stop, target: 40 }));
      expect(all(where, 1, 6, stops, 0).answers).toEqual([2 * 4 + STOP, 3 * 4 + STOP, 4 * 4 + TARGET, 1 * 4 + STOP, 3 * 4 + STOP]);
      // A stop and a target of nothing fire together: the stop goes first.
      expect(all(where, 1, 6, [{ ...NEVER, stop: 10, target: -10 }], 0).answers).toEqual([1 * 4 + STOP]);
    });
  });

  it.each([699, 700, 701, 702, 703, 704, 705, 706])("by hand: a loss of just one of several stops, in second %d alone", (s) => {
    withPnl(quietBut(1600, { [s]: -100, 1500: -150 }), (where) => {
      expect(all(where, 1, 1600, [100, 101, 150, 151].map((stop): TwinRules => ({ ...NEVER, stop })), 0).answers).toEqual([s * 4 + STOP, 1500 * 4 + STOP, 1500 * 4 + STOP, -1]);
    });
  });

  it("by hand: neither a target, a trail nor a step is that of the set before", () => {
    const pnl = [0, 40, 60, 30, 0];
    withPnl(pnl, (where) => {
      const sets: TwinRules[] = [{ ...NEVER, target: 60 }, { ...NEVER, target: 40 }, { ...NEVER, activate: 60, step: 30 }, { ...NEVER, activate: 60, step: 60 }, { ...NEVER, activate: 61, step: 60 }];
      expect(all(where, 1, 5, sets, 0)).toEqual({ answers: [2 * 4 + TARGET, 1 * 4 + TARGET, 3 * 4 + TRAIL, 4 * 4 + TRAIL, -1], peak: 60 });
      expect(all(where, 1, 5, sets.slice(0, 2), 0, [4711, -1]).answers).toEqual([4711, 1 * 4 + TARGET]);
      // The peak that goes on is that of the sets that go on.
      expect(all(where, 1, 3, [{ ...NEVER, stop: 100 }, { ...NEVER, target: 40 }], 0)).toEqual({ answers: [-1, 1 * 4 + TARGET], peak: 60 });
    });
  });

  it("are those of each set alone", () => {
    const paise = fc.constantFrom(Infinity, 0, 1, 5, 20, 60);
    const set = fc.record({ stop: paise, target: paise, activate: paise, step: paise });
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -30, max: 30 }), { minLength: 3, maxLength: 40 }), fc.nat(1100), fc.array(set, { minLength: 1, maxLength: 6 }), (moves, calm, sets) => {
        const pnl = [...Array<number>(calm).fill(0), ...moves];
        withPnl(pnl, (where) => {
          const expected = sets.map((rules) => twinCrossing(pnl, 0, pnl.length, rules));
          const { answers, peak } = all(where, 1, pnl.length, sets, pnl[0]);
          expect(answers).toEqual(expected.map((crossed) => (crossed ? crossed[0] * 4 + crossed[1] : -1)));
          if (expected.includes(undefined)) expect(peak).toBe(Math.max(...pnl));
        });
      }),
      { numRuns: 100 },
    );
  });
});
