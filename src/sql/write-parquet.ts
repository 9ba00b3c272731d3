import { Dictionary, Int32, makeData, makeVector, Table, Uint8, Utf8, type Vector } from "apache-arrow";
import type { TradeLabels } from "../core/results/labels.ts";
import { allocateTrades, TRADE_COLUMN_NAMES, type TradeColumnName } from "../core/results/trade-builder.ts";
import { TRADE_FIELDS, flagsText, type TradeField } from "../core/results/trade-text.ts";
import { ENTRY_REASONS, EXIT_REASONS, LEG_KINDS, SIDES, TRADE_FLAGS, type TradeColumns } from "../core/results/types.ts";
import { sqlText, type DuckdbHost } from "./duckdb.ts";

const FILE = "trades.parquet";
/** Every combination of flags has its text. */
const FLAG_TEXTS = Array.from({ length: 2 ** TRADE_FLAGS.length }, (_, bits) => flagsText(bits));

const day = (column: TradeColumnName): string => `DATE '1970-01-01' + ${column}`;
const moment = (seconds: TradeColumnName): string => `epoch_ms((CAST(date AS BIGINT) * 86400 + ${seconds}) * 1000)`;
/** Whole paise divided by 100 lie within a hair of the two decimals to which the cast rounds. */
const rupees = (paise: string): string => `CAST(${paise} / 100.0 AS DECIMAL(18, 2))`;

/** Each column of the file from the columns of the table that is inserted. */
const FIELDS: Record<TradeField, string> = {
  variant: "variant",
  date: day("date"),
  position_id: "positionId",
  leg_id: "legId",
  symbol: "symbol",
  expiry: day("expiry"),
  strike: "CASE WHEN isnan(strike) THEN NULL ELSE strike END",
  cp: "cp",
  side: "side",
  lots: "lots",
  qty: "qty",
  decision_entry: moment("decisionEntry"),
  ts_entry: moment("tsEntry"),
  entry_px: rupees("entryPx"),
  decision_exit: moment("decisionExit"),
  ts_exit: moment("tsExit"),
  exit_px: rupees("exitPx"),
  slippage: rupees("slippage"),
  fees: rupees("fees"),
  pnl: rupees("pnl"),
  pnl_after_costs: rupees("(pnl - fees)"),
  reason_entry: "reasonEntry",
  reason_exit: "reasonExit",
  window_id: "windowId",
  flags: "flags",
};

/**
 * trades.parquet: the rows and columns of trades.csv, typed: dates DATE, moments TIMESTAMP without zone (IST wall clock),
 * money DECIMAL(18, 2), strike DOUBLE, counts INT32, words as texts. Zstandard, in the order of the table.
 */
export function tradesParquet(host: DuckdbHost, trades: TradeColumns, labels: TradeLabels, runId: string): Promise<Uint8Array<ArrayBuffer>> {
  return host.run((db) => {
    try {
      // A table without rows carries no dictionaries, which DuckDB then misses: one blank row stands in, and is left out.
      db.insert("trades", tradeTable(trades.length === 0 ? allocateTrades(1) : trades, labels));
      const columns = TRADE_FIELDS.map((field) => `${FIELDS[field]} AS ${field}`);
      db.query(`COPY (SELECT ${sqlText(runId)} AS run_id, ${columns.join(", ")} FROM trades LIMIT ${trades.length}) TO ${sqlText(FILE)} (FORMAT PARQUET, CODEC 'ZSTD')`);
      return db.takeFile(FILE);
    } finally {
      db.query("DROP TABLE IF EXISTS trades");
    }
  });
}

/** The columns as they are, the coded ones with their words. */
function tradeTable(trades: TradeColumns, labels: TradeLabels): Table {
  const columns: Record<string, Vector> = Object.fromEntries(TRADE_COLUMN_NAMES.map((name) => [name, makeVector(trades[name])]));
  return new Table({
    ...columns,
    variant: wordVector(trades.variant, labels.variants),
    symbol: wordVector(trades.variant, labels.symbols),
    cp: wordVector(trades.cp, LEG_KINDS),
    side: wordVector(trades.side, SIDES),
    reasonEntry: wordVector(trades.reasonEntry, ENTRY_REASONS),
    reasonExit: wordVector(trades.reasonExit, EXIT_REASONS),
    flags: wordVector(Int32Array.from(trades.flags), FLAG_TEXTS),
  });
}

function wordVector(codes: Int32Array | Uint8Array, words: readonly string[]): Vector {
  const type = new Dictionary(new Utf8(), codes instanceof Uint8Array ? new Uint8() : new Int32());
  return makeVector(makeData({ type, length: codes.length, nullCount: 0, data: codes, dictionary: textVector(words) }));
}

/** Arrow's own builder of texts compiles code at run time, which the page's policy forbids. */
function textVector(texts: readonly string[]): Vector<Utf8> {
  const encoded = texts.map((text) => new TextEncoder().encode(text));
  const valueOffsets = new Int32Array(texts.length + 1);
  encoded.forEach((bytes, i) => (valueOffsets[i + 1] = valueOffsets[i] + bytes.length));
  const data = new Uint8Array(valueOffsets[texts.length]);
  encoded.forEach((bytes, i) => data.set(bytes, valueOffsets[i]));
  return makeVector(makeData({ type: new Utf8(), length: texts.length, nullCount: 0, valueOffsets, data }));
}
