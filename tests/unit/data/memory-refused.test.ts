/** A platform that gives no more memory says nothing about the data: no file is called damaged for it. */
import { wasmMemory } from "parquet-wasm/esm";
import { afterEach, describe, expect, it } from "vitest";
import { FileIndex } from "../../../src/data/catalogue/file-index.ts";
import type { CatalogueFile, FileProblem } from "../../../src/data/catalogue/types.ts";
import type { IndexStore } from "../../../src/data/index-store.ts";
import { testKernels } from "../../support/memory-day.ts";
import { limitMemory, unlimitMemory } from "../../support/memory-limit.ts";
import { column, memoryFile, parquetBytes, testReader } from "./parquet-fixture.ts";

afterEach(unlimitMemory);

describe("kernels", () => {
  it("say how much they wanted, leave their arena as it was, and go on where less is enough", () => {
    const kernels = testKernels();
    const held = kernels.run.memory.buffer.byteLength;
    const mark = kernels.run.mark();
    limitMemory(held);
    expect(() => kernels.run.alloc(50e6)).toThrow(/not enough memory for 50 MB more of a day's prices.*Choose fewer workers/);
    expect(kernels.run.mark()).toBe(mark);
    expect(kernels.run.alloc(16)).toBeLessThan(held);
    unlimitMemory();
    expect(kernels.run.alloc(50e6)).toBeGreaterThan(0);
  });

  it("cannot be started, and say so", () => {
    limitMemory(0);
    expect(testKernels).toThrow(/not enough memory for one more worker/);
  });
});

describe("the reader", () => {
  const rows = 2_000_000;
  const file = memoryFile("options/big.parquet", parquetBytes([column("price", "double", Float64Array.from({ length: rows }, (_, i) => (i * 7919) % 100_003))], { codec: "UNCOMPRESSED", rowGroupSize: rows }));

  it("names the file whose rows did not fit, does not call it damaged, and reads it once there is room", async () => {
    const reader = await testReader();
    limitMemory(wasmMemory().buffer.byteLength);
    const refused = reader.read(file, { columns: ["price"] });
    await expect(refused).rejects.toMatchObject({ name: "MemoryRefused", message: expect.stringMatching(/^there is not enough memory for the rows of options\/big\.parquet\. Choose fewer workers/) });
    unlimitMemory();
    const { columns } = await reader.read(file, { columns: ["price"] });
    expect(columns.get("price")).toMatchObject({ type: "number", values: expect.objectContaining({ length: rows }) });
  });

  it("calls a file damaged that is, with as little memory", async () => {
    const bytes = parquetBytes([column("price", "double", Float64Array.from({ length: 5_000 }, (_, i) => i))], { codec: "SNAPPY" });
    bytes.fill(0xff, 4, 400);
    const reader = await testReader();
    await expect(reader.read(memoryFile("options/bad.parquet", bytes), { columns: ["price"] })).rejects.toMatchObject({ fault: "corrupt", detail: expect.stringContaining("damaged") });
  });
});

it("leaves no mark in the index: a file that did not fit is read again the next time", async () => {
  const stored = new Map<string, unknown>();
  const store: IndexStore = { get: async (key) => stored.get(key), set: async (key, value) => void stored.set(key, structuredClone(value)) };
  const file: CatalogueFile = { path: "a.parquet", layout: "raw", kind: "option", symbol: "BANKNIFTY" };
  const problem: FileProblem = { path: "a.parquet", kind: "memory", fatal: true, message: "there is not enough memory" };
  let reads = 0;
  const open = async () => {
    const index = await FileIndex.open({
      key: "folder", calendar: "rules", store, signal: undefined,
      probeClocks: async () => ({ rows: 0, ist: 0, utc: 0 }),
      readFacts: async () => [++reads === 1 ? { problem } : { size: 7, modified: 1, rows: 3, footer: "f" }],
    });
    index.list([memoryFile("a.parquet", "1234567")]);
    await index.learn([file], {});
    return index;
  };
  expect((await open()).problem("a.parquet")).toEqual(problem);
  expect((await open()).facts("a.parquet")).toMatchObject({ rows: 3 });
  expect((await open()).problem("a.parquet")).toBeUndefined();
  expect(reads).toBe(2);
});
