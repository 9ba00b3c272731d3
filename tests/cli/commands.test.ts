/** Exit status, what goes to stdout and what to stderr, and the shapes of --json. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parquetReadObjects } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { beforeAll, describe, expect, it } from "vitest";
import { constantText, timeColumn } from "../../src/core/sample/table.ts";
import { HOURLY_STRADDLE, npmStraddle, straddle, straddleCutOff, type CliResult } from "../support/cli.ts";
import { publicSample } from "../support/public-sample.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { writeTables } from "../support/write-table.ts";

const RUN_FILES = ["positions.csv", "positions.parquet", "run.json", "sample.json", "skips.csv", "summary.json", "trades.csv", "trades.parquet"];

function strategyFile(text: string): string {
  const file = join(tempFolder(), "strategy.yaml");
  writeFileSync(file, text);
  return file;
}

describe("arguments", () => {
  it.each([
    { args: ["run", "--data", "."], says: /missing required argument 'strategies'/ },
    { args: ["run", HOURLY_STRADDLE], says: /--data <dir>/ },
    { args: ["run", HOURLY_STRADDLE, "--data", ".", "--workers", "0"], says: /--workers.*whole number from 1 on/s },
    { args: ["run", HOURLY_STRADDLE, "--data", ".", "--reader", "polars"], says: /--reader.*parquet-wasm, duckdb/s },
    { args: ["run", HOURLY_STRADDLE, "--data", ".", "--set", "NAME"], says: /--set.*NAME=VALUE/s },
    { args: ["run", HOURLY_STRADDLE, "--data", ".", "--zone", "raw=ist"], says: /--zone.*"ist" is no clock zone.*ist-wall, utc/s },
    { args: ["run", HOURLY_STRADDLE, "--data", ".", "--layout", "BANKNIFTY=flat"], says: /--layout.*"flat" is no layout.*raw, packed, day, series/s },
    { args: ["run", HOURLY_STRADDLE, "--data", ".", "--bar-label", "middle"], says: /--bar-label.*start, end/s },
    { args: ["run", HOURLY_STRADDLE, "--data", ".", "--out", "./inside"], says: /--out .\/inside lies in the data folder/ },
    { args: ["run", HOURLY_STRADDLE, "--data", ".", "--from", "2024-13-01"], says: /time\.from.*2024-13-01/s },
    { args: ["run", HOURLY_STRADDLE, "--data", ".", "--days", "Mon,Fun"], says: /time\.days.*Fun/s },
    { args: ["run", HOURLY_STRADDLE, "--data", ".", "--window", "25:00-26:00"], says: /time\.window.*25:00/s },
    { args: ["run", "nowhere.yaml", "--data", "."], says: /nowhere\.yaml: the strategy file cannot be read/ },
    { args: ["explain", HOURLY_STRADDLE, "--data", "."], says: /--date <date>/ },
    { args: ["explain", HOURLY_STRADDLE, "--data", ".", "--date", "2024-13-01"], says: /--date 2024-13-01: this is no date.*YYYY-MM-DD/s },
    { args: ["explain", HOURLY_STRADDLE, "--data", ".", "--date", "2024-08-19", "--variant", "v9"], says: /--variant v9: the strategy has no such variant.*v1/s },
    { args: ["sample"], says: /--out <dir>/ },
    { args: ["sample", "--out", "x", "--days", "two"], says: /--days.*whole number/s },
    { args: ["catalogue"], says: /--data <dir>/ },
    { args: ["fly"], says: /unknown command 'fly'/ },
  ])("$args ends with 2 and says why", async ({ args, says }) => {
    const { status, stdout, stderr } = await straddle(args);
    expect(stderr).toMatch(says);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  });

  it("--help ends with 0", async () => {
    const { status, stdout } = await straddle(["--help"]);
    expect(status).toBe(0);
    for (const command of ["run", "explain", "catalogue", "sample", "check"]) expect(stdout).toContain(command);
  });
});

describe("explain", () => {
  it("tells one day of a strategy second by second, as its trades have it", async () => {
    const data = publicSample();
    const { status, stdout, stderr } = await straddle(["explain", HOURLY_STRADDLE, "--data", data, "--date", "2024-08-20"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const lines = stdout.split("\n");
    expect(lines.slice(0, 2)).toEqual(["ATM short straddle, hourly roll, v1", expect.stringMatching(/^Tue 2024-08-20, BANKNIFTY, expiry 2024-08-21; spot from files; \d+ contracts read$/)]);
    expect(lines.filter((line) => /^\d\d:\d\d:\d\d {2}position 1: /.test(line))).toEqual([
      expect.stringMatching(/^09:15:\d\d {2}position 1: decides to enter \(at 09:15:00\)$/), expect.stringMatching(/^09:15:\d\d {2}position 1: filled$/),
      expect.stringContaining("position 1: decides to close (rebalance "), expect.stringMatching(/position 1: closed$/),
    ]);
    expect(stdout).toMatch(/order: SELL 1 lot \(15\) \d+ CE \[leg 1\], fills from 09:15:\d\d at the earliest, within 30 s/);
    expect(stdout).toMatch(/leg 2 \d+ PE: bid [\d.]+ ask [\d.]+, \d s old, spread \d+ ticks, last [\d.]+/);
    const out = join(tempFolder(), "out");
    expect((await straddle(["run", HOURLY_STRADDLE, "--data", data, "--from", "2024-08-20", "--to", "2024-08-20", "--out", out])).status).toBe(0);
    const prices = readFileSync(join(out, "trades.csv"), "utf8").trimEnd().split("\n").slice(1).flatMap((line) => [line.split(",")[14], line.split(",")[17]]);
    for (const price of prices) expect(stdout).toContain(` at ${price}`);
  });

  it("says why a day was not run", async () => {
    const { status, stdout, stderr } = await straddle(["explain", HOURLY_STRADDLE, "--data", publicSample(), "--date", "2024-08-18"]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(/2024-08-18 not run: /);
  });
});

describe("check", () => {
  it("says in words what a strategy does", async () => {
    const { status, stdout, stderr } = await straddle(["check", HOURLY_STRADDLE]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("sell 1 lot of the CE at the money");
    expect(stdout).toContain("every 1h counted from the start of the window");
  });

  it("names the variants of a sweep", async () => {
    const { stdout } = await straddle(["check", strategyFile("name: s\nuniverse: { symbol: BANKNIFTY }\nentry: { legs: [{ cp: CE, lots: -1, strike: { atm: $D } }] }\nsweep: { D: [1, 2] }\n")]);
    expect(stdout).toMatch(/2, over D = 1, 2; the lines above describe v1/);
  });

  it("ends with 2 and names line, path and what is allowed", async () => {
    const file = strategyFile("name: s\nuniverse: { symbol: BANKNIFTY }\nentry:\n  legs: [{ cp: CX, lots: -1 }]\n");
    const { status, stdout, stderr } = await straddle(["check", file]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/strategy\.yaml: line 4, column 12: entry\.legs\[0\]\.cp: .*CX.*CE/);
  });
});

describe("catalogue", () => {
  it("has in --json an entry per contract and file", async () => {
    const folder = publicSample();
    const { status, stdout } = await straddle(["catalogue", "--data", folder, "--json"]);
    expect(status).toBe(0);
    const { contracts } = JSON.parse(stdout) as { contracts: Record<string, unknown>[] };
    expect(contracts.length).toBe(readdirSync(join(folder, "options")).length);
    expect(contracts).toContainEqual({ file: "options/banknifty2482150500ce.parquet", symbol: "BANKNIFTY", expiry: "2024-08-21", strike: 50500, cp: "CE", layout: "raw" });
    expect(contracts).toContainEqual({ file: "options/banknifty24aug50500pe.parquet", symbol: "BANKNIFTY", expiry: "2024-08-28", strike: 50500, cp: "PE", layout: "raw" });
  });

  it("counts the contracts of a day partition, whose rows tell them, and says which columns have other names", async () => {
    const folder = tempFolder();
    writeTables(folder, "options/date=2024-08-20/part-0.parquet", [{
      rows: 2,
      columns: [
        timeColumn("DateTime", Float64Array.of(Date.UTC(2024, 7, 20, 11), Date.UTC(2024, 7, 20, 11)), "us", "UTC"),
        { name: "LTP", type: "double", values: Float64Array.of(100, 240) },
        { name: "strike", type: "double", values: Float64Array.of(50_500, 50_500) },
        constantText("cp", 2, "CE"),
        constantText("symbol", 2, "BANKNIFTY"),
        { name: "exp", type: "text", codes: Int32Array.of(0, 1), dictionary: ["2024-08-21", "2024-08-28"] },
      ],
    }]);
    const { stdout } = await straddle(["catalogue", "--data", folder]);
    expect(stdout).toContain("BANKNIFTY: 2 contracts in 1 file (day), 2 expiries from 2024-08-21 to 2024-08-28");
    expect(stdout).toContain("Columns of day under other names: DateTime → timestamp, LTP → price, cp → opt_type, exp → expiry");
  });

  it("ends without a word where its reader has had enough", async () => {
    const { status, stderr } = await straddleCutOff(["catalogue", "--data", publicSample(), "--json"]);
    expect(stderr).not.toMatch(/EPIPE|Error/);
    expect(status).toBe(0);
  });
});

describe("--bar-label", () => {
  it("says which end of its span a bar's clock is, in the catalogue, the fills and the ledger", async () => {
    const folder = tempFolder();
    const out = join(tempFolder(), "out");
    const bars = 25;
    const bar = (value: (minute: number) => number) => ({
      rows: bars,
      columns: [
        timeColumn("timestamp", Float64Array.from({ length: bars }, (_, minute) => Date.UTC(2024, 7, 20, 10, 58 + minute)), "us", "UTC"),
        ...["open", "high", "low", "close"].map((name) => ({ name, type: "double", values: Float64Array.from({ length: bars }, (_, minute) => value(minute)) }) as const),
      ],
    });
    writeTables(folder, "banknifty_spot.parquet", [bar(() => 50_500)]);
    writeTables(folder, "options/banknifty2482150500ce.parquet", [bar((minute) => 100 + minute)]);
    const strategy = strategyFile('name: bars\nuniverse: { symbol: BANKNIFTY }\ntime: { window: "11:00-11:10" }\nentry: { legs: [{ cp: CE, lots: 1 }] }\nfill: { model: ltp }\ncosts: { none: true }\n');
    // At 11:00:01 the bar from 10:59:00 to 10:59:59 is the last that is known: labelled 10:59 (101), or 11:00 (102).
    expect((await straddle(["catalogue", "--data", folder, "--bar-label", "end"])).stdout).toContain("Rows of raw: bars, their clock is the end of their span");
    for (const [label, price] of [["start", "101.00"], ["end", "102.00"]] as const) {
      expect((await straddle(["run", strategy, "--data", folder, "--bar-label", label, "--out", out])).status).toBe(0);
      expect(readFileSync(join(out, "trades.csv"), "utf8").split("\n")[1]).toContain(`,2024-08-20 11:00:00,2024-08-20 11:00:01,${price},`);
      const { data } = JSON.parse(readFileSync(join(out, "run.json"), "utf8")) as { data: { clock_zones: unknown[] } };
      expect(data.clock_zones).toContainEqual(expect.objectContaining({ layout: "raw", bars: label }));
    }
  });
});

describe("run", () => {
  const out = tempFolder();
  let result: CliResult;
  let summary: Record<string, unknown> & { run_id: string; result_hash: string; variants: Record<string, unknown>[] };
  const read = (name: string) => readFileSync(join(out, name), "utf8");

  beforeAll(async () => {
    result = await straddle(["run", HOURLY_STRADDLE, "--data", publicSample(), "--out", out, "--json"]);
    summary = JSON.parse(result.stdout) as typeof summary;
  });

  it("prints the summary as one JSON object", () => {
    expect(result.status).toBe(0);
    expect(summary).toMatchObject({ days: 3, trades: 34, result_hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(summary.variants).toHaveLength(1);
    expect(summary.variants[0]).toMatchObject({ variant: "v1", positions: 17, total: expect.any(Number), fees: expect.any(Number) });
    expect(JSON.parse(read("summary.json"))).toEqual(summary);
  });

  it("writes all files", () => {
    expect(readdirSync(out).sort()).toEqual(RUN_FILES);
  });

  it("writes trades whose hash is the result hash", () => {
    const [header, ...lines] = read("trades.csv").trimEnd().split("\n");
    expect(header).toBe("run_id,variant,date,position_id,leg_id,symbol,expiry,strike,cp,side,lots,qty,decision_entry,ts_entry,entry_px,decision_exit,ts_exit,exit_px,slippage,fees,pnl,pnl_after_costs,reason_entry,reason_exit,window_id,flags");
    expect(lines).toHaveLength(34);
    expect(lines.every((line) => line.startsWith(`${summary.run_id},v1,`))).toBe(true);
    const hashed = [header, ...lines].map((line) => `${line.slice(line.indexOf(",") + 1)}\n`).join("");
    expect(createHash("sha256").update(hashed).digest("hex")).toBe(summary.result_hash);
  });

  it("writes the same trades as Parquet", async () => {
    const bytes = readFileSync(join(out, "trades.parquet"));
    const rows = await parquetReadObjects({ file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length), compressors });
    expect(rows).toHaveLength(34);
    expect(rows[0]).toMatchObject({ run_id: summary.run_id, variant: "v1", symbol: "BANKNIFTY" });
  });

  it("writes a ledger that tells the days, the files and how the clocks were read", () => {
    const ledger = JSON.parse(read("run.json")) as Record<string, Record<string, unknown>>;
    expect(ledger.result_hash).toBe(summary.result_hash);
    expect(ledger.days.run).toEqual(["2024-08-19", "2024-08-20", "2024-08-21"]);
    expect(ledger.data.spot_sources).toHaveLength(3);
    expect((ledger.data.files as unknown[]).length).toBeGreaterThan(5);
    expect(ledger.data.clock_zones).toContainEqual(expect.objectContaining({ layout: "raw", zone: "ist-wall" }));
  });

  it("keeps the inputs of the first trades", () => {
    const sample = JSON.parse(read("sample.json")) as { trade: Record<string, string> }[];
    expect(sample).toHaveLength(34);
  });

  it("runs what --from, --to, --days, --window and --set leave", async () => {
    const folder = publicSample();
    const days = async (...args: string[]) => {
      const { status, stdout, stderr } = await straddle(["run", HOURLY_STRADDLE, "--data", folder, "--json", ...args]);
      expect(status, stderr).toBe(0);
      return (JSON.parse(stdout) as { variants: { daily: { date: string }[] }[] }).variants[0].daily.map(({ date }) => date);
    };
    expect(await days("--from", "2024-08-20")).toEqual(["2024-08-20", "2024-08-21"]);
    expect(await days("--to", "2024-08-19")).toEqual(["2024-08-19"]);
    expect(await days("--days", "Mon,Wed")).toEqual(["2024-08-19", "2024-08-21"]);
    expect(await days("--from", "2025-01-01")).toEqual([]);
    const swept = strategyFile("name: s\nuniverse: { symbol: BANKNIFTY }\nparams: { D: 0 }\nentry: { legs: [{ cp: CE, lots: -1, strike: { atm: $D } }] }\n");
    const strikes = async (...args: string[]) => {
      const folderOut = join(tempFolder(), "out");
      await straddle(["run", swept, "--data", folder, "--to", "2024-08-19", "--window", "10:15-11:00", "--out", folderOut, ...args]);
      return readFileSync(join(folderOut, "trades.csv"), "utf8").split("\n").slice(1, -1).map((line) => Number(line.split(",")[7]));
    };
    const [atm] = await strikes();
    expect(await strikes("--set", "D=1")).toEqual([atm + 100]);
  });

  it("works through npm as documented, several at once, with nothing but results on stdout", async () => {
    const folder = publicSample();
    const runs = await Promise.all([1, 2, 3].map(() => npmStraddle(["run", HOURLY_STRADDLE, "--data", folder, "--json", "--workers", "1"])));
    for (const { status, stdout } of runs) {
      expect(status).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ result_hash: summary.result_hash });
    }
  });
});

describe("sample", () => {
  it("writes a folder that the catalogue reads, and says so on stderr only", async () => {
    const folder = tempFolder();
    const { status, stdout, stderr } = await straddle(["sample", "--out", folder, "--days", "1", "--seed", "9"]);
    expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
    expect(stderr).toMatch(/1 trading day from seed 9/);
    const { contracts } = JSON.parse((await straddle(["catalogue", "--data", folder, "--json"])).stdout) as { contracts: unknown[] };
    expect(contracts.length).toBeGreaterThan(50);
  }, 300_000);
});
