// Needs nothing that has to be installed.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { withLock } from "./lock.mjs";
import { root } from "./root.mjs";

const OLDEST_NODE = 20;

/** Installs the packages of package-lock.json unless they are there. Its words go to stderr. Ends the process where it cannot. */
export async function installMissing() {
  const major = Number(process.versions.node.split(".")[0]);
  if (major < OLDEST_NODE) fail(`Node ${process.versions.node} is too old: Straddle needs Node ${OLDEST_NODE} or newer.`);
  if (isInstalled()) return;
  await withLock("install", async () => {
    if (isInstalled()) return;
    console.error("Installing packages (npm ci) …");
    const npm = process.platform === "win32" ? "npm.cmd" : "npm";
    const { status, error } = spawnSync(npm, ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
      cwd: root,
      stdio: ["ignore", 2, 2],
      shell: process.platform === "win32",
    });
    if (error) fail(`npm could not be started (${error.message}). It comes with Node: install Node ${OLDEST_NODE} or newer.`);
    if (status !== 0) fail(`npm ci ended with status ${status}. Its words are above; a network that reaches the npm registry is needed once.`);
  });
}

/** Whether every package that this machine needs stands in node_modules in the version of the lock file. */
function isInstalled() {
  const record = path.join(root, "node_modules", ".package-lock.json");
  if (!existsSync(record)) return false;
  const wanted = packagesOf(path.join(root, "package-lock.json"));
  const found = packagesOf(record);
  return Object.entries(wanted).every(([name, { version, optional }]) => name === "" || optional || found[name]?.version === version);
}

function packagesOf(file) {
  return JSON.parse(readFileSync(file, "utf8")).packages;
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
