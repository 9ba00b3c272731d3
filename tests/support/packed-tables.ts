import { type SampleColumn, type SampleTable, constantText } from "../../src/core/sample/table.ts";
import { columnOf, inUnit, isNull } from "./tables.ts";

const ZONE = "Asia/Kolkata";
const IST_MICROSECONDS = 19_800_000_000n;
const DAY_MICROSECONDS = 86_400_000_000n;
const YEAR_2000 = 946_684_800_000_000n;
/** Columns of the raw files that the packed ones do not have, or have under another name or meaning. */
const LEFT_OUT: ReadonlySet<string> = new Set(["timestamp", "ts", "price", "open", "high", "low", "close", "volume", "lastTradeTime", "symbol", "opt_type", "strike", "year", "month", "expiry", "changeper"]);

type TimeColumn = Extract<SampleColumn, { type: "time" }>;

export function packedOption(table: SampleTable, expiry: string, monthly: boolean): SampleTable {
  return packed(table, ["symbol", "opt_type", "strike"], [constantText("expiry", table.rows, expiry), constantText("expiry_type", table.rows, monthly ? "monthly" : "weekly")]);
}

export function packedSpot(table: SampleTable): SampleTable {
  return packed(table, ["symbol"], []);
}

export function packedFuture(table: SampleTable): SampleTable {
  return packed(table, ["symbol", "expiry"], []);
}

/** One clock with a zone, true instants; `close` is the last price; volume per row; the rest as it was. */
function packed(table: SampleTable, identity: readonly string[], added: readonly SampleColumn[]): SampleTable {
  const pick = (names: readonly string[]): SampleColumn[] => table.columns.filter(({ name }) => names.includes(name));
  const price = columnOf(table, "price", "double");
  const traded = columnOf(table, "lastTradeTime", "time");
  const volume = columnOf(table, "volume", "int");
  return {
    rows: table.rows,
    columns: [
      trueInstants("timestamp", table.rows, clockOf(table)),
      ...pick(identity),
      ...pick(["open", "high", "low"]),
      ...(price ? [{ ...price, name: "close" }] : []),
      ...(volume ? [volumeByRow(volume)] : []),
      ...added,
      ...(traded ? [trueInstants("lastTradeTime", table.rows, digitsOf(inUnit(traded, "us")))] : []),
      ...table.columns.filter(({ name }) => !LEFT_OUT.has(name)),
    ],
  };
}

/** Microseconds of IST digits per row, by semantics §1.1; undefined for a row without a clock. */
export function clockOf(table: SampleTable): (bigint | undefined)[] {
  const clocks = [columnOf(table, "timestamp", "time"), columnOf(table, "ts", "time")].filter((column) => column !== undefined).map((column) => digitsOf(inUnit(column, "us")));
  return Array.from({ length: table.rows }, (_, r) => clocks.map((digits) => digits[r]).find((value) => value !== undefined && value >= YEAR_2000));
}

/** The date of every row as a day number; a row without a clock has that of the row before, the first that of the next. */
export function rowDates(table: SampleTable): number[] {
  const days = clockOf(table).map((clock) => (clock === undefined ? undefined : Number(clock / DAY_MICROSECONDS)));
  let current = days.find((day) => day !== undefined);
  return days.map((day) => {
    current = day ?? current;
    if (current === undefined) throw new RangeError("A table needs at least one row with a clock to be split by date");
    return current;
  });
}

function digitsOf(column: TimeColumn): (bigint | undefined)[] {
  return Array.from(column.values, (value, r) => (isNull(column, r) ? undefined : value));
}

function trueInstants(name: string, rows: number, digits: readonly (bigint | undefined)[]): TimeColumn {
  const values = new BigInt64Array(rows);
  const nulls = new Uint8Array(rows);
  digits.forEach((value, r) => {
    if (value === undefined) nulls[r] = 1;
    else values[r] = value - IST_MICROSECONDS;
  });
  return { name, type: "time", unit: "us", zone: ZONE, values, nulls: nulls.includes(1) ? nulls : undefined };
}

/** Increases of the cumulative volume, 0 where it falls (a new day) or is missing. */
function volumeByRow(volume: Extract<SampleColumn, { type: "int" }>): SampleColumn {
  let before = 0;
  const values = volume.values.map((value, r) => {
    if (isNull(volume, r) || value < 0) return 0;
    const increase = value < before ? value : value - before;
    before = value;
    return increase;
  });
  return { name: "vol_delta", type: "int", values };
}
