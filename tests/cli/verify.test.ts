/** Verify on the command line: days of a run worked out anew by the reference engine, straight from the Parquet. */
import { cpSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { beforeAll, describe, expect, it } from "vitest";
import type { RowDifference, Verification } from "../../src/core/results/verification.ts";
import { straddle } from "../support/cli.ts";
import { smallSample, writeLayouts, type LayoutFolders } from "../support/layouts.ts";
import { publicSample } from "../support/public-sample.ts";
import { tempFolder } from "../support/temp-folder.ts";

const STRATEGY = `
name: Verified
universe: { symbol: BANKNIFTY }
time: { window: "09:15-15:25" }
entry:
  at: ["09:20", "11:00", "13:00", "14:30"]
  max_per_day: 4
  rebalance: 1h
  legs:
    - { cp: CE, lots: -1, stop_loss: { pct: 40 } }
    - { cp: PE, lots: -1, stop_loss: { pct: 40 } }
exit: { stop_loss: { pct: $STOP }, target: { pct: 8 } }
sweep: { STOP: [20, 60] }
`;

const cache = tempFolder();
let folders: LayoutFolders;
let strategy: string;
/** A run over the raw files. */
let raw: string;

beforeAll(async () => {
  folders = writeLayouts(smallSample({ seed: 5, days: 2 }), join(tempFolder(), "data"));
  strategy = join(tempFolder(), "verified.yaml");
  writeFileSync(strategy, STRATEGY);
  raw = await run(folders.raw);
}, 300_000);

async function run(data: string, of = strategy): Promise<string> {
  const out = join(tempFolder(), "out");
  const { status, stderr } = await straddle(["run", of, "--data", data, "--out", out, "--workers", "1"], { cache });
  expect(status, stderr).toBe(0);
  return out;
}

async function verify(out: string, data: string, ...args: string[]): Promise<{ readonly status: number | null; readonly found: Verification; readonly stderr: string }> {
  const { status, stdout, stderr } = await straddle(["verify", out, "--data", data, "--seed", "3", "--json", ...args], { cache });
  return { status, stderr, found: JSON.parse(stdout) as Verification };
}

const cellsOf = ({ cells }: RowDifference) => Object.fromEntries(cells.map(({ column, run: theirs, reference }) => [column, [theirs, reference]]));

describe("verify", () => {
  it("finds every trade and skip of a run equal, and every decision standing", async () => {
    const { status, found, stderr } = await verify(raw, folders.raw);
    expect(found.days.flatMap(({ date, result, why, differences }) => (result === "equal" ? [] : [{ date, result, why, differences }]))).toEqual([]);
    expect(status, stderr).toBe(0);
    expect(found).toMatchObject({ seed: 3, daysRun: 2, problems: [], stopped: false });
    const rows = readFileSync(join(raw, "trades.csv"), "utf8").trimEnd().split("\n").length - 1;
    expect(found.days.reduce((sum, { trades }) => sum + trades, 0)).toBe(rows);
    expect(rows).toBeGreaterThan(12);
    const moments = found.lookAhead.flatMap((day) => day.moments);
    expect(moments.length).toBe(10);
    expect(moments.filter(({ missing, instead }) => missing.length + instead.length > 0)).toEqual([]);
  });

  it("does so on files of many contracts, for as many days as it is asked for", async () => {
    const { status, found, stderr } = await verify(await run(folders.day), folders.day, "--sample", "1");
    expect(found.days).toMatchObject([{ result: "equal", why: null, differences: [], spot: "files" }]);
    expect(status, stderr).toBe(0);
    expect(stderr).toContain("1 day of 2, drawn by seed 3");
  });

  it("reads spot although the month of a future beside it comes after every expiry that the strategy names", async () => {
    const data = publicSample();
    // Before spot in the order of paths, as the first file of the series.
    cpSync(join(data, "spot/banknifty/date=2024-08-20.parquet"), join(data, "banknifty24augfut.parquet"));
    const own = join(tempFolder(), "named.yaml");
    writeFileSync(own, "name: Named\nuniverse: { symbol: BANKNIFTY, expiry: 2024-08-21 }\ntime: { window: \"09:15-10:15\" }\nentry: { at: \"09:30\", legs: [{ cp: CE, lots: 1 }] }\n");
    const { found } = await verify(await run(data, own), data, "--sample", "3");
    expect(found.days.filter(({ result }) => result !== "equal")).toEqual([]);
    expect(found.days.reduce((sum, { trades }) => sum + trades, 0)).toBeGreaterThan(0);
  });

  it("names day, trade and cell where one trade of the file is another, and says that the file is not as it was written", async () => {
    const out = join(tempFolder(), "altered");
    cpSync(raw, out, { recursive: true });
    const file = join(out, "trades.csv");
    const [header, ...lines] = readFileSync(file, "utf8").trimEnd().split("\n");
    const at = (name: string) => header.split(",").indexOf(name);
    const altered = lines[7].split(",");
    const before = altered[at("exit_px")];
    altered[at("exit_px")] = "1.05";
    writeFileSync(file, `${[header, ...lines.with(7, altered.join(","))].join("\n")}\n`);
    const { status, found, stderr } = await verify(out, folders.raw);
    expect(status).toBe(1);
    expect(found.problems).toEqual([expect.stringContaining("trades.csv is not as the run wrote it")]);
    const differing = found.days.filter(({ result }) => result !== "equal");
    expect(differing.map(({ date, result }) => [date, result])).toEqual([[altered[at("date")], "differs"]]);
    expect(differing[0].differences).toHaveLength(1);
    expect(differing[0].differences[0]).toMatchObject({ table: "trades", variant: altered[at("variant")], about: expect.stringContaining(`leg ${altered[at("leg_id")]}`) });
    expect(cellsOf(differing[0].differences[0])).toEqual({ exit_px: ["1.05", before] });
    expect(stderr).toContain(`exit_px is 1.05 in the run, ${before} by the reference`);
  });

  it("names the cell where one value of the Parquet is another, and tells changed data from a wrong engine", async () => {
    const data = join(tempFolder(), "altered");
    cpSync(folders.raw, data, { recursive: true, preserveTimestamps: true });
    const [header, first] = readFileSync(join(raw, "trades.csv"), "utf8").split("\n").map((line) => line.split(","));
    const trade = Object.fromEntries(header.map((name, i) => [name, first[i]]));
    const ledger = JSON.parse(readFileSync(join(raw, "run.json"), "utf8")) as { data: { files: { path: string }[] } };
    const path = ledger.data.files.map((one) => one.path).find((one) => one.endsWith(`${trade.strike}${trade.cp.toLowerCase()}.parquet`))!;
    const moment = trade.ts_entry;
    const connection = await (await DuckDBInstance.create(":memory:", { threads: "1" })).connect();
    const changed = join(tempFolder(), "changed.parquet");
    await connection.run(`COPY (SELECT * REPLACE (CASE WHEN bp0 > 2 AND timestamp <= TIMESTAMP '${moment}.999' THEN bp0 - 1 ELSE bp0 END AS bp0) FROM read_parquet('${join(data, path)}')) TO '${changed}' (FORMAT parquet)`);
    const { atime, mtime } = statSync(join(data, path));
    writeFileSync(join(data, path), readFileSync(changed));
    utimesSync(join(data, path), atime, mtime);

    const seen = await verify(raw, data);
    expect(seen.status).toBe(1);
    const day = seen.found.days.find((one) => one.date === trade.date)!;
    expect(day).toMatchObject({ result: "changed", notes: expect.arrayContaining([expect.stringContaining(`${path} has changed since the run`)]) as string[] });
    const entry = day.differences.find(({ variant, about }) => variant === trade.variant && about.endsWith(`leg ${trade.leg_id}`))!;
    expect(cellsOf(entry).entry_px).toEqual([trade.entry_px, (Number(trade.entry_px) - 1).toFixed(2)]);
  });

  it("says what no run has written, and ends with status 2", async () => {
    const folder = tempFolder();
    const missing = await straddle(["verify", folder, "--data", folders.raw], { cache });
    expect(missing).toMatchObject({ status: 2, stdout: "" });
    expect(missing.stderr).toContain("run.json cannot be read");
    for (const name of ["trades.csv", "skips.csv"]) writeFileSync(join(folder, name), "");
    writeFileSync(join(folder, "run.json"), "[]");
    const odd = await straddle(["verify", folder, "--data", folders.raw], { cache });
    expect(odd.status).toBe(2);
    expect(odd.stderr).toContain("run.json lacks");
  });
});
