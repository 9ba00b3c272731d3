import { beforeAll, describe, expect, it } from "vitest";
import type { Kernels } from "../../../src/core/kernels.ts";
import { defaultRules } from "../../../src/core/market/rules.ts";
import { dayNumber } from "../../../src/core/time.ts";
import type { CatalogueFile, DayChunk } from "../../../src/data/catalogue/types.ts";
import { columnText } from "../../../src/data/column-text.ts";
import { createDaySource } from "../../../src/data/day-data.ts";
import type { RowReader } from "../../../src/data/ports.ts";
import { createDuckdbReader } from "../../../src/sql/duckdb-reader.ts";
import { openFileSource } from "../../../src/sql/file-source-node.ts";
import { testKernels } from "../../support/memory-day.ts";
import { duckdbWasm } from "../sql/duckdb-wasm.ts";
import { column, folderOf, memoryFile, micros, parquetBytes, testReader } from "./parquet-fixture.ts";

let readers: readonly RowReader[];
let kernels: Kernels;
beforeAll(async () => {
  readers = [await testReader(), await createDuckdbReader(await duckdbWasm(), openFileSource)];
  kernels = testKernels();
});

describe("both readers", () => {
  it("give the same stretch of rows across row groups", async () => {
    const values = Float64Array.from({ length: 2500 }, (_, i) => i);
    const file = memoryFile("f.parquet", parquetBytes([column("v", "double", values)], { rowGroupSize: 1000 }));
    for (const reader of readers) {
      const found = (await reader.read(file, { columns: ["v"], rowGroups: [0, 2], rows: { offset: 990, count: 20 } })).columns.get("v");
      expect(found).toMatchObject({ type: "number", values: Float64Array.of(...values.subarray(990, 1000), ...values.subarray(2000, 2010)) });
    }
  });

  it("give rows at some places of a stretch as they give all of it", async () => {
    const every = <T>(value: (i: number) => T): (T | null)[] => Array.from({ length: 60 }, (_, i) => (i % 7 === 3 ? null : value(i)));
    const columns = [column("v", "double", every((i) => i / 4)), column("n", "int64", every((i) => BigInt(i) - 2n ** 60n)), column("timestamp", "us", every((i) => micros("2024-08-20 09:15:00") + BigInt(i))), column("cp", "text", every((i) => (i % 2 === 0 ? "CE" : "PE"))), column("b", "bool", every((i) => i % 3 === 0))];
    const file = memoryFile("f.parquet", parquetBytes(columns, { rowGroupSize: 25 }));
    const names = ["v", "n", "timestamp", "cp", "b"];
    const rows = { offset: 10, count: 40 };
    const at = Int32Array.of(0, 1, 7, 14, 20, 39);
    for (const reader of readers) {
      const all = await reader.read(file, { columns: names, rows });
      const found = await reader.read(file, { columns: names, rows, at });
      expect(found.rows).toBe(at.length);
      for (const name of names) expect([...at.keys()].map((i) => columnText(found.columns.get(name), i))).toEqual([...at].map((row) => columnText(all.columns.get(name), row)));
    }
  });

  it("give the same slices and the same report of a day", async () => {
    const date = dayNumber("2024-08-20");
    const clock = Array.from({ length: 3000 }, (_, i) => (i === 0 ? 19_800_000_000n : micros("2024-08-20 09:10:00") + BigInt(i) * 700_000n));
    const prices = (add: number) => clock.map((_, i) => (i % 50 === 7 ? null : 100 + add + ((i * 7) % 40) / 20));
    const columns = [column("timestamp", "us", clock), column("price", "double", prices(0)), column("bp0", "double", prices(-0.05)), column("sp0", "double", prices(0.05)), column("ts", "us", clock.map((at) => at + 1n)), column("lastTradeTime", "us", clock.map((at) => at - 5_000_000n))];
    const contract = { symbol: "BANKNIFTY", expiry: dayNumber("2024-08-21"), strike: 50_000, cp: "CE" as const };
    const about: CatalogueFile = { path: "banknifty2482150000ce.parquet", layout: "raw", kind: "option", ...contract };
    const spot: CatalogueFile = { path: "banknifty_spot.parquet", layout: "series", kind: "spot", symbol: "BANKNIFTY" };
    const { folder } = await folderOf({ [about.path]: parquetBytes(columns), [spot.path]: parquetBytes(columns.slice(0, 2), { rowGroupSize: 500 }) });
    const chunk: DayChunk = { symbol: "BANKNIFTY", dates: [date], files: [about, spot], facts: [undefined, undefined], zones: { raw: "ist-wall", series: "ist-wall" }, kinds: {}, barLabel: "start" };
    const answers = [];
    for (const reader of readers) {
      const day = createDaySource({ folder, reader, kernels, rules: defaultRules }).day(chunk, date);
      answers.push({ slices: await day.load([contract]), spot: await day.spot(), report: day.report() });
    }
    expect(answers[0].slices[0]?.length).toBeGreaterThan(2000);
    expect(answers[0].report.files).toHaveLength(2);
    expect(answers[1]).toEqual(answers[0]);
  });
});
