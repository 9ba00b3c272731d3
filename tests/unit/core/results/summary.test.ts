import { describe, expect, it } from "vitest";
import { createRunMerge } from "../../../../src/core/results/merge.ts";
import { maxDrawdown, median, sampleDeviation, sharpe, sortino } from "../../../../src/core/results/statistics.ts";
import { summarize, summarizeVariant } from "../../../../src/core/results/summary.ts";
import { summaryJson, summaryText } from "../../../../src/core/results/summary-json.ts";
import { tradeLabels } from "../../../../src/core/results/labels.ts";
import { tradesCsv } from "../../../../src/core/results/trades-csv.ts";
import type { SummaryFigures, TradeColumns } from "../../../../src/core/results/types.ts";
import { dayNumber, isoDate, type DayNumber } from "../../../../src/core/time.ts";
import { parsedStrategy } from "./strategies.ts";
import { randomDay, runDay, seeded, tradeTable, variantsOf } from "./trades.ts";

const FIRST = dayNumber("2023-12-27");
const STRATEGY = parsedStrategy("BANKNIFTY", "BANKNIFTY");
type Row = Record<string, string>;

/** The figures again, the slow way: from the text of trades.csv, with formulas written out. Rupees. */
function slowFigures(rows: readonly Row[], dates: readonly string[]) {
  const positions = [...new Set(rows.map((row) => row.position_id))].map((id) => rows.filter((row) => row.position_id === id));
  const net = positions.map((legs) => legs.reduce((total, leg) => total + Number(leg.pnl_after_costs), 0));
  const seconds = (moment: string) => Date.parse(`${moment.replace(" ", "T")}Z`) / 1000;
  const holding = positions.map((legs) => Math.max(...legs.map((leg) => seconds(leg.ts_exit))) - seconds(legs[0].ts_entry));
  const daily = dates.map((date) => rows.filter((row) => row.date === date).reduce((total, row) => total + Number(row.pnl_after_costs), 0));
  const middle = (values: number[]) => {
    const sorted = values.toSorted((a, b) => a - b);
    return values.length === 0 ? null : (sorted[Math.ceil(values.length / 2) - 1] + sorted[Math.floor(values.length / 2)]) / 2;
  };
  const average = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const deviation = (values: number[]) => Math.sqrt(values.reduce((total, v) => total + (v - average(values)) ** 2, 0) / (values.length - 1));
  const missing = (value: number) => (Number.isFinite(value) ? value : null);

  let drawdown = 0;
  let drawdownDays = 0;
  const equity = daily.map((_, i) => daily.slice(0, i + 1).reduce((a, b) => a + b, 0));
  for (let from = -1; from < daily.length; from++) {
    const peak = from === -1 ? 0 : equity[from];
    if (peak < Math.max(0, ...equity.slice(0, from + 1)) - 1e-6) continue;
    const recovery = equity.findIndex((value, i) => i > from && value >= peak - 1e-6);
    const end = recovery === -1 ? daily.length - 1 : recovery;
    const depth = Math.max(0, ...equity.slice(from + 1, end + 1).map((value) => peak - value));
    if (depth > drawdown + 1e-6) {
      drawdown = depth;
      drawdownDays = end - from;
    }
  }
  const wins = net.filter((value) => value > 0);
  const losses = net.filter((value) => value < 0);
  const absolute = (some: readonly Row[]) => some.reduce((total, row) => total + Math.abs(Number(row.pnl_after_costs)), 0);
  const stale = rows.filter((row) => row.flags === "stale_exit");
  return {
    days: dates.length,
    trades: rows.length,
    positions: positions.length,
    win_rate: missing(wins.length / net.length),
    total: net.reduce((a, b) => a + b, 0),
    average: missing(average(net)),
    median: middle(net),
    standard_deviation: net.length < 2 ? null : deviation(net),
    best: net.length ? Math.max(...net) : null,
    worst: net.length ? Math.min(...net) : null,
    profit_factor: losses.length ? wins.reduce((a, b) => a + b, 0) / -losses.reduce((a, b) => a + b, 0) : null,
    expectancy: missing(average(net)),
    sharpe: daily.length < 2 || daily.every((value) => value === daily[0]) ? null : (average(daily) / deviation(daily)) * Math.sqrt(252),
    sortino:
      daily.length < 2 || daily.every((value) => value >= 0)
        ? null
        : (average(daily) / Math.sqrt(daily.reduce((total, v) => total + (v < 0 ? v * v : 0), 0) / daily.length)) * Math.sqrt(252),
    max_drawdown: drawdown,
    max_drawdown_days: drawdownDays,
    median_holding_seconds: middle(holding),
    fees: rows.reduce((total, row) => total + Number(row.fees), 0),
    slippage: rows.reduce((total, row) => total + Number(row.slippage), 0),
    stale_exits: stale.length,
    stale_exit_share: missing(absolute(stale) / absolute(rows)),
  };
}

