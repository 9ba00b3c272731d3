import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { ROOT } from "./harness.ts";

/** What `run --json` prints of a ready-made strategy over a folder. */
export async function runCommandLine(folder: string, strategy = "atm-hourly-straddle"): Promise<{ readonly result_hash: string; readonly days: number; readonly trades: number }> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(ROOT, "scripts/straddle.mjs"), "run", join(ROOT, `strategies/${strategy}.yaml`), "--data", folder, "--json"], { cwd: ROOT, maxBuffer: 2 ** 26 });
  return JSON.parse(stdout) as { result_hash: string; days: number; trades: number };
}
