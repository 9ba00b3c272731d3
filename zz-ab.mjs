import { runnerImport, build } from "vite"; import path from "path"; import { readFileSync } from "fs";
import { chromium } from "playwright-core";
const root=process.cwd();
const { CHROMIUM_FLAGS, findChromium } = await import(root+"/scripts/lib/chromium.mjs");
const { serve } = await import(root+"/scripts/lib/serve.mjs");
const { module: df } = await runnerImport(path.join(root,"tests/e2e/drop-folder.ts"),{root,configFile:false,logLevel:"error"});
const roots=(process.argv[3]??"/work/wt/base,/work/main").split(",");
const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_FLAGS });
const pages=[];
for (const r of roots) {
  if (!process.argv[4]) await build({ root: path.join(r,"tests/bench/page"), configFile: path.join(r,"tests/bench/page/vite.config.ts"), logLevel: "error", build: { minify: false } });
  const server = await serve({ port: 0, folder: path.join(r,"build/bench/page") });
  const page = await browser.newPage(); await page.goto(server.address); await df.dropFolder(page, "/work/main/build/bench/sample"); pages.push(page);
}
const HOUR=readFileSync("strategies/atm-hourly-straddle.yaml","utf8"); const LAD=readFileSync("tests/bench/cold.ts","utf8").split("`")[1];
const got={};
for (let i=0;i<+process.argv[2];i++) for (const [n,s] of (process.argv[5]?[["wide",LAD]]:[["hour",HOUR]])) for (let k=0;k<pages.length;k++) { const r = await pages[k].evaluate((t)=>globalThis.measureContractDay(t), s); (got[n+" "+roots[k]]??=[]).push(r.milliseconds); console.log(roots[k], r.milliseconds.toFixed(2), (performance.now()/1000).toFixed(1)); }
for (const n in got) { const a=got[n].slice().sort((x,y)=>x-y); console.log(n.padEnd(24), "min", a[0].toFixed(2), "median", a[a.length>>1].toFixed(2), "|", got[n].map(x=>x.toFixed(1)).join(" ")); }
await browser.close(); process.exit();
