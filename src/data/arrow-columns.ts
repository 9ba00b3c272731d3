import { DataType, makeData, TimeUnit, Vector } from "apache-arrow";
import type { Data, Float64, Table } from "apache-arrow";
import { pickColumn } from "./columns.ts";
import { ParquetError, NULL_DATE, NULL_TIME } from "./ports.ts";
import type { Column } from "./ports.ts";
import { TextCodes } from "./text-codes.ts";

const UNIT_NAMES = { [TimeUnit.SECOND]: "s", [TimeUnit.MILLISECOND]: "ms", [TimeUnit.MICROSECOND]: "us", [TimeUnit.NANOSECOND]: "ns" } as const;
const PER_SECOND = { [TimeUnit.SECOND]: 1, [TimeUnit.MILLISECOND]: 1e3, [TimeUnit.MICROSECOND]: 1e6, [TimeUnit.NANOSECOND]: 1e9 } as const;
const MS_PER_DAY = 86_400_000;

/**
 * The wanted columns of an Arrow table that it has, by name, of all rows or of those `at` some places. Shared by both readers.
 * Throws a ParquetError naming `path` for nested, binary and other types that no market column has.
 */
export function columnsFromArrow(table: Table, wanted: readonly string[], path: string, at?: Int32Array): ReadonlyMap<string, Column> {
  const columns = new Map<string, Column>();
  for (const name of wanted) {
    const vector = table.getChild(name);
    if (!vector) continue;
    const column = at ? pickedColumn(vector, at) : columnFromVector(vector);
    if (!column)
      throw new ParquetError(path, `column "${name}" has the type ${String(vector.type)}; numbers, texts, dates and timestamps can be read. Write it as a plain column.`, { fault: "wrong_type" });
    columns.set(name, column);
  }
  return columns;
}

/** Of the common types no other row is looked at. */
function pickedColumn(vector: Vector, at: Int32Array): Column | undefined {
  const { type, data: [first] } = vector;
  const isPlain = DataType.isInt(type) || DataType.isTimestamp(type) || (DataType.isFloat(type) && type.precision !== 0);
  if (isPlain && vector.data.length === 1) return columnFromVector(new Vector([pickedData(first, at)]));
  const whole = columnFromVector(vector);
  return whole && pickColumn(whole, at);
}

function pickedData(data: Data, at: Int32Array): Data {
  const { type, values, nullBitmap: bits, offset } = data as Data<Float64>;
  const picked = new (values.constructor as Float64ArrayConstructor)(at.length);
  const nullBitmap = new Uint8Array((at.length + 7) >> 3);
  let nullCount = 0;
  for (let i = 0; i < at.length; i++) {
    picked[i] = values[at[i]];
    const bit = offset + at[i];
    if (data.nullCount === 0 || (bits[bit >> 3] & (1 << (bit & 7))) !== 0) nullBitmap[i >> 3] |= 1 << (i & 7);
    else nullCount++;
  }
  return makeData({ type, length: at.length, nullCount, nullBitmap, data: picked });
}

function columnFromVector(vector: Vector): Column | undefined {
  const { type } = vector;
  if (DataType.isTimestamp(type)) return { type: "time", values: bigints(vector, NULL_TIME), unit: UNIT_NAMES[type.unit], zone: type.timezone ?? null };
  if (DataType.isDate(type)) return { type: "date", values: dates(vector) };
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type)) return texts(vector);
  if (DataType.isDictionary(type)) return DataType.isUtf8(type.dictionary) || DataType.isLargeUtf8(type.dictionary) ? dictionaryTexts(vector) : undefined;
  if (DataType.isInt(type)) return type.bitWidth === 64 ? { type: "number", values: numbers(vector, Number), ...(type.isSigned && { exact: bigints(vector, NULL_TIME) }) } : { type: "number", values: numbers(vector) };
  if (DataType.isFloat(type)) return { type: "number", values: type.precision === 0 ? generic(vector) : numbers(vector) };
  if (DataType.isDecimal(type)) return { type: "number", values: decimals(vector, type.scale, type.bitWidth / 32) };
  if (DataType.isBool(type)) return { type: "number", values: generic(vector) };
  if (DataType.isNull(type)) return { type: "number", values: new Float64Array(vector.length).fill(NaN) };
  if (DataType.isTime(type)) {
    const perSecond = PER_SECOND[type.unit];
    return { type: "number", values: numbers(vector, (value) => Number(value) / perSecond) };
  }
  return undefined;
}

/** One copy, or none where a single chunk already holds doubles: nothing else reads the table, so missing ones are marked where they lie. */
function numbers(vector: Vector, convert?: (value: bigint | number) => number): Float64Array {
  const [first] = vector.data;
  if (!convert && vector.data.length === 1 && first.values instanceof Float64Array) {
    const values = first.values.subarray(0, first.length);
    forEachNull(first, (i) => (values[i] = NaN));
    return values;
  }
  const out = new Float64Array(vector.length);
  let at = 0;
  for (const data of vector.data) {
    const values = data.values as Float64Array | BigInt64Array;
    if (convert) for (let i = 0; i < data.length; i++) out[at + i] = convert(values[i]);
    else out.set((values as Float64Array).subarray(0, data.length), at);
    forEachNull(data, (i) => (out[at + i] = NaN));
    at += data.length;
  }
  return out;
}

