import { makeVector, Table, tableFromIPC, type Vector } from "apache-arrow";
import type { TradeLabels } from "../core/results/labels.ts";
import { positionTable, type PositionColumns } from "../core/results/position-table.ts";
import { exitReasonsText, POSITION_COLUMNS, type PositionColumn } from "../core/results/positions-csv.ts";
import { allocateTrades, TRADE_COLUMN_NAMES, type TradeColumnName } from "../core/results/trade-builder.ts";
import { TRADE_FIELDS, flagsText, type TradeField } from "../core/results/trade-text.ts";
import { ENTRY_REASONS, EXIT_REASONS, LEG_KINDS, SIDES, TRADE_FLAGS, type ResultTable, type TradeColumns } from "../core/results/types.ts";
import { sqlText, type DuckdbHost } from "./duckdb.ts";
import { dayColumn, momentColumn, rupeesColumn, textsOf, wordVector } from "./parquet-columns.ts";

const FILE = "table.parquet";
/** Every combination of flags has its text. */
const FLAG_TEXTS = Array.from({ length: 2 ** TRADE_FLAGS.length }, (_, bits) => flagsText(bits));

/** Each column of trades.parquet from the columns of the table that is inserted. */
const TRADES: Record<TradeField, string> = {
  variant: "variant",
  date: dayColumn("date"),
  position_id: "positionId",
  leg_id: "legId",
  symbol: "symbol",
  expiry: dayColumn("expiry"),
  strike: "CASE WHEN isnan(strike) THEN NULL ELSE strike END",
  cp: "cp",
  side: "side",
  lots: "lots",
  qty: "qty",
  decision_entry: momentColumn("decisionEntry"),
  ts_entry: momentColumn("tsEntry"),
  entry_px: rupeesColumn("entryPx"),
  decision_exit: momentColumn("decisionExit"),
  ts_exit: momentColumn("tsExit"),
  exit_px: rupeesColumn("exitPx"),
  slippage: rupeesColumn("slippage"),
  fees: rupeesColumn("fees"),
  pnl: rupeesColumn("pnl"),
  pnl_after_costs: rupeesColumn("(pnl - fees)"),
  reason_entry: "reasonEntry",
  reason_exit: "reasonExit",
  window_id: "windowId",
  flags: "flags",
};

/** The same of positions.parquet. */
const POSITIONS: Record<PositionColumn, string> = {
  variant: "variant",
  date: dayColumn("date"),
  position_id: "positionId",
  window_id: "windowId",
  ts_entry: momentColumn("tsEntry"),
  ts_exit: momentColumn("tsExit"),
  legs: "legs",
  entry_premium: rupeesColumn("entryPremium"),
  pnl: rupeesColumn("pnl"),
  fees: rupeesColumn("fees"),
  pnl_after_costs: rupeesColumn("(pnl - fees)"),
  mae: rupeesColumn("mae"),
  mfe: rupeesColumn("mfe"),
  holding_seconds: "tsExit - tsEntry",
  reason_entry: "reasonEntry",
  reasons_exit: "reasonsExit",
  flags: "flags",
};

/** A result table of a run as DuckDB takes it, and the SELECT that gives its rows and columns, typed. */
export function resultRows(table: ResultTable, trades: TradeColumns, labels: TradeLabels): { readonly arrow: Table; readonly select: (runId: string, from: string) => string } {
  // A table without rows carries no dictionaries, which DuckDB then misses: one blank row stands in, and is left out.
  const rows = trades.length === 0 ? allocateTrades(1) : trades;
  const arrow = table === "trades" ? tradeTable(rows, labels) : positionVectors(positionTable(rows), labels);
  const columns = table === "trades" ? TRADE_FIELDS.map((field) => `${TRADES[field]} AS ${field}`) : POSITION_COLUMNS.map((column) => `${POSITIONS[column]} AS ${column}`);
  return { arrow, select: (runId, from) => `SELECT ${sqlText(runId)} AS run_id, ${columns.join(", ")} FROM ${from} LIMIT ${trades.length === 0 ? 0 : arrow.numRows}` };
}

/**
 * The rows and columns of trades.csv or positions.csv, typed: dates DATE, moments TIMESTAMP without zone (IST wall clock),
 * money DECIMAL(18, 2), strike DOUBLE, counts INT32, words as texts. Zstandard, in the order of the table.
 * @param trades in the order of semantics §6, with run-wide position ids
 */
export function resultParquet(host: DuckdbHost, table: ResultTable, trades: TradeColumns, labels: TradeLabels, runId: string): Promise<Uint8Array<ArrayBuffer>> {
  return host.run((db) => {
    const { arrow, select } = resultRows(table, trades, labels);
    try {
      db.insert(table, arrow);
      db.query(`COPY (${select(runId, table)}) TO ${sqlText(FILE)} (FORMAT PARQUET, CODEC 'ZSTD')`);
      return db.takeFile(FILE);
    } finally {
      db.query(`DROP TABLE IF EXISTS ${table}`);
    }
  });
}

/** An Arrow IPC stream as a Parquet file. Zstandard, in the order of the rows. */
export function arrowParquet(host: DuckdbHost, arrow: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  return host.run((db) => {
    try {
      db.insert("result", tableFromIPC(arrow));
      db.query(`COPY (SELECT * FROM result) TO ${sqlText(FILE)} (FORMAT PARQUET, CODEC 'ZSTD')`);
      return db.takeFile(FILE);
    } finally {
      db.query("DROP TABLE IF EXISTS result");
    }
  });
}

/** The columns as they are, the coded ones with their words. */
function tradeTable(trades: TradeColumns, labels: TradeLabels): Table {
  const columns: Record<string, Vector> = Object.fromEntries(TRADE_COLUMN_NAMES.map((name: TradeColumnName) => [name, makeVector(trades[name])]));
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

function positionVectors({ length: _length, ...positions }: PositionColumns, labels: TradeLabels): Table {
  const columns: Record<string, Vector> = Object.fromEntries(Object.entries(positions).map(([name, values]) => [name, makeVector(values)]));
  return new Table({
    ...columns,
    variant: wordVector(positions.variant, labels.variants),
    reasonEntry: wordVector(positions.reasonEntry, ENTRY_REASONS),
    reasonsExit: textsOf(positions.reasonsExit, exitReasonsText),
    flags: wordVector(Int32Array.from(positions.flags), FLAG_TEXTS),
  });
}
