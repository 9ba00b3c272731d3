import { parquetWriteBuffer } from "hyparquet-writer";
import { beforeAll, describe, expect, it } from "vitest";
import { createDuckdbHost, type DuckdbHost } from "../../../src/sql/duckdb.ts";
import { openFileSource } from "../../../src/sql/file-source-node.ts";
import { previewFile, type FilePreview } from "../../../src/sql/preview.ts";
import { column, memoryFile, micros, parquetBytes } from "../data/parquet-fixture.ts";
import { duckdbWasm } from "./duckdb-wasm.ts";

let host: DuckdbHost;
beforeAll(async () => {
  host = createDuckdbHost(await duckdbWasm());
});

const preview = (bytes: Uint8Array<ArrayBuffer> | string, rows: number): Promise<FilePreview> => previewFile(host, memoryFile("a/f.parquet", bytes), openFileSource, rows);

describe("previewFile", () => {
  it("shows schema, row groups and the first rows as text", async () => {
    const at = micros("2024-08-23 09:15:00.250");
    const rows = Array.from({ length: 2500 }, (_, i) => i);
    const bytes = parquetBytes(
      [
        column("timestamp", "us", BigInt64Array.from(rows, (i) => at + BigInt(i) * 1_000_000n)),
        column("price", "double", rows.map((i) => (i === 1 ? null : 100.05 + i))),
        column("opt_type", "text", rows.map(() => "CE")),
        column("Price", "int32", rows),
        column("day", "date", rows.map(() => 19_958)),
      ],
      { rowGroupSize: 1000, zones: { timestamp: "Asia/Kolkata" } },
    );
    const found = await preview(bytes, 3);
    expect(found).toMatchObject({ path: "a/f.parquet", rows: 2500 });
    expect(found.columns).toEqual([
      { name: "timestamp", type: "INT64 TIMESTAMP(us, UTC) Asia/Kolkata" },
      { name: "price", type: "DOUBLE" },
      { name: "opt_type", type: "BYTE_ARRAY STRING" },
      { name: "Price", type: "INT32" },
      { name: "day", type: "INT32 DATE" },
    ]);
    expect(found.rowGroups.map((group) => group.rows)).toEqual([1000, 1000, 500]);
    expect(found.firstRows).toEqual([
      ["2024-08-23 09:15:00.25+00", "100.05", "CE", "0", "2024-08-23"],
      ["2024-08-23 09:15:01.25+00", null, "CE", "1", "2024-08-23"],
      ["2024-08-23 09:15:02.25+00", "102.05", "CE", "2", "2024-08-23"],
    ]);
    expect((await preview(bytes, 1500)).firstRows[1499][3]).toBe("1499");
    expect((await preview(bytes, 9999)).firstRows).toHaveLength(2500);
    expect((await preview(bytes, 0)).firstRows).toEqual([]);
  });

  it("shows the columns of a file without rows", async () => {
    expect(await preview(parquetBytes([column("price", "double", [])]), 5)).toEqual({ path: "a/f.parquet", rows: 0, columns: [{ name: "price", type: "DOUBLE" }], rowGroups: [], firstRows: [] });
  });

  it("shows what it can of files with nested and binary columns", async () => {
    const bytes = new Uint8Array(
      parquetWriteBuffer({
        columnData: [{ name: "list", data: [[1, 2]] }, { name: "raw", data: [Uint8Array.of(65, 0)] }, { name: "price", data: [1.5] }],
        schema: [
          { name: "root", num_children: 3 },
          { name: "list", repetition_type: "OPTIONAL", num_children: 1, converted_type: "LIST" },
          { name: "list", repetition_type: "REPEATED", num_children: 1 },
          { name: "element", repetition_type: "OPTIONAL", type: "DOUBLE" },
          { name: "raw", repetition_type: "REQUIRED", type: "BYTE_ARRAY" },
          { name: "price", repetition_type: "REQUIRED", type: "DOUBLE" },
        ],
      }),
    );
    const found = await preview(bytes, 1);
    expect(found.columns.map((col) => col.type)).toEqual(["GROUP", "BYTE_ARRAY", "DOUBLE"]);
    expect(found.firstRows).toEqual([["(nested)", "A\\x00", "1.5"]]);
  });

  it("names the file when it is no Parquet or damaged", async () => {
    await expect(preview("text", 3)).rejects.toThrow(/^a\/f\.parquet: .*no Parquet file/);
    const bad = parquetBytes([column("price", "double", Float64Array.from({ length: 500 }, (_, i) => i))]);
    bad.fill(255, 4, 60);
    await expect(preview(bad, 3)).rejects.toThrow(/^a\/f\.parquet: .*damaged/);
  });
});
