/** What SQL cannot read of a folder, it says, by the file's name: rows never go missing without a word. */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CompressionCodec } from "hyparquet";
import { parquetWriteBuffer } from "hyparquet-writer";
import { beforeAll, describe, expect, it } from "vitest";
import { metadataOf } from "../../../src/data/parquet-metadata.ts";
import { createDuckdbHost } from "../../../src/sql/duckdb.ts";
import { openFileSource } from "../../../src/sql/file-source-node.ts";
import { previewFile } from "../../../src/sql/preview.ts";
import { ROOT, straddle } from "../../support/cli.ts";
import { openConsole } from "../../support/sql-views.ts";
import { tempFolder } from "../../support/temp-folder.ts";
import { memoryFile, TYPES } from "../../unit/data/parquet-fixture.ts";
import { duckdbWasm } from "../../unit/sql/duckdb-wasm.ts";
import { COMPRESSORS } from "./corpus.ts";

const GOOD = "banknifty2482150900ce.parquet";
const BAD = "banknifty2482150900pe.parquet";
const ROWS = 600;
const AT = BigInt(Date.UTC(2024, 7, 20, 9, 15)) * 1_000n;

function contract(codec: CompressionCodec): Uint8Array<ArrayBuffer> {
  return new Uint8Array(parquetWriteBuffer({
    columnData: [{ name: "timestamp", data: Array.from({ length: ROWS }, (_, i) => AT + BigInt(i) * 1_000_000n) }, { name: "price", data: Array.from({ length: ROWS }, (_, i) => 100 + (i % 77) / 20), encoding: "PLAIN" }],
    schema: [{ name: "root", num_children: 2 }, { name: "timestamp", repetition_type: "OPTIONAL", ...TYPES.us }, { name: "price", repetition_type: "OPTIONAL", ...TYPES.double }],
    codec, compressors: COMPRESSORS,
  }));
}

/** A folder with a good contract and another one. */
function folderWith(bytes: Uint8Array): string {
  const root = tempFolder();
  mkdirSync(join(root, "options"));
  copyFileSync(join(ROOT, "public/sample/options", GOOD), join(root, "options", GOOD));
  writeFileSync(join(root, "options", BAD), bytes);
  return root;
}

/** A file whose price pages cannot be decoded: their headers are right, what they hold is no Snappy. */
async function undecodable(): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = contract("SNAPPY");
  const { metadata } = await metadataOf(memoryFile("f.parquet", bytes));
  const { meta_data: chunk } = metadata.row_groups[0].columns[1];
  const end = Number(chunk!.data_page_offset + chunk!.total_compressed_size);
  bytes.fill(0xff, end - Number(chunk!.total_compressed_size) + 40, end);
  return bytes;
}

describe.each(["LZ4_RAW", "BROTLI"] as const)("a contract compressed with %s", (codec) => {
  let root: string;
  beforeAll(() => {
    root = folderWith(contract(codec));
  });

  it("is left out by name, and the others answer", async () => {
    const console = await openConsole(root);
    const { notes } = await console.ask("SELECT cp, count(*) FROM options GROUP BY cp");
    expect(notes).toEqual([expect.stringMatching(new RegExp(`^options/${BAD} is left out: column ".*" is compressed with ${codec}, which DuckDB cannot read: SQL and the preview do without the file. Choose the reader parquet-wasm`))]);
    expect((await console.table("SELECT DISTINCT cp FROM options")).toArray().map(String)).toEqual(['{"cp": "CE"}']);
  });

  it("is refused by the preview in the same words", async () => {
    const host = createDuckdbHost(await duckdbWasm());
    await expect(previewFile(host, memoryFile(BAD, new Uint8Array(readFileSync(join(root, "options", BAD)))), openFileSource, 5)).rejects.toThrow(`${BAD}: column "timestamp" is compressed with ${codec}, which DuckDB cannot read`);
  });
});

describe("a page that cannot be decoded", () => {
  let root: string;
  beforeAll(async () => {
    root = folderWith(await undecodable());
  });

  it("fails a query in its middle with the file's name, whatever the query", async () => {
    const console = await openConsole(root);
    for (const sql of ["SELECT price FROM options", "SELECT count(price), sum(price) FROM options", "SELECT * FROM options ORDER BY price LIMIT 1", "SELECT o.price FROM options o JOIN options p USING (second) WHERE o.cp = 'PE'"])
      await expect(console.ask(sql), sql).rejects.toThrow(`options/${BAD}: its data is damaged and cannot be decoded (`);
    expect((await console.table("SELECT count(*)::INT AS n FROM options WHERE cp = 'CE' AND price > 0")).toArray()[0]).toMatchObject({ n: expect.any(Number) as number });
  });

  it("fails `straddle sql` with the file's name", async () => {
    const { status, stdout, stderr } = await straddle(["sql", "SELECT sum(price) FROM options", "--data", root]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain(`options/${BAD}: its data is damaged and cannot be decoded (`);
  });
});
