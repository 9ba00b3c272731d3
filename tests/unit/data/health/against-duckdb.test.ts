/** Data health of generated files with every quirk, against native DuckDB over the same files. */
import { join } from "node:path";
import { DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api";
import { beforeAll, describe, expect, it } from "vitest";
import type { InstrumentReport } from "../../../../src/core/health/day-health.ts";
import { contractLabel } from "../../../../src/core/market/contract-id.ts";
import { isoDate } from "../../../../src/core/time.ts";
import { openHealth } from "../../../support/health.ts";
import { smallSample, writeLayouts, type LayoutFolders } from "../../../support/layouts.ts";
import { tempFolder } from "../../../support/temp-folder.ts";

let folders: LayoutFolders;
let duckdb: DuckDBConnection;
beforeAll(async () => {
  folders = writeLayouts(smallSample({ seed: 12, days: 1, strikesEachSide: 1, future: true }), tempFolder());
  duckdb = await (await DuckDBInstance.create()).connect();
});

/** What SQL says of one date of one contract's file. */
async function bySql(path: string, date: string): Promise<Record<string, number | null>> {
  const file = `read_parquet('${path}', file_row_number = true)`;
  const columns = (await duckdb.runAndReadAll(`DESCRIBE SELECT * EXCLUDE (file_row_number) FROM ${file}`)).getRows().map(([name]) => String(name));
  const has = (name: string): boolean => columns.includes(name);
  const number = (name: string): string => (has(name) ? `CASE WHEN isfinite(${name}::DOUBLE) AND ${name} > 0 THEN round(${name} * 100)::BIGINT ELSE 0 END` : "0");
  const off = ["price", "bp0", "sp0"].filter(has).map((name) => `(isfinite(${name}::DOUBLE) AND ${name} > 0 AND abs(${name} * 20 - round(${name} * 20)) > 1e-6)`).join(" OR ");
  const usable = (name: string): string => (has(name) ? `CASE WHEN epoch_us(${name}) >= 946684800000000 THEN epoch_us(${name}) END` : "NULL");
  const quotes = has("bp0") && has("sp0");
  const volume = has("volume") ? "CASE WHEN isfinite(volume::DOUBLE) AND volume >= 0 THEN volume::DOUBLE END" : "NULL::DOUBLE";
  const sql = `
    WITH clocked AS (SELECT *, coalesce(${usable("timestamp")}, ${usable("ts")}) AS us, ${usable("timestamp")} IS NULL AS from_ts FROM ${file}),
    behind AS (SELECT *, us < lag(us IGNORE NULLS) OVER (ORDER BY file_row_number) AS late FROM clocked),
    dated AS (SELECT *, (us // 1000000) % 86400 AS s FROM behind WHERE us // 86400000000 = epoch_us(DATE '${date}') // 86400000000),
    marked AS (SELECT *, s >= 33300 AND s < 55800 AS inside, ${number("price")} AS p, ${number("bp0")} AS b, ${number("sp0")} AS a, ${off} AS off, ${volume} AS v FROM dated),
    ranked AS (SELECT *, v < lag(v IGNORE NULLS) OVER (ORDER BY us, file_row_number) AS falls, row_number() OVER (PARTITION BY us, ${columns.map((name) => `"${name}"`).join(", ")} ORDER BY file_row_number) AS copy FROM marked)
    SELECT count(*) AS rows, count(*) FILTER (inside) AS inSession, min(s) FILTER (inside) AS first, max(s) FILTER (inside) AS last,
      count(*) FILTER (NOT inside) AS out_of_session, count(*) FILTER (late) AS out_of_order, count(*) FILTER (from_ts) AS clock_from_ts,
      count(*) FILTER (copy > 1) AS duplicate, count(*) FILTER (falls) AS volume_falls,
      count(*) FILTER (inside AND ${quotes} AND b > 0 AND b > a AND a > 0) AS crossed, count(*) FILTER (inside AND ${quotes} AND b > 0 AND b = a) AS locked,
      count(*) FILTER (inside AND ${quotes} AND (b = 0 OR a = 0)) AS one_sided, count(*) FILTER (inside AND off) AS off_tick,
      count(*) FILTER (inside AND price = 0) AS zero_price, count(*) FILTER (inside AND p = 0 AND price IS DISTINCT FROM 0) AS bad_price,
      22500 - count(DISTINCT s) FILTER (inside) AS missingSeconds
    FROM ranked`;
  const result = await duckdb.runAndReadAll(sql);
  const [row] = result.getRowObjects();
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value === null ? null : Number(value)]));
}

function bySelf({ day }: InstrumentReport): Record<string, number | null> {
  const { rows, inSession, first, last, missingSeconds, flags } = day;
  const { bad_clock: _, ...dated } = flags;
  return { rows, inSession, first, last, missingSeconds, ...dated };
}

describe("data health", () => {
  it("counts in every file of the raw layout what native DuckDB counts", async () => {
    const health = await openHealth(folders.raw);
    const seen = { files: 0, duplicate: 0, crossed: 0, out_of_order: 0, off_tick: 0, zero_price: 0 };
    for (const { day, reports } of await health.check()) {
      for (const report of reports) {
        if (report.kind !== "option" || report.files.length !== 1) continue;
        const own = bySelf(report);
        expect(own, `${report.files[0]} on ${isoDate(day.date)}`).toEqual(await bySql(join(folders.raw, report.files[0]), isoDate(day.date)));
        seen.files++;
        for (const flag of ["duplicate", "crossed", "out_of_order", "off_tick", "zero_price"] as const) seen[flag] += report.day.flags[flag];
      }
    }
    expect(Object.values(seen).every((count) => count > 10), JSON.stringify(seen)).toBe(true);
  });

  it("is the same whatever the layout, contract by contract", async () => {
    const [raw, packed, day] = await Promise.all(([folders.raw, folders.packed, folders.day] as const).map(async (root) => {
      const found = await (await openHealth(root)).check();
      return new Map(found.flatMap(({ reports }) => reports.flatMap((report) => (report.contract ? [[contractLabel(report.contract), report] as const] : []))));
    }));
    // A file of eight columns has no quotes; where its rows stand among others they have the columns, and nothing in them.
    const quoted = [...raw].filter(([, { day }]) => day.ages !== null);
    expect(quoted.length).toBeGreaterThan(12);
    for (const [name, report] of quoted) {
      const own = bySelf(report);
      expect(bySelf(day.get(name)!), name).toEqual(own);
      // Packed files have one clock, in which that of ts stands already, and the increase of volume, by which a row and its copy differ.
      expect({ ...bySelf(packed.get(name)!), clock_from_ts: own.clock_from_ts, duplicate: own.duplicate }, name).toEqual(own);
      expect([packed, day].map((layout) => [layout.get(name)!.day.ages, layout.get(name)!.day.spreads]), name).toEqual([[report.day.ages, report.day.spreads], [report.day.ages, report.day.spreads]]);
    }
  });
});
