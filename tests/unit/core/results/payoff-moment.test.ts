/** What is on in one second of a recorded day. */
import { expect, it } from "vitest";
import type { DayRecording, RecordedContract } from "../../../../src/core/engine/day-recording.ts";
import { entryNear, payoffMoment } from "../../../../src/core/results/payoff-moment.ts";
import { allocateTrades } from "../../../../src/core/results/trade-builder.ts";
import type { TradeColumns } from "../../../../src/core/results/types.ts";

const [CALL, PUT, FUTURE] = [0, 1, 2];
const [BUY, SELL] = [0, 1];
const OPEN = 33_300;
const flat = (value: number) => new Int32Array(100).fill(value);

function contract(cp: RecordedContract["cp"], strike: number, expiry: number, bid: number): RecordedContract {
  return { cp, strike, expiry, bid: flat(bid), ask: flat(bid === 0 ? 0 : bid + 100), price: flat(bid + 40), volatility: new Float64Array(100).fill(cp === "FUT" ? NaN : 0.2) };
}

const recording: DayRecording = {
  date: 20_000, symbol: "BANKNIFTY", expiry: 20_003, lotSize: 15, open: OPEN, seconds: 100, spot: flat(5_000_000), signal: undefined, metrics: [], skips: [], armings: [],
  contracts: [contract("CE", 50_000, 20_003, 30_000), contract("PE", 50_000, 20_003, 28_000), contract("FUT", NaN, 20_020, 5_010_000)],
  forwards: [{ expiry: 20_003, secondsLeft: 3 * 86_400 + 100, values: new Float64Array(100).fill(50_012.5) }],
};

type Row = readonly [position: number, cp: number, side: number, entry: number, price: number, exit: number, pnl: number];

function tradesOf(rows: readonly Row[]): TradeColumns {
  const trades = allocateTrades(rows.length);
  rows.forEach(([position, cp, side, entry, price, exit, pnl], i) => {
    trades.positionId[i] = position;
    trades.cp[i] = cp;
    trades.strike[i] = cp === FUTURE ? NaN : 50_000;
    trades.expiry[i] = cp === FUTURE ? 20_020 : 20_003;
    trades.side[i] = side;
    trades.qty[i] = 30;
    trades.tsEntry[i] = OPEN + entry;
    trades.entryPx[i] = price;
    trades.tsExit[i] = OPEN + exit;
    trades.pnl[i] = pnl;
  });
  return trades;
}

const trades = tradesOf([
  [1, CALL, SELL, 10, 31_000, 40, 12_345],
  [1, PUT, SELL, 10, 27_500, 60, -5000],
  [2, FUTURE, BUY, 70, 5_009_000, 90, 1000],
]);

it("holds the legs from the second of their fill to that of their exit's, each with what it is priced by", () => {
  expect(payoffMoment(recording, trades, OPEN + 9)).toBeUndefined();
  expect(payoffMoment(recording, trades, OPEN + 10)).toEqual({
    spot: 50_000, realised: 0,
    legs: [
      { name: "50000 CE", cp: "CE", strike: 50_000, expiry: 20_003, units: -30, entry: 310, mid: 300.5, forward: 50_012.5, volatility: 0.2, years: (3 * 86_400 + 90) / (365 * 86_400) },
      { name: "50000 PE", cp: "PE", strike: 50_000, expiry: 20_003, units: -30, entry: 275, mid: 280.5, forward: 50_012.5, volatility: 0.2, years: (3 * 86_400 + 90) / (365 * 86_400) },
    ],
  });
});

it("counts what closed legs of the same position have made, not what other positions have", () => {
  const later = payoffMoment(recording, trades, OPEN + 40);
  expect(later?.legs.map(({ name }) => name)).toEqual(["50000 PE"]);
  expect(later?.realised).toBe(123.45);
  expect(payoffMoment(recording, trades, OPEN + 60)).toBeUndefined();
  expect(payoffMoment(recording, trades, OPEN + 70)).toMatchObject({ realised: 0, legs: [{ name: "FUT", cp: "FUT", units: 30, mid: 50_100.5, forward: 50_100.5 }] });
});

it("has no payoff without spot, and no mid before the first quote", () => {
  expect(payoffMoment({ ...recording, spot: flat(0) }, trades, OPEN + 10)).toBeUndefined();
  const unquoted = { ...recording, contracts: [contract("CE", 50_000, 20_003, 0), contract("PE", 50_000, 20_003, 0)] };
  expect(payoffMoment(unquoted, trades, OPEN + 10)?.legs.map(({ mid }) => mid)).toEqual([NaN, NaN]);
});

it("leads to the next entry, and to the last when there is none", () => {
  expect([0, 10, 69, 70, 95].map((s) => entryNear(trades, OPEN + s)! - OPEN)).toEqual([10, 70, 70, 70, 70]);
  expect(entryNear(tradesOf([]), OPEN)).toBeUndefined();
});
