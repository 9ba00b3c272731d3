/**
 * Faults in the middle of a run that only a browser can have, caused for real: an engine worker stands before the rows of one date while the
 * fault happens. After each no result is wrong, no day that was done is lost, the page says what happened, and the next run gives what an
 * undisturbed one gives.
 */
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { dropFolder, madeUpFolder, resultOf, runToEnd } from "./folders.ts";
import { go, heldRun, HOLD, letPass, timesHeld } from "./hold-file.ts";
import { useStage } from "./stage.ts";

const stage = useStage();
const DAYS = 4;

let folder: string;
let context: BrowserContext;
let page: Page;
/** What a run gives that nothing disturbs, and how many data files it opens. */
let undisturbed: { readonly hash: string; readonly files: number };

beforeAll(async () => {
  folder = await madeUpFolder(DAYS, 17);
  ({ page, context } = await stage.open({ readAhead: false }));
  context.setDefaultTimeout(90_000);
  await opened();
  undisturbed = { hash: await runToEnd(page), files: await filesOfLastRun() };
  await holdEngines(context);
});
afterAll(() => context?.close());

async function holdEngines(context: BrowserContext): Promise<void> {
  await context.route(/assets\/engine-[^/]*\.js$/, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: `${HOLD}${await answer.text()}` });
  });
}

/** Nothing is kept of earlier runs, in the cache or in workers. */
beforeEach(async () => {
  await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    for await (const name of root.keys()) await root.removeEntry(name, { recursive: true });
  });
  await page.reload();
  await opened();
});

async function opened(tab = page): Promise<void> {
  await letPass(tab);
  await dropFolder(tab, folder);
  await tab.getByRole("table", { name: "Symbols" }).waitFor();
}

async function filesOfLastRun(): Promise<number> {
  await page.getByRole("tab", { name: "Data" }).click();
  const [, files] = /opened ([\d,]+) data file/.exec(await page.getByLabel("What the last run read").innerText())!;
  return Number(files.replaceAll(",", ""));
}

/** Workers of a kind vanish, as when the browser takes them away: no event tells of it. */
async function kill(kind: string): Promise<void> {
  let killed = 0;
  for (const worker of page.workers()) {
    const name = await worker.evaluate(() => self.name).catch(() => "");
    if (!name.startsWith(`${kind} worker`)) continue;
    await worker.evaluate(() => self.close());
    killed++;
  }
  expect(killed).toBeGreaterThan(0);
}

const alerts = () => page.getByRole("alert").allInnerTexts().then((texts) => texts.join("\n"));

describe("a worker that the browser takes away without a word", () => {
  it("is replaced where it is an engine, and its day done by the next one", async () => {
    await heldRun(page);
    await kill("engine");
    await go(page);
    expect(await resultOf(page)).toBe(undisturbed.hash);
    expect(await page.getByText(/\d days? not run: /).count()).toBe(0);
  });

  it("fails the run where it held the results, and says so; the next run takes over the days that were done", async () => {
    await heldRun(page);
    await kill("results");
    await go(page);
    await page.getByText("The run failed", { exact: true }).first().waitFor();
    expect(await alerts()).toMatch(/results worker ended without a word[\s\S]*Run again: days that the cache keeps are not computed anew/);
    expect(await runToEnd(page)).toBe(undisturbed.hash);
  });

  it("is replaced where it held the catalogue; the run goes on, and so does the next", async () => {
    await heldRun(page);
    await kill("catalogue");
    await go(page);
    expect(await resultOf(page)).toBe(undisturbed.hash);
    // Whatever asks the catalogue next has it opened again, as often as it is lost.
    expect(await runToEnd(page)).toBe(undisturbed.hash);
    await kill("catalogue");
    expect(await runToEnd(page)).toBe(undisturbed.hash);
    expect(await alerts()).toBe("");
  });
});

