import { chmod, stat, truncate, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { ParquetError, type ColumnBatch, type DataFile, type RowReader } from "../../../src/data/ports.ts";
import { createDuckdbReader } from "../../../src/sql/duckdb-reader.ts";
import { openFileSource } from "../../../src/sql/file-source-node.ts";
import { seeded } from "../core/results/trades.ts";
import { column, folderOf, memoryFile, micros, parquetBytes, testReader, TYPES, type Cell, type FixtureColumn } from "../data/parquet-fixture.ts";
import { duckdbWasm } from "./duckdb-wasm.ts";

let duckdb: RowReader;
let parquetWasm: RowReader;
beforeAll(async () => {
  [duckdb, parquetWasm] = await Promise.all([duckdbWasm().then((wasm) => createDuckdbReader(wasm, openFileSource)), testReader()]);
});

const AT = micros("2024-08-23 09:15:00.000250");

/** A cell of each type, different in every row. */
const CELLS: Record<keyof typeof TYPES, (row: number) => Cell> = {
  ms: (row) => AT / 1000n + BigInt(row),
  us: (row) => AT + BigInt(row),
  ns: (row) => AT * 1000n + BigInt(row),
  localUs: (row) => AT - BigInt(row),
  double: (row) => row / 3,
  float: (row) => Math.fround(row / 7),
  int32: (row) => row * 100_003 - 5,
  int64: (row) => 9_007_199_254_740_993n + BigInt(row),
  int16: (row) => (row % 30_000) - 15_000,
  uint32: (row) => 4_000_000_000 + (row % 1000),
  decimal: (row) => (row - 3) / 20,
  bool: (row) => row % 3 === 0,
  text: (row) => ["CE", "PE", "नाम", ""][row % 4],
  date: (row) => 19_958 + row,
  timeMs: (row) => (33_300_250 + row) % 86_400_000,
  bytes: () => null,
};
const READABLE = (Object.keys(TYPES) as (keyof typeof TYPES)[]).filter((type) => type !== "bytes");

function everyType(rows: number, nulls: (row: number) => boolean): FixtureColumn[] {
  return READABLE.map((type) => column(type, type, Array.from({ length: rows }, (_, row) => (nulls(row) ? null : CELLS[type](row)))));
}

async function expectSame(file: DataFile, columns: readonly string[], rowGroups?: readonly number[]): Promise<ColumnBatch> {
  const request = { columns, ...(rowGroups && { rowGroups }) };
  const [found, expected] = [await duckdb.read(file, request), await parquetWasm.read(file, request)];
  expect(found.rows).toBe(expected.rows);
  expect([...found.columns.keys()].sort()).toEqual([...expected.columns.keys()].sort());
  for (const [name, values] of expected.columns) expect(found.columns.get(name), name).toEqual(values);
  return found;
}

describe("createDuckdbReader", () => {
  it("gives the batches of parquet-wasm for every type, with and without nulls", async () => {
    for (const nulls of [() => false, (row: number) => row % 3 === 1, () => true]) {
      for (const rows of [1, 7, 5000]) {
        const batch = await expectSame(memoryFile("t.parquet", parquetBytes(everyType(rows, nulls))), READABLE);
        expect(batch.columns.size).toBe(READABLE.length);
        expect(batch.rows).toBe(rows);
      }
    }
  });

  it("keeps nanoseconds and the digits of large integers", async () => {
    const { columns } = await duckdb.read(memoryFile("t.parquet", parquetBytes(everyType(3, () => false))), { columns: ["ns", "int64"] });
    expect(columns.get("ns")).toEqual({ type: "time", values: BigInt64Array.of(AT * 1000n, AT * 1000n + 1n, AT * 1000n + 2n), unit: "ns", zone: "UTC" });
    const long = columns.get("int64");
    expect(long?.type === "number" && long.exact?.[2]).toBe(9_007_199_254_740_995n);
  });

  it("reads a part of the columns and of the row groups, in file order, whatever the codec", async () => {
    const random = seeded(3);
    for (const codec of ["SNAPPY", "UNCOMPRESSED"] as const) {
      const file = memoryFile("g.parquet", parquetBytes(everyType(10_000, () => random() < 0.2), { rowGroupSize: 1500, codec }));
      for (const groups of [undefined, [0], [6], [2, 3], [1, 4, 6], [5, 0]]) await expectSame(file, ["text", "double", "us"], groups);
      const batch = await expectSame(file, READABLE, [4]);
      expect(batch.rows).toBe(1500);
    }
  });

  it("counts rows when no column is wanted, and gives those columns that there are", async () => {
    const file = memoryFile("c.parquet", parquetBytes(everyType(5, () => false)));
    expect((await expectSame(file, [])).rows).toBe(5);
    expect((await expectSame(file, ["absent"])).columns.size).toBe(0);
    expect([...(await expectSame(file, ["double", "absent"])).columns.keys()]).toEqual(["double"]);
  });

  it("gives empty columns for a file without rows", async () => {
    const { rows, columns } = await duckdb.read(memoryFile("e.parquet", parquetBytes(everyType(0, () => false))), { columns: READABLE });
    expect(rows).toBe(0);
    expect([...columns.keys()]).toEqual(READABLE);
    expect(columns.get("ns")).toEqual({ type: "time", values: new BigInt64Array(0), unit: "ns", zone: "UTC" });
    expect(columns.get("double")).toEqual({ type: "number", values: new Float64Array(0) });
    expect(columns.get("text")).toEqual({ type: "text", codes: new Int32Array(0), dictionary: [] });
  });

  it("tells columns apart that differ in case, and takes any column name", async () => {
    const names = ["price", "Price", 'he said "x"', "a'b; DROP TABLE t", "select", "नाम"];
    const file = memoryFile("n.parquet", parquetBytes(names.map((name, i) => column(name, "double", [i, i + 0.5]))));
    for (const name of names) await expectSame(file, [name]);
    await expectSame(file, names);
  });

  it("takes any file name, reads it where it is and does not write to it", async () => {
    const bytes = parquetBytes(everyType(50, () => false));
    const names = ["it's.parquet", "a*b?[c].parquet", "--x; COPY.parquet", 'q"uote.parquet', "http:/x.parquet", "s p/नाम.parquet"];
    const { root, folder } = await folderOf(Object.fromEntries(names.map((name) => [name, bytes])));
    for (const name of names) {
      const path = join(root, name);
      await chmod(path, 0o444);
      const before = await stat(path);
      const file = await folder.file(name);
      await expectSame(file!, READABLE);
      const after = await stat(path);
      expect([after.size, after.mtimeMs]).toEqual([before.size, before.mtimeMs]);
    }
  });

  it("reads many files one after another and at once", async () => {
    const files = Array.from({ length: 30 }, (_, i) => memoryFile(`${i}.parquet`, parquetBytes([column("v", "double", [i])])));
    const batches = await Promise.all(files.map((file) => duckdb.read(file, { columns: ["v"] })));
    expect(batches.map((batch) => batch.columns.get("v"))).toEqual(files.map((_, i) => ({ type: "number", values: Float64Array.of(i) })));
  });
});

describe("createDuckdbReader with bad input", () => {
  const refusal = async (file: DataFile, columns = ["price"], rowGroups?: number[]): Promise<ParquetError> => {
    try {
      await duckdb.read(file, { columns, ...(rowGroups && { rowGroups }) });
    } catch (error) {
      expect(error).toBeInstanceOf(ParquetError);
      return error as ParquetError;
    }
    throw new Error("the file was read");
  };

  it("names the file and what to do when its data is damaged, and goes on with the next", async () => {
    const values = Float64Array.from({ length: 5000 }, (_, i) => Math.sin(i) * 100);
    const good = parquetBytes([column("price", "double", values)]);
    let refused = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const bad = good.slice();
      for (let k = 0; k < 20; k++) bad[4 + ((seed * 7919 + k * 104_729) % 300)] = (seed * 31 + k * 17) % 256;
      try {
        await duckdb.read(memoryFile("x/bad.parquet", bad), { columns: ["price"] });
      } catch (error) {
        expect(error).toBeInstanceOf(ParquetError);
        expect(String(error)).toMatch(/^ParquetError: x\/bad\.parquet: .*(Copy (the file|it) again|Choose the reader)/s);
        refused++;
      }
      const batch = await duckdb.read(memoryFile("good.parquet", good), { columns: ["price"] });
      expect(batch.columns.get("price")).toEqual({ type: "number", values });
    }
    expect(refused).toBeGreaterThan(30);
  });

  it("comes to an end, with a message, whatever bytes of the pages are damaged", async () => {
    let refused = 0;
    for (let seed = 1; seed <= 400; seed++) {
      const random = seeded(seed);
      const types = [READABLE[seed % READABLE.length]];
      const bad = parquetBytes(
        types.map((type) => column(type, type, Array.from({ length: 3000 }, (_, row) => (random() < 0.1 ? null : CELLS[type](row % 9))))),
        { codec: seed % 2 ? "SNAPPY" : "UNCOMPRESSED", rowGroupSize: seed % 5 ? 100_000 : 700 },
      );
      for (let flips = 1 + Math.floor(random() * 5); flips > 0; flips--) bad[4 + Math.floor(random() ** 2 * (bad.length - 400))] = Math.floor(random() * 256);
      try {
        await duckdb.read(memoryFile("x/bad.parquet", bad), { columns: types });
      } catch (error) {
        expect(String(error)).toMatch(/^ParquetError: x\/bad\.parquet: /);
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(100);
  });

  it("refuses what is no Parquet, is cut off, nested, binary, or has no such row group, as parquet-wasm does", async () => {
    const good = parquetBytes([column("price", "double", [1, 2]), column("raw", "text", ["a", "b"])]);
    const cases: [DataFile, string[], number[]?][] = [
      [memoryFile("no.parquet", "hello, this is a text"), ["price"]],
      [memoryFile("empty.parquet", ""), ["price"]],
      [memoryFile("cut.parquet", good.slice(0, good.length - 20)), ["price"]],
      [memoryFile("good.parquet", good), ["price"], [1]],
    ];
    for (const [file, columns, groups] of cases) {
      const found = await refusal(file, columns, groups);
      const expected = await parquetWasm.read(file, { columns, ...(groups && { rowGroups: groups }) }).catch((error: unknown) => error as ParquetError);
      expect([found.message, found.fault]).toEqual([(expected as ParquetError).message, (expected as ParquetError).fault]);
    }
  });

  it("says that a file is gone, or has shrunk while it was read", async () => {
    const { root, folder } = await folderOf({ "gone.parquet": parquetBytes([column("price", "double", [1])]), "cut.parquet": parquetBytes([column("price", "double", new Float64Array(50_000).map((_, i) => i))]) });
    const [cut, gone] = await folder.list();
    // The footers are known before the files change.
    await duckdb.read(cut, { columns: ["price"] });
    await duckdb.read(gone, { columns: ["price"] });
    await unlink(join(root, "gone.parquet"));
    expect((await refusal(gone)).fault).toBe("gone");
    const { mtime } = await stat(join(root, "cut.parquet"));
    await truncate(join(root, "cut.parquet"), 1000);
    expect((await refusal(cut)).message).toMatch(/^cut\.parquet: /);
    await writeFile(join(root, "cut.parquet"), "");
    expect(mtime).toBeDefined();
    expect((await refusal(cut)).message).toMatch(/^cut\.parquet: the file is empty/);
  });
});
