import { describe, expect, it } from "vitest";
import { readFooter } from "../../../src/data/footer.ts";
import { column, memoryFile, micros, parquetBytes } from "./parquet-fixture.ts";

const first = micros("2024-08-23 09:15:00");
const bytes = parquetBytes(
  [column("timestamp", "us", [first, first + 1_000_000n, first + 2_000_000n]), column("price", "double", [1, 2, null]), column("expiry", "date", [19_964, 19_964, 19_964]), column("cp", "text", ["CE", "CE", "PE"])],
  { rowGroupSize: 2, zones: { timestamp: "Asia/Kolkata" } },
);

describe("readFooter", () => {
  it("tells rows, types, zones and raw statistics by row group", async () => {
    const footer = await readFooter(memoryFile("a.parquet", bytes));
    expect(footer.rows).toBe(3);
    expect(footer.columns).toEqual([
      { name: "timestamp", type: "INT64 TIMESTAMP(us, UTC)", zone: "Asia/Kolkata" },
      { name: "price", type: "DOUBLE" },
      { name: "expiry", type: "INT32 DATE" },
      { name: "cp", type: "BYTE_ARRAY STRING" },
    ]);
    expect(footer.rowGroups.map(({ rows }) => rows)).toEqual([2, 1]);
    expect(footer.rowGroups[0].statistics.get("timestamp")).toMatchObject({ min: first, max: first + 1_000_000n });
    expect(footer.rowGroups[0].statistics.get("expiry")).toMatchObject({ min: 19_964, max: 19_964 });
    expect(footer.rowGroups[1].statistics.get("cp")).toMatchObject({ min: "PE", max: "PE" });
    expect(footer.rowGroups[0].columnBytes.get("price")).toBeGreaterThan(0);
    expect(footer.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it("gives the same hash for the same footer and another for another", async () => {
    const again = await readFooter(memoryFile("b.parquet", bytes.slice()));
    const other = await readFooter(memoryFile("c.parquet", parquetBytes([column("price", "double", [1])])));
    expect(again.hash).toBe((await readFooter(memoryFile("a.parquet", bytes))).hash);
    expect(other.hash).not.toBe(again.hash);
  });

  it("reads a footer that is larger than the first request", async () => {
    const wide = parquetBytes([column("timestamp", "us", [first]), ...Array.from({ length: 1200 }, (_, k) => column(`a_rather_long_column_name_for_level_${k}`, "double", [k]))]);
    const footer = await readFooter(memoryFile("wide.parquet", wide));
    expect(footer.columns).toHaveLength(1201);
    expect(footer.columns[1200].name).toBe("a_rather_long_column_name_for_level_1199");
  });

  const damaged: [string, Uint8Array<ArrayBuffer> | string, RegExp][] = [
    ["an empty file", "", /^x\/f\.parquet: the file is empty \(0 bytes\).*Copy it again/],
    ["text", "timestamp,price\n2024-08-23,1\n", /^x\/f\.parquet: this is no Parquet file.*Convert it to Parquet/],
    ["three bytes", "PAR", /this is no Parquet file/],
    ["a cut-off file", bytes.slice(0, bytes.length >> 1), /^x\/f\.parquet: the file is cut off.*Copy it again/],
    ["a footer without its data", Uint8Array.from([...bytes.slice(0, 4), ...bytes.slice(-(bytes.length >> 1))]), /damaged|cut off/],
  ];
  for (const [what, content, message] of damaged) {
    it(`refuses ${what} in words`, async () => {
      await expect(readFooter(memoryFile("x/f.parquet", content))).rejects.toThrow(message);
    });
  }

  it("refuses a scrambled footer in words", async () => {
    const bad = bytes.slice();
    const length = new DataView(bad.buffer).getUint32(bad.length - 8, true);
    bad.fill(0xff, bad.length - 8 - length, bad.length - 8);
    await expect(readFooter(memoryFile("x/f.parquet", bad))).rejects.toThrow(/^x\/f\.parquet: .*(damaged|cut off)/);
  });

  it("reads again when the file has another size or time", async () => {
    let content = parquetBytes([column("price", "double", [1])]);
    let modified = 1;
    const file = { path: "a.parquet", stat: async () => ({ size: content.length, modified }), blob: async () => new Blob([content]) };
    expect((await readFooter(file)).rows).toBe(1);
    content = parquetBytes([column("price", "double", [1, 2])]);
    modified = 2;
    expect((await readFooter(file)).rows).toBe(2);
  });
});
