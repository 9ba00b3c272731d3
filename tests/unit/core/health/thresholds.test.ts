import { describe, expect, it } from "vitest";
import { dayHealth, type DayHealth } from "../../../../src/core/health/day-health.ts";
import { calendarGaps } from "../../../../src/core/health/missing-days.ts";
import { MEASURES } from "../../../../src/core/health/measures.ts";
import { parseThresholds } from "../../../../src/core/health/thresholds-file.ts";
import { quarantineReasons, thresholdsJson } from "../../../../src/core/health/thresholds.ts";
import { defaultRules } from "../../../../src/core/market/rules.ts";
import { dayNumber, isoDate } from "../../../../src/core/time.ts";
import { StrategyError } from "../../../../src/core/strategy/types.ts";

const EMPTY = dayHealth("BANKNIFTY", dayNumber("2024-08-20"), "open", [], []);
const DAY: DayHealth = { ...EMPTY, contracts: 40, rows: 1000, inSession: 800, first: 33_301, last: 49_000, flags: { ...EMPTY.flags, crossed: 16, out_of_order: 10 }, busiest: { contracts: 10, missingPct: 12.5, longestGap: 90, stalePct: null } };

const problemsOf = (text: string): string[] => {
  try {
    parseThresholds(text);
  } catch (error) {
    if (error instanceof StrategyError) return error.message.split("\n");
    throw error;
  }
  return [];
};

describe("thresholds", () => {
  it("put a day into quarantine above or below, not at, what they say, and give the reason in words", () => {
    expect(quarantineReasons(DAY, parseThresholds("quarantine: { crossed_pct: 1.9, out_of_order_pct: 1, ends_before: '15:25', contracts_below: 40, longest_gap: 89 }"))).toEqual([
      "last row of an option in the session: 13:36:40, below 15:25:00 (ends_before)",
      "longest gap of one of the ten busiest contracts: 90 s, above 89 s (longest_gap)",
      "crossed book, of the options' rows in session: 2 %, above 1.9 % (crossed_pct)",
    ]);
  });

  it("keep no day from running when there are none, and judge nothing that a day does not have", () => {
    expect(quarantineReasons(DAY, {})).toEqual([]);
    expect(quarantineReasons(DAY, parseThresholds("quarantine: { stale_pct: 0, spot_missing_pct: 0, spot_longest_gap: 0 }"))).toEqual([]);
    expect(quarantineReasons(EMPTY, parseThresholds("quarantine: { crossed_pct: 0, starts_after: '09:15', ends_before: '15:29' }"))).toEqual([]);
  });

  it("are written as they were read", () => {
    const text = '{ "quarantine": { "ends_before": "15:25:00", "crossed_pct": 1.5 } }';
    expect(thresholdsJson(parseThresholds(text))).toEqual({ ends_before: "15:25:00", crossed_pct: 1.5 });
    expect(new Set(MEASURES.map(({ key }) => key)).size).toBe(MEASURES.length);
  });

  it("are refused in words when the file is wrong: which line, what was found, what is allowed", () => {
    expect(problemsOf("quarantine: { crosed_pct: 1 }")[0]).toMatch(/line 1, column 15: quarantine\.crosed_pct: unknown key "crosed_pct"; did you mean "crossed_pct"\?/);
    expect(problemsOf("version: 1\nquarantine:\n  stale_pct: 101\n  ends_before: noon").sort()).toEqual([
      "line 3, column 3: quarantine.stale_pct: found 101; allowed: at most 100",
      'line 4, column 3: quarantine.ends_before: found "noon"; allowed: a time such as 15:25, in quotes',
    ]);
    expect(problemsOf("version: 1")[0]).toMatch(/quarantine/);
    expect(problemsOf("- 1")[0]).toMatch(/a file of health thresholds is a set of keys such as version, quarantine/);
  });
});

describe("missing trading days", () => {
  const held = ["2024-08-13", "2024-08-14", "2024-08-17", "2024-08-19"].map(dayNumber);

  it("are those of the exchange calendar between the first and the last date with rows, holidays left out", () => {
    const { missing, closed } = calendarGaps(defaultRules, held);
    expect(missing.map(isoDate)).toEqual(["2024-08-16"]);
    expect(closed.map(isoDate)).toEqual(["2024-08-17"]);
  });

  it("are those of the window where one is asked for, and none beyond the calendar", () => {
    expect(calendarGaps(defaultRules, held, { from: dayNumber("2024-08-12"), to: dayNumber("2024-08-21") }).missing.map(isoDate)).toEqual(["2024-08-12", "2024-08-16", "2024-08-20", "2024-08-21"]);
    expect(calendarGaps({ session: () => undefined }, held)).toEqual({ missing: [], closed: [] });
    expect(calendarGaps(defaultRules, [])).toEqual({ missing: [], closed: [] });
  });
});