function csvRows(trades: TradeColumns): Row[] {
  const [header, ...lines] = [...tradesCsv(trades, tradeLabels(STRATEGY), "r")].join("").trimEnd().split("\n");
  const names = header.split(",");
  return lines.map((line) => Object.fromEntries(line.split(",").map((cell, i) => [names[i], cell])));
}

const EXACT = new Set([
  "days", "trades", "positions", "win_rate", "profit_factor", "sharpe", "sortino", "max_drawdown_days", "median_holding_seconds", "stale_exits", "stale_exit_share",
]);

function expectClose(actual: Record<string, unknown>, expected: Record<string, number | null>, where: string): void {
  for (const [name, value] of Object.entries(expected)) {
    if (value === null) expect(actual[name], `${where} ${name}`).toBeNull();
    else {
      // Amounts in summary.json are rounded to the paisa.
      const tolerance = EXACT.has(name) ? 1e-9 : 0.005001;
      expect(Math.abs(Number(actual[name]) - value), `${where} ${name}: ${String(actual[name])} for ${value}`).toBeLessThanOrEqual(tolerance);
    }
  }
}

describe("summarize", () => {
  it("agrees with a slow computation from trades.csv, as a whole and by every part", () => {
    let withRecovery = 0;
    for (let seed = 1; seed <= 15; seed++) {
      const random = seeded(seed);
      const merge = createRunMerge(variantsOf(2));
      const dates: DayNumber[] = [];
      for (let i = 0; i < 40; i++) {
        if (i % 7 >= 5) continue;
        dates.push(FIRST + i);
        merge.add(runDay(FIRST + i, randomDay(random, FIRST + i, 2, () => Math.floor(random() * 4))));
      }
      const trades = merge.trades();
      const json = summaryJson({ runId: "r", strategy: "s", resultHash: "h", daysRun: dates.length, daysNotRun: 0, trades: trades.length, uncertainRules: [{ rule: "costs", text: "the costs are not certain", days: 2 }] }, summarize(STRATEGY, trades, () => dates));
      STRATEGY.variants.forEach((_, variant) => expect(summarizeVariant(STRATEGY, trades, variant, dates)).toEqual(summarize(STRATEGY, trades, () => dates)[variant]));
      expect(json.uncertain_rules).toEqual([{ rule: "costs", text: "the costs are not certain", days: 2 }]);
      expect([...summaryText(json)].join("")).toBe(`${JSON.stringify(json, null, 2)}\n`);
      const rows = csvRows(trades);
      const isoDates = dates.map(isoDate);
      expect(json.variants.map((variant) => variant.variant)).toEqual(["v1", "v2"]);
      for (const variant of json.variants) {
        const own = rows.filter((row) => row.variant === variant.variant);
        expectClose(variant, slowFigures(own, isoDates), `seed ${seed} ${variant.variant}`);
        if (variant.max_drawdown_days < dates.length - 1) withRecovery++;
        const parts = {
          weekday: (date: string) => ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][new Date(date).getUTCDay()],
          month: (date: string) => date.slice(0, 7),
          year: (date: string) => date.slice(0, 4),
        };
        for (const [part, key] of Object.entries(parts) as [keyof typeof parts, (date: string) => string][]) {
          expect(new Set(variant.by[part].map((group) => group.key))).toEqual(new Set(isoDates.map(key)));
          for (const group of variant.by[part]) {
            expectClose(group, slowFigures(own.filter((row) => key(row.date) === group.key), isoDates.filter((date) => key(date) === group.key)), `${part} ${group.key}`);
          }
        }
        const dte = (row: Row) => String((Date.parse(row.expiry) - Date.parse(row.date)) / 86_400_000);
        expect(variant.by.dte.map((group) => group.key)).toEqual([...new Set(own.map(dte))].sort());
        for (const group of variant.by.dte) {
          const some = own.filter((row) => dte(row) === group.key);
          expectClose(group, slowFigures(some, [...new Set(some.map((row) => row.date))]), `dte ${group.key}`);
        }
        expect(variant.by.window.map((group) => group.key)).toEqual(["1", "2"]);
        for (const group of variant.by.window) expectClose(group, slowFigures(own.filter((row) => row.window_id === group.key), isoDates), `window ${group.key}`);
        expect(variant.daily.map((day) => day.date)).toEqual(isoDates);
        expect(variant.daily.reduce((total, day) => total + day.net, 0)).toBeCloseTo(variant.total, 4);
      }
    }
    expect(withRecovery).toBeGreaterThan(3);
  });

  it("counts days without a trade as 0 and gives what the sample allows", () => {
    const trades = tradeTable([{ variant: 1, date: FIRST, positionId: 1, legId: 1, pnl: 10_000, fees: 1_000, expiry: FIRST + 1, tsEntry: 100, tsExit: 160, windowId: 1 }]);
    const [none, one] = summarize(STRATEGY, trades, () => [FIRST, FIRST + 1]);
    expect(none).toMatchObject({
      days: 2, trades: 0, positions: 0, total: 0, winRate: null, average: null, median: null, best: null, worst: null, standardDeviation: null,
      profitFactor: null, expectancy: null, sharpe: null, sortino: null, maxDrawdown: 0, maxDrawdownDays: 0, medianHoldingSeconds: null, staleExitShare: null,
    });
    expect(none.by.dte).toEqual([]);
    expect(none.by.year.map((group) => group.days)).toEqual([2]);
    expect(one).toMatchObject({ total: 9_000, winRate: 1, profitFactor: null, sortino: null, standardDeviation: null, medianHoldingSeconds: 60, staleExitShare: 0 });
    // Daily net 9000 and 0: mean 4500, sample deviation 4500·√2.
    expect(one.sharpe).toBeCloseTo(Math.sqrt(252 / 2), 12);
    expect(one.params).toEqual({ N: 1 });
    expect(one.daily).toEqual({ dates: ["2023-12-27", "2023-12-28"], net: [9_000, 0] });
  });

  it("has a weekday, month and year on which nothing was traded, with no position", () => {
    const [wednesday, tuesday] = [FIRST, dayNumber("2024-01-02")];
    const { by } = summarize(variantsOf(1), randomDay(seeded(3), wednesday, 1, () => 2), () => [wednesday, tuesday])[0];
    for (const part of [by.weekday, by.month, by.year]) expect(part.map(({ days, positions }) => [days, positions]).sort()).toEqual([[1, 0], [1, 2]]);
    expect(by.year.find(({ key }) => key === "2024")).toMatchObject({ trades: 0, total: 0, average: null, winRate: null, fees: 0 });
  });

  it("has nothing but zeros and missing figures without a day", () => {
    const [none] = summarize(parsedStrategy("NIFTY"), tradeTable([]), () => []);
    expect(Object.values(none).filter((value) => typeof value === "number" && value !== 0)).toEqual([]);
    expect(none.sharpe).toBeNull();
  });

  it("gives each variant the days that it ran", () => {
    const summaries = summarize(parsedStrategy("BANKNIFTY", "NIFTY"), tradeTable([]), (variant) => (variant === 1 ? [FIRST] : []));
    expect(summaries.map((summary: SummaryFigures) => summary.days)).toEqual([0, 1]);
  });
});

