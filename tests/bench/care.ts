/** Data health and copies, one worker, beside native DuckDB's COPY of the same files. */
import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { rulesWith } from "../../src/core/market/rules.ts";
import { COPY_KINDS, DEFAULT_ROW_GROUP, type CopyOptions } from "../../src/core/reshape/options.ts";
import { openNodeCopyTarget } from "../../src/data/reshape/copy-target-node.ts";
import { checkHealth } from "../../src/pool/check-health.ts";
import { copyData, leftToCopy } from "../../src/pool/copy-data.ts";
import { totalsOf } from "../../src/pool/copy-manifest.ts";
import type { UnitRecord } from "../../src/data/reshape/copy-units.ts";
import type { WorkerHost } from "../../src/pool/worker-host.ts";
import { median, type Measurement } from "./measurement.ts";

const PASSES = 3;
/** A full day, in contracts: what is measured of fewer is scaled to it. */
const FULL_DAY = 400;

export async function care(host: WorkerHost, raw: string): Promise<Measurement[]> {
  const days = `${raw}-days`;
  const copied = await copyOnce(host, raw, days);
  const [ofRaw, ofDays] = [await healthPass(host, raw), await healthPass(host, days)];
  return [
    { name: "data health of a contract-day, raw files", where: "Node", value: ofRaw.milliseconds / ofRaw.contractDays, unit: "ms", goal: 15, over: `${ofRaw.contractDays} contract-days, every column, one worker, median of ${PASSES}` },
    { name: `data health of a day of ${FULL_DAY} contracts, day partition`, where: "Node", value: (ofDays.milliseconds / ofDays.contractDays) * FULL_DAY, unit: "ms", goal: 2000, over: `scaled from ${ofDays.contractDays} contract-days, one worker, median of ${PASSES}` },
    { name: "copy with all columns and proof, 100,000 rows", where: "Node", value: (copied.milliseconds / copied.rows) * 100_000, unit: "ms", goal: 1000, over: `${copied.rows} rows, one worker, raw files to day partitions` },
    { name: "the same rows by native DuckDB's COPY, one thread, no proof", where: "native", value: (await duckdbCopy(raw)) * 100_000, unit: "ms", over: "one day after another, ZSTD" },
  ];
}

/** Makes the day partitions that the other measurements read, and says how long that took. */
async function copyOnce(host: WorkerHost, raw: string, out: string): Promise<{ readonly rows: number; readonly milliseconds: number }> {
  rmSync(out, { recursive: true, force: true });
  const options: CopyOptions = { kinds: COPY_KINDS, columns: "all", layout: "days", sort: "contract", rowGroup: DEFAULT_ROW_GROUP };
  const source = { kind: "node", root: raw } as const;
  const catalogue = host.spawn("catalogue");
  await catalogue.api.open(source, {}, () => undefined);
  const plan = await catalogue.api.copyPlan(options, () => undefined);
  catalogue.end();
  const target = openNodeCopyTarget(out);
  const { tasks } = await leftToCopy(plan, target);
  const records: UnitRecord[] = [];
  const started = performance.now();
  await copyData({
    plan, options, host, workers: 1, target, descriptor: { kind: "node", root: out }, open: (api, files) => api.open({ source, files }),
    onUnits: (done) => records.push(...done), onProgress: () => undefined,
    onFailed(_, error) {
      throw error;
    },
  }, tasks);
  return { rows: totalsOf(records).rows, milliseconds: performance.now() - started };
}

async function healthPass(host: WorkerHost, root: string): Promise<{ readonly contractDays: number; readonly milliseconds: number }> {
  const source = { kind: "node", root } as const;
  const catalogue = host.spawn("catalogue");
  await catalogue.api.open(source, {}, () => undefined);
  const times: number[] = [];
  let contractDays = 0;
  for (let pass = 0; pass < PASSES; pass++) {
    const plan = await catalogue.api.healthPlan({ anew: true }, () => undefined);
    contractDays = 0;
    const started = performance.now();
    await checkHealth({ plan, host, rules: rulesWith(undefined), workers: 1, open: () => ({ source }), onDay: ({ day }) => (contractDays += day.contracts) });
    times.push(performance.now() - started);
  }
  catalogue.end();
  return { contractDays, milliseconds: median(times) };
}

/** Milliseconds per row. Files with other columns than the fullest are left out: DuckDB would fill them with nulls. */
async function duckdbCopy(raw: string): Promise<number> {
  const folder = join(raw, "options");
  const files = readdirSync(folder).map((name) => join(folder, name)).filter((path) => statSync(path).size > 20_000);
  const out = join(raw, "..", "duckdb-copy.parquet");
  const duckdb = await (await DuckDBInstance.create(":memory:", { threads: "1" })).connect();
  const list = `[${files.map((path) => `'${path.replaceAll("'", "''")}'`).join(", ")}]`;
  const rows = Number((await duckdb.runAndReadAll(`SELECT count(*) FROM read_parquet(${list}, union_by_name = true)`)).getRows()[0][0]);
  const dates = (await duckdb.runAndReadAll(`SELECT DISTINCT CAST(timestamp AS DATE) AS d FROM read_parquet(${list}, union_by_name = true) WHERE timestamp > TIMESTAMP '2000-01-01' ORDER BY d`)).getRows().map(([date]) => String(date));
  const started = performance.now();
  for (const date of dates) await duckdb.run(`COPY (SELECT * FROM read_parquet(${list}, union_by_name = true) WHERE CAST(timestamp AS DATE) = DATE '${date}' ORDER BY strike, opt_type, timestamp) TO '${out}' (FORMAT PARQUET, COMPRESSION ZSTD, ROW_GROUP_SIZE ${DEFAULT_ROW_GROUP})`);
  const took = performance.now() - started;
  if (existsSync(out)) rmSync(out);
  return took / rows;
}
