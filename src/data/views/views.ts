/** The views of the SQL console and their columns: for the queries that make them, for completion, and for docs/sql.md. */
import { FACT_NAMES, FACTS } from "../../core/facts/day-facts.ts";
import { MICROFACT_NAMES, MICROFACTS } from "../../core/facts/microfacts.ts";
import { REGIMES } from "../../core/facts/regimes.ts";

/** Columns whose values are known before anything is opened: a file's name, path or index tells them, and of a run its id. */
export type FileColumn = "symbol" | "expiry" | "strike" | "cp" | "date" | "run_id";

export type SqlType = "VARCHAR" | "DATE" | "TIMESTAMP" | "DOUBLE" | "INTEGER" | "BIGINT" | "BOOLEAN" | "DECIMAL(18,2)";

export interface ViewColumn {
  readonly name: string;
  readonly type: SqlType;
  /** In a few words, with the unit. */
  readonly words: string;
}

export interface View {
  /** Lower case. */
  readonly name: string;
  readonly words: string;
  readonly columns: readonly ViewColumn[];
  /** Columns by which a query is kept to some of the files. */
  readonly fileColumns: readonly FileColumn[];
}

const column = (name: string, type: SqlType, words: string): ViewColumn => ({ name, type, words });

const SYMBOL = column("symbol", "VARCHAR", "underlying, such as BANKNIFTY");
const EXPIRY = column("expiry", "DATE", "day on which the contract expires, by its name and the market rules");
const CONTRACT = [SYMBOL, EXPIRY, column("strike", "DOUBLE", "rupees"), column("cp", "VARCHAR", "CE or PE")];
const WHEN = [
  column("date", "DATE", "Indian date of the row's clock; none for a row without a clock"),
  column("second", "INTEGER", "seconds of the Indian day, floored: 33300 is 09:15:00"),
  column("time", "TIMESTAMP", "the row's clock by Indian digits, to the microsecond; of a bar, when it becomes known"),
];
const number = (name: string, words: string): ViewColumn => column(name, "DOUBLE", words);

const PRICES = [
  number("price", "last price, rupees; the close where a file has no last price"),
  number("qty", "quantity of the last trade"),
  number("avgPrice", "average price of the day, rupees"),
  number("volume", "quantity traded since the open"),
  number("bQty", "quantity on the buy side"),
  number("sQty", "quantity on the sell side"),
  number("open", "open of the day or the bar, rupees"),
  number("high", "high of the day or the bar, rupees"),
  number("low", "low of the day or the bar, rupees"),
  number("close", "as stored: previous close, or close of the bar, rupees"),
  number("changeper", "change since the previous close, per cent"),
  column("lastTradeTime", "TIMESTAMP", "when the last price was traded, Indian digits"),
  number("oi", "open interest"),
  number("oiHigh", "highest open interest of the day"),
  number("oiLow", "lowest open interest of the day"),
];
const BOOK = ["b", "s"].flatMap((side) =>
  [0, 1, 2, 3, 4].flatMap((level) => {
    const of = `${side === "b" ? "bid" : "ask"} level ${level + 1}`;
    return [number(`${side}q${level}`, `quantity of ${of}`), number(`${side}p${level}`, `price of ${of}, rupees`), number(`${side}o${level}`, `orders of ${of}`)];
  }),
);
const OTHERS = [
  number("vol_delta", "quantity traded since the row before, where files have it instead of volume"),
  ...["iv", "delta", "gamma", "theta", "vega"].map((name) => number(name, "as stored, where files have it")),
];
const SOURCE = [
  column("timestamp", "TIMESTAMP", "the stored clock by Indian digits, before `ts` stands in for it"),
  column("ts", "TIMESTAMP", "the stored ingest clock by Indian digits"),
  column("file", "VARCHAR", "path of the file in the folder"),
  column("file_row", "BIGINT", "place of the row in its file, from 0"),
  column("quality", "INTEGER", "what can be said against the row, as bits; 0 is nothing"),
];
/** What every row of a file has. */
export const ROW_COLUMNS: readonly ViewColumn[] = [...WHEN, ...PRICES, ...BOOK, ...OTHERS, ...SOURCE];

/** Views whose rows are those of files. */
export const FILE_VIEWS: readonly View[] = [
  { name: "options", words: "every row of the option contracts", columns: [...CONTRACT, ...ROW_COLUMNS], fileColumns: ["symbol", "expiry", "strike", "cp", "date"] },
  { name: "spot", words: "every row of the index", columns: [SYMBOL, ...ROW_COLUMNS], fileColumns: ["symbol", "date"] },
  { name: "futures", words: "every row of the futures", columns: [SYMBOL, EXPIRY, ...ROW_COLUMNS], fileColumns: ["symbol", "expiry", "date"] },
];

/** Views made of the index: no row of any file is read. */
export const INDEX_VIEWS: readonly View[] = [
  {
    name: "contracts",
    words: "every option contract, one row per file that holds it",
    fileColumns: [],
    columns: [
      ...CONTRACT,
      column("monthly", "BOOLEAN", "whether it expires on the monthly expiry"),
      column("lot", "INTEGER", "units per lot by the market rules"),
      column("layout", "VARCHAR", "raw, packed or day"),
      column("file", "VARCHAR", "path of the file in the folder"),
    ],
  },
  {
    name: "days",
    words: "every date of each symbol and what there is of it",
    fileColumns: ["symbol"],
    columns: [
      SYMBOL,
      column("date", "DATE", "trading date"),
      column("weekday", "INTEGER", "1 is Monday"),
      column("open_second", "INTEGER", "first second of the session"),
      column("close_second", "INTEGER", "the second at which the session is over"),
      column("contracts", "INTEGER", "contract files that may hold rows"),
      column("spot", "BOOLEAN", "whether there is a file of the index"),
      column("future", "BOOLEAN", "whether there is a file of futures"),
      column("expiry", "DATE", "the nearest expiry by the market rules"),
      column("dte", "INTEGER", "calendar days to it"),
    ],
  },
];

