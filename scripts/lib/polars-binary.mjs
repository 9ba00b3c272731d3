// Polars comes as one package per platform. Those of its releases that can be locked name Node 22 as the oldest, so that npm leaves
// them out under Node 20, although they are Node-API and run there: the bench, their only user, asks for the one by name.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { root } from "./root.mjs";

const require = createRequire(import.meta.url);

/** Throws an Error in words where there is none for this machine or it cannot be fetched. */
export function installPolarsBinary() {
  const { optionalDependencies } = require("nodejs-polars/package.json");
  const { platform, arch } = process;
  const libc = platform !== "linux" ? "" : process.report.getReport().header.glibcVersionRuntime ? "-gnu" : "-musl";
  const name = Object.keys(optionalDependencies).find((one) => one === `nodejs-polars-${platform}-${arch}${libc}` || (platform === "win32" && one.startsWith(`nodejs-polars-${platform}-${arch}`)));
  if (name === undefined) throw new Error(`There is no Polars for ${platform} ${arch}: measure the other parts with --only.`);
  if (isThere(name)) return;
  const npm = platform === "win32" ? "npm.cmd" : "npm";
  const { status } = spawnSync(npm, ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error", `${name}@${optionalDependencies[name]}`], { cwd: root, stdio: ["ignore", 2, 2], shell: platform === "win32" });
  if (status !== 0) throw new Error(`${name} could not be fetched: its words are above. Measure the other parts with --only.`);
}

function isThere(name) {
  try {
    require.resolve(name);
    return true;
  } catch {
    return false;
  }
}
