/**
 * Workers of the page that hang for real, in a loop as soon as they are called something: each is ended after five minutes, the page says so,
 * and what is asked next has a new one. The page's clock alone is set forward.
 */
import type { Page } from "playwright-core";
import { afterEach, beforeAll, expect, it } from "vitest";
import { dropFolder, madeUpFolder, resultOf, runToEnd, startRun } from "./folders.ts";
import type { WatchedPage } from "./harness.ts";
import { useStage } from "./stage.ts";
import { strategyText, writeStrategy } from "./strategy-text.ts";

const stage = useStage();
const LONG = "05:01";
/** Of the catalogue's worker, which itself waits five minutes for others. */
const LONGER = "06:01";

let folder: string;
let opened: WatchedPage;
beforeAll(async () => {
  folder = await madeUpFolder(2, 23);
});
afterEach(() => opened?.context.close());

interface Looping {
  readonly page: Page;
  /** How often a worker has gone into the loop. */
  times(): Promise<number>;
  /** Workers that are started from now on do as they should. */
  stopLooping(): void;
}

/** The page with a folder open, in which workers of one kind go into a loop when they are called something. */
async function withLoop(worker: string, call: string): Promise<Looping> {
  const looping = await beforeLoop(worker, call);
  await dropFolder(looping.page, folder);
  await looping.page.getByRole("table", { name: "Symbols" }).waitFor();
  return looping;
}

/** The same before the folder is opened. */
async function beforeLoop(worker: string, call: string): Promise<Looping> {
  opened = await stage.open({ readAhead: false });
  const { page, context } = opened;
  context.setDefaultTimeout(90_000);
  let loops = true;
  await context.route(new RegExp(`assets/${worker}-[^/]*\\.js$`), async (route) => {
    const answer = await route.fetch();
    const loop = `const told = new BroadcastChannel("loops"); addEventListener("message", ({ data }) => { if (data?.path?.[0] === ${JSON.stringify(call)}) { told.postMessage(0); for (;;); } });`;
    await route.fulfill({ response: answer, body: loops ? `{${loop}}${await answer.text()}` : await answer.text() });
  });
  await page.evaluate(() => {
    const counted = { times: 0 };
    new BroadcastChannel("loops").onmessage = () => counted.times++;
    Object.assign(globalThis, { counted });
  });
  await page.clock.install();
  return {
    page,
    times: () => page.evaluate(() => (globalThis as unknown as { counted: { times: number } }).counted.times),
    stopLooping: () => void (loops = false),
  };
}

const reached = (looping: Looping, times: number) => expect.poll(looping.times, { timeout: 60_000 }).toBe(times);
const alerts = (page: Page) => page.getByRole("alert").allInnerTexts().then((texts) => texts.join("\n"));

it("a preview is tried twice and says that reading the file does not end; chosen again, it is shown", async () => {
  const looping = await withLoop("sql", "preview");
  const { page } = looping;
  const rows = page.getByRole("table", { name: "Files", exact: true }).getByRole("row");
  const path = (await rows.nth(3).innerText()).split(/\s/)[0];
  await rows.nth(3).click();
  await reached(looping, 1);
  await page.clock.fastForward(LONG);
  await reached(looping, 2);
  await page.clock.fastForward(LONG);
  await page.getByText("The file cannot be shown").waitFor();
  expect(await alerts(page)).toMatch(/Reading it does not end, tried twice: The worker gave no sign of life for 300 seconds \(previewing \S+\)\. See whether the disk or the network that it lies on answers, then choose the file again\./);
  expect(await alerts(page)).toContain(path);
  looping.stopLooping();
  await rows.nth(4).click();
  await page.getByRole("table", { name: "First rows" }).waitFor();
  await rows.nth(3).click();
  await page.getByRole("article", { name: "Preview" }).getByRole("heading", { name: path }).waitFor();
  await page.getByRole("table", { name: "First rows" }).waitFor();
  expect(await alerts(page)).toBe("");
  expect(opened.complaints).toEqual([]);
});

