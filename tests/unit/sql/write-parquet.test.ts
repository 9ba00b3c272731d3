import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { beforeAll, describe, expect, it } from "vitest";
import { formatRupees } from "../../../src/core/money.ts";
import { concatTrades } from "../../../src/core/results/trade-builder.ts";
import { TRADE_FIELDS } from "../../../src/core/results/trade-text.ts";
import { positionsCsv } from "../../../src/core/results/positions-csv.ts";
import { tradesCsv } from "../../../src/core/results/trades-csv.ts";
import type { ResultTable, TradeColumns } from "../../../src/core/results/types.ts";
import { dayNumber } from "../../../src/core/time.ts";
import { createDuckdbHost, type DuckdbHost } from "../../../src/sql/duckdb.ts";
import { resultParquet } from "../../../src/sql/write-parquet.ts";
import { tempFolder } from "../../support/temp-folder.ts";
import { randomDay, seeded, tradeTable } from "../core/results/trades.ts";
import { duckdbWasm } from "./duckdb-wasm.ts";

const DATE = dayNumber("2024-08-28");
const LABELS = { variants: ["v1", "v2"], symbols: ["BANKNIFTY", "NIFTY"] };
let host: DuckdbHost;
beforeAll(async () => {
  host = createDuckdbHost(await duckdbWasm());
});

async function written(trades: TradeColumns, labels = LABELS, runId = "run-1", table: ResultTable = "trades"): Promise<{ bytes: Uint8Array<ArrayBuffer>; rows: Record<string, unknown>[] }> {
  const bytes = await resultParquet(host, table, trades, labels, runId);
  return { bytes, rows: await parquetReadObjects({ file: bytes.buffer, compressors }) };
}

/** A cell of the Parquet file as trades.csv writes it. */
function asText(name: string, value: unknown): string {
  if (value instanceof Date) {
    const text = value.toISOString().replace("T", " ");
    return name === "date" || name === "expiry" ? text.slice(0, 10) : text.slice(0, 19);
  }
  return ["entry_px", "exit_px", "slippage", "fees", "pnl", "pnl_after_costs", "entry_premium", "mae", "mfe"].includes(name) ? Number(value).toFixed(2).replace("-0.00", "0.00") : String(value);
}

describe("positions.parquet", () => {
  it("holds the cells of positions.csv, typed, in the same order", async () => {
    const random = seeded(4);
    const trades = concatTrades(Array.from({ length: 40 }, (_, i) => randomDay(random, DATE + i, 2, () => 6)));
    const { bytes, rows } = await written(trades, LABELS, "run-1", "positions");
    const [header, ...lines] = [...positionsCsv(trades, LABELS, "run-1")].join("").trimEnd().split("\n");
    expect(Object.keys(rows[0])).toEqual(header.split(","));
    expect(rows).toHaveLength(lines.length);
    rows.forEach((row, i) => expect(Object.entries(row).map(([name, value]) => asText(name, value)).join(",")).toBe(lines[i]));
    const types = Object.fromEntries(parquetMetadata(bytes.buffer).schema.slice(1).map((element) => [element.name, element.converted_type ?? element.type]));
    expect(types).toMatchObject({ date: "DATE", ts_entry: "TIMESTAMP_MICROS", ts_exit: "TIMESTAMP_MICROS", entry_premium: "DECIMAL", mae: "DECIMAL", legs: "INT_32", holding_seconds: "INT_32", reasons_exit: "UTF8" });
    expect((await written(tradeTable([]), LABELS, "run-1", "positions")).rows).toEqual([]);
  });
});

