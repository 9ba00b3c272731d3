import { describe, expect, it } from "vitest";
import type { DayRecording } from "../../../../src/core/engine/day-recording.ts";
import { runDate } from "../../../../src/core/engine/run-date.ts";
import { dayStory } from "../../../../src/core/results/story.ts";
import { sampleJson } from "../../../../src/core/results/sample-json.ts";
import { tradeLabels } from "../../../../src/core/results/labels.ts";
import type { Slice } from "../../../../src/core/grid/slice.ts";
import { parseStrategy } from "../../../../src/core/strategy/parse.ts";
import { formatClock, dayNumber, parseClock } from "../../../../src/core/time.ts";
import { memoryDay, rules, sliceOf, testKernels } from "../../../support/memory-day.ts";

const DATE = dayNumber("2024-08-23");
const EXPIRY = dayNumber("2024-08-28");
const OPEN = parseClock("09:15")!;
const kernels = testKernels();

/** A bid every second; the book of `levels` stands below it. */
function contract(bid: (s: number) => number, book: Readonly<Record<string, number>>): Slice {
  const rows = Array.from({ length: 22_500 }, (_, s) => ({ second: OPEN + s, price: bid(s), bid: bid(s), ask: bid(s) + 100 }));
  const fields = new Map(Object.entries(book).map(([name, value]) => [name, new Float64Array(rows.length).fill(value)]));
  return { ...sliceOf(rows), fields };
}

const BOOK = { bp0: 200, bq0: 150, sp0: 201, sq0: 300, bp1: 199.95, bq1: 75, sp1: 0, sq1: 10 };

/** Spot rises by a rupee a minute from 50500; the CE gains, from 10:00 on it has gained 30 rupees. */
function day(book: Readonly<Record<string, number>>) {
  const spot = Array.from({ length: 22_500 }, (_, s) => ({ second: OPEN + s, price: 5_050_000 + 100 * Math.floor(s / 60) }));
  const id = (cp: "CE" | "PE") => ({ symbol: "BANKNIFTY" as const, expiry: EXPIRY, strike: 50_500, cp });
  return memoryDay({
    date: DATE, spot: sliceOf(spot),
    contracts: [[id("CE"), contract((s) => (s < 2700 ? 20_000 : 23_000), book)], [id("PE"), contract(() => 15_000, book)]],
  });
}

async function run(blocks: string, book: Readonly<Record<string, number>> = {}, windows = '"09:20-15:00"') {
  const strategy = parseStrategy(`name: story\nuniverse: { symbol: BANKNIFTY }\ntime: { window: ${windows} }\ncosts: { none: true }\n${blocks}`);
  let recording: DayRecording | undefined;
  const [outcome] = await runDate({ date: DATE, strategies: [{ strategy, recordSample: true, record: (made) => (recording = made) }], open: () => day(book), rules, kernels });
  return { events: dayStory(outcome, recording!), json: sampleJson(outcome.sample, outcome.trades, tradeLabels(strategy)) };
}

