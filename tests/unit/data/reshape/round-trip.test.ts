/** A copy is the same data: the same rows by another reader, the same backtest, whatever layout it was made of and into. */
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api";
import { beforeAll, describe, expect, it } from "vitest";
import type { CopyOptions } from "../../../../src/core/reshape/options.ts";
import { readFooter } from "../../../../src/data/footer.ts";
import { openNodeFolder } from "../../../../src/data/folder-node.ts";
import { uncopiedRows } from "../../../../src/pool/copy-manifest.ts";
import { copyFolder } from "../../../support/copy.ts";
import { smallSample, writeLayouts, type LayoutFolders } from "../../../support/layouts.ts";
import { runProduct } from "../../../support/product.ts";
import { tempFolder } from "../../../support/temp-folder.ts";
import { tinyFolder } from "../../../support/tiny.ts";

/** Reads every kind of column: quotes, all levels, volume, open interest, ages. */
const STRATEGY = `
name: everything
universe: { symbol: BANKNIFTY, spot: auto }
entry:
  when: { all: [{ gt: [VOL_1M, 0] }, { gte: [{ metric: IMBALANCE, args: { levels: 5 } }, -1] }, { gt: [{ metric: FIELD, args: { name: so4 } }, -1] }, { gt: [OI, 0] }] }
  max_per_day: 5
  legs: [{ cp: CE, lots: -1 }, { cp: PE, lots: -1 }]
exit: { stop_loss: { pct: 20 } }
fill: { model: depth, ttl: 60 }
`;

let folders: LayoutFolders;
let duckdb: DuckDBConnection;
let hash: string;
beforeAll(async () => {
  folders = writeLayouts(smallSample({ seed: 23, days: 2, strikesEachSide: 1, future: true, cadence: { near: 3, far: 300, nearSteps: 1, laterExpiries: 3, busy: { every: 3600, around: 30, idle: 40 } } }), tempFolder());
  duckdb = await (await DuckDBInstance.create()).connect();
  const run = await runProduct(folders.raw, STRATEGY);
  expect(run.trades.length).toBeGreaterThan(4);
  hash = run.hash;
}, 60_000);

const FORMS: readonly Partial<CopyOptions>[] = [
  { layout: "days", sort: "contract", columns: "all" },
  { layout: "days", sort: "time", columns: "lean", rowGroup: 1_000 },
  { layout: "contracts", sort: "contract", columns: "all", rowGroup: 2_000 },
];

describe("a copy of the raw layout", () => {
  it.each(FORMS)("gives the same backtest as $layout, $columns columns, by $sort", async (form) => {
    const out = join(tempFolder(), "copy");
    const { records, failed } = await copyFolder(folders.raw, out, form);
    expect(failed).toEqual([]);
    expect(uncopiedRows(records)).toEqual([]);
    expect((await runProduct(out, STRATEGY)).hash).toBe(hash);
    // Row groups of the size asked for, with statistics, and the expiry of every option.
    for (const file of await (await openNodeFolder(out)).list()) {
      const { rowGroups, columns } = await readFooter(file);
      expect(Math.max(...rowGroups.map(({ rows }) => rows)), file.path).toBeLessThanOrEqual(form.rowGroup ?? Infinity);
      expect(rowGroups.every(({ statistics }) => statistics.get("timestamp")?.min !== undefined), file.path).toBe(true);
      if (file.path.startsWith("options")) expect(columns.map(({ name }) => name), file.path).toContain("expiry");
      if (form.columns === "lean") expect(columns.map(({ name }) => name), file.path).not.toContain("month");
    }
  }, 60_000);

  it("holds the same rows, by native DuckDB, in every column of every file", async () => {
    const out = join(tempFolder(), "copy");
    const { records } = await copyFolder(folders.raw, out);
    const source = await (await openNodeFolder(folders.raw)).list();
    const classes = new Map<string, string[]>();
    for (const file of source) {
      const footer = await readFooter(file);
      if (footer.rows === 0) continue;
      const columns = footer.columns.map(({ name }) => `"${name}"`).join(", ");
      classes.set(columns, [...(classes.get(columns) ?? []), file.path]);
    }
    expect(classes.size).toBeGreaterThanOrEqual(4);
    for (const [columns, paths] of classes) {
      const own = records.flatMap(({ files }) => files).filter(({ sources }) => paths.includes(sources[0].path));
      const table = (root: string, files: readonly string[]) => `(SELECT ${columns} FROM read_parquet([${files.map((path) => `'${join(root, path)}'`).join(", ")}]))`;
      const [a, b] = [table(folders.raw, paths), table(out, own.map(({ path }) => path))];
      const counted = await duckdb.runAndReadAll(`SELECT (SELECT count(*) FROM ${a}), (SELECT count(*) FROM ${b}), (SELECT count(*) FROM (SELECT * FROM ${a} EXCEPT ALL SELECT * FROM ${b})), (SELECT count(*) FROM (SELECT * FROM ${b} EXCEPT ALL SELECT * FROM ${a}))`);
      const [rows, copied, lost, made] = counted.getRows()[0].map(Number);
      expect([copied, lost, made], columns).toEqual([rows, 0, 0]);
      expect(rows).toBeGreaterThan(100);
    }
  }, 60_000);
});

