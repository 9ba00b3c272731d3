/** Figures of the built page in real Chromium. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { chromium, type Browser } from "playwright-core";
import { build } from "vite";
import { CHROMIUM_FLAGS, findChromium, NO_CHROMIUM } from "../../scripts/lib/chromium.mjs";
import { serve } from "../../scripts/lib/serve.mjs";
import { dropFolder } from "../e2e/drop-folder.ts";
import { coldContractDays } from "./cold.ts";
import type { ContractDays } from "./contract-day.ts";
import { CATALOGUE_FILES, manyFiles, tradingFolder } from "./folders.ts";
import { median, type Measurement } from "./measurement.ts";

const PAGE_LOADS = 10;
const PATIENCE = 180_000;

export async function measureBrowser(): Promise<Measurement[]> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error(NO_CHROMIUM);
  const server = await serve({ port: 0 });
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
  try {
    const where = `Chromium ${browser.version().split(".")[0]}`;
    return [...(await pageLoad(browser, server.address, where)), await catalogue(browser, server.address, where), ...(await contractDaysInPage(browser, where))];
  } finally {
    await browser.close();
    server.close();
  }
}

async function pageLoad(browser: Browser, address: string, where: string): Promise<Measurement[]> {
  const times: number[] = [];
  const scripts = new Set<string>();
  for (let i = 0; i < PAGE_LOADS; i++) {
    const page = await browser.newPage();
    page.on("request", (request) => request.url().endsWith(".js") && scripts.add(new URL(request.url()).pathname));
    await page.goto(address);
    await page.getByRole("button", { name: "Try sample data" }).first().waitFor();
    // Ready for input once the buttons stand there and a frame has been drawn.
    times.push(await page.evaluate(() => new Promise<number>((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()))))));
    await page.close();
  }
  const dist = join(import.meta.dirname, "../../dist");
  const compressed = [...scripts].reduce((sum, path) => sum + gzipSync(readFileSync(join(dist, path))).length, 0);
  return [
    { name: "page load to interactive, nothing cached", where, value: median(times), unit: "ms", over: `median of ${PAGE_LOADS}, the waiting of the measurement included` },
    { name: "first page, compressed JavaScript", where, value: compressed / 1024, unit: "KB", over: `${scripts.size} of ${readdirSync(join(dist, "assets")).filter((name) => name.endsWith(".js")).length} scripts, gzip`, goal: 250 },
  ];
}

async function catalogue(browser: Browser, address: string, where: string): Promise<Measurement> {
  const folder = await manyFiles();
  const page = await browser.newPage();
  await page.goto(address);
  const started = performance.now();
  await dropFolder(page, folder);
  await page.getByRole("banner").getByText(new RegExp(`${CATALOGUE_FILES.toLocaleString("en-IN")} files`)).waitFor({ timeout: PATIENCE });
  const value = performance.now() - started;
  await page.close();
  return { name: `catalogue of ${CATALOGUE_FILES} files, first time`, where, value, unit: "ms", over: "1 drop of a folder, until its facts are shown" };
}

async function contractDaysInPage(browser: Browser, where: string): Promise<Measurement[]> {
  const outDir = join(import.meta.dirname, "../../build/bench/page");
  await build({ configFile: join(import.meta.dirname, "page/vite.config.ts"), logLevel: "warn" });
  const server = await serve({ port: 0, folder: outDir });
  const page = await browser.newPage();
  await page.goto(server.address);
  await dropFolder(page, await tradingFolder());
  const measure = (strategy: string) => page.evaluate((text) => (globalThis as unknown as { measureContractDay(text: string): Promise<ContractDays> }).measureContractDay(text), strategy);
  const rows = await coldContractDays(where, measure);
  await page.close();
  server.close();
  return rows;
}
