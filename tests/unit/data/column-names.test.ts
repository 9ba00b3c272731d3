import { describe, expect, it } from "vitest";
import { CANONICAL_COLUMNS, mapColumns } from "../../../src/data/column-names.ts";
import { sourceColumns } from "../../../src/data/source-columns.ts";

const columns = (names: string, type = "DOUBLE") => names.split(" ").map((name) => ({ name, type }));
const mapped = (names: string): Record<string, string> => Object.fromEntries(mapColumns(columns(names)).source);

describe("mapColumns", () => {
  it("knows the 52 columns of the user's files, in any order", () => {
    expect(CANONICAL_COLUMNS).toHaveLength(52);
    const found = mapColumns(columns([...CANONICAL_COLUMNS].reverse().join(" ")));
    expect(found.source.size).toBe(52);
    expect(found).toMatchObject({ mapping: {}, missing: [], mayBeBars: false });
  });

  it("maps common aliases whatever their case, and shows only what differs", () => {
    const found = mapColumns(columns("DateTime LTP Bid ask bid_qty Expiry CP Strike_Price whatever"));
    expect(found.mapping).toEqual({ DateTime: "timestamp", LTP: "price", Bid: "bp0", ask: "sp0", bid_qty: "bq0", Expiry: "expiry", CP: "opt_type", Strike_Price: "strike" });
    expect(found.missing).toEqual([]);
  });

  it("prefers the known name to an alias, and a better alias to a worse one", () => {
    expect(mapped("ltp price timestamp datetime")).toMatchObject({ price: "price", timestamp: "timestamp" });
    expect(mapped("last last_price timestamp").price).toBe("last_price");
  });

  it("counts levels from 1 or from 0 as the vendor does", () => {
    const one = mapped("timestamp bid_price1 bid_qty1 ask_price1 bid_price5 ask_qty5");
    expect(one).toMatchObject({ bp0: "bid_price1", bq0: "bid_qty1", sp0: "ask_price1", bp4: "bid_price5", sq4: "ask_qty5" });
    const zero = mapped("timestamp BidPrice_0 AskPrice_0 BidPrice_4 BidPrice_5");
    expect(zero).toMatchObject({ bp0: "BidPrice_0", sp0: "AskPrice_0", bp4: "BidPrice_4" });
    expect(Object.values(zero)).not.toContain("BidPrice_5");
  });

  it("says what is missing", () => {
    expect(mapColumns(columns("volume oi")).missing).toEqual([expect.stringContaining("a clock"), expect.stringContaining("a price")]);
    expect(mapColumns(columns("timestamp bp0")).missing).toHaveLength(1);
    expect(mapColumns(columns("timestamp bp0 sp0")).missing).toEqual([]);
  });

  it("takes open, high, low and close without price or quote for possible bars", () => {
    expect(mapColumns(columns("datetime open high low close volume oi")).mayBeBars).toBe(true);
    expect(mapColumns(columns("datetime open high low close bid ask")).mayBeBars).toBe(false);
    expect(mapColumns(columns("datetime open high low close ltp")).mayBeBars).toBe(false);
  });
});

describe("sourceColumns", () => {
  const stamp = "INT64 TIMESTAMP(us, UTC)";
  const of = (...list: [string, string][]) => sourceColumns("a.parquet", list.map(([name, type]) => ({ name, type })));

  it("takes close for the last price only without a price", () => {
    expect(of(["timestamp", stamp], ["close", "DOUBLE"]).price).toBe("close");
    expect(of(["timestamp", stamp], ["close", "DOUBLE"], ["price", "DOUBLE"]).price).toBe("price");
  });

  it("needs both sides for a quote", () => {
    expect(of(["timestamp", stamp], ["price", "FLOAT"], ["bp0", "DOUBLE"])).toMatchObject({ bid: null, ask: null });
  });

  it("takes lastTradeTime for the clock only where there is no other", () => {
    expect(of(["lastTradeTime", stamp], ["price", "DOUBLE"])).toMatchObject({ clockIsLastTrade: true, clock: { column: "lastTradeTime" }, lastTrade: null });
    expect(of(["lastTradeTime", stamp], ["price", "DOUBLE"], ["ts", stamp])).toMatchObject({ clockIsLastTrade: false, clock: { column: "ts" }, fallbackClock: null, lastTrade: { column: "lastTradeTime" } });
  });

  it("ignores the type of columns that are not needed", () => {
    expect(of(["timestamp", stamp], ["price", "INT32 INT_16"], ["volume", "GROUP"], ["oi", "BOOLEAN"]).price).toBe("price");
  });

  it("names the column, the type found and the one expected", () => {
    expect(() => of(["timestamp", stamp], ["ltp", "GROUP"])).toThrow('a.parquet: column "ltp" has the type GROUP; expected numbers');
    expect(() => of(["timestamp", "INT32 DATE"], ["price", "DOUBLE"])).toThrow(/column "timestamp" has the type INT32 DATE; expected a timestamp/);
    expect(() => of(["date", "INT32 DATE"], ["price", "DOUBLE"])).toThrow(/has a "date" but no time of day/);
  });
});
