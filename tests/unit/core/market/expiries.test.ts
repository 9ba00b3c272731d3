import { describe, expect, test } from "vitest";
import { defaultRules as rules } from "../../../../src/core/market/rules.ts";
import { dayNumber, isoDate, weekdayName } from "../../../../src/core/time.ts";
import { describeRealData, readCsv } from "./real-data.ts";

const monthly = (symbol: string, year: number, month: number): string => {
  const day = rules.monthlyExpiry(symbol, year, month);
  return day === undefined ? "unknown" : `${isoDate(day)} ${weekdayName(day)}`;
};
const kind = (symbol: string, date: string): string => {
  const isMonthly = rules.isMonthly(symbol, dayNumber(date));
  return isMonthly === undefined ? "none" : isMonthly ? "monthly" : "weekly";
};

describe("monthly expiries", () => {
  test.each([
    ["BANKNIFTY", 2023, 6, "2023-06-28 Wed"], // the holiday moved to Thursday the 29th
    ["NIFTY", 2023, 6, "2023-06-28 Wed"],
    ["BANKNIFTY", 2023, 9, "2023-09-28 Thu"], // weeklies went to Wednesday, monthlies stayed
    ["BANKNIFTY", 2024, 2, "2024-02-29 Thu"],
    ["BANKNIFTY", 2024, 3, "2024-03-27 Wed"],
    ["BANKNIFTY", 2024, 12, "2024-12-24 Tue"], // Christmas
    ["BANKNIFTY", 2025, 1, "2025-01-30 Thu"],
    ["BANKNIFTY", 2025, 8, "2025-08-28 Thu"],
    ["BANKNIFTY", 2025, 9, "2025-09-30 Tue"],
    ["NIFTY", 2026, 3, "2026-03-30 Mon"],
    ["BANKNIFTY", 2026, 12, "2026-12-29 Tue"],
    ["BANKNIFTY", 2015, 1, "2015-01-29 Thu"],
    ["BANKNIFTY", 2014, 12, "unknown"],
    ["BANKNIFTY", 2027, 3, "unknown"],
    ["FINNIFTY", 2024, 7, "2024-07-30 Tue"],
    ["FINNIFTY", 2025, 2, "2025-02-27 Thu"],
    ["MIDCPNIFTY", 2024, 7, "2024-07-29 Mon"],
    ["MIDCPNIFTY", 2023, 7, "unknown"],
    ["SENSEX", 2024, 12, "2024-12-27 Fri"],
    ["SENSEX", 2025, 1, "2025-01-28 Tue"],
    ["SENSEX", 2025, 9, "2025-09-25 Thu"],
    ["NIFTYNXT50", 2025, 9, "unknown"],
  ])("%s %i-%i: %s", (symbol, year, month, expected) => {
    expect(monthly(symbol, year, month)).toBe(expected);
  });
});

describe("weekly expiries", () => {
  test.each([
    ["BANKNIFTY", "2016-06-02", "weekly"], // the first
    ["BANKNIFTY", "2016-05-19", "none"],
    ["NIFTY", "2019-02-14", "weekly"], // the first
    ["NIFTY", "2019-02-07", "none"],
    ["BANKNIFTY", "2021-11-03", "weekly"], // Muhurat on the 4th is no expiry
    ["BANKNIFTY", "2021-11-04", "none"],
    ["BANKNIFTY", "2023-09-06", "weekly"],
    ["BANKNIFTY", "2023-09-07", "none"],
    ["BANKNIFTY", "2023-09-27", "none"], // no weekly in the week of the monthly
    ["BANKNIFTY", "2023-10-25", "none"],
    ["BANKNIFTY", "2023-11-29", "none"],
    ["BANKNIFTY", "2023-12-27", "none"],
    ["BANKNIFTY", "2024-01-24", "none"],
    ["BANKNIFTY", "2024-02-28", "none"],
    ["BANKNIFTY", "2024-11-13", "weekly"], // the last ever
    ["BANKNIFTY", "2024-11-20", "none"],
    ["NIFTY", "2025-08-28", "monthly"],
    ["NIFTY", "2025-09-02", "weekly"],
    ["NIFTY", "2025-10-20", "weekly"], // Muhurat on Tuesday the 21st
    ["FINNIFTY", "2024-11-19", "weekly"], // the last
    ["MIDCPNIFTY", "2023-08-21", "weekly"], // the first on a Monday
    ["MIDCPNIFTY", "2024-11-18", "weekly"], // the last
    ["SENSEX", "2025-01-07", "weekly"],
    ["SENSEX", "2025-09-04", "weekly"],
    ["BANKEX", "2025-02-04", "none"],
  ])("%s %s: %s", (symbol, date, expected) => {
    expect(kind(symbol, date)).toBe(expected);
  });

  test.each(rules.symbols)("%s expires on business days, in ascending order, each date once", (symbol) => {
    const dates = rules.expiries(symbol).map((expiry) => expiry.date);
    expect(dates.length).toBeGreaterThan(20);
    expect(dates).toEqual([...new Set(dates)].sort((a, b) => a - b));
    for (const expiry of rules.expiries(symbol)) {
      expect(expiry.date).toBeLessThanOrEqual(expiry.scheduled);
      expect(rules.session(expiry.date), isoDate(expiry.date)).not.toBe("closed");
    }
  });
});