it.each(["packed", "day"] as const)("a copy of the %s layout gives the same backtest, in days and from there in days again", async (layout) => {
  const [first, second] = [join(tempFolder(), "first"), join(tempFolder(), "second")];
  const packedHash = (await runProduct(folders[layout], STRATEGY)).hash;
  const { failed, records } = await copyFolder(folders[layout], first, { sort: "time" });
  expect([failed, uncopiedRows(records)]).toEqual([[], []]);
  expect((await runProduct(first, STRATEGY)).hash).toBe(packedHash);
  await copyFolder(first, second, { sort: "contract" });
  expect((await runProduct(second, STRATEGY)).hash).toBe(packedHash);
}, 60_000);

describe("a file for each contract out of files that hold many", () => {
  it.each(["contract", "time"] as const)("gives the same rows and the same backtest from days that are sorted by %s, and from there in days again", async (sort) => {
    const [days, contracts, again] = ["days", "contracts", "again"].map((name) => join(tempFolder(), name));
    // Small row groups, so that contracts begin and end within them and stand in several.
    await copyFolder(folders.raw, days, { sort, rowGroup: 4_000 });
    const { records, failed } = await copyFolder(days, contracts, { layout: "contracts" });
    expect([failed, uncopiedRows(records)]).toEqual([[], []]);
    expect((await runProduct(contracts, STRATEGY)).hash).toBe(hash);
    const files = (await (await openNodeFolder(contracts)).list()).map(({ path }) => path).filter((path) => path.startsWith("options"));
    expect(files.length).toBeGreaterThan(20);
    expect(files.every((path) => /exp=\d{4}-\d\d-\d\d\/type=(CE|PE)\/strike=\d+\.parquet$/.test(path)), files.join("\n")).toBe(true);
    await sameOptions(days, contracts);
    await copyFolder(contracts, again, { sort });
    expect((await runProduct(again, STRATEGY)).hash).toBe(hash);
    await sameOptions(days, again);
  }, 60_000);

  it("is made of one file that holds all days and contracts", async () => {
    const [days, one, contracts] = ["days", "one", "contracts"].map((name) => join(tempFolder(), name));
    await copyFolder(folders.raw, days, {});
    await copyFolder(folders.raw, one, { kinds: ["spot", "future", "vix"] });
    const parts = await (await openNodeFolder(days)).list();
    // Those of the most common form: DuckDB would fill what the others lack with nulls.
    const whole = parts.filter(({ path }) => path.startsWith("options") && path.endsWith("part-0.parquet")).map(({ path }) => `'${join(days, path)}'`);
    mkdirSync(join(one, "options"));
    await duckdb.run(`COPY (SELECT * FROM read_parquet([${whole.join(", ")}]) ORDER BY timestamp, strike, opt_type, expiry) TO '${join(one, "options", "banknifty_options.parquet")}' (FORMAT PARQUET, ROW_GROUP_SIZE 4096)`);
    const settings = { zone: { day: "ist-wall", raw: "ist-wall", packed: "ist-wall", series: "ist-wall" } } as const;
    const { records, failed } = await copyFolder(one, contracts, { layout: "contracts" }, { settings });
    expect(failed).toEqual([]);
    expect(records.filter(({ kind }) => kind === "option").length).toBeGreaterThan(5);
    expect(uncopiedRows(records)).toEqual([]);
    await sameOptions(one, contracts);
    expect((await runProduct(contracts, STRATEGY, { settings })).hash).toBe((await runProduct(one, STRATEGY, { settings })).hash);
  }, 60_000);

  it("stays as it is where it is complete, whichever contracts are made together afterwards", async () => {
    const [days, whole, cut] = ["days", "whole", "cut"].map((name) => join(tempFolder(), name));
    await copyFolder(folders.raw, days, {});
    const form = { layout: "contracts", kinds: ["option"] } as const;
    const complete = await copyFolder(days, whole, form);
    await copyFolder(days, cut, form);
    const content = (root: string) => new Map(readdirSync(root, { recursive: true }).map(String).filter((name) => name.endsWith(".parquet")).sort().map((name) => [name, readFileSync(join(root, name)).toString("base64")]));
    expect(content(cut)).toEqual(content(whole));
    const lost = complete.records.filter((_, i) => i % 3 === 0).flatMap(({ files }) => files);
    for (const { path } of lost) rmSync(join(cut, path));
    const { finished, records } = await copyFolder(days, cut, form);
    expect([finished, records.length]).toEqual([complete.records.length - Math.ceil(complete.records.length / 3), complete.records.length]);
    expect(content(cut)).toEqual(content(whole));
  }, 60_000);

  /** Whether two folders hold the same rows of options, by native DuckDB, form by form. */
  async function sameOptions(first: string, second: string): Promise<void> {
    const forms = async (root: string) => {
      const found = new Map<string, string[]>();
      for (const file of await (await openNodeFolder(root)).list()) {
        if (!file.path.startsWith("options")) continue;
        const columns = (await readFooter(file)).columns.map(({ name }) => `"${name}"`).join(", ");
        found.set(columns, [...(found.get(columns) ?? []), `'${join(root, file.path)}'`]);
      }
      return found;
    };
    const [own, other] = [await forms(first), await forms(second)];
    expect([...other.keys()].sort()).toEqual([...own.keys()].sort());
    for (const [columns, files] of own) {
      const [a, b] = [files, other.get(columns)!].map((paths) => `(SELECT ${columns} FROM read_parquet([${paths.join(", ")}], hive_partitioning = false))`);
      const counted = await duckdb.runAndReadAll(`SELECT (SELECT count(*) FROM ${a}), (SELECT count(*) FROM ${b}), (SELECT count(*) FROM (SELECT * FROM ${a} EXCEPT ALL SELECT * FROM ${b}))`);
      const [rows, copied, lost] = counted.getRows()[0].map(Number);
      expect([copied, lost], columns).toEqual([rows, 0]);
      expect(rows).toBeGreaterThan(0);
    }
  }
});

