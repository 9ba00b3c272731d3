/** The page in Firefox, driven by WebDriver BiDi: another engine, other workers and files, the same result. Without a Firefox it says so and is skipped. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import puppeteer, { type Browser, type Page } from "puppeteer-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { findFirefox, NO_FIREFOX } from "../../scripts/lib/firefox.mjs";
import { runCommandLine } from "./command-line.ts";
import { chooseFolder, resultOf, runToEnd } from "./folders.ts";
import { builtPage, launchChromium, openPage, ROOT, serve, type StaticServer } from "./harness.ts";

const firefox = findFirefox();
const SAMPLE = join(ROOT, "public/sample");
/** Names that tell the contract without a folder, as chosen files have them. */
const OPTIONS = join(SAMPLE, "options");

let browser: Browser;
let server: StaticServer;

beforeAll(async () => {
  if (firefox === undefined) return;
  server = await serve(await builtPage());
  browser = await puppeteer.launch({ browser: "firefox", executablePath: firefox, headless: true });
});
afterAll(async () => {
  await browser?.close();
  server?.close();
});

async function openInFirefox(): Promise<{ readonly page: Page; readonly complaints: string[] }> {
  const page = await browser.newPage();
  await page.bringToFront();
  const complaints: string[] = [];
  page.on("console", (message) => ["error", "warn"].includes(message.type()) && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error instanceof Error ? (error.stack ?? error.message) : String(error)));
  await page.setViewport({ width: 1440, height: 900 });
  await page.goto(server.url);
  return { page, complaints };
}

/** Looked at by a timer: a window that nobody sees draws no frames. */
const POLLING = 100;

const press = (page: Page, name: string) => page.locator(`::-p-aria([name="${name}"][role="button"])`).click();

/** The result hash once the run is done. */
async function resultIn(page: Page): Promise<string> {
  await page.waitForFunction(() => document.body.innerText.includes("Done · "), { timeout: 120_000, polling: POLLING });
  return page.$eval('[aria-label="Result hash"]', (output) => output.textContent ?? "");
}

/** What the same actions give in Chromium. */
async function inChromium(act: (page: Parameters<typeof resultOf>[0]) => Promise<string>): Promise<string> {
  const chromium = await launchChromium();
  try {
    const { page } = await openPage(chromium, server.url);
    return await act(page);
  } finally {
    await chromium.close();
  }
}

it("runs the sample data to the hash of Chromium and of the command line, and shows a trade's day", async ({ skip }) => {
  skip(firefox === undefined, NO_FIREFOX);
  const { page, complaints } = await openInFirefox();
  await press(page, "Try sample data");
  const hash = await resultIn(page);
  expect(hash).toBe((await runCommandLine(SAMPLE)).result_hash);
  expect(hash).toBe(await inChromium(async (other) => {
    await other.getByRole("button", { name: "Try sample data" }).click();
    return resultOf(other);
  }));
  await page.locator('table[aria-label="Trades"] tbody tr').click();
  await page.waitForSelector('table[aria-label="Decisions"] tbody tr', { timeout: 60_000 });
  await page.waitForSelector('section[aria-label="Day"] canvas');
  expect(complaints).toEqual([]);
  await page.close();
}, 240_000);

it("runs files of the user's to the hash of Chromium and of the command line", async ({ skip }) => {
  skip(firefox === undefined, NO_FIREFOX);
  const { page, complaints } = await openInFirefox();
  const input = await page.waitForSelector('input[aria-label="Data folder"]');
  // WebDriver cannot choose a folder: the same input then takes its files.
  await input?.evaluate((element) => Object.assign(element, { webkitdirectory: false, multiple: true }));
  await (input as Awaited<ReturnType<typeof page.$<"input">>>)?.uploadFile(...readdirSync(OPTIONS).map((name) => join(OPTIONS, name)));
  await page.waitForFunction(() => /chosen files · \d+ files · BANKNIFTY/.test(document.body.innerText), { timeout: 120_000, polling: POLLING });
  await press(page, "Run");
  const hash = await resultIn(page);
  expect(hash).toBe((await runCommandLine(OPTIONS)).result_hash);
  expect(hash).toBe(await inChromium(async (other) => {
    await chooseFolder(other, OPTIONS);
    await other.getByRole("region", { name: "Data", exact: true }).waitFor();
    return runToEnd(other);
  }));
  expect(complaints).toEqual([]);
  await page.close();
}, 240_000);
