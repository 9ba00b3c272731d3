import { build } from "vite"; import path from "path";
for (const r of process.argv.slice(2)) await build({ root: path.join(r,"tests/bench/page"), configFile: path.join(r,"tests/bench/page/vite.config.ts"), logLevel: "error", build: { minify: false } });