const SECOND = [
  column("date", "DATE", "trading date"),
  column("second", "INTEGER", "seconds of the Indian day: 33300 is 09:15:00"),
  column("time", "TIMESTAMP", "the same as a moment"),
];

/** Views that are worked out date by date as strategies see it: by the grid, not by rows. */
export const DAY_VIEWS: readonly View[] = [
  {
    name: "atm",
    words: "what is at the money in each second of the session: spot, and the call and put of the nearest expiry",
    fileColumns: ["symbol", "date"],
    columns: [
      SYMBOL, ...SECOND, EXPIRY,
      number("spot", "index, else future, else synthetic, rupees"),
      ...["ce", "pe"].flatMap((side) => [number(`${side}_strike`, "rupees; widened as a leg's"), number(`${side}_price`, "last price, rupees"), number(`${side}_bid`, "of the last valid quote, rupees"), number(`${side}_ask`, "of the last valid quote, rupees")]),
      number("straddle", "ce_price + pe_price, rupees"),
    ],
  },
  {
    name: "micro",
    words: "microfacts of each second of the session: of spot (strike IS NULL) and of contracts",
    fileColumns: ["symbol", "expiry", "strike", "cp", "date"],
    columns: [...CONTRACT, ...SECOND, ...MICROFACT_NAMES.map((name) => number(name, `${MICROFACTS[name].help}; ${MICROFACTS[name].unit}`))],
  },
  {
    name: "regimes",
    words: "facts of each date and its regimes: deciles 1 to 10 among the dates before it",
    fileColumns: ["symbol", "date"],
    columns: [
      SYMBOL, column("date", "DATE", "trading date"), column("source", "VARCHAR", "files, future or synthetic: where spot comes from"),
      ...FACT_NAMES.map((name) => number(name, `${FACTS[name].help}; ${FACTS[name].unit}`)),
      ...REGIMES.map((name) => column(`${name}_decile`, "INTEGER", `decile of ${name}; of rv that of the day before`)),
    ],
  },
];

const RUN = column("run_id", "VARCHAR", "of the run");
const rupees = (name: string, words: string): ViewColumn => column(name, "DECIMAL(18,2)", `${words}, rupees`);
const moment = (name: string, words: string): ViewColumn => column(name, "TIMESTAMP", `${words}, Indian digits`);

/** Views made of the runs that are kept. */
export const RUN_VIEWS: readonly View[] = [
  {
    name: "runs",
    words: "every kept run, one row per variant",
    fileColumns: [],
    columns: [
      RUN,
      column("name", "VARCHAR", "as the run was named"),
      column("started", "TIMESTAMP", "when it was started or imported, Indian digits"),
      column("variant", "VARCHAR", "v1, v2, …"),
      column("days", "INTEGER", "days run"),
      column("trades", "INTEGER", "legs from fill to fill"),
      column("positions", "INTEGER", "entries"),
      rupees("total", "net P&L"),
      column("result_hash", "VARCHAR", "SHA-256 of the trades; none for imported ones"),
    ],
  },
  {
    name: "trades",
    words: "every trade of the kept runs: a leg from fill to fill",
    fileColumns: ["run_id"],
    columns: [
      RUN, column("variant", "VARCHAR", "v1, v2, …"), column("date", "DATE", "trading date"), column("position_id", "INTEGER", "counts from 1 per variant"), column("leg_id", "INTEGER", "place among the legs, from 1"),
      ...CONTRACT,
      column("side", "VARCHAR", "BUY or SELL, of the entry"), column("lots", "INTEGER", "always above 0"), column("qty", "INTEGER", "units"),
      moment("decision_entry", "decision of the entry"), moment("ts_entry", "fill of the entry"), rupees("entry_px", "filled price, slippage included"),
      moment("decision_exit", "decision of the exit"), moment("ts_exit", "fill of the exit"), rupees("exit_px", "filled price, slippage included"),
      rupees("slippage", "of both fills"), rupees("fees", "of both fills"), rupees("pnl", "before fees"), rupees("pnl_after_costs", "after fees"),
      column("reason_entry", "VARCHAR", "at, when, rebalance, …"), column("reason_exit", "VARCHAR", "exit_at, stop_loss, target, …"), column("window_id", "INTEGER", "place among the windows, from 1"), column("flags", "VARCHAR", "joined by |"),
    ],
  },
  {
    name: "positions",
    words: "every position of the kept runs",
    fileColumns: ["run_id"],
    columns: [
      RUN, column("variant", "VARCHAR", "v1, v2, …"), column("date", "DATE", "trading date"), column("position_id", "INTEGER", "counts from 1 per variant"), column("window_id", "INTEGER", "place among the windows, from 1"),
      moment("ts_entry", "fill of the entry"), moment("ts_exit", "last fill of an exit"), column("legs", "INTEGER", "trades"),
      rupees("entry_premium", "sold above 0, bought below"), rupees("pnl", "before fees"), rupees("fees", "of all fills"), rupees("pnl_after_costs", "after fees"),
      rupees("mae", "worst P&L while it was on"), rupees("mfe", "best P&L while it was on"), column("holding_seconds", "INTEGER", "from entry to last exit"),
      column("reason_entry", "VARCHAR", "of the entry"), column("reasons_exit", "VARCHAR", "joined by |"), column("flags", "VARCHAR", "joined by |"),
    ],
  },
];

export const VIEWS: readonly View[] = [...FILE_VIEWS, ...INDEX_VIEWS, ...DAY_VIEWS, ...RUN_VIEWS];