describe("the story of a day", () => {
  it("tells decisions, fills and closings in the order of the seconds, legs together that go together", async () => {
    const { events } = await run("entry: { legs: [{ cp: CE, lots: -1, stop_loss: { rupees: 400 } }, { cp: PE, lots: -1 }] }");
    expect(events.map((event) => [formatClock(event.second), event.kind, "legs" in event ? event.legs.map(({ legId }) => legId).join() : ""])).toEqual([
      ["09:20:00", "entry", "1,2"],
      ["09:20:01", "entry_fill", "1,2"],
      ["10:00:00", "exit", "1"],
      ["10:00:01", "exit_fill", "1"],
      ["15:00:00", "exit", "2"],
      ["15:00:01", "exit_fill", "2"],
    ]);
    const [entry, filled, stop, stopped] = events;
    expect(entry).toMatchObject({ reason: "at", inputs: { spot: 5_050_500, pnl: null, rule: "at 09:20:00" }, legs: [{ side: "SELL", name: "50500 CE", quantity: 15 }, { side: "SELL", name: "50500 PE" }] });
    // Sold at the bid, marked at the ask one rupee above: 15 rupees a leg.
    expect(filled).toMatchObject({ inputs: { pnl: -3000 }, legs: [{ price: 20_000 }, { price: 15_000 }] });
    expect(stop).toMatchObject({ reason: "leg_stop_loss", inputs: { pnl: -3000 - 15 * 3000 }, legs: [{ side: "BUY", entered: 20_000 }] });
    expect(stopped).toMatchObject({ legs: [{ price: 23_100, pnl: -15 * 3100 }], stale: false });
  });

  it("tells a leg's re-entry as a decision and a fill of its own", async () => {
    const { events } = await run("entry: { legs: [{ cp: CE, lots: -1, stop_loss: { rupees: 400 }, reentry: { on: [stop_loss], times: 1, mode: same_strike } }, { cp: PE, lots: -1 }] }");
    expect(events.map((event) => [formatClock(event.second), event.kind, "legs" in event ? event.legs.map(({ legId }) => legId).join() : ""])).toEqual([
      ["09:20:00", "entry", "1,2"],
      ["09:20:01", "entry_fill", "1,2"],
      ["10:00:00", "exit", "1"],
      ["10:00:01", "exit_fill", "1"],
      ["10:00:02", "entry", "1"],
      ["10:00:03", "entry_fill", "1"],
      ["15:00:00", "exit", "1,2"],
      ["15:00:01", "exit_fill", "1,2"],
    ]);
    // The first trade lost 31 rupees a unit, the other leg stands at its spread.
    expect(events[4]).toMatchObject({ reason: "reentry", inputs: { pnl: -15 * 3100 - 1500 } });
    expect(events[5]).toMatchObject({ inputs: { pnl: -15 * 3100 - 3000 } });
  });

  it("puts a fill after its decision where there is no latency", async () => {
    const { events } = await run("fill: { latency: 0 }\nentry: { legs: [{ cp: CE, lots: 1 }] }");
    expect(events.map(({ kind }) => kind)).toEqual(["entry", "entry_fill", "exit", "exit_fill"]);
  });

  it("tells skips with what the market showed, seconds in a row as one", async () => {
    const { events } = await run('entry: { when: { between: [TIME, "09:30", "09:31"] }, legs: [{ cp: CE, lots: 1, strike: { strike: 60000 } }] }');
    expect(events).toMatchObject([{ kind: "skip", second: parseClock("09:30"), skip: { reason: "no_contract", count: 61, last: parseClock("09:31") }, inputs: { spot: 5_051_500, metrics: [{ value: 34_200 }] } }]);
  });

  it("says what a window does that the session does not hold", async () => {
    const { events } = await run("entry: { legs: [{ cp: CE, lots: 1 }] }", {}, '["09:20-10:00", "15:00-15:35"]');
    expect(events.at(-1)).toMatchObject({ kind: "skip", second: parseClock("15:00"), skip: { reason: "session", windowId: 2 }, inputs: null });
  });
});

describe("the sample", () => {
  it("holds the value of every metric in the conditions", async () => {
    const { json } = await run(
      'entry: { when: { all: [{ gt: [SPOT, 50510] }, { gt: [{ metric: LAG, args: { x: SPOT, seconds: 60 } }, 0] }] }, legs: [{ cp: CE, lots: -1 }] }\nexit: { when: { any: [{ lt: [PNL, -400] }, { gt: [DRAWDOWN, 1000] }, { gt: [PEAK_PNL, 1000] }, { gt: [HOLD_SECS, 20000] }] } }',
    );
    const [trade] = json;
    expect(trade.trade.reason_exit).toBe("exit_when");
    expect(Object.values(trade.entry_decision.metrics)).toEqual([50_511, 50_510]);
    expect(trade.entry_fill.metrics).toEqual({});
    // Sold at 200 at 09:26:01, to be bought at 231 from 10:00 on; the best was the spread of one rupee.
    expect(Object.values(trade.exit_decision.metrics)).toEqual([-465, 450, -15, 2039]);
    expect(trade.exit_decision.pnl).toBe(-465);
  });

  it("holds the five levels where the run reads them, and null where it does not", async () => {
    const used = await run("fill: { model: depth }\nentry: { legs: [{ cp: CE, lots: -1 }] }", BOOK);
    const none = { bid: null, bid_quantity: null, ask: null, ask_quantity: null };
    expect(used.json[0].entry_fill.legs[0].levels).toEqual([
      { bid: 200, bid_quantity: 150, ask: 201, ask_quantity: 300 },
      { bid: 199.95, bid_quantity: 75, ask: null, ask_quantity: 10 },
      none, none, none,
    ]);
    const unused = await run("entry: { legs: [{ cp: CE, lots: -1 }] }");
    expect(unused.json[0].entry_fill.legs[0].levels).toBeNull();
  });
});
