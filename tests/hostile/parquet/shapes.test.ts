/** Files of shapes that no market data should have, and some has: every value right, or refused in words. */
import { parquetWriteBuffer } from "hyparquet-writer";
import type { SchemaElement } from "hyparquet";
import { beforeAll, describe, expect, it } from "vitest";
import { defaultRules } from "../../../src/core/market/rules.ts";
import { dayNumber } from "../../../src/core/time.ts";
import type { CatalogueFile, DayChunk } from "../../../src/data/catalogue/types.ts";
import { createDaySource } from "../../../src/data/day-data.ts";
import { readFooter } from "../../../src/data/footer.ts";
import { ParquetError, type RowReader } from "../../../src/data/ports.ts";
import { createDuckdbReader } from "../../../src/sql/duckdb-reader.ts";
import { openFileSource } from "../../../src/sql/file-source-node.ts";
import { testKernels } from "../../support/memory-day.ts";
import { column, folderOf, memoryFile, micros, parquetBytes, testReader } from "../../unit/data/parquet-fixture.ts";
import { duckdbWasm } from "../../unit/sql/duckdb-wasm.ts";
import { cellsOf } from "./corpus.ts";
import { withFooter } from "./damage.ts";

let readers: readonly RowReader[];
beforeAll(async () => {
  readers = [await testReader(), await createDuckdbReader(await duckdbWasm(), openFileSource)];
});

const cells = async (reader: RowReader, bytes: Uint8Array<ArrayBuffer>, name: string, rowGroups?: readonly number[]) =>
  cellsOf((await reader.read(memoryFile("x/f.parquet", bytes), { columns: [name], ...(rowGroups && { rowGroups }) })).columns.get(name));

describe("row groups", () => {
  const values = Array.from({ length: 300 }, (_, i) => i / 4);

  it("of one row each", async () => {
    const bytes = parquetBytes([column("v", "double", values), column("t", "text", values.map((v) => `row ${v}`))], { rowGroupSize: 1 });
    expect((await readFooter(memoryFile("f.parquet", bytes))).rowGroups).toHaveLength(300);
    for (const reader of readers) {
      expect(await cells(reader, bytes, "v")).toEqual(values);
      expect(await cells(reader, bytes, "t", [7, 299])).toEqual(["row 1.75", "row 74.75"]);
    }
  });

  it("none, and one without rows", async () => {
    const none = parquetBytes([column("v", "double", [])]);
    const empty = withFooter(parquetBytes([column("v", "double", [])]), (m) => m.row_groups.push({ columns: [{ file_offset: 0n, meta_data: { type: "DOUBLE", encodings: ["PLAIN"], path_in_schema: ["v"], codec: "SNAPPY", num_values: 0n, total_compressed_size: 0n, total_uncompressed_size: 0n, data_page_offset: 4n } }], num_rows: 0n, total_byte_size: 0n }));
    for (const bytes of [none, empty]) for (const reader of readers) expect(await cells(reader, bytes, "v")).toEqual([]);
  });
});

it("reads the first, a middle and the last of 10,000 columns", async () => {
  const bytes = parquetBytes(Array.from({ length: 10_000 }, (_, i) => column(`column ${i}`, "int32", [i, 7 - i])));
  const file = memoryFile("x/wide.parquet", bytes);
  expect((await readFooter(file)).columns).toHaveLength(10_000);
  for (const reader of readers) {
    const { columns } = await reader.read(file, { columns: ["column 0", "column 5000", "column 9999"] });
    expect([...columns].map(([name, found]) => [name, ...cellsOf(found)])).toEqual([["column 0", 0, 7], ["column 5000", 5_000, -4_993], ["column 9999", 9_999, -9_992]]);
  }
});

