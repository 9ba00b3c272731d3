/**
 * Takes the pictures of docs/screenshots in both themes: `node scripts/make-screenshots.mjs`. What needs many days is taken over a
 * folder of 60 made-up days, which is written once and dropped on the page; the rest over the sample data.
 */
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { chromium } from "playwright-core";
import { runnerImport } from "vite";
import { buildPage } from "./lib/build-page.mjs";
import { CHROMIUM_FLAGS, findChromium, NO_CHROMIUM } from "./lib/chromium.mjs";
import { root } from "./lib/root.mjs";
import { serve } from "./lib/serve.mjs";

const OUT = path.join(root, "docs", "screenshots");
const FOLDER = path.join(root, "build", "sixty-days");
const SIZE = { width: 1440, height: 900 };
/** Of the pictures, out of 100: letters stay sharp at a third of what is kept without loss. */
const QUALITY = 85;

const SWEPT = `name: Short straddle, stop and latency swept
params: { STOP: 30, LATENCY: 1 }
universe: { symbol: BANKNIFTY }
time: { window: "09:15-15:25" }
entry: { legs: [{ cp: CE, lots: -1, strike: { atm: 0 } }, { cp: PE, lots: -1, strike: { atm: 0 } }] }
exit: { stop_loss: { pct: $STOP } }
fill: { latency: $LATENCY }
sweep: { STOP: [15, 20, 25, 30, 35, 40], LATENCY: [0, 1, 2, 3] }
`;

const STUDIED = `name: Opening and close, by weekday
universe: { symbol: BANKNIFTY }
series: [spot, straddle]
windows: ["09:15-09:20", "09:15-10:00", "15:00-15:20"]
by: weekday
outliers: { mad: 0.8, iqr: 0.2 }
`;

const button = (page, name) => page.getByRole("button", { name, exact: true });
const tab = (page, name) => page.getByRole("tab", { name }).first().click();
const done = (page) => page.getByText(/^Done · /).waitFor();
const load = async (...name) => (await runnerImport(path.join(root, ...name), { logLevel: "error" })).module;
const { writeSample } = await load("src", "cli", "sample.ts");
const { dropFolder } = await load("tests", "e2e", "drop-folder.ts");

async function sixtyDays() {
  if (existsSync(FOLDER)) return;
  const out = `${FOLDER}.unfinished`;
  await writeSample({ out, days: 60, seed: 11, strikesEachSide: 3, cadence: { near: 5, far: 200, nearSteps: 2, laterExpiries: 30 } });
  renameSync(out, FOLDER);
}

/** Each takes its pictures in order on one page. */
const SIXTY_DAYS = async (page, take) => {
  await dropFolder(page, FOLDER);
  await button(page, "Run").click();
  await done(page);
  await take("results");
  for (const name of ["Months", "Splits", "Distribution", "Excursions", "Days"]) {
    await tab(page, name);
    await take(name.toLowerCase());
  }
  await page.getByRole("tab", { name: "YAML" }).click();
  await page.getByRole("textbox", { name: "Strategy text" }).fill(SWEPT);
  await button(page, "Run").click();
  await done(page);
  await tab(page, "Variants");
  await page.getByText(/^Best of 24 tried/).waitFor();
  await take("variants");
  await page.getByRole("tab", { name: /^Runs/ }).click();
  for (const box of await page.getByRole("table", { name: "Runs" }).getByRole("checkbox").all()) await box.check();
  await button(page, "Compare").click();
  await page.getByText(/the same to the paisa/).waitFor();
  await take("runs");
  await button(page, "Library").click();
  await page.getByRole("dialog", { name: "Library" }).waitFor();
  await take("library");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Command" }).waitFor();
  await take("palette");
};

/** Both faces of a strategy with a rule, its entry and its sweep open. */
async function faces(page, take) {
  await page.getByRole("banner").getByRole("combobox").first().selectOption("volume-ema-momentum");
  const builder = page.getByRole("region", { name: "Builder" });
  for (const part of ["Entry", "Sweep"]) await builder.getByRole("button", { name: part, exact: true }).click();
  await page.getByLabel("When in words").waitFor();
  await take("builder");
  await page.getByRole("tab", { name: "YAML" }).click();
  await page.getByRole("textbox", { name: "Strategy text" }).waitFor();
  await take("yaml");
}

const SAMPLE = async (page, take) => {
  await take("first-visit");
  await button(page, "Try sample data").click();
  await done(page);
  await page.getByRole("table", { name: "Trades", exact: true }).locator("tbody tr").first().click();
  await page.getByRole("table", { name: "Decisions" }).waitFor();
  await take("day");
  await button(page, "Share").click();
  await page.getByLabel("Link").waitFor();
  await take("share");
  await page.keyboard.press("Escape");
  await page.getByRole("tab", { name: /^Data/ }).click();
  await page.getByRole("table", { name: "Symbols" }).waitFor();
  await take("data");
  await tab(page, "Studies");
  await page.getByRole("textbox", { name: "Study text" }).fill(STUDIED);
  await button(page, "Run study").click();
  await page.getByRole("table", { name: "Statistics" }).waitFor();
  await button(page, "straddle 09:15-10:00").click();
  await take("studies");
  await tab(page, "SQL");
  await button(page, "Index in bars of 15 minutes").click();
  await button(page, "Run query").click();
  await page.getByRole("table", { name: "Rows of the answer" }).waitFor();
  await tab(page, "Chart");
  await take("sql");
  await tab(page, "Results");
  await button(page, "Verify").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Days", { exact: true }).fill("3");
  await dialog.getByRole("button", { name: "Verify", exact: true }).click();
  await dialog.getByText(/^Verified: 3 of 3 days equal/).waitFor();
  await take("verify");
  await page.keyboard.press("Escape");
  await button(page, "Back to the overview").click();
  await faces(page, take);
};

const executablePath = findChromium();
if (executablePath === undefined) throw new Error(NO_CHROMIUM);
mkdirSync(OUT, { recursive: true });
await sixtyDays();
const browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
const server = await serve({ port: 0, folder: await buildPage() });
for (const way of [SIXTY_DAYS, SAMPLE]) {
  for (const theme of ["light", "dark"]) {
    const context = await browser.newContext({ viewport: SIZE, colorScheme: theme, serviceWorkers: "block" });
    // A busy machine may take its time.
    context.setDefaultTimeout(300_000);
    const page = await context.newPage();
    const camera = await context.newCDPSession(page);
    await page.goto(server.address);
    await way(page, async (name) => {
      // Over nothing that would be drawn otherwise under the pointer; what is drawn in a frame of its own has settled by then.
      await page.mouse.move(0, 0);
      await page.waitForTimeout(600);
      const { data } = await camera.send("Page.captureScreenshot", { format: "webp", quality: QUALITY });
      writeFileSync(path.join(OUT, `${name}-${theme}.webp`), Buffer.from(data, "base64"));
      console.log(`${name}-${theme}.webp`);
    });
    await context.close();
  }
}
await browser.close();
server.close();
