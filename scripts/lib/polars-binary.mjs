// Polars comes as one package per platform. Those of its releases that can be locked name Node 22 as the oldest, so that npm leaves
// them out under Node 20, although they are Node-API and run there: the bench, their only user, asks for the one by name.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { root } from "./root.mjs";

const packages = path.join(root, "node_modules");

/** Throws an Error in words where there is none for this machine or it cannot be fetched. */
export function installPolarsBinary() {
  const { optionalDependencies } = JSON.parse(readFileSync(path.join(packages, "nodejs-polars", "package.json"), "utf8"));
  const { platform, arch } = process;
  const libc = platform !== "linux" ? "" : process.report.getReport().header.glibcVersionRuntime ? "-gnu" : "-musl";
  const name = Object.keys(optionalDependencies).find((one) => one === `nodejs-polars-${platform}-${arch}${libc}` || (platform === "win32" && one.startsWith(`nodejs-polars-${platform}-${arch}`)));
  if (name === undefined) throw new Error(`There is no Polars for ${platform} ${arch}: measure the other parts with --only.`);
  // Asking Node to resolve it would make it remember that it is not there.
  if (existsSync(path.join(packages, name))) return;
  // Builds before this have set NODE_ENV to production, which would take the packages for development away.
  const npm = platform === "win32" ? "npm.cmd" : "npm";
  const { status } = spawnSync(npm, ["install", "--no-save", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error", `${name}@${optionalDependencies[name]}`], { cwd: root, stdio: ["ignore", 2, 2], shell: platform === "win32" });
  if (status !== 0) throw new Error(`${name} could not be fetched: its words are above. Measure the other parts with --only.`);
}