it("rows that run backwards, stand twice, share a clock, or have none are all there, and the last of one clock still wins", async () => {
  const row = (t: string | null, more: object = {}) => ({ t, bid: 100, ask: 101, price: 100, ...more });
  const contract = (name: string) => ({ name, rows: [row("epoch", { ts: "epoch" }), row("09:15:00"), row("09:15:05", { bid: 99 }), row("09:15:03"), row("09:15:05", { bid: 98 }), row("09:15:05", { bid: 98 }), row(null, { ts: "09:15:06" }), row("10:00:00"), row("15:29:00")] });
  const root = tinyFolder({ contracts: ["banknifty2482150500ce", "banknifty2482150500pe"].map(contract), spot: [{ t: "09:15:00", price: 50_500 }, { t: "09:15:20", price: 50_500 }] });
  const settings = { zone: { raw: "ist-wall", series: "ist-wall", day: "ist-wall" } } as const;
  const strategy = "{ name: ties, universe: { symbol: BANKNIFTY }, entry: { at: '09:15:05', legs: [{ cp: CE, lots: -1 }, { cp: PE, lots: -1 }] }, fill: { latency: 0 } }";
  const expected = await runProduct(root, strategy, { settings });
  expect(expected.trades.map((cells) => cells[13])).toEqual(["98.00", "98.00"]);
  for (const sort of ["contract", "time"] as const) {
    const out = join(tempFolder(), "copy");
    const { records } = await copyFolder(root, out, { sort }, { settings });
    expect(records.flatMap(({ files }) => files).reduce((sum, { rows }) => sum + rows, 0)).toBe(20);
    expect((await runProduct(out, strategy, { settings })).hash).toBe(expected.hash);
  }
}, 30_000);
