/** Window studies from the command line, beside SQL on native DuckDB over the same Parquet. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { beforeAll, describe, expect, it } from "vitest";
import { wilson } from "../../src/core/studies/directions.ts";
import type { studyJson } from "../../src/core/studies/study-json.ts";
import { dayNumber, isoDate } from "../../src/core/time.ts";
import { ROOT, straddle } from "../support/cli.ts";
import { writeSpotFolder } from "../support/spot-folder.ts";
import { tempFolder } from "../support/temp-folder.ts";

type Results = ReturnType<typeof studyJson>;
type Statistic = Results["statistics"][number];
type Row = Record<string, number | string | null>;

const MONDAYS = join(ROOT, "strategies/studies/mondays-open-close.yaml");
const data = tempFolder();
const cache = tempFolder();
const FIGURES = ["n", "mean", "median", "sd", "mad", "iqr", "skew", "min", "max"] as const;
const METRICS = ["return", "points", "range", "range_points", "rv"] as const;
let sql: (text: string) => Promise<Row[]>;

/** Every second at the ends of the day and one in thirty between; some days begin late, end early, or have holes. */
function has(day: number, second: number): boolean {
  const clock = second - 33_300;
  if (day % 11 === 3 && clock < 90) return false;
  if (day % 13 === 5 && clock > 22_000) return false;
  if (day % 5 === 2 && clock >= 120 && clock < 165) return false;
  return clock < 330 || clock > 21_800 ? (clock * 7 + day) % 9 !== 0 : clock % 30 === 0;
}

beforeAll(async () => {
  writeSpotFolder({ root: data, from: dayNumber("2024-01-01"), days: 70, seed: 5, has });
  const connection = await (await DuckDBInstance.create(":memory:", { threads: "1" })).connect();
  sql = async (text) => (await connection.runAndReadAll(text)).getRowObjectsJson() as Row[];
  await sql(`CREATE TABLE rows AS SELECT epoch_us(timestamp) // 86400000000 AS d, epoch_us(timestamp) // 1000000 % 86400 AS s, round(price * 100) AS p FROM read_parquet('${data}/spot/banknifty/*.parquet')`);
  await sql("CREATE TABLE grid AS SELECT c.d, c.s, r.p, r.s AS since FROM (SELECT d, s FROM (SELECT DISTINCT d FROM rows), (SELECT unnest(range(33300, 55800)) AS s)) c ASOF LEFT JOIN rows r ON c.d = r.d AND c.s >= r.s");
  await sql(`CREATE TABLE facts AS SELECT d, arg_min(p, s) AS open, arg_max(p, s) AS close, 100 * sqrt(sum(ln(p / b) ** 2)) AS rv, (max(p) FILTER (s < 33600) - min(p) FILTER (s < 33600)) / arg_min(p, s) * 100 AS range5
    FROM (SELECT d, s, p, lag(p) OVER (PARTITION BY d ORDER BY s) AS b FROM grid WHERE p IS NOT NULL) GROUP BY d`);
  await sql("CREATE TABLE dated AS SELECT *, row_number() OVER (ORDER BY d) AS i, (open / 100 / (lag(close) OVER (ORDER BY d) / 100) - 1) * 100 AS gap, lag(rv) OVER (ORDER BY d) AS prev_rv FROM facts");
  const decile = (fact: string) => `(SELECT CASE WHEN count(b.${fact}) >= 20 THEN least(10, floor(10 * sum(CASE WHEN b.${fact} < a.${fact} THEN 1 WHEN b.${fact} = a.${fact} THEN 0.5 ELSE 0 END) / count(b.${fact})) + 1) END FROM dated b WHERE b.i < a.i AND b.i >= a.i - 252 AND a.${fact} IS NOT NULL)`;
  await sql(`CREATE TABLE regimes AS SELECT d, ${decile("gap")} AS gap_decile, ${decile("prev_rv")} AS rv_decile, ${decile("range5")} AS range5_decile FROM dated a`);
}, 60_000);

