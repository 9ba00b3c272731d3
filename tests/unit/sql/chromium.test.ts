import { appendFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parquetReadObjects } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import type { Browser, Page } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FilePreview } from "../../../src/sql/preview.ts";
import { launchChromium, ROOT, serve, type StaticServer } from "../../e2e/harness.ts";
import { column, micros, parquetBytes } from "../data/parquet-fixture.ts";

interface Probe {
  readBoth(columns: string[], rowGroups?: number[]): Promise<{ duckdb: string; parquetWasm: string }>;
  readAgain(columns: string[]): Promise<string>;
  preview(rows: number): Promise<string>;
  parquet(): Promise<number[]>;
  query(sql: string): Promise<string>;
}

let folder: string;
let server: StaticServer;
let browser: Browser;
let page: Page;
const requested: string[] = [];
const said: string[] = [];

beforeAll(async () => {
  const outDir = join(ROOT, "build/sql-browser");
  await build({ configFile: false, root: join(ROOT, "tests/unit/sql/browser"), base: "./", logLevel: "warn", worker: { format: "es" }, build: { outDir, emptyOutDir: true, target: "es2022", assetsInlineLimit: 0 } });
  [folder, server, browser] = await Promise.all([mkdtemp(join(tmpdir(), "straddle-sql-")), serve(outDir), launchChromium()]);
  const context = await browser.newContext();
  context.on("request", (request) => requested.push(request.url()));
  page = await context.newPage();
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(String(error)));
  await page.goto(server.url);
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

const ROWS = Array.from({ length: 30_000 }, (_, i) => i);
const AT = micros("2024-08-23 09:15:00");

async function chooseFile(name: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(
    path,
    parquetBytes(
      [
        column("timestamp", "us", BigInt64Array.from(ROWS, (i) => AT + BigInt(i) * 1_000_003n)),
        column("nanos", "ns", BigInt64Array.from(ROWS, (i) => AT * 1000n + BigInt(i))),
        column("price", "double", ROWS.map((i) => (i % 7 === 3 ? null : i / 20))),
        column("volume", "int64", ROWS.map((i) => BigInt(i) * 75n)),
        column("opt_type", "text", ROWS.map((i) => (i % 5 === 0 ? null : ["CE", "PE"][i % 2]))),
      ],
      { rowGroupSize: 10_000 },
    ),
  );
  await page.setInputFiles("input", path);
  return path;
}

const call = <T>(work: (probe: Probe) => Promise<T>): Promise<T> => page.evaluate(`(${work.toString()})(window)`);

describe("DuckDB in a worker of Chromium", () => {
  it("reads a file of the user in place, as parquet-wasm does", async () => {
    await chooseFile("it's a \"file\".parquet");
    const all = await call((probe) => probe.readBoth(["timestamp", "nanos", "price", "volume", "opt_type"]));
    expect(all.duckdb).toBe(all.parquetWasm);
    expect(JSON.parse(all.duckdb)[0]).toBe(30_000);
    const some = await call((probe) => probe.readBoth(["opt_type", "price"], [1]));
    expect(some.duckdb).toBe(some.parquetWasm);
    expect(JSON.parse(some.duckdb)[0]).toBe(10_000);
  });

  it("previews it", async () => {
    await chooseFile("preview.parquet");
    const preview = JSON.parse(await call((probe) => probe.preview(2))) as FilePreview;
    expect(preview.rowGroups.map((group) => group.rows)).toEqual([10_000, 10_000, 10_000]);
    expect(preview.firstRows[0]).toEqual(["2024-08-23 09:15:00+00", expect.stringContaining("2024-08-23 09:15:00"), "0.0", "0", null]);
    expect(preview.firstRows[1][4]).toBe("PE");
  });

  it("says that a file has changed since it was granted", async () => {
    const path = await chooseFile("changing.parquet");
    await call((probe) => probe.readBoth(["price"]));
    await appendFile(path, "more");
    expect(await call((probe) => probe.readAgain(["price"]))).toMatch(/^changed: changing\.parquet: the file changes while it is being read/);
  });

  it("writes the trades as Parquet", async () => {
    const bytes = Uint8Array.from(await call((probe) => probe.parquet()));
    const rows = await parquetReadObjects({ file: bytes.buffer, compressors });
    expect(rows).toHaveLength(10);
    expect(rows[0]).toMatchObject({ run_id: "run-1", variant: "v1", symbol: "NIFTY", position_id: 1 });
  });

  it("asks no other host, even when SQL tells it to", async () => {
    const results = await Promise.all([
      call((probe) => probe.query("SELECT * FROM 'https://example.com/x.parquet'")),
      call((probe) => probe.query("SELECT * FROM read_parquet('http://example.com/x.parquet')")),
      call((probe) => probe.query("SELECT * FROM 's3://bucket/x.parquet'")),
      call((probe) => probe.query("INSTALL httpfs")),
      call((probe) => probe.query("LOAD httpfs")),
      call((probe) => probe.query("SELECT * FROM read_json_auto('x.json')")),
    ]);
    for (const result of results) expect(result).toMatch(/Error/);
    expect(await call((probe) => probe.query("SELECT * FROM range(3)"))).toBe("3");
    const { origin } = new URL(server.url);
    expect(requested.filter((url) => url.includes("duckdb-eh"))).toHaveLength(1);
    expect(requested.filter((url) => new URL(url).origin !== origin)).toEqual([]);
    expect(said).toEqual([]);
  });
});
