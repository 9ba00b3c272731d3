import fc from "fast-check";
import { parquetReadObjects } from "hyparquet";
import { describe, expect, it } from "vitest";
import { defaultRules } from "../../../../src/core/market/rules.ts";
import { createStudyMerge } from "../../../../src/core/studies/merge.ts";
import { parseStudy } from "../../../../src/core/studies/parse.ts";
import { studyReport } from "../../../../src/core/studies/report.ts";
import type { StudyDay } from "../../../../src/core/studies/study-day.ts";
import { studyParquet } from "../../../../src/core/studies/study-parquet.ts";
import { STUDY_TABLES, studyCsv, studyTable } from "../../../../src/core/studies/tables.ts";
import { dayNumber } from "../../../../src/core/time.ts";

/** Mondays of 2024 from 1 July on, when Bank Nifty expired on Wednesdays, and some days between. */
const FIRST = dayNumber("2024-07-01");

function dayOf(date: number, percent: number, more: Partial<StudyDay> = {}): StudyDay {
  const found = { open: 100, high: 102, low: 99, close: 100 + percent, values: { return: percent, points: percent, range: 3, range_points: 3, rv: 1, volume: null, volume_jump: null }, changes: null };
  return { date, facts: null, windows: [{ series: 0, window: 0, found }], ...more };
}

const reportOf = (text: string, days: readonly StudyDay[]) =>
  studyReport({ study: parseStudy(`name: test\nuniverse: { symbol: BANKNIFTY }\nwindows: "09:15-09:20"\n${text}`).study, rules: defaultRules, days, plannedOut: [] });

