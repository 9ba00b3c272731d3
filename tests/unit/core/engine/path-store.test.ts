import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NO_ANSWER, PathStore, readAnswer, RULES_LENGTH, type PathLeg } from "../../../../src/core/engine/path-store.ts";
import { buildGrid, strideOf } from "../../../../src/core/engine/day-grids.ts";
import type { Session } from "../../../../src/core/market/types.ts";
import { sliceOf, testKernels } from "../../../support/memory-day.ts";

const kernels = testKernels();
const OPEN = 33_300;
const SECONDS = 2000;
const session: Session = { open: OPEN, close: OPEN + SECONDS, breaks: [] };
const stride = strideOf(session);

/** Bids of two contracts by second; the ask is 50 paise above. */
const BIDS = [(s: number) => 10_000 + 37 * ((s * s) % 101), (s: number) => 20_000 - 10 * s];
const mark = ({ contract, units }: PathLeg, s: number) => BIDS[contract](s) + (units > 0 ? 0 : 50);
const pnl = (legs: readonly PathLeg[], s: number) => legs.reduce((sum, leg) => sum + leg.units * (mark(leg, s) - leg.entry.price), 0);

function withStore<T>(work: (store: PathStore) => T): T {
  return kernels.scoped(() => {
    const grids = BIDS.map((bid) => buildGrid(kernels, sliceOf(Array.from({ length: SECONDS }, (_, s) => ({ second: OPEN + s, bid: bid(s), ask: bid(s) + 50 }))), session, stride, "price"));
    return work(new PathStore(kernels, SECONDS, stride, (contract) => grids[contract].pointer));
  });
}

const leg = (contract: number, units: number, price: number): PathLeg => ({ contract, units, entry: { before: price, price } });
const STRADDLE = [leg(0, -15, 11_000), leg(1, -15, 19_900)];
const NEVER = { stop: Infinity, target: Infinity, trail: null };

describe("P&L paths", () => {
  it("are one for the same contracts, units, prices and second, whatever the price before slippage", () => {
    withStore((store) => {
      const first = store.of(10, STRADDLE);
      expect(store.of(10, STRADDLE.map((one) => ({ ...one, entry: { ...one.entry, before: 1 } })))).toBe(first);
      for (const [filled, legs] of [[11, STRADDLE], [10, [leg(0, -30, 11_000), STRADDLE[1]]], [10, [leg(0, -15, 11_005), STRADDLE[1]]], [10, [STRADDLE[0]]], [10, [...STRADDLE].reverse()]] as const) {
        expect(store.of(filled, legs)).not.toBe(first);
      }
      expect(store.of(10, STRADDLE)).toBe(first);
    });
  });

  it("hold the sum of the legs from the fill on, and are made anew when too many others have come between", () => {
    withStore((store) => {
      const seconds = [7, 8, 511, 512, 1400, SECONDS - 1];
      const check = () => seconds.forEach((s) => expect(store.of(7, STRADDLE).at(s)).toBe(pnl(STRADDLE, s)));
      check();
      const first = store.of(7, STRADDLE);
      for (let price = 1; price <= 400; price++) expect(store.of(7, [leg(1, 15, price)]).at(300)).toBe(15 * (BIDS[1](300) - price));
      expect(store.of(7, STRADDLE)).not.toBe(first);
      check();
    });
  });

  it("find the first crossing in one piece or in stretches, after any other rule has been looked for", () => {
    const paise = fc.constantFrom(Infinity, 0, 5_000, 20_000, 60_000, 150_000);
    const rules = fc.record({ stop: paise, target: paise, activate: paise, step: paise }).map(({ stop, target, activate, step }) => ({ stop, target, trail: step === Infinity ? null : { activate, step } }));
    fc.assert(
      fc.property(fc.array(rules, { minLength: 1, maxLength: 4 }), fc.nat(1800), fc.array(fc.integer({ min: 1, max: 900 }), { maxLength: 5 }), (all, filled, lengths) =>
        withStore((store) => {
          const path = store.of(filled, STRADDLE);
          for (const wanted of all) {
            let [peak, expected] = [pnl(STRADDLE, filled), undefined as [number, string] | undefined];
            for (let s = filled + 1; s < SECONDS && !expected; s++) {
              const now = pnl(STRADDLE, s);
              peak = Math.max(peak, now);
              if (now <= -wanted.stop) expected = [s, "stop_loss"];
              else if (now >= wanted.target) expected = [s, "target"];
              else if (wanted.trail && peak >= wanted.trail.activate && now <= peak - wanted.trail.step) expected = [s, "trail"];
            }
            let [from, seen, found] = [filled + 1, path.at(filled), undefined as [number, string] | undefined];
            for (const length of [...lengths, SECONDS]) {
              const to = Math.min(SECONDS, from + length);
              const crossing = path.crossing(from, to, wanted, seen);
              seen = crossing.peak;
              if (crossing.second >= 0) {
                found = [crossing.second, crossing.reason];
                break;
              }
              from = to;
            }
            expect(found).toEqual(expected);
            expect(seen).toBe(peak);
          }
        }),
      ),
      { numRuns: 60 },
    );
    withStore((store) => expect(store.of(0, STRADDLE).crossing(1, SECONDS, NEVER, 0).second).toBe(-1));
  });

  it("answer many sets of rules at once as each alone, whatever their order, in one piece or in stretches", () => {
    const paise = fc.constantFrom(Infinity, 0, 5_000, 12_000, 20_000, 60_000, 150_000);
    const rules = fc.record({ stop: paise, target: paise, activate: paise, step: paise });
    fc.assert(
      fc.property(fc.array(rules, { minLength: 2, maxLength: 300, size: "max" }), fc.nat(900), fc.integer({ min: 1, max: 999 }), (all, filled, middle) =>
        withStore((store) => {
          const path = store.of(filled, STRADDLE);
          const sets = { rules: kernels.run.alloc(all.length * RULES_LENGTH * 8), count: all.length, answers: kernels.run.alloc(all.length * 4) };
          kernels.f64.set(all.flatMap(({ stop, target, activate, step }) => [stop, target, step === Infinity ? Infinity : activate, step]), sets.rules >> 3);
          const answers = kernels.i32.subarray(sets.answers >> 2, (sets.answers >> 2) + all.length).fill(NO_ANSWER);
          let peak = path.at(filled);
          for (const [from, to] of [[filled + 1, Math.max(filled + 1, middle)], [Math.max(filled + 1, middle), SECONDS]]) {
            const found = path.crossings(from, to, sets, peak);
            peak = found.peak;
            expect(found.second < 0).toBe(answers.includes(NO_ANSWER));
          }
          const first = path.at(filled);
          const alone = all.map(({ stop, target, activate, step }) => path.crossing(filled + 1, SECONDS, { stop, target, trail: step === Infinity ? null : { activate, step } }, first));
          expect(Array.from(answers, (answer) => readAnswer(answer))).toEqual(alone.map(({ second, reason }) => (second < 0 ? readAnswer(NO_ANSWER) : { second, reason })));
          const quiet = alone.find(({ second }) => second < 0);
          if (quiet) expect(peak).toBe(quiet.peak);
        }),
      ),
      { numRuns: 60 },
    );
  });

  it("refuse more legs than a position can have", () => {
    withStore((store) => expect(() => store.of(0, Array(33).fill(STRADDLE[0])).at(5)).toThrow(/33 open legs/));
  });
});
