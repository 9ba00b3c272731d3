import { appendFile, chmod, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Kernels } from "../../../src/core/kernels.ts";
import { UnreadableInput } from "../../../src/core/engine/ports.ts";
import { defaultRules } from "../../../src/core/market/rules.ts";
import { dayNumber } from "../../../src/core/time.ts";
import type { CatalogueFile, DayChunk } from "../../../src/data/catalogue/types.ts";
import { createDaySource } from "../../../src/data/day-data.ts";
import { readStable } from "../../../src/data/retry-changed.ts";
import type { DataFile, Folder, RowReader } from "../../../src/data/ports.ts";
import { testKernels } from "../../support/memory-day.ts";
import { column, folderOf, micros, parquetBytes, testReader } from "./parquet-fixture.ts";

let reader: RowReader;
let kernels: Kernels;
beforeAll(async () => {
  reader = await testReader();
  kernels = testKernels();
});

async function fileOnDisk(content = "1"): Promise<{ file: DataFile; path: string }> {
  const { root, folder } = await folderOf({ "x.parquet": content });
  const file = await folder.file("x.parquet");
  if (!file) throw new Error("no file");
  return { file, path: join(root, "x.parquet") };
}

describe("readStable", () => {
  it("gives the value and the state of the file that was read", async () => {
    const { file } = await fileOnDisk("12");
    expect(await readStable(file, async (snapshot) => `read ${(await snapshot.blob()).size}`)).toMatchObject({ value: "read 2", state: { size: 2 } });
  });

  it("asks for the file once to read it, however often it is looked at, and looks at it once more afterwards", async () => {
    const { file } = await fileOnDisk("12");
    const asked: string[] = [];
    const counted: DataFile = { path: file.path, stat: () => (asked.push("stat"), file.stat()), blob: async () => (asked.push("blob"), new File([await (await file.blob()).text()], "x", { lastModified: (await file.stat()).modified })) };
    const { value } = await readStable(counted, async (snapshot) => [(await snapshot.stat()).size, await (await snapshot.blob()).text(), await (await snapshot.blob()).text()]);
    expect(value).toEqual([2, "12", "12"]);
    expect(asked).toEqual(["blob", "stat"]);
  });

  it("does not look at a file again whose snapshot refuses to be read once it has changed, unless it changed a moment ago", async () => {
    const asked = async (guarded: boolean, age: number) => {
      const { file } = await fileOnDisk("12");
      const looks: string[] = [];
      const modified = Date.now() - age;
      await readStable({ path: file.path, guarded, stat: async () => (looks.push("stat"), { size: 2, modified }), blob: async () => (looks.push("blob"), new File(["12"], "x", { lastModified: modified })) }, async (snapshot) => (await snapshot.blob()).text());
      return looks;
    };
    const days = 86_400_000;
    expect(await asked(true, days)).toEqual(["blob"]);
    expect(await asked(true, 60_000)).toEqual(["blob", "stat"]);
    expect(await asked(true, -days)).toEqual(["blob", "stat"]);
    expect(await asked(false, days)).toEqual(["blob", "stat"]);
  });

  it("reads once more when an old file was replaced by one of its size while it was read", async () => {
    const { file, path } = await fileOnDisk("old");
    const long = new Date("2020-01-01");
    await utimes(path, long, long);
    let reads = 0;
    const { value } = await readStable(file, async (snapshot) => {
      const blob = await snapshot.blob();
      if (++reads === 1) await writeFile(path, "new");
      return blob.text();
    });
    expect([value, reads]).toEqual(["new", 2]);
  });

  it("reads once more when the file changed meanwhile", async () => {
    const { file, path } = await fileOnDisk();
    let reads = 0;
    const { value } = await readStable(file, async (snapshot) => {
      const text = await (await snapshot.blob()).text();
      if (++reads === 1) await appendFile(path, "2");
      return text;
    });
    expect([value, reads]).toEqual(["12", 2]);
  });

  it("reads once more when the snapshot has become unreadable", async () => {
    const { file, path } = await fileOnDisk();
    let reads = 0;
    const { value } = await readStable(file, async (snapshot) => {
      const blob = await snapshot.blob();
      if (++reads === 1) await appendFile(path, "23");
      return blob.text();
    });
    expect([value, reads]).toEqual(["123", 2]);
  });

  it("gives up on a file that goes on changing", async () => {
    const { file, path } = await fileOnDisk();
    const failure = readStable(file, async () => appendFile(path, "2"));
    await expect(failure).rejects.toMatchObject({ name: "ParquetError", fault: "changed", path: "x.parquet" });
    await expect(failure).rejects.toThrow(/x\.parquet: the file changes while it is being read\. Wait/);
  });

  it("says that a file is gone, before and during the read", async () => {
    const { file, path } = await fileOnDisk();
    await expect(readStable(file, async () => rm(path))).rejects.toMatchObject({ fault: "gone" });
    await expect(readStable(file, async () => 1)).rejects.toThrow(/x\.parquet: the file is no longer there/);
  });

  it("says that permission is missing", async () => {
    const refuse = async (): Promise<never> => Promise.reject(new DOMException("denied", "NotAllowedError"));
    await expect(readStable({ path: "x.parquet", stat: refuse, blob: refuse }, async () => 1)).rejects.toMatchObject({ fault: "permission", message: expect.stringContaining("Grant the folder again") });
    const stat = async () => ({ size: 1, modified: 1 });
    await expect(readStable({ path: "x.parquet", stat, blob: refuse }, refuse)).rejects.toMatchObject({ fault: "permission" });
  });

  it("passes on an error of the read when the file is the same", async () => {
    const { file } = await fileOnDisk();
    await expect(readStable(file, async () => Promise.reject(new RangeError("a defect")))).rejects.toThrow(RangeError);
  });
});

