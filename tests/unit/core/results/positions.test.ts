import { describe, expect, it } from "vitest";
import { rupees, rupeesOrNull } from "../../../../src/core/results/json-money.ts";
import { collectPositions, selectPositions, type Positions } from "../../../../src/core/results/positions.ts";
import { inUnit } from "../../../../src/core/results/result-unit.ts";
import { dailyNet, figures, variantFigures } from "../../../../src/core/results/summary.ts";
import { tradeTable } from "./trades.ts";

const DATE = 20_000;
const trade = { variant: 0, date: DATE, positionId: 1, legId: 1, expiry: DATE + 2, lots: 1, qty: 15, windowId: 1, tsEntry: 100, tsExit: 160, pnl: 0, fees: 0, slippage: 0, mae: 0, mfe: 0 };

/** Of the columns that are named, the values of each position. */
const shown = (positions: Positions, ...names: (keyof Positions)[]) => names.map((name) => [...positions[name]]);

// One position of two legs, of which the second is larger and leaves first; then one of a single leg that was never quoted again.
const TRADES = tradeTable([
  { ...trade, pnl: 500, fees: 40, slippage: 3, tsExit: 190, mae: -70, mfe: 600 },
  { ...trade, legId: 2, lots: 3, qty: 45, pnl: -900, fees: 60, slippage: 4, tsExit: 150, tsEntry: 110, mae: -70, mfe: 600, expiry: DATE + 9 },
  { ...trade, positionId: 2, date: DATE + 1, windowId: 2, pnl: 30, fees: 50, tsEntry: 300, tsExit: 300, flags: 1, mae: -20, mfe: 30 },
]);

describe("positions", () => {
  const positions = collectPositions(TRADES, 0, 3);

  it("add their trades up, after costs", () => {
    expect(shown(positions, "net", "fees", "slippage", "trades")).toEqual([[-500, -20], [100, 50], [7, 0], [2, 1]]);
    // Σ |net| of its trades: 460 + 960; of those with a stale exit: 20.
    expect(shown(positions, "absoluteNet", "staleExits", "staleAbsoluteNet")).toEqual([[1420, 20], [0, 1], [0, 20]]);
  });

  it("have the date, window and days to expiry of their first leg, and the size of their largest", () => {
    expect(shown(positions, "date", "dte", "window", "lots", "qty", "mae", "mfe")).toEqual([[DATE, DATE + 1], [2, 1], [1, 2], [3, 1], [45, 15], [-70, -20], [600, 30]]);
  });

  it("are held from the first fill to the last exit", () => {
    expect(shown(positions, "holding")).toEqual([[90, 0]]);
  });

  it("begin anew with the rows that are asked for", () => {
    expect(shown(collectPositions(TRADES, 1, 2), "net", "trades", "holding")).toEqual([[-960], [1], [40]]);
    expect(shown(collectPositions(TRADES, 1, 1), "net")).toEqual([[]]);
    expect(shown(selectPositions(positions, [1, 0, 1]), "net", "fees")).toEqual([[-20, -500, -20], [50, 100, 50]]);
  });

  it("in other units are divided by their own size", () => {
    const amounts = (unit: Parameters<typeof inUnit>[1]) => shown(inUnit(positions, unit, 5_000_000), "net", "fees", "mae", "holding");
    expect(inUnit(positions, "rupees", 1)).toBe(positions);
    expect(amounts("per_lot")).toEqual([[-500 / 3, -20], [100 / 3, 50], [-70 / 3, -20], [90, 0]]);
    expect(amounts("points")).toEqual([[-500 / 45, -20 / 15], [100 / 45, 50 / 15], [-70 / 45, -20 / 15], [90, 0]]);
    // 3 lots tie up 1,50,000 rupees: −5 rupees are −0.0033 %.
    expect(amounts("return")).toEqual([[-500 / 1500, -20 / 500], [100 / 1500, 50 / 500], [-70 / 1500, -20 / 500], [90, 0]]);
  });

  it("of a day add up to its net, days without one to nothing", () => {
    expect(dailyNet(collectPositions(tradeTable([{ ...trade, pnl: 7 }, { ...trade, positionId: 2, pnl: -3 }]), 0, 2), [DATE - 1, DATE, DATE + 1])).toEqual([0, 4, 0]);
  });
});

describe("the figures", () => {
  const of = (...nets: readonly number[]) => {
    const positions = collectPositions(tradeTable(nets.map((pnl, i) => ({ ...trade, positionId: i + 1, pnl, fees: 0, slippage: 2, tsExit: 100 + 10 * i }))), 0, nets.length);
    return figures(positions, [...nets]);
  };

  it("of a gain, nothing and a loss", () => {
    expect(of(300, 0, -100)).toMatchObject({
      days: 3, trades: 3, positions: 3, winRate: 1 / 3, total: 200, average: 200 / 3, median: 0, best: 300, worst: -100, profitFactor: 3, expectancy: 200 / 3,
      medianHoldingSeconds: 10, fees: 0, slippage: 6, staleExits: 0, staleExitShare: 0, maxDrawdown: 100, maxDrawdownDays: 1,
    });
  });

  it("of one gain, one loss, and one that is neither", () => {
    expect(of(300)).toMatchObject({ winRate: 1, profitFactor: null, expectancy: 300, best: 300, worst: 300, standardDeviation: null, sharpe: null, sortino: null });
    expect(of(-300)).toMatchObject({ winRate: 0, profitFactor: 0, expectancy: -300, best: -300, worst: -300, maxDrawdown: 300, maxDrawdownDays: 1 });
    expect(of(0)).toMatchObject({ winRate: 0, profitFactor: null, expectancy: 0, best: 0, worst: 0, staleExitShare: null });
  });

  it("know what share of the amounts comes from stale exits", () => {
    expect(figures(collectPositions(TRADES, 0, 3), []).staleExitShare).toBe(20 / 1440);
    expect(figures(collectPositions(TRADES, 0, 3), []).staleExits).toBe(1);
  });

  it("of every variant are of its own trades and days", () => {
    const both = tradeTable([{ ...trade, pnl: 5 }, { ...trade, variant: 1, pnl: 9 }, { ...trade, variant: 1, positionId: 2, pnl: 1 }]);
    expect(variantFigures(both, 2, (variant) => (variant === 0 ? [DATE] : [DATE, DATE + 1])).map(({ total, days, positions }) => [total, days, positions])).toEqual([[5, 1, 1], [10, 2, 2]]);
  });
});

describe("amounts in JSON", () => {
  it("are rupees rounded to the paisa, never −0", () => {
    expect([rupees(12_345), rupees(0.5), rupees(-0.5), rupees(-150.5), rupees(-0), rupeesOrNull(null), rupeesOrNull(5)]).toEqual([123.45, 0.01, 0, -1.5, 0, null, 0.05]);
  });
});
