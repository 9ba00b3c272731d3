import { expect, it } from "vitest";
import { rank, type RankedRun } from "../../../../src/core/results/ranking.ts";
import type { SummaryFigures } from "../../../../src/core/results/types.ts";
import { parseStrategy } from "../../../../src/core/strategy/parse.ts";

const strategy = parseStrategy("name: Two\nuniverse: { symbol: BANKNIFTY }\nentry: { legs: [{ cp: CE, lots: 1, strike: { atm: $D } }] }\nsweep: { D: [0, 1] }");

function run(place: number, ...totals: readonly [trades: number, total: number][]): RankedRun {
  const figures = totals.map(([trades, total]): SummaryFigures => ({
    days: 3, trades, positions: trades, winRate: null, total, average: null, median: null, standardDeviation: null, best: null, worst: null, profitFactor: null, expectancy: null,
    sharpe: null, sortino: null, maxDrawdown: 0, maxDrawdownDays: 0, medianHoldingSeconds: null, fees: 0, slippage: 0, staleExits: 0, staleExitShare: null,
  }));
  return { place, strategy, figures };
}

const shown = (runs: readonly RankedRun[]) => rank(runs).map(({ place, variant, total }) => `${place} ${variant} ${total}`);

it("ranks strategies by the net total of their best variant, the first of equal ones", () => {
  expect(shown([run(0, [2, 100], [2, 300]), run(1, [2, 500], [2, 500]), run(2, [2, 300], [2, -1])])).toEqual(["1 v1 500", "0 v2 300", "2 v1 300"]);
});

it("takes no variant without a trade for the best while another one traded, and ranks strategies without a trade last", () => {
  expect(shown([run(0, [0, 0], [0, 0]), run(1, [4, -700], [0, 0])])).toEqual(["1 v1 -700", "0 v1 0"]);
});