describe("a day whose file changes in the middle", () => {
  const contract: CatalogueFile = { path: "a.parquet", layout: "raw", kind: "option", symbol: "BANKNIFTY", expiry: dayNumber("2024-08-21"), strike: 50_000, cp: "CE" };
  const chunk: DayChunk = { symbol: "BANKNIFTY", dates: [dayNumber("2024-08-20")], files: [contract], facts: [undefined], zones: { raw: "ist-wall" }, kinds: {}, barLabel: "start" };
  const version = (price: number, rows: number): Uint8Array<ArrayBuffer> =>
    parquetBytes([column("timestamp", "us", Array.from({ length: rows }, (_, i) => micros(`2024-08-20 09:15:0${i}`))), column("price", "double", Array.from({ length: rows }, () => price))]);

  it("is answered from one version of the file", async () => {
    const { root, folder } = await folderOf({ "a.parquet": version(1, 2) });
    let reads = 0;
    const slow: RowReader = {
      ...reader,
      fetch: async (file, request) => {
        const made = await reader.fetch(file, request);
        if (++reads === 1) await writeFile(join(root, "a.parquet"), version(2, 5));
        return made;
      },
    };
    const day = createDaySource({ folder, reader: slow, kernels, rules: defaultRules }).day(chunk, chunk.dates[0]);
    const [slice] = await day.load([{ symbol: "BANKNIFTY", expiry: contract.expiry!, strike: 50_000, cp: "CE" }]);
    expect([...(slice?.price ?? [])]).toEqual([200, 200, 200, 200, 200]);
    expect(day.report().files[0].size).toBe(version(2, 5).length);
    expect(reads).toBe(2);
  });

  it("fails in words when the folder's permission is revoked or the folder is gone", async () => {
    for (const [name, message] of [["NotAllowedError", /^a\.parquet: the file may not be read.*Grant the folder again/], ["NotFoundError", /^a\.parquet: the file is no longer there/]] as const) {
      const folder: Folder = { name: "data", list: async () => [], file: async () => Promise.reject(new DOMException("no", name)) };
      const day = createDaySource({ folder, reader, kernels, rules: defaultRules }).day(chunk, chunk.dates[0]);
      const failure = day.load([{ symbol: "BANKNIFTY", expiry: contract.expiry!, strike: 50_000, cp: "CE" }]);
      await expect(failure).rejects.toBeInstanceOf(UnreadableInput);
      await expect(failure).rejects.toThrow(message);
    }
  });

  it("fails in words when permission is taken away", async ({ skip }) => {
    if (process.getuid?.() === 0) skip("root may read every file");
    const { root, folder } = await folderOf({ "a.parquet": version(1, 2) });
    await chmod(join(root, "a.parquet"), 0);
    const day = createDaySource({ folder, reader, kernels, rules: defaultRules }).day(chunk, chunk.dates[0]);
    await expect(day.load([{ symbol: "BANKNIFTY", expiry: contract.expiry!, strike: 50_000, cp: "CE" }])).rejects.toThrow(/a\.parquet: the file may not be read/);
  });
});
