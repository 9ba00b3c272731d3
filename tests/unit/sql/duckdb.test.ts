import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SyncSource } from "../../../src/sql/duckdb-runtime.ts";
import { createDuckdbHost, sqlText, type DuckdbHost } from "../../../src/sql/duckdb.ts";
import { column, parquetBytes } from "../data/parquet-fixture.ts";
import { duckdbWasm } from "./duckdb-wasm.ts";

let host: DuckdbHost;
let folder: string;
let signs = 0;
beforeAll(async () => {
  host = createDuckdbHost(await duckdbWasm(), () => void signs++);
  folder = await mkdtemp(join(tmpdir(), "straddle-duckdb-"));
});
afterAll(() => rm(folder, { recursive: true }));

const one = (sql: string): Promise<unknown> => host.run((db) => db.query(sql).getChildAt(0)?.get(0) as unknown);

const FOOTER_BYTES = 400;

/** A file in memory whose footer can be read, and whose data too unless there is an error. */
function memorySource(bytes: Uint8Array, error?: Error): SyncSource {
  return {
    size: bytes.length,
    read(target, position) {
      if (error && position > 0 && position < bytes.length - FOOTER_BYTES) throw error;
      const found = bytes.subarray(position, position + target.length);
      target.set(found);
      return found.length;
    },
    close: () => undefined,
  };
}

describe("createDuckdbHost", () => {
  it("is the release that needs no download", async () => {
    expect(await one("SELECT version()")).toBe("v0.9.1");
    expect(await one("SELECT count(*)::INT FROM duckdb_functions() WHERE function_name = 'read_parquet'")).toBeGreaterThan(0);
  });

  it("can neither read nor write the disk but through files that it was handed", async () => {
    const secret = join(folder, "secret.csv");
    await writeFile(secret, "a\n1\n");
    for (const sql of [`SELECT * FROM read_csv_auto(${sqlText(secret)})`, `SELECT * FROM ${sqlText(secret)}`, `SELECT * FROM read_parquet(${sqlText(secret)})`]) {
      await expect(one(sql)).rejects.toThrow(/No files found|does not exist/);
    }
    expect(await one(`SELECT count(*)::INT FROM glob(${sqlText(`${folder}/*`)})`)).toBe(0);
    const target = join(folder, "written.csv");
    await one(`COPY (SELECT 1) TO ${sqlText(target)}`);
    expect(existsSync(target)).toBe(false);
  });

  it("keeps tables from one use to the next and says what is wrong with a statement", async () => {
    await one("CREATE TABLE kept AS SELECT 7 AS v");
    await expect(one("SELEC 1")).rejects.toThrow(/syntax error/);
    expect(await one("SELECT v FROM kept")).toBe(7);
  });

  it("starts anew after a trap", async () => {
    await expect(host.run(() => { throw new WebAssembly.RuntimeError("unreachable"); })).rejects.toThrow("unreachable");
    expect(await one("SELECT 1")).toBe(1);
    await expect(one("SELECT v FROM kept")).rejects.toThrow(/kept does not exist/);
  });

  it("gives signs of life while a long statement runs", async () => {
    signs = 0;
    await host.run((db) => db.stream("SELECT sum(a % 7) FROM range(20000000) t(a)", () => true));
    expect(signs).toBeGreaterThan(0);
  });

  it("refuses a statement that its stack does not hold", async () => {
    await expect(one(`SELECT '${"x".repeat(20_000)}'`)).rejects.toThrow(/the statement has 200\d\d characters/);
    expect(await one(`SELECT length('${"ह".repeat(15_900)}')::INT`)).toBe(15_900);
  });

  it("passes on the error of the platform when reading fails in the middle of a query", async () => {
    const bytes = parquetBytes([column("price", "double", Float64Array.from({ length: 50_000 }, (_, i) => i))]);
    const error = new DOMException("the file changed", "NotReadableError");
    const read = (source: SyncSource) => host.run((db) => db.withFile(source, (name) => db.query(`SELECT sum(price) FROM read_parquet(${sqlText(name)})`).getChildAt(0)?.get(0) as unknown));
    await expect(read(memorySource(bytes, error))).rejects.toBe(error);
    expect(await read(memorySource(bytes))).toBe((50_000 * 49_999) / 2);
  });

  it("fails in words when the module is none", async () => {
    await expect(createDuckdbHost(new Uint8Array([1, 2, 3])).run((db) => db.query("SELECT 1"))).rejects.toThrow(WebAssembly.CompileError);
    const wrong = await WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));
    await expect(createDuckdbHost(wrong).run((db) => db.query("SELECT 1"))).rejects.toThrow();
  });

  it("takes any text as a literal", async () => {
    for (const text of ["it's", "a';DROP TABLE kept;--", "\\", "नाम", ""]) expect(await one(`SELECT ${sqlText(text)}`)).toBe(text);
  });
});