it("a worker that hangs is replaced after five minutes, its day tried once more and then reported; the next run does it", async () => {
  const { page: tab, context: own, complaints } = await stage.open({ readAhead: false });
  own.setDefaultTimeout(90_000);
  await holdEngines(own);
  // The page's clock alone is set forward: its workers hang for as long as they are told to.
  await tab.clock.install();
  await tab.getByLabel("Workers").fill("2");
  await tab.getByLabel("Workers").press("Enter");
  await opened(tab);
  await heldRun(tab);
  // The other worker is done with its day: it would seem to hang, too.
  await expect.poll(() => tab.getByRole("progressbar", { name: "Backtest progress" }).getAttribute("aria-valuenow"), { timeout: 60_000 }).toBe(String(DAYS - 1));
  await tab.clock.fastForward("02:00");
  expect(await timesHeld(tab)).toBe(1);
  await tab.clock.fastForward("03:01");
  await expect.poll(() => timesHeld(tab), { timeout: 60_000 }).toBe(2);
  await tab.clock.fastForward("05:01");
  await tab.getByText(/^Done · /).waitFor();
  await tab.getByText("1 day not run: unreadable 1").waitFor();
  await tab.getByText(/2024-08-21 failed twice: The worker gave no sign of life for 300 seconds \(2024-08-21\)\. The other days are not affected/).first().waitFor();
  expect(await tab.getByLabel("Result hash").innerText()).not.toBe(undisturbed.hash);
  await go(tab);
  expect(await runToEnd(tab)).toBe(undisturbed.hash);
  expect(complaints).toEqual([]);
  await own.close();
});

describe("the browser's storage", () => {
  it("is done without when it is cleared, and used again at once", async () => {
    await heldRun(page);
    const session = await context.newCDPSession(page);
    await session.send("Storage.clearDataForOrigin", { origin: new URL(stage.url).origin, storageTypes: "all" });
    await go(page);
    expect(await resultOf(page)).toBe(undisturbed.hash);
    await page.getByRole("tab", { name: "Data" }).click();
    expect(await page.getByText(/not kept for the next run/).count()).toBe(0);
    await page.getByRole("tab", { name: /^Runs/ }).click();
    expect(await alerts()).toBe("");
    await page.reload();
    await opened();
    expect(await runToEnd(page)).toBe(undisturbed.hash);
    expect(await filesOfLastRun()).toBeLessThan(undisturbed.files);
  });

  it("is done without when it is full, with a word, and used again once there is room", async () => {
    await heldRun(page);
    const session = await context.newCDPSession(page);
    const { origin } = new URL(stage.url);
    await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 4096 });
    await go(page);
    expect(await resultOf(page)).toBe(undisturbed.hash);
    await page.getByRole("tab", { name: "Data" }).click();
    await page.getByText(/not kept for the next run/).first().waitFor();
    await session.send("Storage.overrideQuotaForOrigin", { origin });
    const before = await keptDays();
    expect(await runToEnd(page)).toBe(undisturbed.hash);
    expect(await keptDays()).toBeGreaterThan(before);
  });
});

describe("a tab in the middle of a run", () => {
  it.each([
    ["is closed", () => page.close()],
    ["crashes", async () => {
      const crashed = page.waitForEvent("crash");
      const session = await context.newCDPSession(page);
      session.send("Page.crash").catch(() => undefined);
      await crashed;
      await page.close();
    }],
  ])("that %s leaves to the next one the days that were done", async (_, leave) => {
    await heldRun(page);
    await leave();
    page = await context.newPage();
    await page.goto(stage.url);
    expect(await keptDays()).toBeGreaterThan(0);
    await opened();
    expect(await runToEnd(page)).toBe(undisturbed.hash);
    expect(await filesOfLastRun()).toBeLessThan(undisturbed.files);
  });
});

/** Files of finished days in the cache. */
const keptDays = () =>
  page.evaluate(async () => {
    const kept = await (await navigator.storage.getDirectory()).getDirectoryHandle("straddle-slices");
    let found = 0;
    for await (const name of kept.keys()) if (name.includes("~days~")) found++;
    return found;
  });