/** What docs/studies.md says of a window, in SQL. `where` is of the day. */
async function windowsSql(name: string, from: string, to: string): Promise<void> {
  const second = (clock: string) => Number(clock.slice(0, 2)) * 3600 + Number(clock.slice(3)) * 60;
  const [a, b] = [second(from), second(to)];
  await sql(`CREATE OR REPLACE TABLE ${name} AS
    WITH begun AS (SELECT d, min(s) FILTER (p IS NOT NULL AND s - since <= 60) AS first, max(since) AS latest FROM grid WHERE s >= ${a} AND s < ${b} GROUP BY d),
    usable AS (SELECT * FROM begun WHERE first - ${a} <= 60 AND ${b} - 1 - latest <= 60),
    inside AS (SELECT g.*, lag(g.p) OVER (PARTITION BY g.d ORDER BY g.s) AS before FROM grid g JOIN usable u ON u.d = g.d WHERE g.s >= u.first AND g.s < ${b}),
    folded AS (SELECT d, arg_min(p, s) AS o, arg_max(p, s) AS c, max(p) AS h, min(p) AS l, 100 * sqrt(sum(ln(p / before) ** 2)) AS rv FROM inside GROUP BY d)
    SELECT d, (c / o - 1) * 100 AS return, (c - o) / 100 AS points, (h - l) / o * 100 AS range, (h - l) / 100 AS range_points, rv FROM folded`);
}

async function figuresSql(windows: string, metric: string, where: string): Promise<Row> {
  const [row] = await sql(`SELECT count(x)::INTEGER AS n, avg(x) AS mean, median(x) AS median, stddev_samp(x) AS sd, mad(x) AS mad, quantile_cont(x, 0.75) - quantile_cont(x, 0.25) AS iqr, skewness(x) AS skew, min(x) AS min, max(x) AS max,
    quantile_cont(x, 0.25) AS q1, quantile_cont(x, 0.75) AS q3 FROM (SELECT ${metric} AS x FROM ${windows} JOIN regimes USING (d) WHERE ${where})`);
  return row;
}

function expectFigures(found: Statistic, wanted: Row): void {
  for (const figure of FIGURES) {
    const [a, b] = [found[figure], wanted[figure]];
    if (b === null || a === null) expect(a, figure).toBe(b);
    else expect(Math.abs(a - Number(b)), `${found.metric} ${figure}: ${a} and ${b}`).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(Number(b))));
  }
}

async function study(file: string, more: readonly string[] = []): Promise<Results> {
  const { status, stdout, stderr } = await straddle(["study", file, "--data", data, "--json", ...more], { cache });
  if (status !== 0) throw new Error(`study ended with ${status}: ${stderr}`);
  return JSON.parse(stdout) as Results;
}

describe("the Monday study", () => {
  it("equals SQL on native DuckDB over the same Parquet, all figures", async () => {
    const out = tempFolder();
    const results = await study(MONDAYS, ["--out", out]);
    const monday = "d % 7 = 4"; // 1970-01-05 was a Monday.
    const [{ days }] = await sql(`SELECT count(DISTINCT d)::INTEGER AS days FROM rows WHERE ${monday}`);
    expect(results.days).toBe(days);
    for (const [window, from, to] of [["09:15-09:20", "09:15", "09:20"], ["15:20-15:30", "15:20", "15:30"]]) {
      await windowsSql("mondays", from, to);
      const [ways] = await sql(`SELECT count(*) FILTER (return > 0)::INTEGER AS up, count(*) FILTER (return < 0)::INTEGER AS down, count(*) FILTER (return = 0)::INTEGER AS flat, count(*)::INTEGER AS n FROM mondays WHERE ${monday}`);
      const row = results.directions.find((one) => one.window === window)! as unknown as Record<string, { count: number; share: number; low: number; high: number }>;
      for (const way of ["up", "down", "flat"]) expect(row[way]).toEqual(wilson(Number(ways[way]), Number(ways.n), 1.959963984540054));
      for (const metric of METRICS) {
        const found = results.statistics.find((one) => one.window === window && one.metric === metric)!;
        const wanted = await figuresSql("mondays", metric, monday);
        expectFigures(found, wanted);
        const number = (name: string) => Number(wanted[name]);
        expect(found.divergence_flag).toBe(Math.abs(number("mean") - number("median")) > 0.5 * number("mad"));
        const outside = await sql(`SELECT d, 0.6745 * abs(${metric} - ${number("median")}) / ${number("mad")} > 3.5 AS m, ${metric} < ${number("q1") - 1.5 * number("iqr")} OR ${metric} > ${number("q3") + 1.5 * number("iqr")} AS q FROM mondays WHERE ${monday} ORDER BY d`);
        expect([found.outliers_mad, found.outliers_iqr]).toEqual([outside.filter(({ m }) => m).length, outside.filter(({ q }) => q).length]);
        expect(results.exceptions.filter((one) => one.window === window && one.metric === metric).map(({ date }) => date)).toEqual(outside.filter(({ m, q }) => m || q).map(({ d }) => isoDate(Number(d))));
      }
    }
    // The files say the same, cell by cell.
    expect(readdirSync(out).sort()).toEqual(["days.csv", "days.parquet", "directions.csv", "directions.parquet", "exceptions.csv", "exceptions.parquet", "statistics.csv", "statistics.parquet", "study.json"]);
    for (const table of ["days", "directions", "exceptions", "statistics"]) {
      const [{ differ }] = await sql(`SELECT count(*)::INTEGER AS differ FROM (SELECT * FROM read_parquet('${out}/${table}.parquet') EXCEPT ALL SELECT * FROM read_csv('${out}/${table}.csv', header = true, columns = ${columnsOf(await sql(`DESCRIBE SELECT * FROM read_parquet('${out}/${table}.parquet')`))}))`);
      expect(differ, table).toBe(0);
    }
    expect(JSON.parse(readFileSync(join(out, "study.json"), "utf8"))).toEqual(results);
  }, 60_000);
});