describe("the report of a study", () => {
  it("counts up, down and flat with their intervals", () => {
    const { directions } = reportOf("flat: 0.1\nconfidence: 90", [0.5, -0.5, 0.1, -0.1, 0, 2].map((percent, i) => dayOf(FIRST + i, percent)));
    expect(directions).toHaveLength(1);
    expect(directions[0]).toMatchObject({ n: 6, group: { by: null }, directions: { up: { count: 2, share: 2 / 6 }, down: { count: 1 }, flat: { count: 3 } } });
  });

  it("leaves windows without figures out of n, and lists them", () => {
    const { directions, windows, days } = reportOf("", [dayOf(FIRST, 1), dayOf(FIRST + 1, 1, { windows: [{ series: 0, window: 0, found: { missing: "no price in the window" } }] })]);
    expect(directions[0].n).toBe(1);
    expect(days).toHaveLength(2);
    expect(windows[1]).toMatchObject({ direction: null, exceptions: [], found: { missing: "no price in the window" } });
  });

  it("flags the exceptional days with a reason in words", () => {
    const report = reportOf("", [0.1, 0.2, 0.3, 0.2, 0.1, 0.25, 9].map((percent, i) => dayOf(FIRST + i, percent)));
    const flagged = report.windows.filter(({ exceptions }) => exceptions.length > 0);
    expect(flagged.map(({ date }) => date)).toEqual([FIRST + 6]);
    const [exception] = flagged[0].exceptions;
    // Median 0.2, MAD 0.1: 0.6745 · 8.8 / 0.1; quartiles 0.15 and 0.275: fence 0.4625.
    expect(exception).toMatchObject({ metric: "return", value: 9, mad: true, iqr: true });
    expect(exception.reason).toBe("return of 9.000 %, where the median is 0.200 %: 59.4 by MAD (limit 3.5); beyond the fence of 0.463 % by IQR");
    const statistic = report.statistics.find(({ metric }) => metric === "return")!;
    expect(statistic).toMatchObject({ divergence: true, outliersMad: 1, outliersIqr: 1 });
    expect(reportOf("divergence: 20", [0.1, 0.2, 0.3, 0.2, 0.1, 0.25, 9].map((percent, i) => dayOf(FIRST + i, percent))).statistics[0].divergence).toBe(false);
  });

  it("groups by weekday and days to expiry, and keeps what where leaves in", () => {
    const week = [0, 1, 2, 3, 4].map((i) => dayOf(FIRST + i, i));
    const { directions } = reportOf("by: [weekday, dte, expiry_day]", week);
    expect(directions.map(({ group: { by, label }, n }) => [by, label, n])).toEqual([
      [null, null, 5], ...[1, 2, 3, 4, 5].map((day) => ["weekday", day, 1]),
      // Monday to Wednesday: 2, 1, 0 days to Wednesday; Thursday and Friday: 6 and 5 to the next.
      ["dte", 0, 1], ["dte", 1, 1], ["dte", 2, 1], ["dte", 5, 1], ["dte", 6, 1], ["expiry_day", 0, 4], ["expiry_day", 1, 1],
    ]);
    const only = reportOf("where: { expiry_day: true }", week);
    expect(only.days).toEqual([FIRST + 2]);
    expect(only.leftOut).toBe(4);
    expect(reportOf("where: { dte: [5, 6] }", week).days).toEqual([FIRST + 3, FIRST + 4]);
  });

  it("labels regimes by days before, those outside the study too", () => {
    const own = (i: number) => ({ date: FIRST + i, source: "files" as const, open: 100, high: 101, low: 99, close: 100, range: 2, range5: i === 40 ? 9 : (i % 10) / 10, rv: 1 });
    const days = Array.from({ length: 41 }, (_, i) => dayOf(FIRST + i, 1, { facts: own(i), ...(i < 39 && { windows: [] }) }));
    const { directions, days: kept } = reportOf("by: range5", days);
    expect(kept).toHaveLength(2);
    expect(directions.map(({ group: { label }, n }) => [label, n])).toEqual([[null, 2], [10, 2]]);
    expect(reportOf("where: { range5: [1, 2] }", days).days).toEqual([]);
  });

  it("is the same in whatever order days come", () => {
    const study = parseStudy('name: test\nuniverse: { symbol: BANKNIFTY }\nwindows: "09:15-09:20"\nby: weekday').study;
    const days = [3, -1, 0, 2, 5, -4].map((percent, i) => dayOf(FIRST + i, percent));
    const merged = (order: readonly StudyDay[]) => {
      const merge = createStudyMerge(study, defaultRules, []);
      order.forEach(merge.add);
      return merge.report();
    };
    fc.assert(fc.property(fc.shuffledSubarray(days, { minLength: 6 }), (order) => {
      expect(merged(order)).toEqual(merged(days));
    }), { numRuns: 20 });
  });

  it("writes the same cells to CSV and Parquet", async () => {
    const report = reportOf("by: weekday", [...[0.1, 0.2, 0.3, 0.2, 0.1, 0.25, 9].map((percent, i) => dayOf(FIRST + i, percent)), dayOf(FIRST + 7, 0, { windows: [{ series: 0, window: 0, found: { missing: 'no price, "none"' } }] })]);
    for (const name of STUDY_TABLES) {
      const columns = studyTable(report, name);
      const bytes = studyParquet(columns);
      const rows = await parquetReadObjects({ file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer });
      expect(rows, name).toHaveLength(columns[0].values.length);
      rows.forEach((row, r) => {
        for (const { name: column, type, values } of columns) {
          const wanted = values[r];
          expect(row[column] ?? null, `${name}.${column}`).toEqual(type === "date" ? new Date((wanted as number) * 86_400_000) : wanted);
        }
      });
      expect(studyCsv(columns).split("\n")).toHaveLength(rows.length + 2);
    }
    expect(studyCsv(studyTable(report, "days")).split("\n").at(-2)).toBe('2024-07-08,Mon,2,false,spot,09:15-09:20,,,,,,,,,,,,,"no price, ""none""",false,');
  });

  it("has tables without a row too", async () => {
    const bytes = studyParquet(studyTable(reportOf("", []), "exceptions"));
    expect(await parquetReadObjects({ file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer })).toEqual([]);
  });
});
