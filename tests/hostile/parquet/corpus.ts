/** One table in every form in which Parquet can hold it, written by DuckDB (pages of version 1) and by hyparquet-writer (version 2). */
import { DuckDBInstance } from "@duckdb/node-api";
import type { CompressionCodec, Encoding, SchemaElement } from "hyparquet";
import { parquetWriteBuffer } from "hyparquet-writer";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import type { Column } from "../../../src/data/ports.ts";
import { tempFolder } from "../../support/temp-folder.ts";
import { TYPES, type Cell } from "../../unit/data/parquet-fixture.ts";

export const ROWS = 2_500;
/** 2024-08-20 09:15:00.000250 as if it were UTC, in microseconds. */
const AT = 1_724_145_300_000_250n;
const BIG = 9_007_199_254_740_993n;

export interface CorpusColumn {
  readonly name: string;
  /** The value of row `i` as DuckDB's SQL. */
  readonly sql: string;
  readonly type: Omit<SchemaElement, "name">;
  /** The value of row `i` as hyparquet-writer takes it. */
  readonly stored: (i: number) => Cell;
  /** What a reader has to give; the same as what is stored where it is absent. */
  readonly read?: (i: number) => Cell;
  /** Besides PLAIN and RLE_DICTIONARY. */
  readonly encodings: readonly Encoding[];
}

const INTEGERS: readonly Encoding[] = ["DELTA_BINARY_PACKED", "BYTE_STREAM_SPLIT"];
const FLOATS: readonly Encoding[] = ["BYTE_STREAM_SPLIT"];
const TEXTS: readonly Encoding[] = ["DELTA_LENGTH_BYTE_ARRAY", "DELTA_BYTE_ARRAY"];
const cents = (i: number): number => (i - 1_000) / 100;
const decimal = (type: "INT32" | "INT64" | "FIXED_LEN_BYTE_ARRAY", precision: number): Omit<SchemaElement, "name"> =>
  ({ type, converted_type: "DECIMAL", precision, scale: 2, ...(type === "FIXED_LEN_BYTE_ARRAY" && { type_length: 16 }) });

export const COLUMNS: readonly CorpusColumn[] = [
  { name: "int", sql: "(i * 100003 - 5)::INTEGER", type: TYPES.int32, stored: (i) => i * 100_003 - 5, encodings: INTEGERS },
  { name: "long", sql: `(${BIG} + i)::BIGINT`, type: TYPES.int64, stored: (i) => BIG + BigInt(i), encodings: INTEGERS },
  { name: "unsigned", sql: "(4000000000 + i)::UINTEGER", type: TYPES.uint32, stored: (i) => 4_000_000_000 + i, encodings: INTEGERS },
  { name: "holes", sql: "CASE WHEN i % 5 <> 0 THEN (i / 8)::DOUBLE END", type: TYPES.double, stored: (i) => (i % 5 === 0 ? null : i / 8), encodings: FLOATS },
  { name: "single", sql: "(i / 4)::FLOAT", type: TYPES.float, stored: (i) => i / 4, encodings: FLOATS },
  { name: "text", sql: "CASE WHEN i % 4 <> 1 THEN 'नाम ' || (i % 300) END", type: TYPES.text, stored: (i) => (i % 4 === 1 ? null : `नाम ${i % 300}`), encodings: TEXTS },
  { name: "unique", sql: "'row number ' || i", type: TYPES.text, stored: (i) => `row number ${i}`, encodings: TEXTS },
  { name: "truth", sql: "i % 3 = 0", type: TYPES.bool, stored: (i) => i % 3 === 0, read: (i) => Number(i % 3 === 0), encodings: ["RLE"] },
  { name: "day", sql: "DATE '1970-01-01' + (19936 + i % 20)::INTEGER", type: TYPES.date, stored: (i) => 19_936 + (i % 20), encodings: INTEGERS },
  { name: "ms", sql: `make_timestamp(${AT} + i * 1000000)::TIMESTAMP_MS`, type: TYPES.ms, stored: (i) => AT / 1_000n + BigInt(i) * 1_000n, encodings: INTEGERS },
  { name: "us", sql: `make_timestamp(${AT} + i * 1000000)`, type: TYPES.localUs, stored: (i) => AT + BigInt(i) * 1_000_000n, encodings: INTEGERS },
  { name: "ns", sql: `make_timestamp_ns(${AT * 1_000n} + i)`, type: TYPES.ns, stored: (i) => AT * 1_000n + BigInt(i), encodings: INTEGERS },
  { name: "seconds", sql: "(12345 + i % 7)::BIGINT", type: TYPES.int64, stored: (i) => 12_345n + BigInt(i % 7), encodings: INTEGERS },
  { name: "clock", sql: `strftime(make_timestamp(${AT} + i * 1000000), '%Y-%m-%d %H:%M:%S')`, type: TYPES.text, stored: (i) => new Date(Number(AT / 1_000n) + i * 1_000).toISOString().slice(0, 19).replace("T", " "), encodings: TEXTS },
  { name: "dec9", sql: "((i - 1000) / 100)::DECIMAL(9, 2)", type: decimal("INT32", 9), stored: cents, encodings: INTEGERS },
  { name: "dec18", sql: "((i - 1000) / 100)::DECIMAL(18, 2)", type: decimal("INT64", 18), stored: cents, encodings: INTEGERS },
  { name: "dec38", sql: "((i - 1000) / 100)::DECIMAL(38, 2)", type: decimal("FIXED_LEN_BYTE_ARRAY", 38), stored: cents, encodings: FLOATS },
];

