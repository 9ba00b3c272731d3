/** How columns of the result tables become columns of a Parquet file. */
import { Dictionary, Int32, makeData, makeVector, Uint8, Utf8, type Vector } from "apache-arrow";

/** SQL for a day number as a DATE. */
export const dayColumn = (column: string): string => `DATE '1970-01-01' + ${column}`;

/** SQL for a second of the IST day as a TIMESTAMP. */
export const momentColumn = (seconds: string): string => `epoch_ms((CAST(date AS BIGINT) * 86400 + ${seconds}) * 1000)`;

/** SQL for whole paise as rupees, in decimals: the quotient of a large amount is no number of its own. */
export const rupeesColumn = (paise: string): string => `CAST(CAST(${paise} AS DECIMAL(18, 0)) * 0.01 AS DECIMAL(18, 2))`;

/** Texts by their codes. */
export function wordVector(codes: Int32Array | Uint8Array, words: readonly string[]): Vector {
  const type = new Dictionary(new Utf8(), codes instanceof Uint8Array ? new Uint8() : new Int32());
  return makeVector(makeData({ type, length: codes.length, nullCount: 0, data: codes, dictionary: textVector(words) }));
}

/** Texts made of numbers, each made once. */
export function textsOf(values: Int32Array, text: (value: number) => string): Vector {
  const places = new Map<number, number>();
  const codes = Int32Array.from(values, (value) => places.get(value) ?? (places.set(value, places.size), places.size - 1));
  return wordVector(codes, [...places.keys()].map(text));
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
