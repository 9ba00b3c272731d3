/** Data health and quarantine on the command line. */
import { existsSync, readdirSync, readFileSync, truncateSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { HOURLY_STRADDLE, runJson, straddle } from "../support/cli.ts";
import { publicSample } from "../support/public-sample.ts";
import { tempFolder } from "../support/temp-folder.ts";

const DAMAGED = "options/banknifty2482151600pe.parquet";

let data: string;
let cache: string;
beforeAll(() => {
  data = publicSample();
  cache = tempFolder();
  truncateSync(join(data, DAMAGED), 2000);
  unlinkSync(join(data, "spot/banknifty/date=2024-08-20.parquet"));
});

function thresholds(text: string): string {
  const file = join(tempFolder(), "thresholds.yaml");
  writeFileSync(file, text);
  return file;
}

interface HealthJson {
  readonly thresholds: Readonly<Record<string, unknown>> | null;
  readonly days: readonly { readonly date: string; readonly rows: number; readonly duplicate: number; readonly spot: unknown; readonly quarantine: readonly string[]; readonly problems: readonly { readonly path: string }[] }[];
  readonly calendar: readonly { readonly symbol: string; readonly missing: readonly string[] }[];
}

describe("straddle health", () => {
  it("reports every day as JSON and CSV; a damaged file costs itself, and the second time nothing is read", async () => {
    const out = join(tempFolder(), "out");
    const { status, stdout, stderr } = await straddle(["health", "--data", data, "--out", out, "--to", "2024-08-22", "--json"], { cache });
    expect(status, stderr).toBe(0);
    const found = JSON.parse(stdout) as HealthJson;
    expect(found.days.map(({ date }) => date)).toEqual(["2024-08-19", "2024-08-20", "2024-08-21"]);
    expect(found.calendar).toEqual([{ symbol: "BANKNIFTY", missing: ["2024-08-22"], closed: [] }]);
    for (const day of found.days) {
      expect(day.problems.map(({ path }) => path)).toEqual([DAMAGED]);
      expect(day.rows).toBeGreaterThan(10_000);
      expect(day.duplicate).toBeGreaterThan(5);
      expect(day.quarantine).toEqual([]);
    }
    expect(found.days.map(({ spot }) => spot !== null)).toEqual([true, false, true]);
    expect(JSON.parse(readFileSync(join(out, "health.json"), "utf8"))).toEqual(found);
    expect(readdirSync(join(out, "days"))).toHaveLength(6);
    const day = JSON.parse(readFileSync(join(out, "days", "2024-08-20-banknifty.json"), "utf8")) as { rows: number; instruments: readonly { kind: string; rows: number }[] };
    expect(day.instruments.filter(({ kind }) => kind === "option").reduce((sum, { rows }) => sum + rows, 0)).toBe(day.rows);
    expect(readFileSync(join(out, "days", "2024-08-20-banknifty.csv"), "utf8").trim().split("\n")).toHaveLength(day.instruments.length + 1);

    const again = await straddle(["health", "--data", data, "--to", "2024-08-22", "--json"], { cache });
    expect(JSON.parse(again.stdout)).toEqual(found);
    const words = await straddle(["health", "--data", data, "--to", "2024-08-22"], { cache });
    expect(words.stdout).toMatch(/2024-08-20 BANKNIFTY .*\n[^]*2024-08-19 BANKNIFTY: options\/banknifty2482151600pe\.parquet: the file is cut off[^]*BANKNIFTY: 1 trading day without data: 2024-08-22/);
  });

  it("refuses what it cannot do, in words, and writes nothing into the data", async () => {
    const inside = await straddle(["health", "--data", data, "--out", join(data, "report")], { cache });
    expect([inside.status, inside.stderr]).toEqual([2, expect.stringMatching(/lies in the data folder/)]);
    expect(existsSync(join(data, "report"))).toBe(false);
    const symbol = await straddle(["health", "--data", data, "--symbol", "nifty"], { cache });
    expect([symbol.status, symbol.stderr]).toEqual([2, expect.stringMatching(/--symbol NIFTY: the folder holds no such symbol\. Allowed: BANKNIFTY\./)]);
    const wrong = await straddle(["health", "--data", data, "--thresholds", thresholds("quarantine: { crosed_pct: 1 }")], { cache });
    expect([wrong.status, wrong.stderr]).toEqual([2, expect.stringMatching(/thresholds\.yaml: line 1, column 15: quarantine\.crosed_pct: unknown key.*did you mean "crossed_pct"/)]);
  });
});

describe("quarantine in runs", () => {
  it("keeps days beyond the thresholds from running, says why, and runs those that are overruled", async () => {
    const sound = publicSample();
    const file = thresholds("version: 1\nquarantine: { bad_clock_pct: 0.1, rows_below: 14500 }\n");
    const free = await runJson([HOURLY_STRADDLE, "--data", sound], { cache });
    const out = join(tempFolder(), "out");
    const kept = await straddle(["run", HOURLY_STRADDLE, "--data", sound, "--thresholds", file, "--overrule", "2024-08-20,2024-08-21", "--out", out, "--json"], { cache });
    expect(kept.status, kept.stderr).toBe(0);
    const summary = JSON.parse(kept.stdout) as typeof free;
    expect([free.days, summary.days, summary.days_not_run]).toEqual([3, 2, free.days_not_run + 1]);
    expect(summary.result_hash).not.toBe(free.result_hash);
    expect(summary.variants[0].daily).toEqual(free.variants[0].daily.filter(({ date }) => date !== "2024-08-19"));
    expect(kept.stderr).toMatch(/2024-08-20 BANKNIFTY runs although it is in quarantine: rows of the options: \d+, below 14500/);
    expect(kept.stderr).toMatch(/--overrule 2024-08-21: the thresholds do not put this day into quarantine/);
    expect(kept.stderr).toMatch(/2024-08-19 not run \(quarantined\): BANKNIFTY: rows of the options: \d+, below 14500 \(rows_below\); BANKNIFTY: no usable clock/);
    expect(JSON.parse(readFileSync(join(out, "run.json"), "utf8"))).toMatchObject({
      days: { run: ["2024-08-20", "2024-08-21"], quarantined: [{ date: "2024-08-19" }] },
      quarantine: { thresholds: { bad_clock_pct: 0.1, rows_below: 14500 }, overruled: [{ symbol: "BANKNIFTY", date: "2024-08-20" }] },
    });
  });

  it("needs thresholds to overrule", async () => {
    const { status, stderr } = await straddle(["run", HOURLY_STRADDLE, "--data", "anywhere", "--overrule", "2024-08-20"], { cache });
    expect([status, stderr]).toEqual([2, expect.stringMatching(/Give the file with --thresholds too/)]);
  });
});
