/** What the sample, the story of a day and the page's replay show of decisions that are not taken on the contract which they open. */
import { describe, expect, it } from "vitest";
import { dayDecisions } from "../../../../src/app/results/day/decisions.ts";
import { momentsOf } from "../../../../src/app/results/moments.ts";
import { storyLines } from "../../../../src/cli/story-words.ts";
import type { DayRecording } from "../../../../src/core/engine/day-recording.ts";
import { runDate } from "../../../../src/core/engine/run-date.ts";
import { dayStory } from "../../../../src/core/results/story.ts";
import { parseStrategy } from "../../../../src/core/strategy/parse.ts";
import { dayNumber, formatClock, parseClock } from "../../../../src/core/time.ts";
import { memoryDay, rules, sliceOf, testKernels } from "../../../support/memory-day.ts";

const DATE = dayNumber("2024-08-23");
const EXPIRY = dayNumber("2024-08-28");
const OPEN = parseClock("09:15")!;
const kernels = testKernels();
const at = (clock: string) => parseClock(clock)! - OPEN;

type Bid = (s: number) => number;
const bySecond = (row: (s: number) => { readonly price: number; readonly bid?: number; readonly ask?: number }) =>
  sliceOf(Array.from({ length: 22_500 }, (_, s) => ({ second: OPEN + s, ...row(s) })));
const quoted = (bid: Bid) => bySecond((s) => ({ price: bid(s), bid: bid(s), ask: bid(s) + 100 }));

/** `spot` in rupees; bids in paise by contract: `50500 CE`. */
async function run(text: string, spot: Bid, bids: Readonly<Record<string, Bid>>) {
  const strategy = parseStrategy(`name: sampled\nuniverse: { symbol: BANKNIFTY }\ntime: { window: "09:20-15:00" }\ncosts: { none: true }\n${text}`);
  const contracts = Object.entries(bids).map(([name, bid]) => {
    const [strike, cp] = name.split(" ") as [string, "CE" | "PE"];
    return [{ symbol: "BANKNIFTY" as const, expiry: EXPIRY, strike: Number(strike), cp }, quoted(bid)] as const;
  });
  const data = memoryDay({ date: DATE, spot: bySecond((s) => ({ price: spot(s) * 100 })), contracts });
  let recording: DayRecording | undefined;
  const [outcome] = await runDate({ date: DATE, strategies: [{ strategy, recordSample: true, record: (made) => (recording = made) }], open: () => data, rules, kernels });
  const lines = storyLines(dayStory(outcome, recording!), strategy.variants[0].strategy);
  return { sample: outcome.sample, lines, rows: dayDecisions(outcome.sample, recording!), loads: data.loads };
}

