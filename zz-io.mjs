import { runnerImport } from "vite"; import path from "path"; import { chromium } from "playwright-core";
const root=process.cwd(); const { CHROMIUM_FLAGS, findChromium } = await import(root+"/scripts/lib/chromium.mjs"); const { serve } = await import(root+"/scripts/lib/serve.mjs");
const { module: df } = await runnerImport(path.join(root,"tests/e2e/drop-folder.ts"),{root,configFile:false,logLevel:"error"});
const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_FLAGS }); const server = await serve({ port: 0, folder: path.join(root,"build/io") });
const page = await browser.newPage(); page.on("console",m=>console.log(m.text())); page.on("pageerror",e=>console.log(e)); await page.goto(server.address); await df.dropFolder(page, "/work/main/build/bench/sample");
const r=await page.evaluate(()=>globalThis.result); console.log(r.n); for (const k in r.out) console.log(k.padEnd(16), typeof r.out[k]==="number"? r.out[k].toFixed(2):r.out[k]);
await browser.close(); server.close(); process.exit();
