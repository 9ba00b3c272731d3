/** A day simulated again for looking at: what is recorded is what the simulation saw. */
import { expect, it } from "vitest";
import { recordingBuffers, type DayRecording } from "../../../../src/core/engine/day-recording.ts";
import { runDate } from "../../../../src/core/engine/run-date.ts";
import { EXIT_REASONS } from "../../../../src/core/results/types.ts";
import { dayPath } from "../../../../src/core/results/day-path.ts";
import { parseStrategy } from "../../../../src/core/strategy/parse.ts";
import { dayNumber, parseClock } from "../../../../src/core/time.ts";
import { price } from "../series/black76.ts";
import { memoryDay, rules, sliceOf, testKernels, type SliceRow } from "../../../support/memory-day.ts";

const DATE = dayNumber("2024-08-23");
const EXPIRY = dayNumber("2024-08-28");
const OPEN = parseClock("09:15")!;
const SECONDS = parseClock("15:30")! - OPEN;
const kernels = testKernels();

/** A value in every second. */
const rows = (of: (s: number) => Omit<SliceRow, "second">) => Array.from({ length: SECONDS }, (_, s): SliceRow => ({ second: OPEN + s, ...of(s) }));
const spotAt = (s: number) => 5_051_000 + 100 * (s % 7);
const bidAt = (strike: number, s: number) => 20_000 + (strike % 1000) + 5 * (s % 900);

function day() {
  const contracts = [50_400, 50_500, 50_600].flatMap((strike) =>
    (["CE", "PE"] as const).map((cp) => [{ symbol: "BANKNIFTY", expiry: EXPIRY, strike, cp }, sliceOf(rows((s) => ({ price: bidAt(strike, s) + 50, bid: bidAt(strike, s), ask: bidAt(strike, s) + 100 })))] as const),
  );
  return memoryDay({ date: DATE, spot: sliceOf(rows((s) => ({ price: spotAt(s) }))), contracts });
}

async function replay(text: string) {
  const strategy = parseStrategy(text);
  let recording: DayRecording | undefined;
  const [outcome] = await runDate({ date: DATE, strategies: [{ strategy, recordSample: true, record: (made) => (recording = made) }], open: day, rules, kernels });
  if (!recording) throw new Error("nothing was recorded");
  return { recording, outcome, path: dayPath(recording, outcome.trades, strategy.variants[0].strategy.exit) };
}

const STRADDLE = `
name: straddle
universe: { symbol: BANKNIFTY }
time: { window: "09:20-15:25" }
entry: { legs: [{ cp: CE, lots: -1 }, { cp: PE, lots: -1 }] }
exit: { stop_loss: { points: 30 }, target: { rupees: 500 } }
costs: { none: true }
`;

it("records spot and every traded contract by second", async () => {
  const { recording } = await replay(STRADDLE);
  expect(recording).toMatchObject({ date: DATE, symbol: "BANKNIFTY", expiry: EXPIRY, lotSize: 15, open: OPEN, seconds: SECONDS, signal: undefined, metrics: [] });
  expect(recording.contracts.map(({ strike, cp }) => `${strike} ${cp}`)).toEqual(["50500 CE", "50500 PE"]);
  for (const s of [0, 1, 7_777, SECONDS - 1]) {
    expect(recording.spot[s]).toBe(spotAt(s));
    expect([recording.contracts[0].bid[s], recording.contracts[0].ask[s], recording.contracts[0].price[s]]).toEqual([bidAt(50_500, s), bidAt(50_500, s) + 100, bidAt(50_500, s) + 50]);
  }
  expect(recordingBuffers(recording)).toHaveLength(10);
});

it("records the forward of the traded pair, and what volatility their mids imply", async () => {
  const { recording } = await replay(STRADDLE);
  const [call, put] = recording.contracts;
  const [forward] = recording.forwards;
  expect(forward).toMatchObject({ expiry: EXPIRY, secondsLeft: 5 * 86_400 + SECONDS });
  // Call and put cost the same: by parity the forward is the strike, whatever spot says.
  expect(new Set(forward.values)).toEqual(new Set([50_500]));
  for (const s of [0, 1, 7_777, SECONDS - 1]) {
    const black = { forward: 50_500, strike: 50_500, time: (forward.secondsLeft - s) / (365 * 86_400), rate: 0, sigma: call.volatility[s] };
    expect(price({ ...black, cp: "CE" })).toBeCloseTo((bidAt(50_500, s) + 50) / 100, 8);
    expect(put.volatility[s]).toBeCloseTo(call.volatility[s], 12);
  }
});

