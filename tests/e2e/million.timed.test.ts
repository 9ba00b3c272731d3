/** A run of a million trades: how fast it scrolls and filters, as Chromium's own trace tells, and what is left of it once it is closed. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { builtFixture, launchChromium, openPage, serve, type StaticServer, type WatchedPage } from "./harness.ts";
import { residentMegabytes } from "./memory.ts";
import { longestOwnTime, MOST_TASK } from "./own-time.ts";

/** Milliseconds. */
const MOST_FRAME = 50;
const SECONDS = 5;

let browser: Browser;
let server: StaticServer;
let opened: WatchedPage;
/** What the page held before the large run, megabytes. */
let before: number;

const table = () => opened.page.getByRole("table", { name: "Trades", exact: true });
const scroller = () => opened.page.getByRole("group", { name: "Trades, scrollable", exact: true });
const filter = () => opened.page.getByRole("searchbox", { name: "Filter trades" });
const done = () => opened.page.getByText(/^Done · /).waitFor({ timeout: 150_000 });
const rows = async () => Number(await table().getAttribute("aria-rowcount")) - 1;

async function close(): Promise<void> {
  await opened.page.getByRole("button", { name: "Close run" }).click();
  await opened.page.getByText("Nothing has run yet").waitFor();
  await vi.waitFor(async () => expect(await rows()).toBe(0), { timeout: 15_000 });
}

beforeAll(async () => {
  server = await serve(await builtFixture());
  browser = await launchChromium();
  opened = await openPage(browser, `${server.url}?days=1050&legs=2&delay=0`);
  const { page } = opened;
  // A small run first: what the page needs once for any is no memory of the large one.
  await page.getByRole("button", { name: "Try sample data" }).click();
  await done();
  await close();
  before = await residentMegabytes(page);
  await page.evaluate(() => history.replaceState(null, "", location.search.replace("legs=2", "legs=1000")));
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await done();
  await vi.waitFor(async () => expect(await rows()).toBeGreaterThan(980_000), { timeout: 30_000 });
  // The made-up run merges and hashes on this page's thread; what follows is the page alone.
  await page.getByRole("button", { name: /^Mon 2024-01-01: .*n = \d+$/ }).waitFor({ timeout: 30_000 });
  await page.waitForTimeout(500);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

it("scrolls without a long task, a row per trade, or a row that cannot be reached, and finds", async () => {
  const { page } = opened;
  const trades = await rows();
  const scrolling = await longestOwnTime(page, async () => {
    for (const share of [0.1, 0.5, 0.9, 1]) {
      await scroller().evaluate((element, part) => element.scrollTo(0, element.scrollHeight * part), share);
      await page.waitForTimeout(60);
      expect(await table().locator("tbody tr").count()).toBeLessThan(20);
    }
    expect(await table().locator("tbody tr").last().getAttribute("aria-rowindex")).toBe(String(trades + 1));
    await scroller().focus();
    await page.keyboard.press("Home");
    await expect.poll(() => table().locator("tbody tr[aria-current]").getAttribute("aria-rowindex")).toBe("2");
    await page.keyboard.press("End");
    await expect.poll(() => table().locator("tbody tr[aria-current]").getAttribute("aria-rowindex")).toBe(String(trades + 1));
  });
  expect(scrolling).toBeLessThan(MOST_TASK);

  const filtering = await longestOwnTime(page, async () => {
    await filter().fill("50500 ce");
    await expect.poll(rows, { timeout: 30_000 }).toBeLessThan(trades);
    expect(await table().locator("tbody tr").first().innerText()).toContain("50500 CE");
  });
  expect(filtering).toBeLessThan(MOST_TASK);
  await filter().fill("");
  await expect.poll(rows).toBe(trades);
});

interface TraceEvent {
  readonly name: string;
  readonly tid: number;
  /** Microseconds. */
  readonly ts: number;
}

/** The 99th percentile of the time from one frame of the page to the next while something is done, milliseconds. */
async function frameTime(act: () => Promise<void>): Promise<number> {
  const { page } = opened;
  // A page that changes nothing asks for no frames: this asks for one after another.
  await page.evaluate(() => {
    const next = () => document.documentElement.dataset.traced !== undefined && requestAnimationFrame(next);
    document.documentElement.dataset.traced = "";
    requestAnimationFrame(next);
  });
  await browser.startTracing(page, { categories: ["devtools.timeline"] });
  await act();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString("utf8")) as { readonly traceEvents: readonly TraceEvent[] };
  await page.evaluate(() => delete document.documentElement.dataset.traced);
  const frames = traceEvents.filter(({ name }) => name === "FireAnimationFrame").map(({ ts }) => ts).sort((a, b) => a - b);
  const times = frames.slice(1).map((at, i) => (at - frames[i]) / 1000).sort((a, b) => a - b);
  expect(times.length).toBeGreaterThan((SECONDS * 1000) / MOST_FRAME);
  return times[Math.ceil(times.length * 0.99) - 1];
}

/** Turns the wheel over the trades in both directions, and types a filter and takes it away in the midst of it. */
async function scrollAndFilter(): Promise<void> {
  const { page } = opened;
  await scroller().hover();
  const from = Date.now();
  const typed = ["5", "50", "505", "5050", "50500", "50500 c", "50500 ce", ""];
  for (let turn = 0; Date.now() - from < SECONDS * 1000; turn++) {
    await page.mouse.wheel(0, turn % 60 < 40 ? 1_900 : -3_300);
    if (turn % 12 === 0 && typed.length > 0) await filter().fill(typed.shift() ?? "");
    await page.waitForTimeout(10);
  }
}

it("scrolls and filters at a p99 of 50 ms a frame over five seconds", async () => {
  expect(await frameTime(scrollAndFilter)).toBeLessThanOrEqual(MOST_FRAME);
});

it("gives its memory back when it is closed", async () => {
  const { page, complaints } = opened;
  expect(await residentMegabytes(page)).toBeGreaterThan(before * 1.5);
  await close();
  expect(await residentMegabytes(page)).toBeLessThanOrEqual(before * 1.1);
  expect(complaints).toEqual([]);
});
