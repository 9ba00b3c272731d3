import { beforeAll, describe, expect, it } from "vitest";
import { NULL_DATE, NULL_TIME, ParquetError } from "../../../src/data/ports.ts";
import type { ColumnBatch, RowReader } from "../../../src/data/ports.ts";
import { column, memoryFile, micros, parquetBytes } from "./parquet-fixture.ts";

let reader: RowReader;
beforeAll(async () => {
  const { testReader } = await import("./parquet-fixture.ts");
  reader = await testReader();
});

const read = (bytes: Uint8Array<ArrayBuffer>, columns: string[], rowGroups?: number[]): Promise<ColumnBatch> => reader.read(memoryFile("x/f.parquet", bytes), { columns, ...(rowGroups && { rowGroups }) });
const numbers = (batch: ColumnBatch, name: string): number[] => {
  const found = batch.columns.get(name);
  if (found?.type !== "number") throw new Error(`${name} is ${found?.type}`);
  return [...found.values];
};

describe("parquet-wasm reader", () => {
  it("gives numbers of every width as doubles, NaN where null", async () => {
    const bytes = parquetBytes([
      column("d", "double", [1.5, null, -2]),
      column("f", "float", [0.5, 2.25, null]),
      column("i", "int32", [1, null, -7]),
      column("s", "int16", [1, -2, 3]),
      column("u", "uint32", [4_000_000_000, 1, null]),
      column("l", "int64", [9_007_199_254_740_993n, null, -5n]),
      column("m", "decimal", [123.45, -0.05, null]),
      column("b", "bool", [true, false, null]),
      column("t", "timeMs", [33_300_250, null, 0]),
    ]);
    const batch = await read(bytes, ["d", "f", "i", "s", "u", "l", "m", "b", "t", "absent"]);
    expect(batch.rows).toBe(3);
    expect(numbers(batch, "d")).toEqual([1.5, NaN, -2]);
    expect(numbers(batch, "f")).toEqual([0.5, 2.25, NaN]);
    expect(numbers(batch, "i")).toEqual([1, NaN, -7]);
    expect(numbers(batch, "s")).toEqual([1, -2, 3]);
    expect(numbers(batch, "u")).toEqual([4_000_000_000, 1, NaN]);
    expect(numbers(batch, "l").slice(1)).toEqual([NaN, -5]);
    expect(numbers(batch, "m")).toEqual([123.45, -0.05, NaN]);
    expect(numbers(batch, "b")).toEqual([1, 0, NaN]);
    expect(numbers(batch, "t")).toEqual([33_300.25, NaN, 0]);
    const long = batch.columns.get("l");
    expect(long?.type === "number" && long.exact?.[0]).toBe(9_007_199_254_740_993n);
    expect(batch.columns.has("absent")).toBe(false);
  });

  it("gives times in the stored unit, dates and texts", async () => {
    const at = micros("2024-08-23 09:15:00.000250");
    const bytes = parquetBytes([
      column("ms", "ms", [at / 1000n, null]),
      column("us", "us", [at, null]),
      column("ns", "ns", [at * 1000n + 7n, null]),
      column("local", "localUs", [at, null]),
      column("day", "date", [19_958, null]),
      column("text", "text", ["CE", null]),
    ]);
    const { columns } = await read(bytes, ["ms", "us", "ns", "local", "day", "text"]);
    expect(columns.get("ms")).toEqual({ type: "time", values: BigInt64Array.of(at / 1000n, NULL_TIME), unit: "ms", zone: "UTC" });
    expect(columns.get("us")).toEqual({ type: "time", values: BigInt64Array.of(at, NULL_TIME), unit: "us", zone: "UTC" });
    expect(columns.get("ns")).toEqual({ type: "time", values: BigInt64Array.of(at * 1000n + 7n, NULL_TIME), unit: "ns", zone: "UTC" });
    expect(columns.get("local")).toEqual({ type: "time", values: BigInt64Array.of(at, NULL_TIME), unit: "us", zone: null });
    expect(columns.get("day")).toEqual({ type: "date", values: Int32Array.of(19_958, NULL_DATE) });
    expect(columns.get("text")).toEqual({ type: "text", codes: Int32Array.of(0, -1), dictionary: ["CE"] });
  });

  it("reads only the row groups asked for, in their order, over several groups", async () => {
    const values = Float64Array.from({ length: 2500 }, (_, i) => i);
    const words = Array.from(values, (i) => (i % 2 ? "PE" : "CE"));
    const bytes = parquetBytes([column("skip", "double", values), column("v", "double", values), column("w", "text", words)], { rowGroupSize: 1000 });
    const batch = await read(bytes, ["w", "v"], [1, 2]);
    expect(batch.rows).toBe(1500);
    expect(numbers(batch, "v")).toEqual([...values.subarray(1000)]);
    const text = batch.columns.get("w");
    expect(text?.type === "text" && Array.from(text.codes.subarray(0, 3), (code) => text.dictionary[code])).toEqual(["CE", "PE", "CE"]);
    expect(numbers(await read(bytes, ["v"]), "v")).toEqual([...values]);
  });

  it("reads a stretch of rows, also across row groups", async () => {
    const values = Float64Array.from({ length: 2500 }, (_, i) => i);
    const file = memoryFile("f.parquet", parquetBytes([column("v", "double", values)], { rowGroupSize: 1000 }));
    const batch = await reader.read(file, { columns: ["v"], rowGroups: [0, 2], rows: { offset: 990, count: 20 } });
    expect(batch.rows).toBe(20);
    expect(numbers(batch, "v")).toEqual([...values.subarray(990, 1000), ...values.subarray(2000, 2010)]);
    await expect(reader.read(file, { columns: ["v"], rows: { offset: 2490, count: 11 } })).rejects.toThrow(/rows 2490 to 2501 were asked for, but the row groups hold 2500/);
    await expect(reader.read(file, { columns: ["v"], rowGroups: [3] })).rejects.toThrow(/row group 3 was asked for, but the file has 3/);
  });

  it("gives an empty batch for a file without rows", async () => {
    const batch = await read(parquetBytes([column("price", "double", [])]), ["price"]);
    expect(batch.rows).toBe(0);
    expect(numbers(batch, "price")).toEqual([]);
  });

  it("refuses binary values in words", async () => {
    const { parquetWriteBuffer } = await import("hyparquet-writer");
    const bytes = new Uint8Array(parquetWriteBuffer({ columnData: [{ name: "price", data: [Uint8Array.of(1, 2)], type: "BYTE_ARRAY" }] }));
    await expect(read(bytes, ["price"])).rejects.toThrow(/^x\/f\.parquet: column "price" has the type Binary; numbers, texts, dates and timestamps can be read/);
  });

  it("refuses nested values in words", async () => {
    const { parquetWriteBuffer } = await import("hyparquet-writer");
    const bytes = new Uint8Array(
      parquetWriteBuffer({
        columnData: [{ name: "price", data: [[1, 2]] }],
        schema: [
          { name: "root", num_children: 1 },
          { name: "price", repetition_type: "OPTIONAL", num_children: 1, converted_type: "LIST" },
          { name: "list", repetition_type: "REPEATED", num_children: 1 },
          { name: "element", repetition_type: "OPTIONAL", type: "DOUBLE" },
        ],
      }),
    );
    await expect(read(bytes, ["price"])).rejects.toThrow(/column "price" holds nested values/);
  });

  it("says so when a row group is damaged, and reads the next file all the same", async () => {
    const prices = Float64Array.from({ length: 5000 }, (_, i) => Math.sin(i) * 100);
    const good = parquetBytes([column("price", "double", prices)]);
    let refused = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const bad = good.slice();
      for (let k = 0; k < 20; k++) bad[4 + ((seed * 7919 + k * 104_729) % 300)] = (seed * 31 + k * 17) % 256;
      try {
        await read(bad, ["price"]);
      } catch (error) {
        expect(error).toBeInstanceOf(ParquetError);
        expect(String(error)).toMatch(/x\/f\.parquet: .*damaged.*Copy the file again/);
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(40);
    expect(numbers(await read(good, ["price"]), "price")).toEqual([...prices]);
  });

  it("fetches only the bytes of the wanted columns", async () => {
    const noise = (seed: number): Float64Array => Float64Array.from({ length: 40_000 }, (_, i) => Math.sin(i * seed) * 1e6);
    const bytes = parquetBytes(Array.from({ length: 20 }, (_, k) => column(`c${k}`, "double", noise(k + 1))));
    let fetched = 0;
    const counting = new Blob([bytes]);
    const slice = counting.slice.bind(counting);
    counting.slice = (start = 0, end = counting.size) => {
      fetched += end - start;
      return slice(start, end);
    };
    const file = { ...memoryFile("x/f.parquet", bytes), blob: async () => counting };
    const batch = await reader.read(file, { columns: ["c3", "c17"] });
    expect(numbers(batch, "c17")).toEqual([...noise(18)]);
    expect(fetched).toBeLessThan(0.13 * bytes.length);
  });
});