describe("a roll", () => {
  it("by `adjust` shows the metrics of the contract that the place held, beside the one that it opens", async () => {
    // Spot rises by 100 at 10:00; the mid of leg 1 is above 229 from 10:30 on: that of the new contract never is.
    const { sample, lines, rows } = await run(
      "entry: { legs: [{ cp: CE, lots: -1 }] }\nadjust: [{ when: { gt: [{ metric: MID, args: { of: 'leg:1' } }, 229] }, leg: 1 }]",
      (s) => (s < at("10:00") ? 50_500 : 50_600),
      { "50500 CE": (s) => (s < at("10:30") ? 20_000 : 23_000), "50600 CE": () => 15_000 },
    );
    expect(sample).toHaveLength(2);
    const { entryDecision } = sample[1];
    expect(formatClock(entryDecision.second)).toBe("10:30:00");
    expect(entryDecision).toMatchObject({
      rule: "adjust 1 10:30:00",
      metrics: [{ name: "MID", value: 230.5 }],
      held: [{ legId: 1, contract: "50500 CE", bid: 23_000 }],
      legs: [{ legId: 1, contract: "50600 CE", bid: 15_000 }],
    });
    // Its closing is decided in the same second, on the same.
    expect(sample[0].exitDecision).toMatchObject({ second: entryDecision.second, metrics: [{ value: 230.5 }], held: [], legs: [{ contract: "50500 CE" }] });
    expect(momentsOf(sample[1]).map(({ name, leg }) => `${name} ${leg?.contract}`)).toEqual(["Leg held 50500 CE", "Entry decision 50600 CE", "Entry fill 50600 CE", "Exit decision 50600 CE", "Exit fill 50600 CE"]);
    expect(rows.filter(({ second }) => second === entryDecision.second).map(({ what, legInputs }) => `${what} ${legInputs?.contract}`)).toEqual(["Exit decision 50500 CE", "Leg held 50500 CE", "Entry decision 50600 CE"]);
    expect(lines).toContainEqual(expect.stringContaining("leg 1 held 50500 CE: bid 230.00 ask 231.00"));
    expect(lines).toContainEqual(expect.stringContaining("leg 1 50600 CE: bid 150.00 ask 151.00"));
  });

  it("leaves the legs that are not rolled as they are, also in what the condition looks at", async () => {
    const { sample } = await run(
      "entry: { legs: [{ cp: CE, lots: -1 }, { cp: PE, lots: -1 }] }\nadjust: [{ when: { gt: [{ metric: MID, args: { of: 'leg:2' } }, 229] }, leg: 1, to: { atm: 1 } }]",
      () => 50_500,
      { "50500 CE": () => 20_000, "50600 CE": () => 15_000, "50500 PE": (s) => (s < at("10:30") ? 20_000 : 23_000) },
    );
    const rolled = sample.find(({ legId, entryDecision }) => legId === 1 && entryDecision.rule.startsWith("adjust"))!;
    expect(rolled.entryDecision).toMatchObject({ metrics: [{ value: 230.5 }], held: [{ legId: 1, contract: "50500 CE" }], legs: [{ contract: "50600 CE" }, { contract: "50500 PE", bid: 23_000 }] });
  });

  it("by a rebalance shows what the closed position held beside what the new one opens", async () => {
    const { sample } = await run(
      "entry: { rebalance: 1h, legs: [{ cp: CE, lots: -1 }, { cp: PE, lots: -1, target: { rupees: 100 } }] }",
      (s) => (s < at("10:00") ? 50_500 : 50_600),
      // The put reaches its target before the anchor: it is not held any more.
      { "50500 CE": () => 20_000, "50500 PE": (s) => (s < at("09:40") ? 19_000 : 10_000), "50600 CE": () => 15_000, "50600 PE": () => 16_000 },
    );
    const [, , call, put] = sample;
    expect(formatClock(call.entryDecision.second)).toBe("10:20:00");
    for (const { entryDecision } of [call, put]) {
      expect(entryDecision).toMatchObject({ rule: "rebalance 10:20:00: ATM 50500 → 50600", atm: 50_600, pnl: null, held: [{ legId: 1, contract: "50500 CE", bid: 20_000 }], legs: [{ contract: "50600 CE" }, { contract: "50600 PE" }] });
    }
  });
});

