// npm run bench [-- --json] [--only PART]: figures of this machine, on stdout. docs/benchmarks.md holds those that were published.
import path from "node:path";
import { pathToFileURL } from "node:url";
import { installMissing } from "./lib/install.mjs";
import { root } from "./lib/root.mjs";

await installMissing();
const { buildPage } = await import("./lib/build-page.mjs");
const { buildCli } = await import("./lib/build-cli.mjs");
const { build, runnerImport } = await import("vite");
await buildPage();
const cli = await buildCli();
// The engine is built as the product is: modules that a loader transforms one by one are slower.
const outDir = path.join(root, "build", "bench", "engine");
const entry = { input: { engine: path.join(root, "tests", "bench", "engine.ts") }, output: { entryFileNames: "[name].js" } };
await build({ root, configFile: false, publicDir: false, logLevel: "error", build: { ssr: true, target: "node20", minify: false, outDir, emptyOutDir: true, rolldownOptions: entry } });
const engine = await import(pathToFileURL(path.join(outDir, "engine.js")).href);
const { module } = await runnerImport(path.join(root, "tests", "bench", "bench.ts"), { root, configFile: false, logLevel: "error" });
const only = process.argv.includes("--only") ? process.argv[process.argv.indexOf("--only") + 1] ?? "" : undefined;
console.log(await module.bench(cli, engine, process.argv.includes("--json"), only));
process.exit();
