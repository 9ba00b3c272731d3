import { runnerImport, build } from "vite"; import path from "path"; import { readFileSync, writeFileSync } from "fs";
import { chromium } from "playwright-core";
const root=process.cwd();
const { CHROMIUM_FLAGS, findChromium } = await import(root+"/scripts/lib/chromium.mjs");
const { serve } = await import(root+"/scripts/lib/serve.mjs");
const { module: df } = await runnerImport(path.join(root,"tests/e2e/drop-folder.ts"),{root,configFile:false,logLevel:"error"});
await build({ configFile: path.join(root,"tests/bench/page/vite.config.ts"), logLevel: "error", build: { minify: false } });
const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_FLAGS });
const server = await serve({ port: 0, folder: path.join(root,"build/bench/page") });
const page = await browser.newPage();
await page.goto(server.address);
await df.dropFolder(page, "/work/main/build/bench/sample");
const HOUR=readFileSync("strategies/atm-hourly-straddle.yaml","utf8"); const LAD=readFileSync("tests/bench/cold.ts","utf8").split("`")[1];
const times=+process.argv[2]||1;
const got={wide:[],hour:[]}; for (let i=0;i<times;i++) for (const [n,s] of [["wide",LAD],["hour",HOUR]]) { const r = await page.evaluate((t)=>globalThis.measureContractDay(t), s); got[n].push(r.milliseconds); } for (const n in got) { got[n].sort((a,b)=>a-b); console.log(n, "min", got[n][0].toFixed(2), "median", got[n][got[n].length>>1].toFixed(2)); }
if (process.argv[3]) {
  await browser.startTracing(page, { path: "/work/prof/cc.json", categories: ["disabled-by-default-v8.cpu_profiler", "toplevel", "v8"] });
  const r = await page.evaluate((t)=>globalThis.measureContractDay(t), HOUR); console.log("profiled", r.milliseconds.toFixed(2));
  await browser.stopTracing();
}
await browser.close(); server.close(); process.exit();
