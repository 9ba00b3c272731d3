/** What a trader feels: how long the page's thread is taken, and how soon a run stops. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { dropFolder, madeUpFolder, resultOf, runToEnd } from "./folders.ts";
import { leastOf, longestOwnTime, MOST_TASK } from "./own-time.ts";
import { useStage } from "./stage.ts";

const ATTEMPTS = 3;
/** Milliseconds from the request of the page to its first text or picture. */
const FIRST_PAINT = 1_000;

const stage = useStage();
let folder: string;

beforeAll(async () => {
  folder = await madeUpFolder(12, 7);
});

/** The longest task while `act` has the page, prepared by `before`, to itself. */
function longestTask(act: (page: Page) => Promise<unknown>, before: (page: Page) => Promise<unknown> = async () => undefined): Promise<number> {
  return leastOf(ATTEMPTS, async () => {
    const { page, context } = await stage.open();
    await before(page);
    const longest = await longestOwnTime(page, () => act(page));
    await context.close();
    return longest;
  });
}

it("sees a task that is too long", async () => {
  const busy = (page: Page) => page.evaluate((most) => {
    const until = performance.now() + 5 * most;
    while (performance.now() < until) continue;
  }, MOST_TASK);
  expect(await longestTask(busy)).toBeGreaterThan(MOST_TASK);
});

it("opens sample data and runs it without a task of 100 ms on the page's thread", async () => {
  expect(await longestTask(async (page) => {
    await page.getByRole("button", { name: "Try sample data" }).click();
    await resultOf(page);
  })).toBeLessThan(MOST_TASK);
});

it("opens a folder and runs it without a task of 100 ms on the page's thread", async () => {
  expect(await longestTask(async (page) => {
    await dropFolder(page, folder);
    await runToEnd(page);
  })).toBeLessThan(MOST_TASK);
});

it("answers to everything that is pressed, typed and pointed at without a task of 100 ms on the page's thread", async () => {
  const ran = async (page: Page) => {
    await page.getByRole("button", { name: "Try sample data" }).click();
    await resultOf(page);
    // The editor's script is loaded once, and not under the hand.
    await page.getByRole("tab", { name: "YAML" }).click();
    await page.getByRole("textbox", { name: "Strategy text" }).waitFor();
  };
  expect(await longestTask(async (page) => {
    await page.getByRole("textbox", { name: "Strategy text" }).press("Control+End");
    await page.keyboard.type("# typed");
    await page.getByRole("tab", { name: "Builder" }).click();
    for (const part of ["Universe", "Legs", "Entry", "Exit", "Sweep", "Fills"]) await page.getByRole("region", { name: "Builder" }).getByRole("button", { name: part, exact: true }).click();
    await page.getByRole("textbox", { name: "Latency" }).pressSequentially("0");
    await page.getByRole("button", { name: "Add leg" }).click();
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    for (const cut of ["Months", "Splits", "Distribution", "Excursions", "Days", "Calendar"]) await page.getByRole("tab", { name: cut }).click();
    await page.getByRole("group", { name: "P&L by day" }).getByRole("button").first().click();
    await page.getByRole("button", { name: "Show all" }).click();
    await page.getByLabel("Unit of results").selectOption({ label: "Points" });
    await page.getByRole("searchbox", { name: "Filter trades" }).pressSequentially("ce");
    await page.getByRole("table", { name: "Trades", exact: true }).locator("tbody tr").first().click();
    await page.getByRole("table", { name: "Decisions" }).waitFor({ timeout: 60_000 });
    for (let i = 0; i < 10; i++) await page.keyboard.press("]");
    await page.getByRole("tab", { name: "Payoff" }).click();
    await page.getByRole("button", { name: "Back to the overview" }).click();
    for (const view of [/^Runs/, /^Studies/, /^Data/, /^Results/]) await page.getByRole("tab", { name: view }).click();
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Command" }).pressSequentially("theme d");
    await page.keyboard.press("Enter");
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
  }, ran)).toBeLessThan(MOST_TASK);
});

