import { makeData, makeVector, Table, Utf8, type Vector } from "apache-arrow";
import type { TradeLabels } from "../core/results/labels.ts";
import { TRADE_COLUMN_NAMES, type TradeColumnName } from "../core/results/trade-builder.ts";
import { TRADE_FIELDS, flagsText, type TradeField } from "../core/results/trade-text.ts";
import { ENTRY_REASONS, EXIT_REASONS, OPTION_SIDES, SIDES, TRADE_FLAGS, type TradeColumns } from "../core/results/types.ts";
import { sqlText, type DuckdbHost } from "./duckdb.ts";

const FILE = "trades.parquet";
/** Every combination of flags has its text. */
const FLAG_TEXTS = Array.from({ length: 2 ** TRADE_FLAGS.length }, (_, bits) => flagsText(bits));

const word = (column: TradeColumnName, words: readonly string[]): string => `([${words.map(sqlText).join(", ")}])[${column} + 1]`;
const day = (column: TradeColumnName): string => `DATE '1970-01-01' + ${column}`;
const moment = (seconds: TradeColumnName): string => `epoch_ms((CAST(date AS BIGINT) * 86400 + ${seconds}) * 1000)`;
/** Whole paise divided by 100 lie within a hair of the two decimals to which the cast rounds. */
const rupees = (paise: string): string => `CAST(${paise} / 100.0 AS DECIMAL(18, 2))`;

/** Each column of the file from the columns of `TradeColumns`. */
const FIELDS: Record<Exclude<TradeField, "variant" | "symbol">, string> = {
  date: day("date"),
  position_id: "positionId",
  leg_id: "legId",
  expiry: day("expiry"),
  strike: "strike",
  cp: word("cp", OPTION_SIDES),
  side: word("side", SIDES),
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
  reason_entry: word("reasonEntry", ENTRY_REASONS),
  reason_exit: word("reasonExit", EXIT_REASONS),
  window_id: "windowId",
  flags: word("flags", FLAG_TEXTS),
};

/**
 * trades.parquet: the rows and columns of trades.csv, typed: dates DATE, moments TIMESTAMP without zone (IST wall clock),
 * money DECIMAL(18, 2), strike DOUBLE, counts INT32, words as texts. Zstandard, in the order of the table.
 */
export function tradesParquet(host: DuckdbHost, trades: TradeColumns, labels: TradeLabels, runId: string): Promise<Uint8Array<ArrayBuffer>> {
  return host.run((db) => {
    const columns = TRADE_FIELDS.map((field) => {
      if (field === "variant") return "labels.variant_name AS variant";
      if (field === "symbol") return "labels.symbol AS symbol";
      return `${FIELDS[field]} AS ${field}`;
    });
    try {
      db.insert("trades", new Table({ row: makeVector(Int32Array.from({ length: trades.length }, (_, row) => row)), ...tradeVectors(trades) }));
      db.insert("labels", new Table({ code: makeVector(Int32Array.from(labels.variants, (_, code) => code)), variant_name: textVector(labels.variants), symbol: textVector(labels.symbols) }));
      db.query(
        `COPY (SELECT ${sqlText(runId)} AS run_id, ${columns.join(", ")} FROM trades JOIN labels ON trades.variant = labels.code ORDER BY trades.row)
         TO ${sqlText(FILE)} (FORMAT PARQUET, CODEC 'ZSTD')`,
      );
      return db.takeFile(FILE);
    } finally {
      db.query("DROP TABLE IF EXISTS trades");
      db.query("DROP TABLE IF EXISTS labels");
    }
  });
}

function tradeVectors(trades: TradeColumns) {
  return Object.fromEntries(TRADE_COLUMN_NAMES.map((name) => [name, makeVector(trades[name])]));
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
