/** 10,000 variants through the way of every run: parse, one pass over a day, merge, figures, and what is sent to the page. */
import { beforeAll, describe, expect, it } from "vitest";
import { runDate } from "../../../src/core/engine/run-date.ts";
import type { DayOutcome } from "../../../src/core/results/types.ts";
import { WHOLE_RUN } from "../../../src/core/results/selection.ts";
import { parseStrategy } from "../../../src/core/strategy/parse.ts";
import { sampleLimits } from "../../../src/core/strategy/sampling.ts";
import type { ParsedStrategy } from "../../../src/core/strategy/types.ts";
import { dayNumber } from "../../../src/core/time.ts";
import { packDays } from "../../../src/pool/packed-days.ts";
import { createResultsWorker } from "../../../workers/results-worker.ts";
import { cpuMilliseconds } from "../../support/cpu-time.ts";
import { memoryDay, rules, sliceOf, testKernels, type SliceRow } from "../../support/memory-day.ts";

const VARIANTS = 10_000;
const DAYS = 10;
const DATE = dayNumber("2024-08-23");
const EXPIRY = dayNumber("2024-08-28");
const OPEN = 33_300;
const SWEEP = `
name: large
universe: { symbol: BANKNIFTY }
time: { window: "09:15-10:15" }
entry: { legs: [{ cp: CE, lots: -1 }, { cp: PE, lots: -1 }] }
exit: { stop_loss: { points: $STOP }, target: { points: $TARGET } }
sweep: { STOP: { from: 1, to: 100, step: 1 }, TARGET: { from: 1, to: 100, step: 1 } }`;

/** An hour in which prices swing, so that stops and targets fire at different seconds. */
function day() {
  const rows = (swing: (s: number) => number) => sliceOf(Array.from({ length: 3_700 }, (_, s): SliceRow => ({ second: OPEN + s, bid: 20_000 + Math.round(swing(s)) * 5, ask: 20_100 + Math.round(swing(s)) * 5 })));
  const contract = (cp: "CE" | "PE", swing: (s: number) => number) => [{ symbol: "BANKNIFTY", expiry: EXPIRY, strike: 50_500, cp }, rows(swing)] as const;
  return memoryDay({
    date: DATE, spot: sliceOf(Array.from({ length: 3_700 }, (_, s) => ({ second: OPEN + s, price: 5_050_000 }))),
    contracts: [contract("CE", (s) => 1200 * Math.sin(s / 300)), contract("PE", (s) => 500 * Math.cos(s / 110))],
  });
}

describe("a sweep of 10,000 variants", () => {
  let strategy: ParsedStrategy;
  let outcome: DayOutcome;
  const kernels = testKernels();
  const spent = { parse: 0, day: 0 };

  beforeAll(async () => {
    let from = cpuMilliseconds();
    strategy = parseStrategy(SWEEP);
    spent.parse = cpuMilliseconds() - from;
    from = cpuMilliseconds();
    [outcome] = await runDate({ date: DATE, strategies: [{ strategy, recordSample: true }], open: () => day(), rules, kernels });
    spent.day = cpuMilliseconds() - from;
  }, 60_000);

  it("is read and run in seconds, over one day's rows", () => {
    expect(strategy.variants).toHaveLength(VARIANTS);
    expect(outcome.trades.length).toBe(2 * VARIANTS);
    expect(new Set(outcome.trades.tsExit).size).toBeGreaterThan(50);
    expect(spent.parse).toBeLessThan(5_000);
    expect(spent.day).toBeLessThan(8_000);
  });

  it("keeps the inputs of a share of the trades only", () => {
    expect(sampleLimits(strategy)).toEqual(Array.from({ length: VARIANTS }, () => 2));
    expect(outcome.sample).toHaveLength(2 * VARIANTS);
  });

  it("sends the page one variant's figures while days come, in little time and memory", async () => {
    const worker = createResultsWorker();
    await worker.begin([{ strategy, plannedOut: [] }]);
    const before = process.memoryUsage();
    for (let i = 0; i < DAYS; i++) await worker.add([0], packDays([{ ...outcome, date: DATE + i, sample: i === 0 ? outcome.sample : [], trades: { ...outcome.trades, date: outcome.trades.date.map((date) => date + i) } }]));
    const from = cpuMilliseconds();
    const snapshot = await worker.snapshot(0, 7_777);
    const analysis = await worker.analyse(0, { selection: { ...WHOLE_RUN, variant: 7_777 }, unit: "rupees", capitalPerLot: 0 });
    const [best] = await worker.ranking();
    expect(cpuMilliseconds() - from).toBeLessThan(10_000);
    expect(snapshot.summary).toMatchObject({ variant: "v7778", days: DAYS, trades: 2 * DAYS });
    expect(snapshot.trades).toHaveLength(2 * VARIANTS * DAYS);
    expect(snapshot.only).toBeNull();
    expect(analysis.variants).toHaveLength(VARIANTS);
    expect(best).toMatchObject({ variants: VARIANTS, total: Math.max(...analysis.variants.map(({ total }) => total)) });
    // What the page's thread has to take apart, the tables of trades being moved.
    const received = cpuMilliseconds();
    structuredClone({ ...snapshot, trades: null, sample: [] });
    structuredClone(analysis);
    expect(cpuMilliseconds() - received).toBeLessThan(200);
    const after = process.memoryUsage();
    expect(after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers).toBeLessThan(300e6);
  }, 60_000);
});