it("is painted within a second of being asked for", async () => {
  let least = Infinity;
  for (let attempt = 0; attempt < ATTEMPTS && least >= FIRST_PAINT; attempt++) {
    const { page, context } = await stage.open();
    const painted = await page.evaluate(() => new Promise<number>((resolve) => new PerformanceObserver((list) => list.getEntriesByName("first-contentful-paint").forEach(({ startTime }) => resolve(startTime))).observe({ type: "paint", buffered: true })));
    least = Math.min(least, painted);
    await context.close();
  }
  expect(least).toBeLessThan(FIRST_PAINT);
});

it("reads a folder ahead without a task of 100 ms on the page's thread", async () => {
  const opened = async (page: Page) => {
    await dropFolder(page, folder);
    await page.getByRole("group", { name: "Reading ahead" }).waitFor();
  };
  expect(await longestTask(async (page) => {
    await page.getByRole("tab", { name: "Data" }).click();
    await page.getByLabel("What was read ahead").waitFor({ timeout: 60_000 });
  }, opened)).toBeLessThan(MOST_TASK);
});

const shownBar = (page: Page) => page.getByRole("progressbar", { name: "Backtest progress" });

/** Starts a run, presses Stop once so many days are done and some milliseconds have passed, and answers after how many more it has stopped. */
async function millisecondsToStop(page: Page, done: number, later = 0): Promise<number> {
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await expect.poll(async () => Number(await shownBar(page).getAttribute("aria-valuenow")), { timeout: 60_000, interval: 20 }).toBeGreaterThanOrEqual(done);
  await page.waitForTimeout(later);
  const asked = Date.now();
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await page.getByText(/^Stopped · /).waitFor();
  return Date.now() - asked;
}

/** The results are those of the days that are done. */
async function keepsWhatIsDone(page: Page): Promise<void> {
  await expect.poll(() => page.getByLabel("Result hash").innerText(), { timeout: 10_000 }).toMatch(/^[0-9a-f]{64}$/);
  expect(Number(await page.getByRole("table", { name: "Trades", exact: true }).getAttribute("aria-rowcount"))).toBeGreaterThan(1);
}

it("stops a run within a second and keeps the days that are done", async () => {
  const { page, context } = await stage.open();
  await dropFolder(page, folder);
  expect(await millisecondsToStop(page, 1)).toBeLessThan(1_000);
  await keepsWhatIsDone(page);
  await context.close();
});

it("stops within a second while a file of 200 MB is decoded", async () => {
  // Small files are done in a moment once a day is: what is left to be stopped is the spot of the last date.
  const own = await madeUpFolder(4, 7);
  const spot = join(own, "spot/banknifty");
  const path = join(spot, readdirSync(spot).sort().at(-1)!);
  await writeLargeSpot(path);
  expect(statSync(path).size).toBeGreaterThan(200 << 20);
  const { page, context } = await stage.open();
  await dropFolder(page, own);
  expect(await millisecondsToStop(page, 1, 1_500)).toBeLessThan(1_000);
  expect(await page.getByText(/^Stopped · /).innerText()).toMatch(/^Stopped · [1-3] of 4 days/);
  await keepsWhatIsDone(page);
  await context.close();
});

/** Three columns of eight bytes that a run reads, not compressed; each row group goes through the whole day. */
async function writeLargeSpot(path: string): Promise<void> {
  const { date } = /date=(?<date>[\d-]+)/.exec(path)!.groups!;
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  await connection.run(`COPY (
    SELECT TIMESTAMP '${date} 09:15:00' + INTERVAL (i % 1000000 * 22500) MICROSECOND AS timestamp, 50000 + random() AS price, timestamp AS ts FROM range(9000000) r(i)
  ) TO '${path}' (FORMAT parquet, COMPRESSION uncompressed, ROW_GROUP_SIZE 1000000)`);
  connection.closeSync();
}
