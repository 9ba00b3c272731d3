/** Columns as a file stores them, types and nulls included, and how rows of them are taken into new ones. */
import { Data, DataType, Field, makeData, Schema, Struct, Table, RecordBatch, TimestampMicrosecond, TimestampMillisecond, TimestampNanosecond, TimestampSecond, TimeUnit, Utf8, type TypeMap } from "apache-arrow";
import { hashText, NULL_HASH, type SummedColumn } from "../../core/reshape/checksum.ts";
import type { TakenRows } from "../../core/reshape/taken-rows.ts";
import { ParquetError } from "../ports.ts";

/** How many bytes a value of a type takes; undefined of texts. Truth values are bits. */
type Kind = { readonly kind: "fixed"; readonly bytes: number } | { readonly kind: "bits" } | { readonly kind: "text" };

const TIMESTAMPS = { [TimeUnit.SECOND]: TimestampSecond, [TimeUnit.MILLISECOND]: TimestampMillisecond, [TimeUnit.MICROSECOND]: TimestampMicrosecond, [TimeUnit.NANOSECOND]: TimestampNanosecond } as const;

/** The type with the zone that the file names for it. */
export function zonedType(type: DataType, zone: string | undefined): DataType {
  return DataType.isTimestamp(type) && zone !== undefined ? new TIMESTAMPS[type.unit](zone) : type;
}

function kindOf(path: string, { name, type }: Field): Kind {
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type)) return { kind: "text" };
  if (DataType.isBool(type)) return { kind: "bits" };
  if (DataType.isInt(type)) return { kind: "fixed", bytes: type.bitWidth / 8 };
  if (DataType.isFloat(type)) return { kind: "fixed", bytes: [2, 4, 8][type.precision] };
  if (DataType.isTimestamp(type)) return { kind: "fixed", bytes: 8 };
  if (DataType.isDate(type)) return { kind: "fixed", bytes: type.unit === 0 ? 4 : 8 };
  if (DataType.isTime(type)) return { kind: "fixed", bytes: type.bitWidth / 8 };
  if (DataType.isDecimal(type)) return { kind: "fixed", bytes: type.bitWidth / 8 };
  throw new ParquetError(path, `column "${name}" has the type ${String(type)}, which cannot be copied; numbers, texts, dates, times and truth values can. Write it as a plain column, or make a lean copy.`, { fault: "wrong_type" });
}

/** One column of some rows of a file. */
export class StoredColumn {
  readonly #kind: Kind;
  readonly #data: Data;

  constructor(path: string, readonly field: Field, data: Data) {
    this.#kind = kindOf(path, field);
    this.#data = data;
  }

