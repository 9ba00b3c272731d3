/** Studies over the real Bank Nifty index, 15-minute bars of nine years, beside a plain reading of the same file. */
import { max, mean, median, medianAbsoluteDeviation, min, sampleSkewness, sampleStandardDeviation } from "simple-statistics";
import { expect, it } from "vitest";
import { createStudyMerge } from "../../../../src/core/studies/merge.ts";
import { parseStudy } from "../../../../src/core/studies/parse.ts";
import { studyDay } from "../../../../src/core/studies/study-day.ts";
import { dayNumber, parseClock, weekday } from "../../../../src/core/time.ts";
import { memoryDay, rules, sliceOf, testKernels } from "../../../support/memory-day.ts";
import { describeRealData, readCsv } from "../market/real-data.ts";

const SPAN = 900;
/** A bar that begins at the second is known at the last second of its span, and acts as its close. */
interface Bar {
  readonly start: number;
  readonly close: number;
}

function barsByDate(): ReadonlyMap<number, readonly Bar[]> {
  const days = new Map<number, Bar[]>();
  for (const { Date: date, Time: time, Close: close } of readCsv("index-15min/bank-nifty-15m-data.csv")) {
    const day = dayNumber(date.split("-").reverse().join("-"));
    days.set(day, [...(days.get(day) ?? []), { start: parseClock(time)!, close: Number(close) }]);
  }
  return days;
}

describeRealData("the real index", () => {
  it("gives the figures of Mondays' last half hour, and groups by yesterday's volatility that never look ahead", async () => {
    const kernels = testKernels();
    const days = [...barsByDate()].sort(([a], [b]) => a - b);
    const { study } = parseStudy('name: real\nuniverse: { symbol: BANKNIFTY }\ntime: { days: Mon }\nwindows: "15:00-15:30"\nby: [rv, gap]');
    const merge = createStudyMerge(study, rules, []);
    const returns: number[] = [];
    for (const [date, bars] of days) {
      const spot = { ...sliceOf(bars.map(({ start, close }) => ({ second: start + SPAN - 1, price: Math.round(close * 100) }))), barSpan: SPAN };
      merge.add(await studyDay({ study, wanted: weekday(date) === 1, date, data: memoryDay({ date, spot, contracts: [] }), rules, kernels }));
      const at = (clock: string) => bars.find(({ start }) => start === parseClock(clock))?.close;
      // At 15:00:00 the bar of 14:45 is the last that is known, at 15:29:59 that of 15:15.
      const [before, after] = [at("14:45"), at("15:15")];
      const session = rules.session(date);
      const ordinary = session !== undefined && session !== "closed" && session.open === 33_300 && session.close === 55_800 && session.breaks.length === 0;
      if (weekday(date) === 1 && ordinary && before !== undefined && after !== undefined) returns.push((Math.round(after * 100) / Math.round(before * 100) - 1) * 100);
    }
    const report = merge.report();
    const { stats } = report.statistics.find(({ metric, group }) => metric === "return" && group.by === null)!;
    expect(stats.n).toBe(returns.length);
    expect(stats.n).toBeGreaterThan(400);
    const wanted = { mean: mean(returns), median: median(returns), sd: sampleStandardDeviation(returns), mad: medianAbsoluteDeviation(returns), skew: sampleSkewness(returns), min: min(returns), max: max(returns) };
    for (const [name, value] of Object.entries(wanted)) expect(stats[name as keyof typeof wanted], name).toBeCloseTo(value, 9);
    expect(report.directions[0].directions.up.count).toBe(returns.filter((value) => value > 0).length);
    // Each decile holds a share of days that is not far from a tenth, though each day saw only those before it.
    const deciles = report.directions.filter(({ group }) => group.by === "gap" && group.label !== null);
    expect(deciles.map(({ group }) => group.label)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    for (const { n } of deciles) expect(n).toBeGreaterThan(stats.n / 30);
  }, 60_000);
});