describe("an entry whose legs wait", () => {
  const ENTRY = "entry: { filter: { gt: [SPOT, 50000] }, legs: [{ cp: CE, lots: -1, wait: { pct: 10 } }] }";

  it("shows the decision that armed it, the reference and the premium that was to be reached", async () => {
    // The mid is 100.25 at the decision: 110.275 is reached with 110.50 at 10:00.
    const { sample, lines, rows } = await run(ENTRY, () => 50_500, { "50500 CE": (s) => (s < at("09:30") ? 9_975 : s < at("10:00") ? 10_500 : 11_000) });
    const [trade] = sample;
    const rule = "waits until its premium has risen by 10 %";
    expect(trade.armed).toMatchObject({ rule: "at 09:20:00", spot: 5_050_000, atm: 50_500, pnl: null, metrics: [{ name: "SPOT", value: 50_500 }], legs: [{ contract: "50500 CE", bid: 9_975, wait: { rule, premium: 10_025, reference: 10_025, threshold: 11_027.5 } }] });
    expect(formatClock(trade.armed!.second)).toBe("09:20:00");
    // The filter and `when` decided then, the premium alone decides now.
    expect(trade.entryDecision).toMatchObject({ rule: "wait 10:00:00", metrics: [], pnl: null, legs: [{ wait: { rule, premium: 11_050, reference: 10_025, threshold: 11_027.5 } }] });
    expect(trade.entryFill.legs[0].wait).toBeNull();
    expect(lines.slice(0, 5)).toEqual([
      "09:20:00  position 1: decides to enter once premiums have moved (at 09:20:00)",
      "          spot 50500.00 (0 s old), ATM 50500",
      "          spot = 50500",
      "          leg 1 50500 CE: bid 99.75 ask 100.75, 0 s old, spread 20 ticks, last 99.75 (0 s old)",
      "            waits until its premium has risen by 10 %: 100.25 now, reference 100.25, order at 110.275",
    ]);
    expect(lines).toContain("            waits until its premium has risen by 10 %: 110.50 now, reference 100.25, order at 110.275");
    expect(rows.map(({ second, what, leg, why }) => `${formatClock(second)} ${what} ${leg} ${why}`).slice(0, 2)).toEqual([
      `09:20:00 Armed 1.1 at 09:20:00; ${rule}: 100.25 now, reference 100.25, order at 110.275`,
      `10:00:00 Entry decision 1.1 wait 10:00:00; ${rule}: 110.50 now, reference 100.25, order at 110.275`,
    ]);
  });

  it("shows it too where the premium is never reached and nothing is entered", async () => {
    const { sample, lines, rows } = await run(ENTRY, () => 50_500, { "50500 CE": () => 9_975 });
    expect(sample).toEqual([]);
    expect(lines[0]).toBe("09:20:00  decides to enter once premiums have moved (at 09:20:00)");
    expect(lines[4]).toContain("order at 110.275");
    expect(lines[5]).toContain("not_reached");
    expect(rows.map(({ what, leg }) => [what, leg])).toEqual([["Armed", ""], ["No entry", ""]]);
  });

  it("shows of a break nothing that is not known yet", async () => {
    const { sample } = await run("entry: { legs: [{ cp: CE, lots: -1, wait: { break: high, minutes: 15 } }] }", () => 50_500, { "50500 CE": (s) => (s < at("09:25") ? 10_000 : s < at("10:00") ? 12_000 : 12_005) });
    expect(sample[0].armed!.legs[0].wait).toMatchObject({ premium: 10_050, reference: null, threshold: null });
    // Above 120.50, the highest of the first quarter of an hour, by half a paisa at least.
    expect(sample[0].entryDecision.legs[0].wait).toMatchObject({ premium: 12_055, reference: 12_050, threshold: 12_050.5 });
  });

  it("belongs to the waiting leg alone where others enter at once", async () => {
    const { sample, lines } = await run("entry: { legs: [{ cp: PE, lots: -1 }, { cp: CE, lots: -1, wait: { points: -20 } }] }", () => 50_500, { "50500 PE": () => 8_000, "50500 CE": (s) => (s < at("10:00") ? 10_000 : 7_000) });
    const [put, call] = sample;
    expect(put).toMatchObject({ armed: null, entryDecision: { rule: "at 09:20:00", legs: [{ wait: null }, { wait: { reference: 10_050, threshold: 8_050 } }] } });
    expect(call).toMatchObject({ armed: { rule: "at 09:20:00" }, entryDecision: { rule: "wait 10:00:00", pnl: -1_500, legs: [{ wait: null }, { wait: { premium: 7_050, threshold: 8_050 } }] } });
    expect(lines.filter((line) => line.startsWith("09:20:00"))).toEqual(["09:20:00  position 1: decides to enter (at 09:20:00)", "09:20:00  position 1: decides to enter once premiums have moved (at 09:20:00)"]);
  });

  it("says at a rebalance what was held when it was armed", async () => {
    const { sample } = await run(
      "entry: { rebalance: 1h, legs: [{ cp: CE, lots: -1, wait: { pct: 10 } }] }", (s) => (s < at("10:00") ? 50_500 : 50_600),
      { "50500 CE": (s) => (s < at("09:30") ? 9_950 : 11_950), "50600 CE": (s) => (s < at("10:40") ? 9_950 : 11_950) },
    );
    expect(sample[1]).toMatchObject({ armed: { rule: "rebalance 10:20:00: ATM 50500 → 50600", held: [{ contract: "50500 CE" }], legs: [{ contract: "50600 CE" }] }, entryDecision: { rule: "wait 10:40:00", held: [] } });
  });

  it("is not said of a re-entry, which does not wait again", async () => {
    const { sample } = await run(
      "entry: { legs: [{ cp: CE, lots: 1, wait: { pct: 10 }, stop_loss: { points: 20 }, reentry: { times: 1, mode: same_strike } }] }", () => 50_500,
      { "50500 CE": (s) => (s < at("09:30") ? 9_950 : s < at("10:00") ? 11_950 : 5_000) },
    );
    expect(sample.map(({ armed, entryDecision }) => [armed === null, entryDecision.rule.split(" ")[0], entryDecision.legs[0].wait === null])).toEqual([[false, "wait", false], [true, "reentry", true]]);
  });
});

describe("ATM", () => {
  it("is shown where spot is fresh, by name where the run reads no rows of the strike, and nothing is read for it", async () => {
    const { sample, lines, loads } = await run(
      "entry: { legs: [{ cp: CE, lots: -1 }] }", (s) => (s < at("12:00") ? 50_500 : 50_700),
      Object.fromEntries([50_400, 50_500, 50_600, 50_700, 50_800].flatMap((strike) => [[`${strike} CE`, () => 20_000], [`${strike} PE`, () => 20_000]])),
    );
    expect(sample[0].entryDecision).toMatchObject({ atm: 50_500, atmByName: false });
    expect(sample[0].exitDecision).toMatchObject({ spot: 5_070_000, atm: 50_700, atmByName: true });
    expect(lines.filter((line) => line.includes("ATM 50700 by name"))).toHaveLength(2);
    expect(loads.filter((key) => key.includes("50700"))).toEqual([]);
  });
});
