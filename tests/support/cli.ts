/** The command line as a user calls it, in a process of its own. */
import { spawn } from "node:child_process";
import { join, resolve } from "node:path";
import { tempFolder } from "./temp-folder.ts";

export const ROOT = resolve(import.meta.dirname, "../..");
export const HOURLY_STRADDLE = join(ROOT, "strategies", "atm-hourly-straddle.yaml");

export interface CliResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  /** Default: a folder of its own for every call, so that no call profits from another. */
  readonly cache?: string;
  /** For Node itself, before the program. */
  readonly node?: readonly string[];
}

/** Runs `straddle …args` to its end. */
export function straddle(args: readonly string[], { cache = tempFolder(), node = [] }: CliOptions = {}): Promise<CliResult> {
  return collect(process.execPath, [...node, join(ROOT, "scripts", "straddle.mjs"), ...args], cache);
}

/** The same through npm, as the documentation writes it. */
export function npmStraddle(args: readonly string[]): Promise<CliResult> {
  return collect("npm", ["run", "-s", "straddle", "--", ...args], tempFolder());
}

/** The same in front of a reader that has gone before the first byte comes, as `head` is after its last line. */
export function straddleCutOff(args: readonly string[]): Promise<CliResult> {
  return collect("bash", ["-c", 'set -o pipefail; "$0" "$@" | true', process.execPath, join(ROOT, "scripts", "straddle.mjs"), ...args], tempFolder());
}

function collect(command: string, args: readonly string[], cache: string): Promise<CliResult> {
  return new Promise((done, failed) => {
    const child = spawn(command, args, { cwd: ROOT, env: { ...process.env, STRADDLE_CACHE: cache }, stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.on("error", failed);
    child.on("close", (status) => done({ status, stdout, stderr }));
  });
}

/** The summary that `run --json` prints. Throws with the messages when the run failed. */
export async function runJson(args: readonly string[], options?: CliOptions): Promise<RunSummary> {
  const { status, stdout, stderr } = await straddle(["run", ...args, "--json"], options);
  if (status !== 0) throw new Error(`run ended with ${status}: ${stderr}`);
  return JSON.parse(stdout) as RunSummary;
}

export interface RunSummary {
  readonly run_id: string;
  readonly result_hash: string;
  readonly days: number;
  readonly days_not_run: number;
  readonly trades: number;
  readonly variants: readonly { readonly variant: string; readonly trades: number; readonly total: number; readonly daily: readonly { readonly date: string; readonly net: number }[] }[];
}
