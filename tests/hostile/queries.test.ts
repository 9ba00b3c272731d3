/** Queries of strangers: they see the views of the granted folder, and neither read, find nor write anything else. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { straddle } from "../support/cli.ts";
import { publicSample } from "../support/public-sample.ts";
import { openConsole, type OpenConsole } from "../support/sql-views.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { column, parquetBytes } from "../unit/data/parquet-fixture.ts";

const MARK = "what nobody may read";
let root: string;
let outside: string;
let secret: string;
let console: OpenConsole;
beforeAll(async () => {
  root = publicSample();
  outside = tempFolder();
  secret = join(outside, "secret.parquet");
  const bytes = parquetBytes([column("secret", "text", [MARK])]);
  writeFileSync(secret, bytes);
  writeFileSync(join(outside, "secret.csv"), `secret\n${MARK}\n`);
  // Inside the folder, but none of its data.
  mkdirSync(join(root, "notes"));
  writeFileSync(join(root, "notes/secret.parquet.txt"), bytes);
  console = await openConsole(root);
  // Its files are known to DuckDB while the query runs.
  await console.ask("SELECT count(*) FROM spot");
});

const ways = (): string[] => [secret, `${outside}/*.parquet`, `${outside}/**`, `${root}/../${outside.split("/").at(-1)}/secret.parquet`, `file://${secret}`, `notes/secret.parquet.txt`, `${root}/notes/secret.parquet.txt`, `../secret.parquet`, "/proc/self/environ", "/etc/passwd", "https://example.com/x.parquet", "s3://x/y.parquet"];
const FUNCTIONS = ["read_parquet", "parquet_scan", "read_csv", "read_csv_auto", "read_json_auto", "read_text", "read_blob", "parquet_metadata", "parquet_schema", "sniff_csv", "glob"];

it("reads no file by its name, by any function", async () => {
  for (const way of ways())
    for (const sql of [`SELECT * FROM '${way}'`, `FROM "${way}"`, ...FUNCTIONS.map((name) => `SELECT * FROM ${name}('${way}')`), `SELECT * FROM spot, read_parquet('${way}')`, `SELECT (SELECT secret FROM read_parquet(['${way}'])) FROM spot LIMIT 1`]) {
      const said = await console.table(sql).then((table) => table.toArray().map(String).join(), (error: Error) => error.message);
      expect(said, sql).not.toContain(MARK);
      expect(said, sql).not.toMatch(/root:|PATH=/);
    }
});

describe("changes nothing:", () => {
  const written = () => join(outside, "written");
  it.each([
    () => `COPY (SELECT 1) TO '${written()}'`, () => `COPY spot TO '${written()}' (FORMAT parquet)`, () => `EXPORT DATABASE '${written()}'`, () => `IMPORT DATABASE '${outside}'`, () => `ATTACH '${written()}' AS x`,
    () => "INSTALL httpfs", () => "LOAD '/tmp/x.duckdb_extension'", () => "SET memory_limit = '1TB'", () => "PRAGMA database_list", () => "CALL pragma_version()", () => "CREATE TABLE t AS SELECT 1", () => "CREATE OR REPLACE VIEW spot AS SELECT 1",
    () => "DROP VIEW spot", () => "DELETE FROM trades", () => "UPDATE trades SET pnl = 0", () => "INSERT INTO trades SELECT * FROM trades", () => "BEGIN", () => "CHECKPOINT", () => "VACUUM", () => "EXECUTE x", () => "PREPARE x AS SELECT 1", () => "USE memory", () => "RESET memory_limit",
    () => "SELECT 1; DROP VIEW spot", () => `WITH a AS (SELECT 1) INSERT INTO t SELECT 1`, () => `EXPLAIN ANALYZE COPY (SELECT 1) TO '${written()}'`, () => `/* SELECT */ COPY (SELECT 1) TO '${written()}'`, () => `(((COPY (SELECT 1) TO '${written()}')))`, () => "SHOW TABLES",
  ])("%#", async (sql) => {
    await expect(console.ask(sql()), sql()).rejects.toThrow();
    expect(existsSync(written())).toBe(false);
    expect((await console.table("SELECT count(*)::INT AS n FROM spot")).toArray()[0]).toMatchObject({ n: expect.any(Number) as number });
  });
});

it("keeps the files of the folder from one query to the next", async () => {
  const sql = "SELECT file_name FROM duckdb_temporary_files() UNION ALL SELECT file FROM glob('*')";
  await console.table(sql).then((table) => expect(table.numRows).toBe(0), () => undefined);
  expect(readdirSync(outside).sort()).toEqual(["secret.csv", "secret.parquet"]);
});

it("`straddle sql` reads nothing outside its folder either, and says so in words that a terminal does not obey", async () => {
  const { status, stdout, stderr } = await straddle(["sql", `SELECT * FROM read_parquet('${secret}') -- \u001b]0;owned\u0007`, "--data", root]);
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).not.toContain(MARK);
  const named = await straddle(["sql", "SELECT 1 AS \"\u001b[2J\u009b1m\"", "--data", root]);
  expect(named.stdout + named.stderr + stderr).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
  expect(named.stdout).toContain("\\u001b[2J\\u009b1m");
});
