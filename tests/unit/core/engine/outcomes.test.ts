import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runDate } from "../../../../src/core/engine/run-date.ts";
import { firstAlike } from "../../../../src/core/strategy/alike.ts";
import { parseStrategy } from "../../../../src/core/strategy/parse.ts";
import { dayNumber, parseClock } from "../../../../src/core/time.ts";
import { memoryDay, rules, sliceOf, testKernels, type SliceRow } from "../../../support/memory-day.ts";

const DATE = dayNumber("2024-08-23");
const EXPIRY = dayNumber("2024-08-28");
const [OPEN, CLOSE] = [parseClock("09:15")!, parseClock("15:30")!];
const kernels = testKernels();

/** Values that walk in steps of 5 paise: a 32-bit linear congruential generator. */
function walk(seed: number, from: number, reach: number): number[] {
  let state = seed >>> 0;
  let value = from;
  return Array.from({ length: CLOSE - OPEN }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (value = Math.max(500, value + 5 * Math.round((state / 2 ** 32 - 0.5) * reach)));
  });
}

function day(seed: number) {
  const spot = walk(seed, 5_051_000, 100).map((price, s): SliceRow => ({ second: OPEN + s, price }));
  const contracts = [50400, 50500, 50600].flatMap((strike, i) =>
    (["CE", "PE"] as const).map((cp, j) => {
      const rows = walk(seed + 7 * i + j, 20_000, 40).flatMap((bid, s): SliceRow[] => ((s * (i + 2 + j)) % 11 === 0 ? [] : [{ second: OPEN + s, price: bid, bid, ask: bid + 50 }]));
      return [{ symbol: "BANKNIFTY", expiry: EXPIRY, strike, cp }, sliceOf(rows)] as const;
    }),
  );
  return memoryDay({ date: DATE, spot: sliceOf(spot), contracts });
}

const LEGS = {
  plain: "[{ cp: CE, lots: -1 }, { cp: PE, lots: -1 }]",
  stops: "[{ cp: CE, lots: -1, stop_loss: { pct: 4 }, reentry: { on: [stop_loss], times: 2 } }, { cp: PE, lots: -2, target: { pct: 5 } }]",
  waiting: "[{ cp: CE, lots: 1, wait: { pct: 2 } }, { cp: PE, lots: -1 }]",
};
const parts = fc.record({
  legs: fc.constantFrom(...Object.values(LEGS)),
  entry: fc.constantFrom("", "reentry: { on: [stop_loss, target, trail], times: 3, mode: new_atm }, ", "rebalance: 30m, ", 'at: ["09:30", "12:00"], max_per_day: 2, '),
  exit: fc.constantFrom("", "lock: { reach: { pct: 2 }, keep: { pct: 1 } }, ", "when: { gt: [PNL, 900] }, ", "premium: { rise: { pct: 6 } }, "),
  trail: fc.constantFrom("", "trail: { activate: { pct: 1 }, step: { pct: $T } }, "),
});

function strategy({ legs, entry, exit, trail }: { readonly legs: string; readonly entry: string; readonly exit: string; readonly trail: string }) {
  return parseStrategy(`
name: thresholds
universe: { symbol: BANKNIFTY }
time: { window: ["09:20-11:00", "11:30-15:20"] }
entry: { ${entry}legs: ${legs} }
exit: { ${exit}${trail}stop_loss: { pct: $STOP }, target: { pct: $T } }
sweep: { STOP: [1, 2, 3, 5, 8, 40, 41], T: [2, 4, 50] }
`);
}

/** `apart`: every variant is simulated, since a sample of each is kept. */
async function outcome(text: ReturnType<typeof strategy>, data: ReturnType<typeof day>, apart: boolean) {
  const [{ parts: [part], trades, skips }] = await runDate({ date: DATE, strategies: [{ strategy: text, recordSample: apart }], open: () => data, rules, kernels });
  expect(part.kind).toBe("run");
  return { trades, skips };
}

describe("variants that differ in stop-loss, target and trail alone", () => {
  it("have the trades and skips that each has alone", async () => {
    await fc.assert(
      fc.asyncProperty(parts, fc.nat(10_000), async (chosen, seed) => {
        const [parsed, data] = [strategy(chosen), day(seed)];
        expect(await outcome(parsed, data, false)).toEqual(await outcome(parsed, data, true));
      }),
      { numRuns: 12 },
    );
  });

  it("go through the day together as long as they are given the same answers", async () => {
    const parsed = strategy({ legs: LEGS.plain, entry: "", exit: "", trail: "" });
    const { firstAllTradeable } = kernels.run;
    let entries = 0;
    kernels.run.firstAllTradeable = (...of) => (entries++, firstAllTradeable(...of));
    try {
      const { trades } = await outcome(parsed, day(3), false);
      expect(new Set(trades.variant).size).toBe(21);
      const different = (window: number) => new Set(Array.from({ length: 21 }, (_, variant) => Array.from(trades.variant).flatMap((own, row) => (own === variant && trades.windowId[row] <= window ? `${trades.tsExit[row]} ${trades.reasonExit[row]}` : [])).join())).size;
      expect(different(2)).toBeLessThan(21);
      // They enter the first window together, and the second with those who left the first alike.
      expect(entries).toBe(1 + different(1));
    } finally {
      kernels.run.firstAllTradeable = firstAllTradeable;
    }
  });

  it("are known as such, whatever else is swept", () => {
    const text = (sweep: string, exit: string) => parseStrategy(`name: x\nuniverse: { symbol: BANKNIFTY }\ntime: { window: "09:20-15:20" }\nentry: { cooldown: $C, legs: ${LEGS.plain} }\nexit: { ${exit} }\nparams: { A: 1, C: 0 }\nsweep: ${sweep}\n`);
    expect(firstAlike(text("{ A: [1, 2], C: [0, 5] }", "stop_loss: { pct: $A }"))).toEqual([0, 1, 0, 1]);
    expect(firstAlike(text("{ A: [1, 2] }", "lock: { reach: { rupees: $A }, keep: { rupees: 0 } }"))).toEqual([0, 1]);
  });
});
