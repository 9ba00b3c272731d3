/**
 * A trader's day from the first visit to a study that is exported, three times over in one browser: cold, warm, and with the network off.
 * The market is another one every time: DAY_SEED, which is printed, gives the same again. What every run trades the reference engine of
 * the tests trades too.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parquetReadObjects } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { runReference } from "../reference/engine.ts";
import { readSampleFiles } from "../reference/read-sample.ts";
import type { RawFile } from "../reference/read-folder.ts";
import { smallSample } from "../support/layouts.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { writeTables } from "../support/write-table.ts";
import { dropFolder, resultOf, runToEnd } from "./folders.ts";
import { openPage, type WatchedPage } from "./harness.ts";
import { useStage } from "./stage.ts";
import { strategyText, writeStrategy, writeText } from "./strategy-text.ts";

const SEED = Number(process.env.DAY_SEED ?? Math.floor(Math.random() * 2 ** 31));
console.log(`DAY_SEED=${SEED}`);

const DAYS = 3;
const WORKERS = 2;
const STRATEGY = `name: Hourly straddle
universe: { symbol: BANKNIFTY }
time: { window: "09:15-15:25" }
entry: { legs: [{ cp: CE, lots: -1 }, { cp: PE, lots: -1 }], rebalance: { every: 1h } }
exit: { stop_loss: { rupees: 2000 } }
`;
const SWEPT = STRATEGY.replace("Hourly straddle", "Stops of the straddle").replace("rupees: 2000", "rupees: $STOP") + "sweep: { STOP: [500, 1000, 4000] }\n";
const STUDY = 'name: First and last minutes\nuniverse: { symbol: BANKNIFTY }\nseries: [spot, straddle]\nwindows: ["09:15-09:20", "15:00-15:20"]\n';

const stage = useStage();
let folder: string;
let files: readonly RawFile[];

beforeAll(async () => {
  folder = join(tempFolder(), "market-data");
  const sample = smallSample({ seed: SEED, days: DAYS });
  for (const file of sample.files) writeTables(folder, file.path, [...file.tables()]);
  files = await readSampleFiles(folder, sample);
});

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const trades = (page: Page) => page.getByRole("table", { name: "Trades", exact: true });

async function save(page: Page, name: string, within: Pick<Page, "getByRole"> = page): Promise<Buffer> {
  const [download] = await Promise.all([page.waitForEvent("download"), within.getByRole("button", { name, exact: true }).click()]);
  return readFileSync(await download.path());
}

async function parquetRows(bytes: Buffer): Promise<number> {
  return (await parquetReadObjects({ file: new Uint8Array(bytes).buffer, compressors })).length;
}

/** The trades of the run on screen, as they are saved, are those of the reference engine; answers their number. */
async function expectTrue(page: Page, strategy: string): Promise<number> {
  const rows = (await save(page, "Download CSV")).toString("utf8").trimEnd().split("\n").slice(1).map((line) => line.slice(line.indexOf(",") + 1));
  expect(rows).toEqual(runReference(files, strategy).trades.map((row) => row.join(",")));
  expect(rows.length).toBeGreaterThan(0);
  return rows.length;
}

async function openFolder(page: Page): Promise<void> {
  await dropFolder(page, folder);
  await page.getByRole("table", { name: "Symbols" }).waitFor();
}

/** Writes a strategy, changes it in the builder, runs it, and looks at a trade; answers the hash and the text that ran. */
async function firstRun(page: Page): Promise<{ readonly hash: string; readonly text: string }> {
  await writeStrategy(page, STRATEGY);
  await page.getByRole("tab", { name: "Builder" }).click();
  const legs = page.getByRole("region", { name: "Builder" }).getByRole("button", { name: "Legs", exact: true });
  await legs.waitFor();
  if ((await legs.getAttribute("aria-expanded")) === "false") await legs.click();
  await page.getByRole("group", { name: "Leg 2", exact: true }).getByRole("textbox", { name: "Lots" }).fill("2");
  await expect.poll(() => strategyText(page)).toContain("cp: PE, lots: -2");
  const text = await strategyText(page);
  const hash = await runToEnd(page);
  await expectTrue(page, text);
  const run = JSON.parse((await save(page, "Download run.json")).toString("utf8")) as { readonly result_hash: string };
  expect(run.result_hash).toBe(hash);
  return { hash, text };
}

