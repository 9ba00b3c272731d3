/** The warm and the hot tier in the browser: the same result whatever they hold, and no reading where none is needed. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { runCommandLine } from "./command-line.ts";
import { dropFolder, madeUpFolder, runToEnd } from "./folders.ts";
import { chromiumOptions, type WatchedPage } from "./harness.ts";
import { useStage } from "./stage.ts";
import { strategyText, writeStrategy } from "./strategy-text.ts";

const stage = useStage();
let folder: string;
let wanted: string;

beforeAll(async () => {
  folder = await madeUpFolder(4, 23);
  wanted = (await runCommandLine(folder)).result_hash;
});

/** Another strategy over the same contracts: nothing of it is finished, everything that it reads is there. */
async function changed(page: Page, brokerage: number): Promise<void> {
  const text = await strategyText(page);
  await writeStrategy(page, text.replace(/costs:[\s\S]*?(?=\n\S|$)/, `costs: { per_lot: 0, per_order: ${brokerage}, taxes_bps: 0 }`));
}

async function opened(page: Page): Promise<void> {
  await dropFolder(page, folder);
  await page.getByRole("table", { name: "Symbols" }).waitFor();
}

/** The page in a window of its own, with the folder open. */
async function visited(): Promise<WatchedPage> {
  const watched = await stage.open({ readAhead: false });
  await opened(watched.page);
  return watched;
}

/** What the Data tab says of the last run: data files opened, requests to the cache. */
async function lastRead(page: Page): Promise<{ files: number; cacheReads: number }> {
  await page.getByRole("tab", { name: "Data" }).click();
  const text = await page.getByLabel("What the last run read").innerText();
  const [, files] = /opened ([\d,]+) data file/.exec(text)!;
  const [, cacheReads] = /in ([\d,]+) request/.exec(text)!;
  return { files: Number(files.replaceAll(",", "")), cacheReads: Number(cacheReads.replaceAll(",", "")) };
}

const segments = (page: Page) =>
  page.evaluate(async () => {
    const directory = await (await navigator.storage.getDirectory()).getDirectoryHandle("straddle-slices", { create: true });
    const names: string[] = [];
    for await (const name of directory.keys()) if (name.endsWith(".segment")) names.push(name);
    return names;
  });

describe("what is kept between runs", () => {
  it("gives the same result cold, warm and hot; warm opens no data file, hot reads nothing at all", async () => {
    const { page, context, complaints } = await visited();
    expect(await runToEnd(page)).toBe(wanted);
    expect((await lastRead(page)).files).toBeGreaterThan(0);
    expect(await runToEnd(page)).toBe(wanted);
    expect(await lastRead(page)).toEqual({ files: 0, cacheReads: 0 });
    await changed(page, 11);
    const other = await runToEnd(page);
    expect(other).not.toBe(wanted);
    expect(await lastRead(page)).toEqual({ files: 0, cacheReads: 0 });

    await page.reload();
    await opened(page);
    expect(await runToEnd(page)).toBe(other);
    expect((await lastRead(page)).files).toBe(0);
    await changed(page, 12);
    await runToEnd(page);
    const warm = await lastRead(page);
    expect(warm.files).toBe(0);
    expect(warm.cacheReads).toBeGreaterThan(0);
    await page.getByRole("button", { name: "Undo all changes" }).click();

    expect(await page.getByRole("table", { name: "Cache", exact: true }).getByRole("row").count()).toBeGreaterThan(1);
    await page.getByRole("button", { name: "Clear" }).click();
    await page.getByText("Nothing is kept yet").waitFor();
    expect(await segments(page)).toEqual([]);
    await page.reload();
    await opened(page);
    expect(await runToEnd(page)).toBe(wanted);
    expect((await lastRead(page)).files).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
    await context.close();
  }, 120_000);

  it("is right where its files were damaged or cut off", async () => {
    const { page, context, complaints } = await visited();
    expect(await runToEnd(page)).toBe(wanted);
    for (const damage of ["flip", "cut"] as const) {
      await page.evaluate(async (how) => {
        const directory = await (await navigator.storage.getDirectory()).getDirectoryHandle("straddle-slices");
        for await (const [name, handle] of directory.entries()) {
          if (!name.endsWith(".segment")) continue;
          const file = await (handle as FileSystemFileHandle).getFile();
          const stream = await (handle as FileSystemFileHandle).createWritable({ keepExistingData: true });
          if (how === "flip") await stream.write({ type: "write", position: file.size >> 2, data: new Uint8Array([0xff, 0xff, 0xff]) });
          else await stream.truncate(file.size >> 1);
          await stream.close();
        }
      }, damage);
      await page.reload();
      await opened(page);
      expect(await runToEnd(page)).toBe(wanted);
      expect((await lastRead(page)).files).toBeGreaterThan(0);
    }
    expect(complaints).toEqual([]);
    await context.close();
  }, 120_000);

  it("serves two tabs at once", async () => {
    const { page, context, complaints } = await stage.open({ readAhead: false });
    const other = await context.newPage();
    await other.goto(stage.url);
    await Promise.all([opened(page), opened(other)]);
    expect(await Promise.all([runToEnd(page), runToEnd(other)])).toEqual([wanted, wanted]);
    await other.reload();
    await opened(other);
    expect(await runToEnd(other)).toBe(wanted);
    expect((await lastRead(other)).files).toBe(0);
    expect(complaints).toEqual([]);
    await context.close();
  }, 120_000);

  it("redraws while the strategy changes, and the last value wins", async () => {
    const { page, context, complaints } = await visited();
    await changed(page, 20);
    const last = await runToEnd(page);
    await page.getByRole("button", { name: "Undo all changes" }).click();
    expect(await runToEnd(page)).toBe(wanted);
    const live = page.getByRole("button", { name: "Live" });
    await live.click();
    expect(await live.getAttribute("aria-pressed")).toBe("true");
    for (const brokerage of [12, 13, 14, 15, 20]) await changed(page, brokerage);
    await page.getByLabel("Result hash").getByText(last).waitFor({ timeout: 60_000 });
    // Nothing comes after it.
    await page.waitForTimeout(500);
    expect(await page.getByLabel("Result hash").innerText()).toBe(last);
    expect(await lastRead(page)).toEqual({ files: 0, cacheReads: 0 });
    await live.click();
    await changed(page, 12);
    await page.waitForTimeout(500);
    expect(await page.getByLabel("Result hash").innerText()).toBe(last);
    expect(complaints).toEqual([]);
    await context.close();
  }, 120_000);

  it("is done without when the disk is full, with a word", async () => {
    const { page, context } = await stage.open({ readAhead: false });
    await opened(page);
    const session = await context.newCDPSession(page);
    await session.send("Storage.overrideQuotaForOrigin", { origin: new URL(stage.url).origin, quotaSize: 4096 });
    expect(await runToEnd(page)).toBe(wanted);
    await lastRead(page);
    await page.getByText(/not kept for the next run/).waitFor();
    await context.close();
  }, 120_000);
});

