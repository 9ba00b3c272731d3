import { describe, expect, test } from "vitest";
import { defaultRules as rules } from "../../../../src/core/market/rules.ts";
import { dayNumber, type DayNumber } from "../../../../src/core/time.ts";

/** `expiry lot` pairs at both sides of every edge; a trailing ~ marks an uncertain source. */
const EDGES: Record<string, string[]> = {
  BANKNIFTY: [
    "2015-08-27 25~", "2015-09-24 30~", "2016-04-28 30~", "2016-05-26 40~", "2016-06-02 40~", "2016-12-29 40~",
    "2017-01-05 40", "2018-09-27 40", "2018-10-04 40~", "2018-12-27 40~", "2019-01-03 20", "2019-01-31 20",
    "2020-07-23 20", "2020-07-30 25", "2020-08-06 25", "2023-06-28 25", "2023-07-20 25", "2023-07-27 15", "2023-08-03 15",
    "2024-11-13 15", "2024-11-27 15", "2024-12-24 15", "2025-01-30 15~", "2025-02-27 30", "2025-06-26 30",
    "2025-07-31 35", "2025-12-30 35", "2026-01-27 30", "2026-12-29 30",
  ],
  NIFTY: [
    "2015-01-29 25~", "2015-10-29 25~", "2015-11-26 75~", "2015-12-31 75~", "2016-01-28 75", "2019-02-14 75",
    "2021-06-24 75", "2021-07-01 75~", "2021-07-22 75~", "2021-07-29 50~", "2021-08-05 50~", "2021-08-26 50", "2021-09-02 50",
    "2024-04-25 50", "2024-05-02 25", "2024-05-23 25", "2024-05-30 25", "2024-12-19 25", "2024-12-26 25",
    "2025-01-02 75~", "2025-01-09 75", "2025-01-30 25~", "2025-02-06 75", "2025-02-27 75", "2025-12-23 75", "2025-12-30 75",
    "2026-01-06 65", "2026-01-27 65",
  ],
  FINNIFTY: ["2024-07-23 40~", "2024-07-30 25", "2024-08-06 25", "2024-11-19 25", "2024-11-26 25", "2024-12-31 25~", "2025-01-30 25~", "2025-02-27 65", "2025-12-30 65", "2026-01-27 60"],
  MIDCPNIFTY: ["2023-08-21 75", "2024-07-22 75", "2024-07-29 50", "2024-08-05 50", "2024-11-18 50", "2024-12-30 50~", "2025-01-30 50~", "2025-02-27 120", "2025-06-26 120", "2025-07-31 140", "2025-12-30 140", "2026-01-27 120"],
  SENSEX: ["2023-05-19 10~", "2024-12-27 10~", "2025-01-07 20~", "2025-01-28 20~", "2026-01-01 20"],
  BANKEX: ["2025-01-28 30~"],
};

function lotUncertain(symbol: string, expiry: DayNumber): boolean {
  return rules.uncertain(symbol, expiry, expiry).some(({ rule }) => rule === "lot");
}

describe.each(Object.entries(EDGES))("lots of %s contracts", (symbol, edges) => {
  test.each(edges)("%s", (edge) => {
    const [date] = edge.split(" ");
    const expiry = dayNumber(date);
    expect(rules.isMonthly(symbol, expiry), "the date is an expiry").toBeDefined();
    expect(`${date} ${rules.lotSize(symbol, expiry)}${lotUncertain(symbol, expiry) ? "~" : ""}`).toBe(edge);
  });
});

describe("two lots alive on one day", () => {
  const lots = (symbol: string, ...expiries: string[]) => expiries.map((expiry) => rules.lotSize(symbol, dayNumber(expiry)));

  test("BANKNIFTY on 2020-07-20: the weekly of the 23rd has 20, the monthly of the 30th 25", () => {
    expect(lots("BANKNIFTY", "2020-07-23", "2020-07-30")).toEqual([20, 25]);
  });
  test("BANKNIFTY on 2023-07-17: the weekly of the 20th has 25, the monthly of the 27th 15", () => {
    expect(lots("BANKNIFTY", "2023-07-20", "2023-07-27")).toEqual([25, 15]);
  });
  test("NIFTY in May 2024: weeklies 25 already in the week in which April's monthly had 50", () => {
    expect(lots("NIFTY", "2024-04-25", "2024-05-02")).toEqual([50, 25]);
  });
  test("NIFTY in January 2025: weeklies around the monthly have 75, the monthly itself 25", () => {
    expect(lots("NIFTY", "2025-01-23", "2025-01-30", "2025-02-06")).toEqual([75, 25, 75]);
  });
  test("NIFTY in January 2026: the last contract of 2025 has 75, the first weekly of 2026 has 65", () => {
    expect(lots("NIFTY", "2025-12-30", "2026-01-06")).toEqual([75, 65]);
  });
});

describe("expiries outside the calendar", () => {
  test("a long-dated contract has the lot in which weekly and monthly tables agree, marked uncertain", () => {
    const march2027 = dayNumber("2027-03-30");
    expect(rules.lotSize("NIFTY", march2027)).toBe(65);
    expect(rules.uncertain("NIFTY", dayNumber("2026-08-03"), march2027)).toContainEqual({ rule: "expiry", text: "the lot of NIFTY contracts of 2027-03-30 is not certain: the rules know no expiry on that day" });
  });
  test("where only monthly contracts are listed, theirs", () => {
    expect(rules.lotSize("BANKNIFTY", dayNumber("2027-03-30"))).toBe(30);
  });
  test("none where the kind of contract would decide", () => {
    // 2023-07-28 is no expiry: a monthly would have 15, a weekly 25.
    expect(rules.lotSize("BANKNIFTY", dayNumber("2023-07-28"))).toBeUndefined();
  });
  test("none before the tables, none for an unknown symbol", () => {
    expect(rules.lotSize("NIFTY", dayNumber("2014-10-30"))).toBeUndefined();
    expect(rules.lotSize("RELIANCE", dayNumber("2024-05-30"))).toBeUndefined();
  });
});