function columnsOf(described: readonly Row[]): string {
  return `{${described.map(({ column_name, column_type }) => `'${column_name}': '${column_type}'`).join()}}`;
}

describe("regimes", () => {
  it("equal SQL that ranks each day among the days before it", async () => {
    const file = join(tempFolder(), "regimes.yaml");
    writeFileSync(file, 'name: regimes\nuniverse: { symbol: BANKNIFTY }\ntime: { from: "2024-02-12" }\nwindows: "09:20-15:15"\nby: [gap, rv, range5]\nmax_age: 60\n');
    const results = await study(file);
    await windowsSql("whole", "09:20", "15:15");
    // A Saturday of two short sessions: none holds the window, but the days after it are ranked among it too.
    expect(results.not_run.map(({ date, reason }) => [date, reason])).toEqual([["2024-03-02", "session"]]);
    const dates = `d >= ${dayNumber("2024-02-12")} AND d <> ${dayNumber("2024-03-02")}`;
    for (const by of ["gap", "rv", "range5"] as const) {
      const dated = await sql(`SELECT d, ${by}_decile AS label FROM regimes WHERE ${dates} ORDER BY d`);
      expect(results.windows.map((row) => [row.date, row[`${by}_decile`]]), by).toEqual(dated.map(({ d, label }) => [isoDate(Number(d)), label === null ? null : Number(label)]));
      const labels = await sql(`SELECT DISTINCT ${by}_decile AS label FROM regimes WHERE ${dates} ORDER BY label NULLS LAST`);
      const found = results.statistics.filter((one) => one.by === by && one.metric === "return");
      expect(found.map(({ group }) => group), by).toEqual(labels.map(({ label }) => (label === null ? "not known" : Number(label) === 1 ? "1 (lowest)" : Number(label) === 10 ? "10 (highest)" : String(label))));
      for (const [i, { label }] of labels.entries()) expectFigures(found[i], await figuresSql("whole", "return", `${dates} AND ${by}_decile ${label === null ? "IS NULL" : `= ${label}`}`));
    }
  }, 60_000);
});

describe("bad input", () => {
  it("says what is wrong in a study file, and where", async () => {
    const file = join(tempFolder(), "wrong.yaml");
    writeFileSync(file, "name: wrong\nuniverse: { symbol: BANKNIFTI }\nwindow: 09:15\n");
    const { status, stdout, stderr } = await straddle(["study", file, "--data", data]);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(`${file}: line 3, column 1: window: unknown key "window"; did you mean "windows"?`);
  });

  it("costs the day of a broken file alone, and lists it with its reason", async () => {
    const broken = tempFolder();
    const [first] = writeSpotFolder({ root: broken, from: dayNumber("2024-01-01"), days: 6, seed: 5, has });
    const bad = join(broken, `spot/banknifty/${isoDate(first + 1)}.parquet`);
    writeFileSync(bad, readFileSync(bad).subarray(0, 500));
    const file = join(tempFolder(), "all.yaml");
    writeFileSync(file, 'name: all\nuniverse: { symbol: BANKNIFTY }\nwindows: "15:20-15:30"\n');
    const { status, stdout, stderr } = await straddle(["study", file, "--data", broken]);
    expect(status).toBe(0);
    expect(stdout).toContain("all: BANKNIFTY, 5 days from 2024-01-01 to 2024-01-08");
    expect(stderr).toContain(isoDate(first + 1));
  });
});