describe("statistics, by hand", () => {
  it("Sharpe and Sortino", () => {
    // Mean 1, squared deviations 4+0+4, sample deviation 2; losses: one of −1, so √(1/3).
    expect(sharpe([-1, 1, 3])).toBeCloseTo(0.5 * Math.sqrt(252), 12);
    expect(sortino([-1, 1, 3])).toBeCloseTo(Math.sqrt(3) * Math.sqrt(252), 12);
    expect(sharpe([5, 5, 5])).toBeNull();
    expect(sharpe([5])).toBeNull();
    expect(sortino([5, 0])).toBeNull();
    expect(sortino([-5])).toBeNull();
  });
  it("drawdown from 0, with its length", () => {
    expect(maxDrawdown([])).toEqual({ depth: 0, days: 0 });
    expect(maxDrawdown([1, 2, 3])).toEqual({ depth: 0, days: 0 });
    // Falls before there was a profit: from the 0 before the first day, never recovered.
    expect(maxDrawdown([-5, 1, 1])).toEqual({ depth: 5, days: 3 });
    // 10, 4, 10: recovered on the third day, two days after the peak of the first.
    expect(maxDrawdown([10, -6, 6, -2])).toEqual({ depth: 6, days: 2 });
    // 10, 7, 12, 2, 3: the later, deeper fall counts and is still open.
    expect(maxDrawdown([10, -3, 5, -10, 1])).toEqual({ depth: 10, days: 2 });
  });
  it("median and deviation", () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, -10, 2, 1])).toBe(1.5);
    expect(median([])).toBeNull();
    expect(sampleDeviation([2])).toBeNull();
    expect(sampleDeviation([1, 3])).toBeCloseTo(Math.SQRT2, 12);
  });
});
