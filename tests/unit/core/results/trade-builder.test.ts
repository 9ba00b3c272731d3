import { describe, expect, it } from "vitest";
import {
  blankTrade, concatTrades, createTradeBuilder, sliceTrades, TRADE_COLUMN_NAMES, TRADE_COLUMN_TYPES, tradeBuffers, type Rows, type TradeRecord,
} from "../../../../src/core/results/trade-builder.ts";

/** A record whose every field differs from every other field and from every other row. */
function distinct(row: number): TradeRecord {
  const trade = blankTrade();
  TRADE_COLUMN_NAMES.forEach((name, column) => {
    trade[name] = TRADE_COLUMN_TYPES[name] === Uint8Array ? (row + column) % 251 : row * 100 + column;
  });
  return trade;
}

describe("createTradeBuilder", () => {
  it("keeps every field of every row through several growths, from one reused record", () => {
    const builder = createTradeBuilder();
    const record = blankTrade();
    for (let row = 0; row < 300; row++) {
      Object.assign(record, distinct(row));
      builder.push(record);
    }
    expect(builder.taken).toBe(300);
    const trades = builder.finish();
    expect(trades.length).toBe(300);
    for (const name of TRADE_COLUMN_NAMES) {
      expect(trades[name]).toHaveLength(300);
      expect(Array.from(trades[name]), name).toEqual(Array.from({ length: 300 }, (_, row) => distinct(row)[name]));
    }
  });

  it("lets variants share rows, and rows an entry", () => {
    const builder = createTradeBuilder();
    const entry = builder.addEntry(distinct(1));
    const first = builder.addRows(300);
    const { decisionExit, tsExit, exitPx, slippage, fees, pnl, mae, mfe, reasonExit, flags } = distinct(2);
    const end = { decisionExit, tsExit, exitPx, slippage, fees, pnl, mae, mfe, reasonExit, flags };
    const names = Object.keys(end) as (keyof typeof end)[];
    const write = (row: number, values: typeof end) => {
      builder.rows.entry[row] = entry;
      for (const name of names) builder.rows[name][row] = values[name];
    };
    write(first, distinct(1));
    write(first + 1, end);
    // Rows stay what they are when there is room for more.
    expect(builder.addRows(5000)).toBe(first + 300);
    const second: Rows = { before: undefined, first: first + 1, count: 1 };
    builder.take([{ variant: 7, outcome: { rows: second } }, { variant: 8, outcome: { rows: undefined } }, { variant: 9, outcome: { rows: { before: second, first, count: 2 } } }]);
    builder.take([{ variant: 11, outcome: { rows: second } }]);
    builder.rewind(1);
    expect(builder.taken).toBe(1);
    const trades = builder.finish();
    expect(trades.length).toBe(4);
    const rows = Array.from({ length: 4 }, (_, row) => Object.fromEntries(TRADE_COLUMN_NAMES.map((name) => [name, trades[name][row]])));
    expect(rows).toEqual([7, 9, 9, 9].map((variant, i) => ({ ...distinct(1), ...(i === 2 ? {} : end), variant })));
  });

  it("is empty after finish, and what it handed out does not change", () => {
    const builder = createTradeBuilder();
    builder.push(distinct(1));
    const first = builder.finish();
    builder.push(distinct(2));
    const second = builder.finish();
    expect(first.date[0]).toBe(distinct(1).date);
    expect(second.length).toBe(1);
    expect(second.date[0]).toBe(distinct(2).date);
    expect(builder.finish().length).toBe(0);
  });

  it("hands out arrays that can be transferred without surplus", () => {
    const builder = createTradeBuilder();
    builder.push(distinct(1));
    const trades = builder.finish();
    const bytes = tradeBuffers(trades).reduce((sum, buffer) => sum + buffer.byteLength, 0);
    expect(bytes).toBe(TRADE_COLUMN_NAMES.reduce((sum, name) => sum + TRADE_COLUMN_TYPES[name].BYTES_PER_ELEMENT, 0));
    const moved = structuredClone(trades, { transfer: tradeBuffers(trades) });
    expect(moved.pnl[0]).toBe(distinct(1).pnl);
    expect(trades.pnl).toHaveLength(0);
  });
});

describe("concatTrades", () => {
  it("joins tables in order, empty ones included", () => {
    const builder = createTradeBuilder();
    const tables = [[0, 1], [], [2]].map((rows) => {
      for (const row of rows) builder.push(distinct(row));
      return builder.finish();
    });
    const joined = concatTrades(tables);
    expect(joined.length).toBe(3);
    for (const name of TRADE_COLUMN_NAMES) expect(Array.from(joined[name])).toEqual([0, 1, 2].map((row) => distinct(row)[name]));
    expect(concatTrades([]).length).toBe(0);
    expect(Array.from(sliceTrades(joined, 1, 3).pnl)).toEqual([distinct(1).pnl, distinct(2).pnl]);
  });
});
