// npm run bench [-- --json]: figures of this machine, on stdout. docs/benchmarks.md holds those that were published.
import path from "node:path";
import { installMissing } from "./lib/install.mjs";
import { root } from "./lib/root.mjs";

await installMissing();
const { buildPage } = await import("./lib/build-page.mjs");
const { buildCli } = await import("./lib/build-cli.mjs");
const { runnerImport } = await import("vite");
await buildPage();
const cli = await buildCli();
const { module } = await runnerImport(path.join(root, "tests", "bench", "bench.ts"), { root, configFile: false, logLevel: "error" });
console.log(await module.bench(cli, process.argv.includes("--json")));
process.exit();
