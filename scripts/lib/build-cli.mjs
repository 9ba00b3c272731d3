import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from "node:fs";
import path from "node:path";
import { withLock } from "./lock.mjs";
import { root } from "./root.mjs";
import { sourceHash } from "./source-hash.mjs";

const SOURCES = ["src/cli", "src/core", "src/data", "src/pool", "src/sql", "src/verify", "tests/reference", "workers", "assembly", "scripts", "package-lock.json", "vite.cli.config.ts"];
const builds = path.join(root, "build", "cli");
const KEPT_MILLISECONDS = 24 * 3_600_000;

/**
 * Builds the command line and its workers, and answers the folder that holds `main.js` and `worker.js`. Each state of the
 * sources has a folder of its own, so that a process that is still running keeps the files that it started with.
 */
export async function buildCli() {
  const folder = path.join(builds, sourceHash(SOURCES));
  if (existsSync(folder)) return used(folder);
  return withLock("cli", async () => {
    if (existsSync(folder)) return used(folder);
    mkdirSync(builds, { recursive: true });
    const fresh = path.join(builds, `.fresh-${process.pid}`);
    const { build } = await import("vite");
    await build({ root, configFile: path.join(root, "vite.cli.config.ts"), logLevel: "error", build: { outDir: fresh, emptyOutDir: true } });
    renameSync(fresh, folder);
    removeOld();
    return folder;
  });
}

function used(folder) {
  const now = new Date();
  utimesSync(folder, now, now);
  return folder;
}

function removeOld() {
  for (const name of readdirSync(builds)) {
    const folder = path.join(builds, name);
    if (Date.now() - statSync(folder).mtimeMs > KEPT_MILLISECONDS) rmSync(folder, { recursive: true, force: true });
  }
}