describe("reading ahead", () => {
  const isThere = async (page: Page) => {
    await page.getByRole("tab", { name: "Data" }).click();
    await page.getByLabel("What was read ahead").waitFor({ timeout: 60_000 });
  };

  it("begins by itself, shows how far it is, and leaves nothing of the folder to the run", async () => {
    const { page, context, complaints } = await stage.open();
    await opened(page);
    await page.getByRole("group", { name: "Reading ahead" }).waitFor();
    await isThere(page);
    expect(await page.getByRole("group", { name: "Reading ahead" }).count()).toBe(0);
    expect(await segments(page)).not.toEqual([]);
    expect((await segments(page)).filter((name) => name.includes("days"))).toEqual([]);
    expect(await runToEnd(page)).toBe(wanted);
    expect((await lastRead(page)).files).toBe(0);
    // Another strategy is another thing to read.
    await page.getByRole("combobox", { name: "Strategy" }).selectOption({ label: "Iron condor" });
    await isThere(page);
    await runToEnd(page);
    expect((await lastRead(page)).files).toBe(0);
    expect(complaints).toEqual([]);
    await context.close();
  }, 120_000);

  it("makes way for a run, and can be left or turned off", async () => {
    const { page, context, complaints } = await stage.open();
    await opened(page);
    const note = page.getByRole("group", { name: "Reading ahead" });
    await note.waitFor();
    expect(await runToEnd(page)).toBe(wanted);
    expect(await note.count()).toBe(0);
    await page.getByRole("tab", { name: "Data" }).click();
    await page.getByRole("button", { name: "Clear" }).click();
    await page.getByText("Nothing is kept yet").waitFor();
    await page.reload();
    await opened(page);
    // It may be over before the button has come to rest.
    await note.getByRole("button", { name: "Leave it" }).dispatchEvent("click");
    await page.waitForTimeout(1_500);
    expect(await note.count()).toBe(0);
    expect(await page.getByLabel("What was read ahead").count()).toBe(0);
    await page.getByLabel("Read ahead").uncheck();
    await page.reload();
    await opened(page);
    await page.waitForTimeout(2_000);
    expect(await note.count()).toBe(0);
    expect(complaints).toEqual([]);
    await context.close();
  }, 120_000);
});

describe("a browser that is killed while it writes", () => {
  it("loses nothing but work", async () => {
    const profile = mkdtempSync(join(tmpdir(), "straddle-profile-"));
    const start = () => chromium.launchPersistentContext(profile, chromiumOptions());
    try {
      for (const after of [0, 40]) {
        const context = await start();
        const page = await context.newPage();
        await page.goto(stage.url);
        await opened(page);
        await page.getByRole("button", { name: "Run", exact: true }).click();
        await page.getByRole("progressbar", { name: "Backtest progress" }).and(page.locator(':not([aria-valuenow="0"])')).waitFor();
        await new Promise((resolve) => setTimeout(resolve, after));
        const session = await context.browser()!.newBrowserCDPSession();
        const { processInfo } = (await session.send("SystemInfo.getProcessInfo")) as { processInfo: { id: number; type: string }[] };
        const gone = new Promise((resolve) => context.once("close", resolve));
        process.kill(processInfo.find(({ type }) => type === "browser")!.id, "SIGKILL");
        await gone;
      }
      const context = await start();
      const page = await context.newPage();
      await page.goto(stage.url);
      await opened(page);
      expect(await runToEnd(page)).toBe(wanted);
      await page.reload();
      await opened(page);
      expect(await runToEnd(page)).toBe(wanted);
      expect((await lastRead(page)).files).toBe(0);
      await context.close();
    } finally {
      rmSync(profile, { recursive: true, force: true });
    }
  }, 180_000);
});
