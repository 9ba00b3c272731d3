// npm run test:mutants: puts bugs into the kernels and the engine, one at a time, and fails where no test notices. Takes the better part of an hour.
// `-- kernels [FILE]` and `-- core` do one half; FILE matches the files of assembly/.
import { spawnSync } from "node:child_process";
import path from "node:path";
import { installMissing } from "./lib/install.mjs";
import { root } from "./lib/root.mjs";

await installMissing();
const { buildKernels } = await import("./build-kernels.mjs");
const { mutateKernels } = await import("./lib/kernel-mutants.mjs");

const [half, file = ""] = process.argv.slice(2);
const found = [];
if (half !== "core") found.push(await mutateKernels(new RegExp(file)));
if (half !== "kernels") {
  await buildKernels();
  const { status } = spawnSync(process.execPath, [path.join(root, "node_modules/@stryker-mutator/core/bin/stryker.js"), "run"], { cwd: root, stdio: "inherit" });
  found.push(status === 0);
}
process.exitCode = found.every(Boolean) ? 0 : 1;