it("a Parquet export says that it does not end, and the next one is saved", async () => {
  const looping = await withLoop("sql", "parquet");
  const { page } = looping;
  const hash = await runToEnd(page);
  await page.getByRole("button", { name: "Download Parquet" }).click();
  await reached(looping, 1);
  await page.clock.fastForward(LONG);
  await expect.poll(() => alerts(page)).toMatch(/The worker gave no sign of life for 300 seconds \(writing Parquet\)/);
  looping.stopLooping();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download Parquet" }).click()]);
  expect(download.suggestedFilename()).toBe("trades.parquet");
  expect(await page.getByLabel("Result hash").innerText()).toBe(hash);
  expect(opened.complaints).toEqual([]);
});

it.each(["begin", "add", "hash"])("a run whose results worker hangs fails and says so, and the next one is whole (%s)", async (call) => {
  const looping = await withLoop("results", call);
  const { page } = looping;
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await reached(looping, 1);
  await page.clock.fastForward(LONG);
  await page.getByText("The run failed", { exact: true }).first().waitFor();
  expect(await alerts(page)).toMatch(/The worker gave no sign of life for 300 seconds \(putting the results of the run together\)/);
  expect(await looping.times()).toBe(1);
  looping.stopLooping();
  const hash = await runToEnd(page);
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  await startRun(page);
  expect(await resultOf(page)).toBe(hash);
  expect(opened.complaints).toEqual([]);
});

it("a folder whose catalogue hangs while it is opened, twice, says so; opened again, it is there", async () => {
  const looping = await beforeLoop("catalogue", "open");
  const { page } = looping;
  await dropFolder(page, folder);
  await reached(looping, 1);
  await page.clock.fastForward(LONGER);
  await reached(looping, 2);
  await page.clock.fastForward(LONGER);
  await expect.poll(() => page.locator("body").innerText()).toMatch(/Looking through the folder does not end, tried twice: The worker gave no sign of life for 360 seconds \(getting ready\)\. See whether the disk or the network that it lies on answers, then open the folder again\./);
  looping.stopLooping();
  await dropFolder(page, folder);
  await page.getByRole("table", { name: "Symbols" }).waitFor();
  expect(opened.complaints).toEqual([]);
});

it("a catalogue that hangs over a plan is replaced, and the run is what it would have been", async () => {
  const looping = await beforeLoop("catalogue", "plan");
  const { page } = looping;
  await dropFolder(page, folder);
  await reached(looping, 1);
  looping.stopLooping();
  await page.clock.fastForward(LONGER);
  const hash = await runToEnd(page);
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(await looping.times()).toBe(1);
  await startRun(page);
  expect(await resultOf(page)).toBe(hash);
  expect(opened.complaints).toEqual([]);
});

it("comparing runs is tried twice and says that it does not end; asked again, it is compared", async () => {
  const looping = await withLoop("results", "compareTrades");
  const { page } = looping;
  await runToEnd(page);
  const text = await strategyText(page);
  expect(text).toContain("latency: 1");
  await writeStrategy(page, text.replace("latency: 1", "latency: 2"));
  await runToEnd(page);
  await page.getByRole("tab", { name: /^Runs/ }).click();
  const ticks = page.getByRole("table", { name: "Runs" }).getByRole("checkbox");
  await expect.poll(() => ticks.count()).toBe(2);
  for (const at of [0, 1]) await ticks.nth(at).check();
  await page.getByRole("button", { name: "Compare", exact: true }).click();
  await reached(looping, 1);
  await page.clock.fastForward(LONG);
  await reached(looping, 2);
  await page.clock.fastForward(LONG);
  const comparison = page.getByRole("region", { name: "Comparison" });
  await comparison.getByText(/The worker gave no sign of life for 300 seconds \(comparing trades\)/).waitFor();
  looping.stopLooping();
  await comparison.getByRole("button", { name: "Compare again" }).click();
  await comparison.getByText(/trades are the same to the paisa/).waitFor();
  expect(opened.complaints).toEqual([]);
});