describe("trades.parquet", () => {
  it("holds the cells of trades.csv, typed, in the same order", async () => {
    const random = seeded(4);
    const trades = concatTrades(Array.from({ length: 150 }, (_, i) => randomDay(random, DATE + i, 2, () => 6)));
    const { bytes, rows } = await written(trades);
    const [header, ...lines] = [...tradesCsv(trades, LABELS, "run-1")].join("").trimEnd().split("\n");
    expect(Object.keys(rows[0])).toEqual(header.split(","));
    expect(rows).toHaveLength(lines.length);
    rows.forEach((row, i) => expect(Object.entries(row).map(([name, value]) => asText(name, value)).join(",")).toBe(lines[i]));
    const schema = parquetMetadata(bytes.buffer).schema.slice(1);
    const types = Object.fromEntries(schema.map((element) => [element.name, element.converted_type ?? element.type]));
    expect(types).toMatchObject({ date: "DATE", expiry: "DATE", ts_entry: "TIMESTAMP_MICROS", entry_px: "DECIMAL", pnl: "DECIMAL", strike: "DOUBLE", qty: "INT_32", cp: "UTF8" });
    expect(schema.find((element) => element.name === "pnl")).toMatchObject({ precision: 18, scale: 2 });
  });

  it("is exact to the last paisa that a number holds", async () => {
    const amounts = Array.from({ length: 40 }, (_, i) => (Number.MAX_SAFE_INTEGER - i) * (i % 2 === 0 ? 1 : -1));
    const file = join(tempFolder(), "trades.parquet");
    writeFileSync(file, (await written(tradeTable(amounts.map((pnl) => ({ date: DATE, expiry: DATE, pnl, entryPx: 2_000_000_000 - 1 }))))).bytes);
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    const rows = (await connection.runAndReadAll(`SELECT CAST(pnl AS VARCHAR), CAST(entry_px AS VARCHAR) FROM '${file}'`)).getRows();
    expect(rows).toEqual(amounts.map((pnl) => [formatRupees(pnl), "19999999.99"]));
  });

  it("is exact to the paisa, for large and negative amounts and none", async () => {
    const amounts = [0, -0, 1, -1, 5, -5, 99, 12_345_678_901_23, -12_345_678_901_23, 900_719_925_474_099];
    const trades = tradeTable(amounts.map((pnl, i) => ({ date: DATE, expiry: DATE, pnl, fees: i === 9 ? 0 : 7, entryPx: Math.min(Math.abs(pnl), 2 ** 31 - 1), flags: i % 2 })));
    const { rows } = await written(trades);
    expect(rows.map((row) => Math.round(Number(row.pnl) * 100) + 0)).toEqual(amounts.map((pnl) => pnl + 0));
    expect(rows.map((row) => Math.round(Number(row.pnl_after_costs) * 100))).toEqual(amounts.map((pnl, i) => pnl - (i === 9 ? 0 : 7)));
    expect(rows.map((row) => row.flags)).toEqual(amounts.map((_, i) => (i % 2 ? "stale_exit" : "")));
  });

  it("writes a file without rows, with its columns", async () => {
    const { bytes, rows } = await written(tradeTable([]));
    expect(rows).toEqual([]);
    expect(parquetMetadata(bytes.buffer).schema.slice(1).map((element) => element.name)).toEqual(["run_id", ...TRADE_FIELDS]);
  });

  it("takes any name as it is, and can be used again at once", async () => {
    const hostile = { variants: ["v'1); DROP TABLE trades; --"], symbols: ['"; SELECT 1'] };
    for (let i = 0; i < 2; i++) {
      const { rows } = await written(tradeTable([{ date: DATE, expiry: DATE }]), hostile, "it's 'run'");
      expect(rows).toHaveLength(1);
      expect(rows[0]).toMatchObject({ run_id: "it's 'run'", variant: hostile.variants[0], symbol: hostile.symbols[0] });
    }
  });

  it("takes a sweep of 10,000 variants", async () => {
    const variants = Array.from({ length: 10_000 }, (_, i) => `v${i + 1}`);
    const { rows } = await written(tradeTable(variants.map((_, variant) => ({ variant, date: DATE, expiry: DATE }))), { variants, symbols: variants.map(() => "NIFTY") });
    expect(rows.map((row) => row.variant)).toEqual(variants);
  });

  it("keeps the order of 200,000 trades", async () => {
    const trades = tradeTable(Array.from({ length: 200_000 }, (_, i) => ({ variant: i < 120_000 ? 0 : 1, date: DATE, expiry: DATE, positionId: i, pnl: i * 100 })));
    const { rows } = await written(trades);
    expect(rows.every((row, i) => row.position_id === i && Number(row.pnl) === i)).toBe(true);
    expect(rows).toHaveLength(200_000);
  });
});