describe("re-dated contracts", () => {
  test.each([
    ["BANKNIFTY", "2023-09-07", "2023-09-06"],
    ["BANKNIFTY", "2023-09-14", "2023-09-13"],
    ["BANKNIFTY", "2023-09-21", "2023-09-20"],
    ["BANKNIFTY", "2023-06-29", "2023-06-28"],
    ["NIFTY", "2023-06-29", "2023-06-28"],
    ["NIFTY", "2026-03-31", "2026-03-30"],
    ["NIFTY", "2023-09-07", "2023-09-07"], // NIFTY stayed on Thursday
    ["BANKNIFTY", "2023-09-28", "2023-09-28"],
    ["RELIANCE", "2023-09-28", "2023-09-28"],
  ])("%s %s expires on %s", (symbol, named, actual) => {
    expect(isoDate(rules.actualExpiry(symbol, dayNumber(named)))).toBe(actual);
    if (named !== actual) expect(kind(symbol, actual)).not.toBe("none");
  });
});

describeRealData("expiries and the checked calendar", () => {
  const rows = readCsv("calendar/expiries.csv");

  test.each(["BANKNIFTY", "NIFTY"])("%s: every row agrees, and there is no expiry besides from 2017 on", (symbol) => {
    const generated = rules
      .expiries(symbol)
      .filter((expiry) => expiry.date >= dayNumber("2017-01-01"))
      .map((expiry) => `${expiry.monthly ? "monthly" : "weekly"} ${isoDate(expiry.scheduled)} ${isoDate(expiry.date)}`);
    const checked = rows.filter((row) => row.underlying === symbol).map((row) => `${row.kind} ${row.scheduled} ${row.actual}`);
    expect(generated).toEqual(checked.sort((a, b) => (a.slice(-10) < b.slice(-10) ? -1 : 1)));
    expect(checked).toHaveLength(437);
  });

  test("the contract month of every monthly row leads to its date", () => {
    const months = rows.filter((row) => row.kind === "monthly");
    expect(months).toHaveLength(240);
    for (const row of months) {
      const [year, month] = row.contract_month.split("-").map(Number);
      expect(monthly(row.underlying, year, month).slice(0, 10), `${row.underlying} ${row.contract_month}`).toBe(row.actual);
    }
  });

  test("no contract was seen after its expiry", () => {
    const notExpiries = new Set<string>();
    const early: string[] = [];
    for (const { underlying, kind: letter, token, last_timestamp_date: last } of readCsv("calendar/contract-last-seen.csv")) {
      const [year, month] = token.split("-").map(Number);
      const expiry = letter === "M" ? rules.monthlyExpiry(underlying, year, month) : rules.actualExpiry(underlying, dayNumber(token));
      expect(expiry, token).toBeDefined();
      if (expiry === undefined) continue;
      const name = `${underlying} ${token}`;
      if (kind(underlying, isoDate(expiry)) !== (letter === "M" ? "monthly" : "weekly")) notExpiries.add(name);
      if (last !== "") {
        expect(last <= isoDate(expiry), `${name} was seen on ${last}, it expired on ${isoDate(expiry)}`).toBe(true);
        if (last < isoDate(expiry)) early.push(`${name} ${last}`);
      }
    }
    expect([...notExpiries].sort()).toEqual([
      "BANKNIFTY 2021-11-04", // empty files: the contract expired the day before Muhurat
      "BANKNIFTY 2023-01-25", // empty files: the monthly, written as a weekly
      "BANKNIFTY 2023-03-29", // the same
      "NIFTY 2021-11-04",
      "NIFTY 2023-01-25",
      "NIFTY 2023-03-29",
    ]);
    // The list holds a few thin contracts of each expiry, so a last row before the expiry says nothing against it …
    expect(early.length).toBeLessThan(50);
    // … but these two settle a question: the re-dated contract's first name ends with the old listing,
    expect(early).toContain("BANKNIFTY 2023-09-07 2023-09-01");
    // and April 2025 ended on the last Thursday, not on the last Wednesday that a public calendar gives.
    expect(early.some((text) => text.startsWith("BANKNIFTY 2025-04"))).toBe(false);
  });
});