describe("types that no market column has", () => {
  const file = (element: Omit<SchemaElement, "name">, data: unknown[], inner: readonly SchemaElement[] = []) =>
    new Uint8Array(parquetWriteBuffer({ columnData: [{ name: "v", data: data as number[] }], schema: [{ name: "root", num_children: 1 }, { name: "v", repetition_type: "OPTIONAL", ...element }, ...inner] }));
  const list: readonly SchemaElement[] = [{ name: "list", repetition_type: "REPEATED", num_children: 1 }, { name: "element", repetition_type: "OPTIONAL", type: "DOUBLE" }];
  const pair: readonly SchemaElement[] = [{ name: "key_value", repetition_type: "REPEATED", num_children: 2 }, { name: "key", repetition_type: "REQUIRED", type: "BYTE_ARRAY", converted_type: "UTF8" }, { name: "value", repetition_type: "OPTIONAL", type: "INT32" }];

  it.each([
    ["a list", file({ num_children: 1, converted_type: "LIST" }, [[1, 2], null], list), /holds nested values/],
    ["a list of lists", file({ num_children: 1, converted_type: "LIST" }, [[[1], [2]]], [{ name: "list", repetition_type: "REPEATED", num_children: 1 }, { name: "element", repetition_type: "OPTIONAL", num_children: 1, converted_type: "LIST" }, ...list]), /holds nested values/],
    ["a map", file({ num_children: 1, converted_type: "MAP" }, [{ a: 1 }], pair), /holds nested values/],
    ["a struct", file({ num_children: 2 }, [{ a: 1, b: 2 }], ["a", "b"].map((name) => ({ name, repetition_type: "OPTIONAL", type: "INT32" }))), /holds nested values/],
    ["bytes", file({ type: "BYTE_ARRAY" }, [Uint8Array.of(1, 2)]), /has the type Binary/],
    ["bytes of one length", file({ type: "FIXED_LEN_BYTE_ARRAY", type_length: 3 }, [Uint8Array.of(1, 2, 3)]), /x\/f\.parquet: column "v"/],
  ])("%s", async (_what, bytes, words) => {
    for (const reader of readers) {
      const error: unknown = await cells(reader, bytes, "v").catch((refused: unknown) => refused);
      expect(error).toBeInstanceOf(ParquetError);
      expect(String(error)).toMatch(words);
      expect(error).toMatchObject({ fault: "wrong_type" });
    }
  });

  it("halves, and JSON as text", async () => {
    const halves = file({ type: "FIXED_LEN_BYTE_ARRAY", type_length: 2, logical_type: { type: "FLOAT16" } }, [1.5, -2, null]);
    expect(await cells(readers[0], halves, "v")).toEqual([1.5, -2, null]);
    const json = file({ type: "BYTE_ARRAY", converted_type: "JSON" }, [{ a: "<script>" }, null]);
    for (const reader of readers) expect(await cells(reader, json, "v")).toEqual(['{"a":"<script>"}', null]);
  });

  it("clocks of the old 96 bits", async () => {
    const clocks = [0n, micros("2024-08-20 09:15:00.000250"), micros("2019-04-11 15:29:59.999999"), null];
    const stored = clocks.map((clock) => {
      if (clock === null) return null;
      const view = new DataView(new ArrayBuffer(12));
      view.setBigUint64(0, (clock % 86_400_000_000n) * 1_000n, true);
      view.setInt32(8, 2_440_588 + Number(clock / 86_400_000_000n), true);
      return new Uint8Array(view.buffer);
    });
    const bytes = withFooter(file({ type: "FIXED_LEN_BYTE_ARRAY", type_length: 12 }, stored), (m) => {
      Object.assign(m.schema[1], { type: "INT96", type_length: undefined });
      Object.assign(m.row_groups[0].columns[0].meta_data!, { type: "INT96", statistics: undefined });
    });
    for (const reader of readers) {
      const found = (await reader.read(memoryFile("f.parquet", bytes), { columns: ["v"] })).columns.get("v");
      expect(found, reader.name).toMatchObject({ type: "time", unit: "ns", zone: null });
      expect(cellsOf(found)).toEqual(clocks.map((clock) => (clock === null ? null : clock * 1_000n)));
    }
  });

  it("the largest and smallest that a column can hold", async () => {
    const longs = [2n ** 63n - 1n, -(2n ** 63n) + 1n, 0n];
    const bytes = parquetBytes([column("l", "int64", longs), column("d", "double", [Number.MAX_VALUE, -Infinity, 5e-324]), column("day", "date", [2 ** 31 - 1, -(2 ** 31) + 1, 0]), column("us", "us", longs)]);
    for (const reader of readers) {
      expect(await cells(reader, bytes, "l")).toEqual(longs);
      expect(await cells(reader, bytes, "d")).toEqual([Number.MAX_VALUE, -Infinity, 5e-324]);
      expect(await cells(reader, bytes, "day")).toEqual([2 ** 31 - 1, -(2 ** 31) + 1, 0]);
      expect(await cells(reader, bytes, "us")).toEqual(longs);
    }
  });
});

describe("notes of the writer", () => {
  const noted = (value: string) => withFooter(parquetBytes([column("timestamp", "us", [micros("2024-08-20 09:15:00")]), column("price", "double", [1])]), (m) => (m.key_value_metadata = [{ key: "ARROW:schema", value }, { key: "__proto__", value: "<img src=x onerror=alert(1)>" }]));

  it.each([["no base64", "%%%"], ["no schema", btoa("hello, this is no schema")], ["a schema that goes on for ever", btoa("\xff\xff\xff\xff\xff\xff\xff\x7f")], ["nothing", ""], ["HTML", "<script>alert(1)</script>"]])("that are %s are as none", async (_what, value) => {
    const file = memoryFile("f.parquet", noted(value));
    expect((await readFooter(file)).columns.map(({ type }) => type)).toEqual(["INT64 TIMESTAMP(us, UTC)", "DOUBLE"]);
    for (const reader of readers) expect(cellsOf((await reader.read(file, { columns: ["price"] })).columns.get("price"))).toEqual([1]);
  });
});

it("refuses a contract whose statistics rule out dates that its rows have", async () => {
  const date = dayNumber("2024-08-20");
  const clock = ["2024-08-19", "2024-08-20"].flatMap((day) => Array.from({ length: 50 }, (_, i) => micros(`${day} 09:20:00`) + BigInt(i) * 1_000_000n));
  const contract = { symbol: "BANKNIFTY", expiry: dayNumber("2024-08-21"), strike: 50_000, cp: "CE" as const };
  const about: CatalogueFile = { path: "banknifty2482150000ce.parquet", layout: "raw", kind: "option", ...contract };
  const chunk: DayChunk = { symbol: "BANKNIFTY", dates: [date], files: [about], facts: [undefined], zones: { raw: "ist-wall" }, kinds: {}, barLabel: "start" };
  const sound = parquetBytes([column("timestamp", "us", clock), column("price", "double", clock.map(() => 100))]);
  const lying = withFooter(sound, (m) => {
    const { statistics } = m.row_groups[0].columns[0].meta_data!;
    Object.assign(statistics!, { min: undefined, max: undefined, min_value: BigInt(clock[60]), max_value: BigInt(clock[99]) });
  });
  const load = async (bytes: Uint8Array) => {
    const { folder } = await folderOf({ [about.path]: bytes });
    return createDaySource({ folder, reader: readers[0], kernels: testKernels(), rules: defaultRules }).day(chunk, date).load([contract]);
  };
  expect((await load(sound))[0]?.length).toBe(50);
  await expect(load(lying)).rejects.toThrow(/^banknifty2482150000ce\.parquet: its statistics are wrong: by them its rows are of 2024-08-20 to 2024-08-20, and rows of 2024-08-19 were found/);
});
