/** `straddle sql`: rows as a table, JSON and CSV, over the data and over runs that were written; what is wrong with its place. */
import { join } from "node:path";
import { writeFileSync } from "node:fs";
import { beforeAll, expect, it } from "vitest";
import { HOURLY_STRADDLE, runJson, straddle } from "../support/cli.ts";
import { smallSample, writeLayouts } from "../support/layouts.ts";
import { tempFolder } from "../support/temp-folder.ts";

let data: string;
const cache = tempFolder();
const sql = (query: string, ...more: string[]) => straddle(["sql", query, "--data", data, ...more], { cache });

beforeAll(() => {
  data = writeLayouts(smallSample({ seed: 17, days: 2, strikesEachSide: 2 }), tempFolder()).raw;
});

it("prints a table for people, with what was opened", async () => {
  const { status, stdout, stderr } = await sql("SELECT date, count(*) > 0 AS any FROM spot WHERE date = DATE '2024-08-19' GROUP BY date");
  expect(stdout).toBe("date        any\n2024-08-19  true\n");
  expect(stderr).toMatch(/^1 row in [\d.]+ s; spot: 1 of 2 files opened$/m);
  expect(status).toBe(0);
});

it("asks about runs that were written, as JSON and from a file", async () => {
  const out = join(tempFolder(), "results");
  const { run_id, result_hash, trades } = await runJson([HOURLY_STRADDLE, "--data", data, "--out", out], { cache });
  const file = join(tempFolder(), "query.sql");
  writeFileSync(file, "SELECT r.run_id, r.result_hash, count(*) AS trades\nFROM runs r JOIN trades t USING (run_id, variant)\nGROUP BY ALL;\n");
  const { stdout } = await sql(`@${file}`, "--runs", out, "--json");
  expect(JSON.parse(stdout)).toEqual([{ run_id, result_hash, trades }]);
});

it("prints CSV, and says what is wrong with its place", async () => {
  expect((await sql("SELECT '=1+1' AS formula, 'a,b' AS list, 1.5 AS number, NULL AS none", "--csv")).stdout).toBe("formula,list,number,none\n'=1+1,\"a,b\",1.5,\n");
  const { status, stdout, stderr } = await sql("SELECT date,\n  prise FROM spot");
  expect(stderr).toMatch(/there is no column "prise" in the view spot\. Near it: price\n {4}prise FROM spot\n {4}\^{5}\n/);
  expect(stdout).toBe("");
  expect(status).toBe(1);
});

it("answers in parts by several workers where it can, and says why where it cannot", async () => {
  const query = "SELECT cp, count(*) AS n, max(price) AS high FROM options WHERE price > 0 AND price < 1e6 GROUP BY cp ORDER BY cp";
  const [several, one] = [await sql(query, "--workers", "2"), await sql(query, "--workers", "1")];
  expect(several.stderr).toMatch(/; options: 62 of 64 files opened; by 2 workers$/m);
  expect(one.stderr).toMatch(/; options: 62 of 64 files opened$/m);
  expect(several.stdout).toBe(one.stdout);
  expect((await sql("SELECT median(price) FROM options", "--workers", "2")).stderr).toMatch(/ files opened; by one worker: median cannot be put together from parts$/m);
  const { status, stderr } = await sql("SELECT count(*), prise FROM options", "--workers", "2");
  expect([status, stderr]).toEqual([1, expect.stringMatching(/there is no column "prise" in the view options/)]);
});
