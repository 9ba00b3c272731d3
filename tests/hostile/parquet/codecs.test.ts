/** Every codec, encoding and page version that the readers claim, cell by cell; what one of them cannot read it says. */
import type { CompressionCodec, Encoding } from "hyparquet";
import { beforeAll, describe, expect, it } from "vitest";
import { ParquetError, type RowReader } from "../../../src/data/ports.ts";
import { createDuckdbReader } from "../../../src/sql/duckdb-reader.ts";
import { openFileSource } from "../../../src/sql/file-source-node.ts";
import { memoryFile, testReader } from "../../unit/data/parquet-fixture.ts";
import { duckdbWasm } from "../../unit/sql/duckdb-wasm.ts";
import { cellsOf, COLUMNS, DUCKDB_CODECS, duckdbFiles, expectedCells, hyparquetFile, type CorpusColumn } from "./corpus.ts";

/** What DuckDB's reader does not claim; parquet-wasm claims everything. */
const NOT_FOR_DUCKDB: readonly CompressionCodec[] = ["LZ4", "LZ4_RAW", "BROTLI"];
const CODECS: readonly CompressionCodec[] = ["UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD", "LZ4_RAW", "LZ4", "BROTLI"];
/** Unsigned integers of more than 31 bits. */
const BEYOND_SIGN = "unsigned";
const isFloat = ({ type: { type } }: CorpusColumn): boolean => type === "DOUBLE" || type === "FLOAT";

let readers: readonly RowReader[];
let files: Awaited<ReturnType<typeof duckdbFiles>>;
beforeAll(async () => {
  readers = [await testReader(), await createDuckdbReader(await duckdbWasm(), openFileSource)];
  files = await duckdbFiles();
});

/** Reads with both readers: right, or refused with what to do where the second does not claim it. */
async function readBoth(what: string, bytes: Uint8Array<ArrayBuffer>, columns: readonly CorpusColumn[], duckdbReads: boolean): Promise<void> {
  for (const reader of readers) {
    const reading = reader.read(memoryFile("x/f.parquet", bytes), { columns: columns.map(({ name }) => name) });
    if (reader.name === "duckdb" && !duckdbReads) {
      const error: unknown = await reading.catch((refused: unknown) => refused);
      expect(error, what).toBeInstanceOf(ParquetError);
      expect(error, what).toMatchObject({ fault: "wrong_type", message: expect.stringMatching(/^x\/f\.parquet: column ".*" is (compressed with|encoded as) [A-Z0-9_ ]+, which DuckDB cannot read: SQL and the preview do without the file\. Choose the reader parquet-wasm/) as string });
      continue;
    }
    const batch = await reading;
    for (const column of columns) expect(cellsOf(batch.columns.get(column.name)), `${what} ${column.name} by ${reader.name}`).toEqual(expectedCells(column));
  }
}

describe.each(["V1", "V2"])("files of DuckDB with encodings of %s", (version) => {
  it.each(DUCKDB_CODECS)("%s", async (sql, codec) => {
    const columns = COLUMNS.filter(({ name }) => version === "V1" || name !== BEYOND_SIGN);
    await readBoth(`${version} ${sql}`, files.get(`${version} ${sql}`)!, columns, !NOT_FOR_DUCKDB.includes(codec));
  });
});

it("refuses unsigned deltas that their writer has not wrapped, and the second reader takes them", async () => {
  const file = memoryFile("x/f.parquet", files.get("V2 snappy")!);
  const [parquetWasm, duckdb] = readers;
  await expect(parquetWasm.read(file, { columns: [BEYOND_SIGN] })).rejects.toThrow(/^x\/f\.parquet: its data is damaged and cannot be decoded \(.*first value too large\)/);
  const { columns } = await duckdb.read(file, { columns: [BEYOND_SIGN] });
  expect(cellsOf(columns.get(BEYOND_SIGN))).toEqual(expectedCells(COLUMNS.find(({ name }) => name === BEYOND_SIGN)!));
});

describe("pages of version 2", () => {
  it.each(COLUMNS)("$name in each of its encodings", async (column) => {
    for (const encoding of ["PLAIN", "RLE_DICTIONARY", ...column.encodings] as Encoding[]) await readBoth(encoding, hyparquetFile(column, encoding, "SNAPPY"), [column], encoding !== "BYTE_STREAM_SPLIT" || isFloat(column));
  });

  it.each(CODECS)("compressed with %s", async (codec) => {
    for (const column of COLUMNS) await readBoth(codec, hyparquetFile(column, "PLAIN", codec), [column], !NOT_FOR_DUCKDB.includes(codec));
  });
});