it("stands on the forward of the strategy's own Greeks where it has some", async () => {
  const { recording } = await replay(STRADDLE.replace("{ cp: CE, lots: -1 }", "{ cp: CE, lots: -1, strike: { delta: 0.5 } }"));
  const [forward] = recording.forwards;
  // Three strikes, each with call and put at one price: the synthetic forward is the strike nearest the last one.
  expect(recording.contracts.map(({ strike }) => strike)).toContain(50_500);
  expect(forward.values[SECONDS - 1]).toBe(50_400);
});

it("draws a path that ends at what the trades made, and crosses its levels where the position was closed", async () => {
  const { outcome: { trades }, path } = await replay(STRADDLE);
  expect(trades.length).toBe(2);
  expect(path.pnl[SECONDS - 1]).toBe(trades.pnl[0] + trades.pnl[1]);
  const [entry, decision, exit] = [trades.tsEntry[0], trades.decisionExit[0], trades.tsExit[0]].map((second) => second - OPEN);
  expect(path.pnl[entry - 1]).toBe(0);
  // Both legs were sold at the bid and are marked at the ask, one rupee above.
  expect(path.pnl[entry]).toBe(-2 * 100 * 15);
  expect(path.stop[entry]).toBe(-30 * 100 * 15);
  expect(path.target[entry]).toBe(50_000);
  expect(path.pnl[decision] <= path.stop[decision] || path.pnl[decision] >= path.target[decision]).toBe(true);
  for (let s = entry + 1; s < decision; s++) if (path.pnl[s] <= path.stop[s] || path.pnl[s] >= path.target[s]) throw new Error(`crossed at ${s} and was not closed`);
  expect(path.stop[exit]).toBeNaN();
});

it.each([
  ["trail", "trail: { activate: { rupees: 100 }, step: { points: 5 } }"],
  ["lock", "lock: { reach: { rupees: 300 }, keep: { rupees: 100 }, every: { rupees: 50 }, by: { rupees: 40 } }"],
] as const)("draws the level of a %s, which rises with the peak and is met where the position was closed", async (rule, text) => {
  const { outcome: { trades }, path } = await replay(STRADDLE.replace(/exit: .*/, `exit: { ${text} }`));
  expect(EXIT_REASONS[trades.reasonExit[0]]).toBe(rule);
  const [entry, decision, exit] = [trades.tsEntry[0], trades.decisionExit[0], trades.tsExit[0]].map((second) => second - OPEN);
  const levels = path[rule].subarray(entry, decision + 1);
  // At first the loss of the spread: the peak has not reached it.
  expect(levels[0]).toBeNaN();
  for (let s = 1; s < levels.length; s++) {
    if (levels[s] < levels[s - 1]) throw new Error(`the level fell at ${s}`);
    if (path.pnl[entry + s] <= levels[s] && s < levels.length - 1) throw new Error(`met at ${s} and not closed`);
  }
  expect(path.pnl[decision]).toBeLessThanOrEqual(levels[levels.length - 1]);
  expect(path[rule][exit]).toBeNaN();
  expect(path[rule === "lock" ? "trail" : "lock"].every(Number.isNaN)).toBe(true);
});

it("records the entry's condition and what it is made of", async () => {
  const { recording, outcome } = await replay(`
name: on a condition
universe: { symbol: BANKNIFTY }
time: { window: "09:15-15:25" }
entry:
  when: { gt: [SPOT, 50515] }
  legs: [{ cp: CE, lots: 1 }]
exit: { at: "10:00" }
costs: { none: true }
`);
  expect(recording.signal?.words).toContain("is above 50515");
  expect(recording.metrics.map(({ values }) => values[3])).toEqual([spotAt(3) / 100]);
  expect(Array.from({ length: 7 }, (_, s) => recording.signal?.truth[s])).toEqual(Array.from({ length: 7 }, (_, s) => Number(spotAt(s) > 5_051_500)));
  expect(recording.signal?.truth[outcome.trades.decisionEntry[0] - OPEN]).toBe(1);
});
