import { describe, expect, it } from "vitest";
import { cpuMilliseconds } from "../../../support/cpu-time.ts";
import { parsedWhen } from "./strategy-text.ts";

const warned = (entry: string, exit?: string, more?: string) => parsedWhen(entry, exit, more).warnings.map(({ path, message }) => `${path}: ${message}`);

describe("a condition that can never be true", () => {
  const never: [when: string, path: string, words: RegExp][] = [
    ["{ gt: [VOL_1M, VOL_2M] }", "gt", /last 1 min is never above .* last 2 min/],
    ["{ lt: [VOL_5M, { metric: VOL, args: { seconds: 299 } }] }", "lt", /last 299 s is never above .* last 5 min/],
    ["{ crosses_above: [SPOT, HIGH_DAY] }", "crosses_above", /spot is never above the day's high of spot/],
    ["{ lt: [ASK_L1, BID_L1] }", "lt", /the bid of the ATM call is never above the ask/],
    ["{ gt: [{ metric: BB_LOWER, args: { n: 20 } }, { metric: BB_UPPER, args: { n: 20 } }] }", "gt", /lower Bollinger band 20, 2 .* is never above/],
    ["{ gt: [{ metric: ORB_HIGH, args: { minutes: 15 } }, HIGH_DAY] }", "gt", /high of spot in the first 15 min is never above/],
    ["{ between: [SPOT, 10, 5] }", "between", /spot is at least 10 and spot is at most 5 exclude each other/],
    ["{ all: [{ gt: [SPOT, 50000] }, { lt: [SPOT, 40000] }] }", "all", /above 50000 and spot is below 40000 exclude/],
    ["{ all: [{ gt: [SPOT, PREV_CLOSE] }, { gt: [PREV_CLOSE, OPEN_DAY] }, { gt: [OPEN_DAY, { add: [SPOT, 5] }] }] }", "all", /exclude each other/],
    ["{ all: [{ gt: [{ sub: [SPOT, 10] }, PREV_CLOSE] }, { lt: [SPOT, { add: [PREV_CLOSE, 10] }] }] }", "all", /exclude/],
    ["{ all: [{ eq: [SPOT, 1] }, { eq: [SPOT, 2] }] }", "all", /exclude/],
    ["{ gt: [1, 2] }", "gt", /can never be true: 1 is above 2$/],
    ["{ ne: [SPOT, SPOT] }", "ne", /spot is below spot$/],
    ["{ lte: [{ metric: RSI, args: { n: 14 } }, -1] }", "lte", /never below 0/],
    ['{ gte: [TIME, "15:30"] }', "gte", /the time is never above 15:25/],
    ["{ not: { gte: [HIGH_DAY, SPOT] } }", "not.gte", /the day's high of spot is below spot, but/],
    ["{ lt: [{ abs: { sub: [SPOT, VIX] } }, 0] }", "lt", /never below 0/],
    ["{ lt: [{ max: [SPOT, VIX] }, VIX] }", "lt", /India VIX is never above the largest of/],
    ["{ any: [{ gt: [SPOT, 1] }, { gt: [VOL_1M, VOL_3M] }] }", "any[1].gt", /never above/],
    ["{ not: { any: [{ gt: [SPOT, 1] }, { lte: [SPOT, 1] }] } }", "not.any", /exclude each other/],
  ];
  it.each(never)("%s", (when, path, words) => {
    const found = warned(when);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(new RegExp(`^entry\\.when\\.${path.replace(/[[\].]/g, "\\$&")}: can never be true: `));
    expect(found[0]).toMatch(words);
  });

  it.each([
    "{ gt: [VOL_1M, { div: [VOL_2M, 2] }] }",
    "{ gte: [VOL_1M, VOL_2M] }",
    "{ gt: [VOL_1M, { metric: VOL_2M, args: { of: future } }] }",
    "{ gte: [SPOT, HIGH_DAY] }",
    "{ all: [{ gte: [SPOT, 5] }, { lte: [SPOT, 5] }] }",
    "{ any: [{ gt: [SPOT, 5] }, { lt: [SPOT, 4] }] }",
    "{ all: [{ crosses_above: [SPOT, 5] }, { not: { crosses_above: [SPOT, 4] } }] }",
    "{ gt: [{ metric: BB_LOWER, args: { n: 20 } }, { metric: BB_UPPER, args: { n: 5 } }] }",
    "{ gt: [{ div: [1, { sub: [SPOT, VIX] }] }, 1000000] }",
    "{ gt: [{ abs: { sub: [SPOT, VIX] } }, { mul: [-1, { abs: SPOT }] }] }",
    '{ between: [TIME, "15:24:59", "15:30"] }',
    "{ gt: [THETA, 0] }",
  ])("not %s", (when) => {
    expect(warned(when).filter((warning) => warning.includes("never be true"))).toEqual([]);
  });

  it("knows the order of P&L, peak and fall in exit.when", () => {
    expect(warned("none", "{ any: [{ gt: [PNL, PEAK_PNL] }, { lt: [DRAWDOWN, 0] }, { gt: [PNL, 100] }] }").map((warning) => warning.split(":")[0])).toEqual(["exit.when.any[0].gt", "exit.when.any[1].lt"]);
  });

  it("knows the windows and the days to expiry of the strategy", () => {
    expect(warned("{ lt: [TIME, '10:00'] }", undefined, 'time: { window: ["10:00-11:00", "13:00-14:00"] }')).toHaveLength(1);
    expect(warned("{ lt: [TIME, '10:01'] }", undefined, 'time: { window: ["10:00-11:00", "13:00-14:00"] }')).toHaveLength(0);
    expect(parsedWhen("{ eq: [DTE, 3] }").warnings).toHaveLength(0);
  });

  it("says in which variants of a sweep", () => {
    expect(warned("{ gt: [SPOT, { add: [SPOT, $X] }] }", undefined, "sweep: { X: [-2, -1, 0, 0] }")).toEqual([
      "entry.when.gt: can never be true: spot is above spot + 0 (in v3 and others)",
    ]);
  });

  it("gives up on what has too many alternatives, without a warning and without delay", () => {
    const either = "{ any: [{ gt: [SPOT, 1] }, { lt: [SPOT, 0] }] }";
    const before = cpuMilliseconds();
    expect(warned(`{ all: [${Array(12).fill(either).join(", ")}, { gt: [VIX, 1] }, { lt: [VIX, 0.5] }] }`).filter((warning) => warning.startsWith("entry.when.all:"))).toEqual([]);
    const many = Array.from({ length: 60 }, (_, i) => `{ lt: [{ metric: VOL, args: { seconds: ${i + 1} } }, $X] }`).join(", ");
    warned(`{ all: [${many}, ${Array(7).fill(either).join(", ")}] }`, undefined, "sweep: { X: { from: 1, to: 300, step: 1 } }");
    expect(cpuMilliseconds() - before).toBeLessThan(10_000);
  });
});

describe("series that a metric does not suit", () => {
  it("an indicator on a spliced series", () => {
    expect(warned("{ gt: [{ metric: EMA, args: { n: 1, of: straddle } }, { metric: RV_10S, args: { of: { atm: 2, cp: CE } } }] }")).toEqual([
      "entry.when.gt[0]: the EMA 1 of the ATM straddle (1 min bars) runs on a spliced series, which jumps when the strike changes; of: straddle@now follows the contracts of the moment through the day instead",
      "entry.when.gt[1]: the realised volatility of the call 2 steps out of the money over the last 10 s runs on a spliced series, which jumps when the strike changes; of: {atm@now: 2, cp: CE} follows the contracts of the moment through the day instead",
    ]);
  });

  it("not on the contracts' own history, of volume, or of a leg", () => {
    expect(warned("{ gt: [{ metric: EMA, args: { n: 1, of: straddle@now } }, { metric: SMA, args: { n: 9, of: atm_ce, field: volume } }] }", "{ gt: [{ metric: VWAP, args: { of: 'leg:1' } }, VOL_1M] }")).toEqual([]);
  });

  it("what an index does not have", () => {
    expect(warned("{ gt: [{ metric: VOL_1M, args: { of: spot } }, { metric: EMA, args: { n: 3, of: vix, field: mid } }] }")).toEqual([
      "entry.when.gt[0]: spot is an index without volume: the volume of spot over the last 1 min stays missing; the future or an option has it",
      "entry.when.gt[1]: India VIX is an index without mid: the EMA 3 of India VIX (1 min bars of mid) stays missing; the future or an option has it",
    ]);
  });
});

it("a trigger without a condition", () => {
  expect(warned("none").length).toBe(0);
  expect(parsedWhen("none\n  trigger: edge").warnings).toMatchObject([{ path: "entry.trigger", line: 5, message: "edge has no effect: there is no entry.when" }]);
});
