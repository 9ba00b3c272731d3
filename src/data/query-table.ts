/** The result of a query: an Arrow table with its cells as plain values and as texts. Dates and moments are shown by their Indian digits. */
import { DataType, tableFromIPC, type Table, type Vector } from "apache-arrow";
import { formatMoment, isoDate, SECONDS_PER_DAY } from "../core/time.ts";

export type CellKind = "number" | "date" | "moment" | "truth" | "text";
/** What JSON can hold. */
export type CellValue = number | string | boolean | null;

export interface QueryColumn {
  readonly name: string;
  readonly kind: CellKind;
}

const MS_PER_DAY = SECONDS_PER_DAY * 1000;
const MICROS_PER_SECOND = 1_000_000;

export class QueryTable {
  readonly rows: number;
  readonly columns: readonly QueryColumn[];
  readonly #vectors: readonly Vector[];

  constructor(table: Table) {
    this.rows = table.numRows;
    this.columns = table.schema.fields.map(({ name, type }) => ({ name, kind: kindOf(type) }));
    this.#vectors = table.schema.fields.map((_, i) => table.getChildAt(i)!.memoize());
  }

  /** @param ipc an Arrow IPC stream */
  static from(ipc: Uint8Array): QueryTable {
    return new QueryTable(tableFromIPC(ipc));
  }

  /** Numbers that a double cannot hold are texts of their digits; dates `YYYY-MM-DD`, moments `YYYY-MM-DD HH:MM:SS`. */
  value(row: number, column: number): CellValue {
    const vector = this.#vectors[column];
    const found: unknown = vector.get(row);
    if (found === null || found === undefined) return null;
    const { type } = vector as { type: DataType };
    if (DataType.isDate(type)) return isoDate(Math.floor(Number(found) / MS_PER_DAY));
    if (DataType.isTimestamp(type)) return momentText(Number(found));
    if (DataType.isDecimal(type)) return exact(decimalText(found as Uint32Array, type.scale));
    if (DataType.isTime(type)) return timeText(Number(found), vector);
    if (typeof found === "bigint") return exact(String(found));
    if (typeof found === "number" || typeof found === "boolean" || typeof found === "string") return found;
    return JSON.stringify(found, (_, inner: unknown) => (typeof inner === "bigint" ? exact(String(inner)) : inner));
  }

  /** Null where the cell is. */
  text(row: number, column: number): string | null {
    const value = this.value(row, column);
    return value === null ? null : String(value);
  }

  /** Lines of a CSV, the header first, each ended by LF. `cell` makes a text safe. */
  *csvLines(cell: (text: string) => string): Generator<string> {
    yield `${this.columns.map(({ name }) => cell(name)).join(",")}\n`;
    for (let row = 0; row < this.rows; row++) yield `${this.columns.map((_, column) => cell(this.text(row, column) ?? "")).join(",")}\n`;
  }

  /** Cells that hold NaN, by the name of their column; columns without any are left out. What is missing is no NaN. */
  nans(): ReadonlyMap<string, number> {
    const found = this.#vectors.map((vector, i): [string, number] => [this.columns[i].name, DataType.isFloat(vector.type) ? nansIn(vector) : 0]);
    return new Map(found.filter(([, cells]) => cells > 0));
  }

  /** A column as numbers, NaN where missing; dates as days and moments as seconds since 1970. */
  numbers(column: number): Float64Array {
    const { kind } = this.columns[column];
    const vector = this.#vectors[column];
    const per = kind === "date" ? MS_PER_DAY : kind === "moment" ? 1000 : undefined;
    return Float64Array.from({ length: this.rows }, (_, row) => {
      if (per === undefined) {
        const value = this.value(row, column);
        return value === null ? NaN : Number(value);
      }
      const found: unknown = vector.get(row);
      return found === null || found === undefined ? NaN : Number(found) / per;
    });
  }
}

function nansIn(vector: Vector): number {
  let cells = 0;
  for (const part of vector.data) {
    const values = part.values as Float64Array;
    for (let i = 0; i < part.length; i++) if (Number.isNaN(values[i]) && part.getValid(i)) cells++;
  }
  return cells;
}

function kindOf(type: DataType): CellKind {
  if (DataType.isDate(type)) return "date";
  if (DataType.isTimestamp(type)) return "moment";
  if (DataType.isBool(type)) return "truth";
  return DataType.isInt(type) || DataType.isFloat(type) || DataType.isDecimal(type) ? "number" : "text";
}

/** Microseconds are shown where there are any. */
function momentText(ms: number): string {
  const micros = Math.round(ms * 1000);
  const seconds = Math.floor(micros / MICROS_PER_SECOND);
  const day = Math.floor(seconds / SECONDS_PER_DAY);
  const fraction = micros - seconds * MICROS_PER_SECOND;
  const whole = formatMoment(day, seconds - day * SECONDS_PER_DAY);
  return fraction === 0 ? whole : `${whole}.${String(fraction).padStart(6, "0").replace(/0+$/, "")}`;
}

function timeText(value: number, { type }: Vector): string {
  const perSecond = DataType.isTime(type) ? 1000 ** type.unit : 1;
  return formatMoment(0, Math.floor(value / perSecond)).slice(11);
}

function exact(digits: string): number | string {
  const value = Number(digits);
  return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? value : digits;
}

/** Two's complement in 32-bit words, least significant first. */
function decimalText(words: Uint32Array, scale: number): string {
  const unsigned = words.reduceRight((sum, word) => (sum << 32n) | BigInt(word), 0n);
  const value = BigInt.asIntN(words.length * 32, unsigned);
  if (scale === 0) return String(value);
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, "0");
  return `${value < 0n ? "-" : ""}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
