import { describe, expect, it } from "vitest";
import { analyse, type AnalysisRequest } from "../../../../src/core/results/analysis.ts";
import { dayTable, type DayTableRequest } from "../../../../src/core/results/day-table.ts";
import { createRunMerge } from "../../../../src/core/results/merge.ts";
import { WHOLE_RUN, type Selection } from "../../../../src/core/results/selection.ts";
import { summarize } from "../../../../src/core/results/summary.ts";
import { dayNumber, isoDate, weekday } from "../../../../src/core/time.ts";
import { parsedStrategy } from "./strategies.ts";
import { randomDay, runDay, seeded, tradeTable } from "./trades.ts";

const STRATEGY = parsedStrategy("BANKNIFTY", "BANKNIFTY");
const DATES = Array.from({ length: 30 }, (_, i) => dayNumber("2023-12-20") + i).filter((date) => weekday(date) <= 5);
const random = seeded(11);
const merge = createRunMerge(STRATEGY);
for (const date of DATES) merge.add(runDay(date, randomDay(random, date, 2, () => Math.floor(random() * 4))));
const TRADES = merge.trades();

const request = (selection: Partial<Selection> = {}, rest: Partial<AnalysisRequest> = {}): AnalysisRequest => ({ selection: { ...WHOLE_RUN, ...selection }, unit: "rupees", capitalPerLot: 10_000_000, ...rest });
const of = (wanted: AnalysisRequest) => analyse(TRADES, 2, () => DATES, wanted);
/** Net P&L of the positions of a variant that a filter on rows keeps, the slow way. */
function nets(variant: number, keep: (row: number) => boolean): number[] {
  const byPosition = new Map<number, number>();
  for (let row = 0; row < TRADES.length; row++) {
    if (TRADES.variant[row] !== variant || !keep(row)) continue;
    byPosition.set(TRADES.positionId[row], (byPosition.get(TRADES.positionId[row]) ?? 0) + TRADES.pnl[row] - TRADES.fees[row]);
  }
  return [...byPosition.values()];
}
const total = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

describe("the analysis of a selection", () => {
  it("of the whole run has the figures of the summary, for every variant", () => {
    const summaries = summarize(STRATEGY, TRADES, () => DATES);
    for (const variant of [0, 1]) {
      const { variant: _, params, ...expected } = summaries[variant];
      expect(of(request({ variant })).summary).toEqual(expected);
      expect(of(request()).variants[variant]).toMatchObject({ total: expected.total, sharpe: expected.sharpe, positions: expected.positions });
    }
  });

  it.each([
    ["a weekday", { weekday: 2 }, (row: number) => weekday(TRADES.date[row]) === 2],
    ["a range of days", { from: DATES[4], to: DATES[9] }, (row: number) => TRADES.date[row] >= DATES[4] && TRADES.date[row] <= DATES[9]],
    ["a window", { window: 2 }, (row: number) => TRADES.windowId[row] === 2],
    ["days to expiry", { dte: 1 }, (row: number) => TRADES.expiry[row] - TRADES.date[row] === 1],
    ["all of them", { variant: 1, weekday: 3, window: 1 }, (row: number) => weekday(TRADES.date[row]) === 3 && TRADES.windowId[row] === 1],
  ])("keeps the positions of %s", (_, selection, keep) => {
    const expected = nets("variant" in selection ? 1 : 0, keep);
    const { summary, dayPositions, distribution, excursions } = of(request(selection));
    expect(summary.positions).toBe(expected.length);
    expect(summary.total).toBe(total(expected));
    expect(total(summary.daily.net)).toBe(total(expected));
    expect(total([...excursions.net])).toBe(total(expected));
    expect(total([...dayPositions])).toBe(expected.length);
    expect(total([...(distribution?.counts ?? [])])).toBe(expected.length);
  });

  it("counts days without a trade in a window, but not for days to expiry", () => {
    expect(of(request({ window: 2 })).summary.days).toBe(DATES.length);
    const days = new Set(nets.length > 0 ? [...TRADES.date].filter((_, row) => TRADES.variant[row] === 0 && TRADES.expiry[row] - TRADES.date[row] === 1) : []);
    expect(of(request({ dte: 1 })).summary.days).toBe(days.size);
  });

  it("is empty, not wrong, where nothing is selected", () => {
    const { summary, distribution } = of(request({ window: 9 }));
    expect(summary).toMatchObject({ positions: 0, total: 0, average: null, median: null });
    expect(distribution).toBeUndefined();
  });
});

describe("units", () => {
  const trades = tradeTable([
    { date: DATES[0], positionId: 1, legId: 1, lots: 2, qty: 30, pnl: 90_000, fees: 0, expiry: DATES[0], windowId: 1 },
    { date: DATES[0], positionId: 1, legId: 2, lots: 1, qty: 15, pnl: -30_000, fees: 0, expiry: DATES[0], windowId: 1 },
  ]);
  it.each([
    ["rupees", 60_000],
    // 600 rupees over the 30 units of the largest leg: 20 points.
    ["points", 2_000],
    ["per_lot", 30_000],
    // 300 rupees a lot of 1,00,000: 0.3 %.
    ["return", 30],
  ] as const)("reads a position in %s", (unit, expected) => {
    expect(analyse(trades, 1, () => [DATES[0]], request({}, { unit })).summary.total).toBeCloseTo(expected, 9);
  });
});

describe("the table of days", () => {
  const table = (rest: Partial<DayTableRequest> = {}) => dayTable(TRADES, 2, { ...request(), allVariants: true, outcome: "all", sort: "date", descending: false, ...rest });

  it("has a row for every variant and date with a position", () => {
    const { variant, date, net, positions } = table();
    const keys = new Set(Array.from(TRADES.date, (day, row) => `${TRADES.variant[row]} ${day}`));
    expect(date.length).toBe(keys.size);
    for (let row = 0; row < date.length; row++) {
      const own = nets(variant[row], (trade) => TRADES.date[trade] === date[row]);
      expect([isoDate(date[row]), net[row], positions[row]]).toEqual([isoDate(date[row]), total(own), own.length]);
    }
  });

  it("sorts by any column with missing figures last, and keeps one outcome", () => {
    const { net } = table({ sort: "net", descending: true });
    expect([...net]).toEqual([...net].sort((a, b) => b - a));
    const { sharpe } = table({ sort: "sharpe" });
    const known = [...sharpe].filter((value) => !Number.isNaN(value));
    expect([...sharpe].slice(0, known.length)).toEqual(known.toSorted((a, b) => a - b));
    expect([...table({ outcome: "losses" }).net].every((value) => value < 0)).toBe(true);
    expect(new Set(table({ allVariants: false }).variant)).toEqual(new Set([0]));
  });
});
