/** Copies on the command line: killed in the middle and taken up again, and what is refused. */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { HOURLY_STRADDLE, ROOT, runJson, straddle } from "../support/cli.ts";
import { publicSample } from "../support/public-sample.ts";
import { tempFolder } from "../support/temp-folder.ts";

const parquet = (root: string) => new Map(readdirSync(root, { recursive: true }).map(String).filter((name) => name.endsWith(".parquet")).sort().map((name) => [name, readFileSync(join(root, name)).toString("base64")]));

it.each(["days", "contracts"] as const)("into %s is killed in the middle, goes on from there, and is then the same data as its source", async (layout) => {
  const cache = tempFolder();
  const data = layout === "days" ? publicSample() : join(tempFolder(), "days");
  if (layout === "contracts") await straddle(["reshape", "--data", publicSample(), "--out", data], { cache });
  const out = join(tempFolder(), "copy");
  const args = ["reshape", "--data", data, "--out", out, "--layout", layout, "--workers", "1"];
  const records = () => (existsSync(join(out, "manifest")) ? readdirSync(join(out, "manifest"), { recursive: true }).map(String).filter((name) => name.endsWith(".json")) : []);
  const child = spawn(process.execPath, [join(ROOT, "scripts", "straddle.mjs"), ...args], { env: { ...process.env, STRADDLE_CACHE: cache }, stdio: "ignore" });
  const gone = new Promise<void>((resolve) => child.on("close", () => resolve()));
  while (child.exitCode === null && records().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  child.kill("SIGKILL");
  await gone;
  const before = records().length;
  // Three days of options and of spot; or of spot alone, and the contracts.
  const parts = layout === "days" ? 6 : 62 + 3;
  expect(before).toBeGreaterThan(0);

  const { status, stdout, stderr } = await straddle([...args, "--json"], { cache });
  expect(status, stderr).toBe(0);
  if (before < parts) expect(stderr).toMatch(new RegExp(`${before} parts? (is|are) complete from before and not written again`));
  const result = JSON.parse(stdout) as { parts: number; rows: number; bytes: number; source_bytes: number; reading: { date: string; symbol: string; source_ms: number; copy_ms: number } };
  expect(result.parts).toBe(parts);
  expect(result.reading).toMatchObject({ symbol: "BANKNIFTY", date: expect.stringMatching(/^2024-08-\d\d$/) });
  expect([result.reading.copy_ms > 0, result.reading.source_ms > 0]).toEqual([true, true]);
  expect(stderr).toMatch(new RegExp(`To copy: about .* of the source, .* in the copy; .* are free|${parts} parts are complete`));

  const whole = join(tempFolder(), "whole");
  await straddle(["reshape", "--data", data, "--out", whole, "--layout", layout, "--workers", "2"], { cache });
  expect(parquet(out)).toEqual(parquet(whole));
  const hash = async (root: string) => (await runJson([HOURLY_STRADDLE, "--data", root], { cache })).result_hash;
  expect(await hash(out)).toBe(await hash(data));
}, 180_000);

it("refuses to write into its source, around it, or into another folder's files", async () => {
  const data = publicSample();
  const refused = async (out: string, ...more: string[]) => {
    const { status, stderr } = await straddle(["reshape", "--data", data, "--out", out, ...more]);
    return [status, stderr];
  };
  const link = join(tempFolder(), "link");
  symlinkSync(data, link);
  expect(await refused(join(link, "copy"))).toEqual([2, expect.stringMatching(/lies in the data folder .* nothing is ever written/)]);
  expect(existsSync(join(data, "copy"))).toBe(false);
  expect(await refused(join(data, ".."))).toEqual([2, expect.stringMatching(/The data folder .* lies in --out/)]);
  const other = join(tempFolder(), "other");
  mkdirSync(other);
  writeFileSync(join(other, "letters.txt"), "mine");
  expect(await refused(other)).toEqual([2, expect.stringMatching(/the folder is not empty \(letters\.txt\) and holds no copy of Straddle/)]);
  expect(await refused(join(tempFolder(), "x"), "--lean", "--all-columns")).toEqual([2, expect.stringMatching(/cannot be used with/)]);
  expect(await refused(join(tempFolder(), "x"), "--row-group", "5")).toEqual([2, expect.stringMatching(/a whole number of rows from 1000 to 2000000/)]);
  expect(await refused(join(tempFolder(), "x"), "--kind", "bonds")).toEqual([2, expect.stringMatching(/"bonds" is no kind\. Allowed: option, spot, future, vix/)]);
}, 120_000);