function bigints(vector: Vector, missing: bigint): BigInt64Array {
  const [first] = vector.data;
  if (vector.data.length === 1) {
    const values = (first.values as BigInt64Array).subarray(0, first.length);
    forEachNull(first, (i) => (values[i] = missing));
    return values;
  }
  const out = new BigInt64Array(vector.length);
  let at = 0;
  for (const data of vector.data) {
    out.set((data.values as BigInt64Array).subarray(0, data.length), at);
    forEachNull(data, (i) => (out[at + i] = missing));
    at += data.length;
  }
  return out;
}

/** Arrow stores dates as days in 32 bits or as milliseconds in 64. */
function dates(vector: Vector): Int32Array {
  const out = new Int32Array(vector.length);
  let at = 0;
  for (const data of vector.data) {
    const { values } = data as Data & { values: Int32Array | BigInt64Array };
    if (values instanceof Int32Array && DataType.isDate(data.type) && data.type.unit === 0) out.set(values.subarray(0, data.length), at);
    else if (values instanceof BigInt64Array) for (let i = 0; i < data.length; i++) out[at + i] = Math.floor(Number(values[i]) / MS_PER_DAY);
    else for (let i = 0; i < data.length; i++) out[at + i] = Math.floor((values[2 * i + 1] * 2 ** 32 + (values[2 * i] >>> 0)) / MS_PER_DAY);
    forEachNull(data, (i) => (out[at + i] = NULL_DATE));
    at += data.length;
  }
  return out;
}

/** Two's complement in 32-bit words, least significant first. */
function decimals(vector: Vector, scale: number, stride: number): Float64Array {
  const out = new Float64Array(vector.length);
  const divisor = 10 ** scale;
  let at = 0;
  for (const data of vector.data) {
    // A view that came over the C data interface counts values where it should count words.
    const { buffer, byteOffset } = data.values as Uint32Array;
    const words = new Uint32Array(buffer, byteOffset, data.length * stride);
    for (let i = 0; i < data.length; i++) {
      let value = words[(i + 1) * stride - 1] | 0;
      for (let word = stride - 2; word >= 0; word--) value = value * 2 ** 32 + words[i * stride + word];
      out[at + i] = value / divisor;
    }
    forEachNull(data, (i) => (out[at + i] = NaN));
    at += data.length;
  }
  return out;
}

/** For types that are rare in market data: booleans and half floats. */
function generic(vector: Vector): Float64Array {
  const out = new Float64Array(vector.length);
  for (let i = 0; i < out.length; i++) {
    const value = vector.get(i) as number | boolean | null;
    out[i] = value === null ? NaN : Number(value);
  }
  return out;
}

function texts(vector: Vector): Column {
  const codes = new Int32Array(vector.length);
  const known = new TextCodes();
  let at = 0;
  for (const data of vector.data) {
    const { length, values, valueOffsets } = data as Data & { values: Uint8Array; valueOffsets: Int32Array | BigInt64Array };
    const offsets = valueOffsets instanceof Int32Array ? valueOffsets : Int32Array.from(valueOffsets, Number);
    if (data.nullCount === 0) known.addAll(values, offsets, length, codes, at);
    else for (let i = 0; i < length; i++) codes[at + i] = data.getValid(i) ? known.code(values, offsets[i], offsets[i + 1]) : -1;
    at += length;
  }
  return { type: "text", codes, dictionary: known.dictionary };
}

function dictionaryTexts(vector: Vector): Column {
  const codes = new Int32Array(vector.length);
  const known = new Map<string, number>();
  let at = 0;
  for (const data of vector.data) {
    const words = data.dictionary;
    const own = Array.from({ length: words?.length ?? 0 }, (_, i) => {
      const word = String(words?.get(i));
      const code = known.get(word) ?? known.size;
      known.set(word, code);
      return code;
    });
    const indexes = data.values as Int32Array;
    for (let i = 0; i < data.length; i++) codes[at + i] = data.nullCount > 0 && !data.getValid(i) ? -1 : own[Number(indexes[i])];
    at += data.length;
  }
  return { type: "text", codes, dictionary: [...known.keys()] };
}

function forEachNull(data: Data, at: (index: number) => void): void {
  if (data.nullCount === 0) return;
  // One bit a row, least significant first; asking Arrow for each row would take longer than decoding the column.
  const { nullBitmap: bits, offset, length } = data;
  for (let bit = offset; bit < offset + length; bit++) {
    if ((bit & 7) === 0 && bits[bit >> 3] === 0xff) bit += 7;
    else if ((bits[bit >> 3] & (1 << (bit & 7))) === 0) at(bit - offset);
  }
}
