import { describe, expect, it } from "vitest";
import { UnreadableInput } from "../../../../src/core/engine/ports.ts";
import type { Slice } from "../../../../src/core/grid/slice.ts";
import type { ContractId } from "../../../../src/core/market/contract-id.ts";
import { parseStudy } from "../../../../src/core/studies/parse.ts";
import type { Study } from "../../../../src/core/studies/schema.ts";
import { studyDay, type StudyDay } from "../../../../src/core/studies/study-day.ts";
import { dayNumber, parseClock } from "../../../../src/core/time.ts";
import { memoryDay, rules, sliceOf, testKernels, type MemoryDay } from "../../../support/memory-day.ts";

const MONDAY = dayNumber("2024-08-19");
const EXPIRY = dayNumber("2024-08-21");
const kernels = testKernels();

/** Prices in rupees at times of the day, and with them cumulative volume. */
function series(rows: readonly (readonly [clock: string, rupees: number, volume?: number])[]): Slice {
  const slice = sliceOf(rows.map(([clock, rupees]) => ({ second: parseClock(clock)!, price: Math.round(rupees * 100), bid: Math.round(rupees * 100) - 5, ask: Math.round(rupees * 100) + 5 })));
  return rows[0][2] === undefined ? slice : { ...slice, fields: new Map([["volume", Float64Array.from(rows, ([, , volume]) => volume!)]]) };
}

const option = (strike: number, cp: "CE" | "PE"): ContractId => ({ symbol: "BANKNIFTY", expiry: EXPIRY, strike, cp });

function study(text: string): Study {
  return parseStudy(`name: test\nuniverse: { symbol: BANKNIFTY }\nmax_age: 60\n${text}`).study;
}

async function run(text: string, day: Omit<MemoryDay, "contracts" | "date"> & Partial<MemoryDay>, wanted = true): Promise<StudyDay> {
  const mark = kernels.run.mark();
  const found = await studyDay({ study: study(text), wanted, date: day.date ?? MONDAY, data: memoryDay({ date: MONDAY, contracts: [], ...day }), rules, kernels });
  expect(kernels.run.mark()).toBe(mark);
  return found;
}

const windows = 'windows: ["09:15-09:20", "15:20-15:30"]';

describe("a day of a study", () => {
  it("takes the first and last value of each window, and all between", async () => {
    const spot = series([["09:15:02", 50_000], ["09:16:00", 50_100], ["09:18:00", 49_950], ["09:19:59", 50_050], ["09:20:00", 60_000], ["15:19:58", 51_000], ["15:20:30", 51_200], ["15:29:59", 50_900]]);
    const { windows: [first, last], facts } = await run(windows, { spot });
    expect(facts).toBeNull();
    expect(first.found).toMatchObject({ open: 50_000, high: 50_100, low: 49_950, close: 50_050, changes: null, values: { points: 50, range_points: 150, volume: null, volume_jump: null } });
    const { values } = first.found as Extract<typeof first.found, { open: number }>;
    expect(values.return).toBeCloseTo(0.1, 12);
    expect(values.range).toBeCloseTo(0.3, 12);
    expect(values.rv).toBeCloseTo(100 * Math.hypot(Math.log(50_100 / 50_000), Math.log(49_950 / 50_100), Math.log(50_050 / 49_950)), 12);
    // The second window begins with the value of 15:19:58, which stands until 15:20:30.
    expect(last.found).toMatchObject({ open: 51_000, high: 51_200, low: 50_900, close: 50_900 });
  });

  it("has no figures where prices are too old to begin or end a window with, and says why", async () => {
    const late = series([["09:16:01", 50_000], ["09:19:59", 50_000], ["15:20:00", 1], ["15:28:58", 50_000]]);
    expect((await run(windows, { spot: late })).windows.map(({ found }) => found)).toEqual([
      { missing: "its first price comes more than 60 seconds after its start (max_age)" },
      { missing: "its last price is more than 60 seconds old at its end (max_age)" },
    ]);
    const ended = series([["09:15:00", 50_000], ["09:19:00", 50_000]]);
    expect((await run(windows, { spot: ended })).windows[1].found).toEqual({ missing: "no price in the window" });
    expect((await run(windows, {})).windows[0].found).toEqual({ missing: "no spot: the date has neither index, future nor options" });
    expect((await run('windows: "15:20-15:40"', { spot: late })).windows[0].found).toEqual({ missing: "the session of the date does not hold the window" });
  });

  it("lets bars be as old as their span", async () => {
    const bars = { ...series([["09:19:59", 50_000], ["09:24:59", 50_100], ["09:29:59", 50_200]]), barSpan: 300 };
    expect((await run('windows: "09:20-09:30"', { spot: bars })).windows[0].found).toMatchObject({ open: 50_000, close: 50_200 });
  });

  it("counts what volume grew by in each second, and its changes", async () => {
    const future = series([["09:15:00", 50_000, 100], ["09:15:01", 50_000, 130], ["09:15:03", 50_000, 140], ["09:15:04", 50_000, 200]]);
    const { windows: [{ found }] } = await run('series: future\nwindows: "09:15-09:15:05"', { future });
    // By second: 0, 30, 0, 10, 60; changes 30, −30, 10, 50.
    expect(found).toMatchObject({ values: { volume: 100, volume_jump: 50 }, changes: { values: Float64Array.of(-30, 10, 30, 50), counts: Float64Array.of(1, 1, 1, 1) } });
  });

  it("holds the options that are at the money when the window begins", async () => {
    const spot = series([["09:15:00", 50_010], ["09:17:00", 50_110], ["09:19:59", 50_110]]);
    const contracts: MemoryDay["contracts"] = [
      [option(50_000, "CE"), series([["09:15:00", 200], ["09:19:59", 260]])], [option(50_000, "PE"), series([["09:15:00", 190], ["09:19:58", 140]])],
      [option(50_100, "CE"), series([["09:15:00", 150], ["09:19:59", 1]])], [option(50_100, "PE"), series([["09:15:00", 240], ["09:19:59", 1]])],
    ];
    const { windows: found } = await run('series: [atm_ce, atm_pe, straddle]\nwindows: "09:15-09:20"', { spot, contracts });
    expect(found.map(({ found: one }) => ("missing" in one ? one : [one.open, one.close]))).toEqual([[200, 260], [190, 140], [390, 400]]);
    const none = await run('series: [straddle]\nwindows: "09:15-09:20"', { spot });
    expect(none.windows[0].found).toEqual({ missing: "no contract of the wanted expiry (nearest) has rows" });
  });

  it("gives the facts of the day where regimes ask for them, also without windows", async () => {
    const spot = series([["09:15:00", 50_000], ["10:00:00", 51_000]]);
    const { facts, windows: found } = await run(`${windows}\nby: rv`, { spot }, false);
    expect(facts).toMatchObject({ date: MONDAY, source: "files", open: 50_000, close: 51_000, range5: 0 });
    expect(found).toEqual([]);
  });

  it("leaves a day out whose file cannot be read", async () => {
    const data = { ...memoryDay({ date: MONDAY, contracts: [] }), spot: () => Promise.reject(new UnreadableInput("spot.parquet", "the footer is cut off")) };
    expect(await studyDay({ study: study(windows), wanted: true, date: MONDAY, data, rules, kernels })).toEqual({ date: MONDAY, facts: null, windows: [], unreadable: "spot.parquet: the footer is cut off" });
  });
});