/** The day of the first trade, second by second: it is filled at what the readout shows. */
async function replay(page: Page): Promise<void> {
  const first = trades(page).locator("tbody tr").first();
  const strike = /(\d+ [CP]E)/.exec(await first.innerText())![1];
  const entry = (await first.locator("td").nth(6).innerText()).trim();
  await first.click();
  const day = page.getByRole("region", { name: "Day", exact: true });
  await day.getByRole("table", { name: "Decisions" }).locator("tbody tr").first().waitFor();
  const filled = page.getByRole("table", { name: "Inputs of the chosen trade" });
  await expect.poll(() => filled.innerText()).toContain(entry);
  await page.keyboard.press("]");
  await day.getByRole("table", { name: "The second" }).getByRole("row", { name: strike }).waitFor();
  await button(page, "Back to the overview").click();
}

/** The latest two runs of the history beside each other. */
async function compare(page: Page): Promise<void> {
  await page.getByRole("tab", { name: /^Runs/ }).click();
  const rows = page.getByRole("table", { name: "Runs" }).locator("tbody tr");
  await expect.poll(() => rows.first().innerText()).toContain("Stops of the straddle");
  for (const row of [0, 1]) await rows.nth(row).getByRole("checkbox").check();
  await button(page, "Compare").click();
  await expect.poll(() => page.getByRole("region", { name: "Comparison" }).getByRole("table", { name: "What differs" }).innerText()).toMatch(/legs\[1\]\.lots\s+-1\s+B: -2/);
  await page.getByRole("tab", { name: /^Results/ }).click();
}

/** A colleague with a profile of their own opens the link over the same data, and has the same result. */
async function handOn(page: Page, hash: string): Promise<void> {
  await button(page, "Share").click();
  await expect.poll(() => page.getByLabel("Link").inputValue()).toContain("#s1.");
  const link = await page.getByLabel("Link").inputValue();
  await page.keyboard.press("Escape");
  const colleague = await openPage(stage.browser, link);
  colleague.context.setDefaultTimeout(90_000);
  await colleague.page.getByRole("dialog").getByRole("button", { name: "Open strategy" }).click();
  await openFolder(colleague.page);
  await button(colleague.page, "Run").click();
  expect(await resultOf(colleague.page)).toBe(hash);
  await colleague.page.getByText("Same result as in the link").waitFor();
  expect([...colleague.complaints, ...colleague.foreign]).toEqual([]);
  await colleague.context.close();
}

async function study(page: Page): Promise<void> {
  await page.getByRole("tab", { name: /^Studies/ }).click();
  const panel = page.getByRole("region", { name: "Studies", exact: true });
  await writeText(page, "Study text", STUDY);
  await panel.getByRole("button", { name: "Run study" }).click();
  const results = panel.getByRole("region", { name: "Results of the study" });
  await results.getByRole("heading", { name: "First and last minutes" }).waitFor();
  await panel.getByText(/^Done · /).waitFor();
  const csv = (await save(page, "Download CSV", results)).toString("utf8").trim().split("\n").slice(1);
  expect(csv.length).toBeGreaterThanOrEqual(DAYS);
  expect(await parquetRows(await save(page, "Download Parquet", results))).toBe(csv.length);
  await page.getByRole("tab", { name: /^Results/ }).click();
}

interface Day {
  readonly first: string;
  readonly swept: string;
}

async function aDay({ page }: WatchedPage): Promise<Day> {
  await openFolder(page);
  const { hash: first } = await firstRun(page);
  await replay(page);
  await writeStrategy(page, SWEPT);
  const swept = await runToEnd(page);
  const count = await expectTrue(page, SWEPT);
  expect(await parquetRows(await save(page, "Download Parquet"))).toBe(count);
  await compare(page);
  await handOn(page, swept);
  await study(page);
  return { first, swept };
}

it("leads from the first visit to an exported study: cold, warm, and with the network off", async () => {
  const watched = await stage.open({ offlineCopy: true });
  const { page, context, complaints, foreign } = watched;
  context.setDefaultTimeout(90_000);
  await page.getByRole("button", { name: "Try sample data" }).first().waitFor();
  await page.getByLabel("Workers").fill(String(WORKERS));
  await page.getByLabel("Workers").press("Enter");
  const cold = await aDay(watched);
  await page.reload();
  expect(await aDay(watched)).toEqual(cold);
  await page.getByText("offline ready").waitFor({ timeout: 150_000 });
  await context.setOffline(true);
  await page.reload();
  expect(await aDay(watched)).toEqual(cold);
  expect(complaints).toEqual([]);
  expect(foreign).toEqual([]);
  await context.close();
}, 300_000);
