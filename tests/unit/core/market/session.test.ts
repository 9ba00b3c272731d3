import { describe, expect, test } from "vitest";
import { defaultRules as rules } from "../../../../src/core/market/rules.ts";
import { dayNumber, formatClock, parseClock } from "../../../../src/core/time.ts";
import { describeRealData, readCsv } from "./real-data.ts";

/** `09:15-15:30`, with breaks `09:15-12:30 without 10:00-11:30`, `closed`, or `unknown`. */
function hours(date: string): string {
  const day = dayNumber(date);
  const session = rules.session(day);
  if (session === undefined) return "unknown";
  if (session === "closed") return "closed";
  const span = (from: number, to: number) => `${formatClock(from).slice(0, 5)}-${formatClock(to).slice(0, 5)}`;
  const breaks = session.breaks.map(([from, to]) => ` without ${span(from, to)}`).join("");
  return span(session.open, session.close) + breaks + (rules.uncertain("NIFTY", day).some(({ rule }) => rule === "session") ? " ~" : "");
}

describe("sessions", () => {
  test.each([
    ["2024-08-23", "09:15-15:30", "an ordinary Friday"],
    ["2024-08-24", "closed", "Saturday"],
    ["2024-08-25", "closed", "Sunday"],
    ["2024-08-15", "closed", "Independence Day"],
    ["2023-06-28", "09:15-15:30", "Bakri Id was moved away from it"],
    ["2023-06-29", "closed", "Bakri Id was moved to it"],
    ["2024-05-07", "09:15-15:30", "missing in an index file, but no holiday"],
    ["2026-07-31", "09:15-15:30", "the last Friday of the old close"],
    ["2026-08-03", "09:15-15:40", "the first day of the new close"],
    ["2026-01-15", "closed", "added at short notice"],
    ["2015-02-28", "09:15-15:30", "Budget Saturday"],
    ["2020-02-01", "09:15-15:30", "Budget Saturday"],
    ["2025-02-01", "09:15-15:30", "Budget Saturday"],
    ["2026-02-01", "09:15-15:30", "Budget Sunday"],
    ["2024-01-20", "09:15-15:30", "Saturday instead of Monday"],
    ["2024-01-22", "closed", "that Monday"],
    ["2024-03-02", "09:15-12:30 without 10:00-11:30", "drill in two windows"],
    ["2024-05-18", "09:15-12:30 without 10:00-11:30", "drill in two windows"],
    ["2020-03-13", "09:15-15:30 ~", "a halt of 45 minutes"],
    ["2020-03-23", "09:15-15:30 ~", "a halt of 45 minutes"],
    ["2021-02-24", "09:15-17:00 without 11:40-15:45 ~", "the exchange stood still"],
    ["2015-11-11", "17:30-18:30 ~", "Muhurat"],
    ["2016-10-30", "18:30-19:30 ~", "Muhurat on a Sunday"],
    ["2017-10-19", "18:30-19:30 ~", "Muhurat"],
    ["2018-11-07", "17:30-18:30 ~", "Muhurat"],
    ["2019-10-27", "18:15-19:15", "Muhurat on a Sunday"],
    ["2020-11-14", "18:15-19:15", "Muhurat on a Saturday"],
    ["2021-11-04", "18:15-19:15", "Muhurat"],
    ["2022-10-24", "18:15-19:15", "Muhurat"],
    ["2023-11-12", "18:15-19:15", "Muhurat on a Sunday"],
    ["2024-11-01", "18:00-19:00 ~", "Muhurat"],
    ["2025-10-21", "13:45-14:45 ~", "Muhurat"],
    ["2026-11-08", "unknown", "Muhurat announced without hours"],
    ["2015-01-08", "unknown", "before the calendar"],
    ["2015-01-09", "09:15-15:30", "the calendar's first day"],
    ["2026-12-31", "09:15-15:40", "the calendar's last day"],
    ["2027-01-01", "unknown", "after the calendar"],
  ])("%s: %s, %s", (date, expected) => {
    expect(hours(date)).toBe(expected);
  });
});

describeRealData("sessions and the days on which the index was seen", () => {
  const barSeconds = (source: string) => (source === "1m" ? 60 : 900);

  test("every day with bars has a session, and every bar begins inside it", () => {
    const exceptions: string[] = [];
    for (const { date, first_bar_start, last_bar_start } of readCsv("calendar/observed-sessions.csv")) {
      const session = rules.session(dayNumber(date));
      const [first, last] = [parseClock(first_bar_start), parseClock(last_bar_start)];
      if (session === undefined || session === "closed" || first === undefined || last === undefined) exceptions.push(`${date} ${hours(date)}`);
      else if (first < session.open || last >= session.close) exceptions.push(`${date} ${first_bar_start}-${last_bar_start}, session ${hours(date)}`);
    }
    expect(exceptions).toEqual([
      // The closing value of this Muhurat session stands in a bar that begins at its close.
      "2015-11-11 17:30:00-18:30:00, session 17:30-18:30 ~",
    ]);
  });

  test("a day's bars span its session", () => {
    const exceptions: string[] = [];
    for (const { date, first_bar_start, last_bar_start, source } of readCsv("calendar/observed-sessions.csv")) {
      const session = rules.session(dayNumber(date));
      if (session === undefined || session === "closed") continue;
      const lastEnd = (parseClock(last_bar_start) ?? NaN) + barSeconds(source);
      if (parseClock(first_bar_start) !== session.open || lastEnd !== session.close) exceptions.push(`${date} ${first_bar_start}-${last_bar_start}`);
    }
    expect(exceptions).toEqual([
      "2015-03-16 09:30:00-15:15:00", // its first bar is missing
      "2015-11-11 17:30:00-18:30:00", // as above
    ]);
  });

  test("every weekday without bars is a holiday, save for gaps of the index files", () => {
    const observed = readCsv("calendar/observed-sessions.csv").map(({ date }) => date);
    const seen = new Set(observed.map(dayNumber));
    const missing: string[] = [];
    for (let day = dayNumber(observed[0]); day <= dayNumber(observed[observed.length - 1]); day++) {
      if (!seen.has(day) && rules.session(day) !== "closed") missing.push(new Date(day * 86_400_000).toISOString().slice(0, 10));
    }
    // Three days on which the exchange was open and the files have nothing.
    expect(missing).toEqual(["2015-01-16", "2024-05-07", "2024-07-10"]);
  });

  test("every holiday of the list is closed or has only an evening session", () => {
    for (const { date } of readCsv("calendar/holidays.csv")) {
      expect(hours(date), date).toMatch(/^(closed|1[378]:.*)$/);
    }
  });
});