  isNull(row: number): boolean {
    return this.hasNulls && (this.#data.nullBitmap[row >> 3] & (1 << (row & 7))) === 0;
  }

  get hasNulls(): boolean {
    return this.#data.nullCount > 0 && this.#data.nullBitmap.length > 0;
  }

  /** Calls back for each of the rows that is null: with its place among the rows, and with where it goes. */
  eachNull({ stretches }: TakenRows, use: (place: number, at: number) => void): void {
    if (!this.hasNulls) return;
    const { nullBitmap: bits } = this.#data;
    for (let i = 0, place = 0; i < stretches.length; place += stretches[i + 2], i += 3) {
      const from = stretches[i];
      for (let row = from; row < from + stretches[i + 2]; row++) {
        if ((row & 7) === 0 && bits[row >> 3] === 0xff) row += 7;
        else if ((bits[row >> 3] & (1 << (row & 7))) === 0) use(place + row - from, stretches[i + 1] + row - from);
      }
    }
  }

  /** What is made of the text of each of the rows that is not null. Rows with the text of the row before are not decoded again. */
  eachText<T>({ rows }: TakenRows, make: (text: string) => T, use: (i: number, made: T) => void): void {
    const { valueOffsets, values } = this.#data as Data<Utf8>;
    const bytes = values as unknown as Uint8Array;
    const offsets = valueOffsets as Int32Array | BigInt64Array;
    const known = new Map<string, T>();
    const { hasNulls } = this;
    let [from, to] = [0, -1];
    let made: T | undefined;
    for (let i = 0; i < rows.length; i++) {
      if (hasNulls && this.isNull(rows[i])) continue;
      const [start, end] = [Number(offsets[rows[i]]), Number(offsets[rows[i] + 1])];
      if (made === undefined || !sameBytes(bytes, from, to, start, end)) {
        const text = decoder.decode(bytes.subarray(start, end));
        made = known.get(text) ?? make(text);
        known.set(text, made);
        [from, to] = [start, end];
      }
      use(i, made);
    }
  }

  bit(row: number): boolean {
    return ((this.#data.values as Uint8Array)[row >> 3] & (1 << (row & 7))) !== 0;
  }

  /** Of values of this width. A view that came over the C data interface may count values where it should count bytes. */
  bytes(width: number): Uint8Array {
    const { buffer, byteOffset } = this.#data.values as Uint8Array;
    return new Uint8Array(buffer, byteOffset, this.#data.length * width);
  }

  /** What is summed of the rows: the same for the same values of the same type wherever they are stored. */
  summed(taken: TakenRows): SummedColumn {
    const kind = this.#kind;
    if (kind.kind === "fixed" && kind.bytes % 4 === 0) {
      const bytes = this.bytes(kind.bytes);
      const whole = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
      return { words: new Int32Array(whole.buffer, whole.byteOffset, whole.byteLength >> 2), perValue: kind.bytes / 4, ...(this.hasNulls && { valid: this.#data.nullBitmap }) };
    }
    if (kind.kind === "fixed") {
      const bytes = this.bytes(kind.bytes);
      const words = new Int32Array(this.#data.length);
      for (let row = 0; row < words.length; row++) for (let byte = 0; byte < kind.bytes; byte++) words[row] |= bytes[row * kind.bytes + byte] << (8 * byte);
      return { words, perValue: 1, ...(this.hasNulls && { valid: this.#data.nullBitmap }) };
    }
    const hashes = new Int32Array(taken.length);
    if (kind.kind === "text") this.eachText(taken, hashText, (i, hash) => (hashes[i] = hash));
    else for (let i = 0; i < hashes.length; i++) hashes[i] = this.bit(taken.rows[i]) ? 1 : 2;
    this.eachNull(taken, (place) => (hashes[place] = NULL_HASH));
    return { hashes };
  }
}

function sameBytes(bytes: Uint8Array, from: number, to: number, start: number, end: number): boolean {
  if (to - from !== end - start) return false;
  for (let i = 0; i < end - start; i++) if (bytes[from + i] !== bytes[start + i]) return false;
  return true;
}

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** Room for so many rows of one column, filled row by row from others of the same type. */
export class ColumnBuffer {
  readonly field: Field;
  readonly #kind: Kind;
  readonly #rows: number;
  readonly #bytes: Uint8Array;
  readonly #valid: Uint8Array;
  #nulls = 0;
  /** Of a text column: which text each row has. */
  readonly #codes: Int32Array;
  readonly #texts = new Map<string, number>();

  constructor(path: string, field: Field, rows: number) {
    this.#kind = kindOf(path, field);
    this.field = this.#kind.kind === "text" ? new Field(field.name, new Utf8(), true) : field;
    this.#rows = rows;
    this.#bytes = new Uint8Array(this.#kind.kind === "fixed" ? rows * this.#kind.bytes : this.#kind.kind === "bits" ? (rows + 7) >> 3 : 0);
    this.#codes = new Int32Array(this.#kind.kind === "text" ? rows : 0);
    this.#valid = new Uint8Array((rows + 7) >> 3).fill(255);
  }

  /** Rows of the other into their places of this. */
  put(from: StoredColumn, taken: TakenRows): void {
    const { at, rows } = taken;
    const kind = this.#kind;
    if (kind.kind === "text") {
      from.eachText(taken, (text) => this.#code(text), (i, code) => (this.#codes[at[i]] = code));
      from.eachNull(taken, (_, row) => (this.#codes[row] = -1));
    } else if (kind.kind === "bits") {
      for (let i = 0; i < rows.length; i++) if (from.bit(rows[i])) this.#bytes[at[i] >> 3] |= 1 << (at[i] & 7);
    } else {
      this.#copyBytes(from.bytes(kind.bytes), kind.bytes, taken);
    }
    from.eachNull(taken, (_, row) => this.#setNull(row));
  }

  /** The same text or day in all of these rows. */
  putConstant(value: string | number, at: Int32Array): void {
    if (typeof value === "string") {
      const code = this.#code(value);
      for (const row of at) this.#codes[row] = code;
      return;
    }
    const words = new DataView(this.#bytes.buffer);
    const isDouble = DataType.isFloat(this.field.type);
    for (const row of at) {
      if (isDouble) words.setFloat64(row * 8, value, true);
      else words.setInt32(row * 4, value, true);
    }
  }

  #copyBytes(source: Uint8Array, width: number, { stretches }: TakenRows): void {
    for (let i = 0; i < stretches.length; i += 3) {
      const [row, at, count] = [stretches[i], stretches[i + 1], stretches[i + 2]];
      this.#bytes.set(source.subarray(row * width, (row + count) * width), at * width);
    }
  }

  #setNull(row: number): void {
    this.#valid[row >> 3] &= ~(1 << (row & 7));
    this.#nulls++;
  }

  #code(text: string): number {
    const known = this.#texts.get(text) ?? this.#texts.size;
    this.#texts.set(text, known);
    return known;
  }

  finish(): Data {
    const { type } = this.field;
    const nulls = { nullCount: this.#nulls, ...(this.#nulls > 0 && { nullBitmap: this.#valid }) };
    if (this.#kind.kind === "text") {
      const texts = [...this.#texts.keys()].map((text) => encoder.encode(text));
      const valueOffsets = new Int32Array(this.#rows + 1);
      for (let row = 0; row < this.#rows; row++) valueOffsets[row + 1] = valueOffsets[row] + (this.#codes[row] < 0 ? 0 : texts[this.#codes[row]].length);
      const data = new Uint8Array(valueOffsets[this.#rows]);
      for (let row = 0; row < this.#rows; row++) if (this.#codes[row] >= 0) data.set(texts[this.#codes[row]], valueOffsets[row]);
      return makeData({ type: new Utf8(), length: this.#rows, valueOffsets, data, ...nulls });
    }
    const { buffer } = this.#bytes;
    const data = DataType.isBool(type) ? this.#bytes : new (type.ArrayType as unknown as new (buffer: ArrayBufferLike) => Uint8Array)(buffer);
    return makeData({ type, length: this.#rows, data, ...nulls } as unknown as Parameters<typeof makeData>[0]);
  }
}

/** Rows that are full, as a table that can be written. */
export function tableOf(columns: readonly ColumnBuffer[], rows: number): Table {
  const schema = new Schema<TypeMap>(columns.map(({ field }) => field));
  const children = columns.map((column) => column.finish());
  return new Table([new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length: rows, nullCount: 0, children }))]);
}