export const expectedCells = ({ stored, read = stored }: CorpusColumn): Cell[] => Array.from({ length: ROWS }, (_, i) => read(i));

/** The values of a column as a reader gives them, null where there is none. */
export function cellsOf(column: Column | undefined): Cell[] {
  switch (column?.type) {
    case "number":
      return column.exact ? Array.from(column.exact, nullAt(-(2n ** 63n))) : Array.from(column.values, (value) => (Number.isNaN(value) ? null : value));
    case "time":
      return Array.from(column.values, nullAt(-(2n ** 63n)));
    case "date":
      return Array.from(column.values, nullAt(-(2 ** 31)));
    case "text":
      return Array.from(column.codes, (code) => (code < 0 ? null : column.dictionary[code]));
    case undefined:
      return [];
  }
}

const nullAt = <V extends Cell>(missing: V) => (value: V): V | null => (value === missing ? null : value);

/** What DuckDB writes, under the names by which its SQL and the file know the codec. */
export const DUCKDB_CODECS: readonly (readonly [sql: string, CompressionCodec])[] = [["uncompressed", "UNCOMPRESSED"], ["snappy", "SNAPPY"], ["gzip", "GZIP"], ["zstd", "ZSTD"], ["lz4_raw", "LZ4_RAW"], ["brotli", "BROTLI"]];

/** Files of DuckDB by codec and version of its encodings: plain and dictionary, or delta and byte-stream-split. */
export async function duckdbFiles(): Promise<ReadonlyMap<string, Uint8Array<ArrayBuffer>>> {
  const connection = await (await DuckDBInstance.create(":memory:", { threads: "1" })).connect();
  const folder = tempFolder();
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  await connection.run(`CREATE TABLE t AS SELECT ${COLUMNS.map(({ name, sql }) => `${sql} AS "${name}"`).join(", ")} FROM range(${ROWS}) r(i)`);
  for (const version of ["V1", "V2"])
    for (const [codec] of DUCKDB_CODECS) {
      const path = join(folder, `${version}-${codec}.parquet`);
      await connection.run(`COPY t TO '${path}' (FORMAT parquet, CODEC ${codec}, PARQUET_VERSION ${version}, ROW_GROUP_SIZE 2048)`);
      files.set(`${version} ${codec}`, new Uint8Array(readFileSync(path)));
    }
  connection.closeSync();
  return files;
}

/** A frame whose one block is stored as it is; Node 20 has no encoder. */
function storedZstd(bytes: Uint8Array): Uint8Array {
  const header = new Uint8Array(12);
  const view = new DataView(header.buffer);
  view.setUint32(0, 0xfd2fb528, true);
  // One segment, its size in four bytes.
  header[4] = 0xa0;
  view.setUint32(5, bytes.length, true);
  const block = (bytes.length << 3) | 1;
  header.set([block & 255, (block >> 8) & 255, block >> 16], 9);
  return Uint8Array.of(...header, ...bytes);
}

/** A block of literals and nothing else. */
function storedLz4(bytes: Uint8Array): Uint8Array {
  const more: number[] = [];
  if (bytes.length >= 15) for (let left = bytes.length - 15; ; left -= 255) {
    more.push(Math.min(255, left));
    if (left < 255) break;
  }
  return Uint8Array.of(Math.min(15, bytes.length) << 4, ...more, ...bytes);
}

/** The older form: a block behind its two sizes. */
function hadoopLz4(bytes: Uint8Array): Uint8Array {
  const block = storedLz4(bytes);
  const sizes = new DataView(new ArrayBuffer(8));
  sizes.setUint32(0, bytes.length);
  sizes.setUint32(4, block.length);
  return Uint8Array.of(...new Uint8Array(sizes.buffer), ...block);
}

export const COMPRESSORS = {
  GZIP: (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes)),
  BROTLI: (bytes: Uint8Array) => new Uint8Array(brotliCompressSync(bytes)),
  ZSTD: storedZstd,
  LZ4_RAW: storedLz4,
  LZ4: hadoopLz4,
} satisfies Partial<Record<CompressionCodec, (bytes: Uint8Array) => Uint8Array>>;

/** One column in one encoding. */
export function hyparquetFile(column: CorpusColumn, encoding: Encoding, codec: CompressionCodec): Uint8Array<ArrayBuffer> {
  return new Uint8Array(
    parquetWriteBuffer({
      columnData: [{ name: column.name, data: Array.from({ length: ROWS }, (_, i) => column.stored(i)), encoding }],
      schema: [{ name: "root", num_children: 1 }, { name: column.name, repetition_type: "OPTIONAL", ...column.type }],
      codec,
      compressors: COMPRESSORS,
      // Several pages and row groups.
      pageSize: 4_000,
      rowGroupSize: 2_000,
    }),
  );
}
