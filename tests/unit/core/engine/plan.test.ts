import { describe, expect, it } from "vitest";
import { planDates } from "../../../../src/core/engine/plan.ts";
import { checkStrategy } from "../../../../src/core/strategy/check.ts";
import { parseStrategy } from "../../../../src/core/strategy/parse.ts";
import { problemText } from "../../../../src/core/strategy/types.ts";
import { dayNumber, isoDate } from "../../../../src/core/time.ts";
import { rules } from "../../../support/memory-day.ts";

const strategy = (extra = "", symbol = "BANKNIFTY") => parseStrategy(`name: x\nuniverse: { symbol: ${symbol} }\nentry: { legs: [{ cp: CE, lots: -1 }] }\n${extra}`);
const days = (...dates: string[]) => dates.map(dayNumber);
const plan = (text: string, ...dates: string[]) => {
  const { dates: run, notRun } = planDates(strategy(text), rules, () => days(...dates));
  return { run: run.map(isoDate), notRun: notRun.map(({ date, reason }) => `${isoDate(date)} ${reason}`) };
};

describe("planDates", () => {
  it("keeps from and to inclusive, and the weekdays", () => {
    expect(plan("time: { from: 2024-08-19, to: 2024-08-26, days: [Mon] }", "2024-08-12", "2024-08-19", "2024-08-20", "2024-08-26", "2024-09-02")).toEqual({ run: ["2024-08-19", "2024-08-26"], notRun: [] });
  });

  it("names the dates that the rules alone rule out", () => {
    expect(plan("", "2024-08-15", "2024-08-16", "2024-08-17", "2024-11-01", "2031-01-01")).toEqual({
      run: ["2024-08-16"],
      notRun: ["2024-08-15 session", "2024-08-17 session", "2024-11-01 session", "2031-01-01 no_rule"],
    });
  });

  it("runs a date that holds one of the windows", () => {
    expect(plan('time: { window: ["09:15-10:00", "14:00-15:00"] }', "2024-03-02").run).toEqual(["2024-03-02"]);
    expect(plan('time: { window: "09:15-12:00" }', "2024-03-02").notRun).toEqual(["2024-03-02 session"]);
  });
});

describe("planDates of a sweep", () => {
  it("keeps the dates of each part apart, and says whom a date left out concerns", () => {
    const parsed = strategy("time: { days: [$D], from: $F }\nsweep: { D: [Mon, Thu], F: [\"2024-08-12\", \"2024-08-19\"] }");
    const { dates, notRun } = planDates(parsed, rules, () => days("2024-08-12", "2024-08-13", "2024-08-15", "2024-08-19"));
    expect(dates.map(isoDate)).toEqual(["2024-08-12", "2024-08-19"]);
    expect(notRun).toMatchObject([{ date: dayNumber("2024-08-15"), reason: "session", variants: "D=Thu F=2024-08-12" }]);
  });
});

describe("checkStrategy", () => {
  const messages = (parsed: ReturnType<typeof strategy>, facts?: Parameters<typeof checkStrategy>[2]) => checkStrategy(parsed, rules, facts).map(problemText);

  it("passes what can run", () => {
    expect(messages(strategy(), { symbols: ["BANKNIFTY"], bars: false })).toEqual([]);
  });

  it("knows the symbols of the rules and of the folder", () => {
    expect(messages(strategy("", "BANKNIFTI"))[0]).toMatch(/^line \d+, column \d+: universe\.symbol: .*did you mean "BANKNIFTY"/);
    expect(messages(strategy("", "NIFTY"), { symbols: ["BANKNIFTY"], bars: false })[0]).toContain('holds no contracts of "NIFTY"');
  });

  it("looks at every symbol of a sweep", () => {
    const swept = parseStrategy("name: x\nuniverse: { symbol: $S }\nentry: { legs: [{ cp: CE, lots: 1 }] }\nsweep: { S: [BANKNIFTY, NIFTY, BANKNIFTI] }");
    expect(messages(swept, { symbols: ["BANKNIFTY"], bars: false }).map((message) => message.split(";")[0])).toEqual([
      'line 2, column 13: universe.symbol: the data folder holds no contracts of "NIFTY"', 'line 2, column 13: universe.symbol: the market rules do not know "BANKNIFTI"',
    ]);
  });

  it("refuses a window that no session holds, and takes that of an evening session", () => {
    expect(messages(strategy('time: { window: "08:00-09:00" }'))[0]).toContain("no session holds the window 08:00-09:00");
    expect(messages(strategy('time: { window: "18:15-19:00" }'))).toEqual([]);
  });

  it("refuses anything but ltp on bars", () => {
    expect(messages(strategy(), { symbols: ["BANKNIFTY"], bars: true })[0]).toContain("allowed: ltp");
    expect(messages(strategy("fill: { model: ltp }"), { symbols: ["BANKNIFTY"], bars: true })).toEqual([]);
  });
});
