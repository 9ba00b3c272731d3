/**
 * Faults in the middle of a run that only a browser can have, caused for real: an engine worker stands before the rows of one date while the
 * fault happens. After each no result is wrong, no day that was done is lost, the page says what happened, and the next run gives what an
 * undisturbed one gives.
 */
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { dropFolder, madeUpFolder, resultOf, runToEnd } from "./folders.ts";
import type { WatchedPage } from "./harness.ts";
import { useStage } from "./stage.ts";

const stage = useStage();
/** Of four dates, the second and the third, which is the last of the first expiry. */
const SECOND = "date=2024-08-20.parquet";
const THIRD = "date=2024-08-21.parquet";
const DAYS = 4;

let folder: string;
let watched: WatchedPage;
let context: BrowserContext;
let page: Page;
/** What a run gives that nothing disturbs, and how many data files it opens. */
let undisturbed: { readonly hash: string; readonly files: number };

/** Stands in front of the engine worker's code: these files are opened when the page has said so. */
const HOLD = `
  const faults = new BroadcastChannel("faults");
  const { getFile } = FileSystemFileHandle.prototype;
  FileSystemFileHandle.prototype.getFile = async function () {
    if (${JSON.stringify([SECOND, THIRD])}.includes(this.name)) {
      const go = new Promise((resolve) => faults.addEventListener("message", ({ data }) => data.go === this.name && resolve()));
      faults.postMessage({ held: this.name });
      await go;
    }
    return getFile.call(this);
  };
`;

beforeAll(async () => {
  folder = await madeUpFolder(DAYS, 17);
  watched = await stage.open({ readAhead: false });
  ({ page, context } = watched);
  await opened();
  undisturbed = { hash: await runToEnd(page), files: await filesOfLastRun() };
  await context.route(/assets\/engine-[^/]*\.js$/, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: `${HOLD}${await answer.text()}` });
  });
});
afterAll(() => context?.close());

/** Nothing is kept of earlier runs, in the cache or in workers. */
beforeEach(async () => {
  await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    for await (const name of root.keys()) await root.removeEntry(name, { recursive: true });
  });
  await page.reload();
  await opened();
});

/** Opens the folder. Whoever comes to a file passes, unless a run is to be held there. */
async function opened(): Promise<void> {
  await page.evaluate(
    ({ second, third }) => {
      const faults = new BroadcastChannel("faults");
      const pass = (name: string) => faults.postMessage({ go: name });
      let holding = false;
      faults.onmessage = ({ data: { held } }) => {
        // Days that are done lie in the worker's memory for a second at most: the second one is done later than that.
        if (held === second && holding) setTimeout(pass, 1_100, second);
        else if (held === third && holding) isHeld();
        else if (held !== undefined) pass(held);
      };
      let isHeld: () => void;
      Object.assign(globalThis, {
        hold() {
          holding = true;
          return new Promise<void>((resolve) => (isHeld = resolve));
        },
        go() {
          holding = false;
          pass(third);
        },
      });
    },
    { second: SECOND, third: THIRD },
  );
  await dropFolder(page, folder);
  await page.getByRole("table", { name: "Symbols" }).waitFor();
}

async function filesOfLastRun(): Promise<number> {
  await page.getByRole("tab", { name: "Data" }).click();
  const [, files] = /opened ([\d,]+) data file/.exec(await page.getByLabel("What the last run read").innerText())!;
  return Number(files.replaceAll(",", ""));
}

/** Starts a run and waits until a worker stands before the third date; whoever comes there after `go` passes. */
async function heldRun(): Promise<void> {
  const held = page.evaluate(() => (globalThis as unknown as { hold(): Promise<void> }).hold());
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await held;
}

const go = () => page.evaluate(() => (globalThis as unknown as { go(): void }).go());

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
    await heldRun();
    await kill("engine");
    await go();
    expect(await resultOf(page)).toBe(undisturbed.hash);
    expect(await page.getByText(/\d days? not run: /).count()).toBe(0);
  });

  it("fails the run where it held the results, and says so; the next run takes over the days that were done", async () => {
    await heldRun();
    await kill("results");
    await go();
    await page.getByText("The run failed", { exact: true }).first().waitFor();
    expect(await alerts()).toMatch(/results worker ended without a word[\s\S]*Run again: days that the cache keeps are not computed anew/);
    expect(await runToEnd(page)).toBe(undisturbed.hash);
  });

  it("asks for the folder where it held the catalogue; the run goes on, and so does the next", async () => {
    await heldRun();
    await kill("catalogue");
    await go();
    expect(await resultOf(page)).toBe(undisturbed.hash);
    await expect.poll(alerts).toMatch(/catalogue worker ended without a word/);
    await page.getByRole("alert").getByRole("button", { name: "Reconnect folder" }).click();
    await expect.poll(alerts).toBe("");
    expect(await runToEnd(page)).toBe(undisturbed.hash);
  });
});

describe("the browser's storage", () => {
  it("is done without when it is cleared, and used again at once", async () => {
    await heldRun();
    const session = await context.newCDPSession(page);
    await session.send("Storage.clearDataForOrigin", { origin: new URL(stage.url).origin, storageTypes: "all" });
    await go();
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
    await heldRun();
    const session = await context.newCDPSession(page);
    const { origin } = new URL(stage.url);
    await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 4096 });
    await go();
    expect(await resultOf(page)).toBe(undisturbed.hash);
    await page.getByRole("tab", { name: "Data" }).click();
    await page.getByText(/not kept for the next run/).first().waitFor();
    await session.send("Storage.overrideQuotaForOrigin", { origin });
    await page.reload();
    await opened();
    expect(await runToEnd(page)).toBe(undisturbed.hash);
    await page.reload();
    await opened();
    await runToEnd(page);
    expect(await filesOfLastRun()).toBe(0);
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
    await heldRun();
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
