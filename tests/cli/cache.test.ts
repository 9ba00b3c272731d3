/** What the command line keeps between runs: shown, cleared, and right after a process was killed while it wrote. */
import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { HOURLY_STRADDLE, ROOT, straddle } from "../support/cli.ts";
import { smallSample, writeLayouts } from "../support/layouts.ts";
import { tempFolder } from "../support/temp-folder.ts";

let data: string;
beforeAll(() => {
  data = writeLayouts(smallSample({ seed: 17, days: 3, strikesEachSide: 2 }), tempFolder()).raw;
});

const hashOf = async (cache: string, ...more: string[]) => (JSON.parse((await straddle(["run", HOURLY_STRADDLE, "--data", data, "--json", ...more], { cache })).stdout) as { result_hash: string }).result_hash;

describe("the cache of the command line", () => {
  it("is right after runs that were killed while they kept what they had read", async () => {
    const wanted = await hashOf(tempFolder(), "--cache", "0");
    const cache = tempFolder();
    for (const after of [0, 15, 60]) {
      const child = spawn(process.execPath, [join(ROOT, "scripts/straddle.mjs"), "run", HOURLY_STRADDLE, "--data", data], { cwd: ROOT, env: { ...process.env, STRADDLE_CACHE: cache }, stdio: "ignore" });
      const gone = new Promise((resolve) => child.once("exit", resolve));
      const known = new Set(existsSync(join(cache, "slices")) ? readdirSync(join(cache, "slices")) : []);
      const writes = () => existsSync(join(cache, "slices")) && readdirSync(join(cache, "slices")).some((name) => !known.has(name));
      while (child.exitCode === null && !writes()) await pause(1);
      await pause(after);
      child.kill("SIGKILL");
      await gone;
      expect(await hashOf(cache)).toBe(wanted);
      await straddle(["cache", "--clear"], { cache });
    }
  });

  it("is shown by data folder, symbol and month, and goes when it is cleared", async () => {
    const cache = tempFolder();
    await hashOf(cache);
    const shown = JSON.parse((await straddle(["cache", "--data", data, "--json"], { cache })).stdout) as { bytes: number; shares: { kind: string; symbol: string; month: string }[] };
    expect(shown.bytes).toBeGreaterThan(0);
    expect(new Set(shown.shares.map(({ kind }) => kind))).toEqual(new Set(["series", "options", "days"]));
    expect(shown.shares[0]).toMatchObject({ symbol: "BANKNIFTY", month: expect.stringMatching(/^2024-0[89]$/) });
    expect((await straddle(["cache", "--data", tempFolder()], { cache })).stdout).toMatch(/^0\.0 MB in /);
    expect((await straddle(["cache", "--clear"], { cache })).stderr).toContain("MB removed from");
    expect(readdirSync(join(cache, "slices"))).toEqual([]);
  });
});

describe("bench-folder", () => {
  it("says how fast each phase was, and what that makes of the whole folder", async () => {
    const { status, stdout } = await straddle(["bench-folder", "--data", data, "--json"]);
    expect(status).toBe(0);
    const { scan, whole } = JSON.parse(stdout) as { scan: { days: number; rows: number; bytes: number; contractDays: number; phases: { milliseconds: number }[] }; whole: { days: number; bytes: number; seconds: number } };
    expect(scan).toMatchObject({ days: 3, contractDays: expect.any(Number) });
    expect(Math.min(scan.rows, scan.bytes, scan.contractDays, whole.bytes, whole.seconds)).toBeGreaterThan(0);
    expect(scan.phases.map(({ milliseconds }) => milliseconds >= 0)).toEqual([true, true, true]);
    const words = await straddle(["bench-folder", "--data", data]);
    expect(words.stdout).toMatch(/Slowest .*: \d+ %/);
  });
});
