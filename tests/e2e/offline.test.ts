/** After the first visit the network is not needed, and a new version comes in only when it is let in. */
import { appendFileSync, cpSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { tempFolder } from "../support/temp-folder.ts";
import { resultOf } from "./folders.ts";
import { builtPage, launchChromium, openPage, serve, type StaticServer } from "./harness.ts";

let browser: Browser;
let server: StaticServer;
let dist: string;

beforeAll(async () => {
  dist = join(tempFolder(), "dist");
  cpSync(await builtPage(), dist, { recursive: true });
  server = await serve(dist);
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

it("works with the network off, DuckDB and the sample data included, and updates when it is let to", async () => {
  const { page, context, complaints, foreign } = await openPage(browser, server.url, { offlineCopy: true });
  const ready = page.getByText("offline ready");
  await ready.waitFor({ timeout: 150_000 });
  await context.setOffline(true);
  await page.reload();
  await page.getByRole("button", { name: "Try sample data" }).click();
  expect(await resultOf(page)).toMatch(/^[0-9a-f]{64}$/);
  const [parquet] = await Promise.all([page.waitForEvent("download", { timeout: 60_000 }), page.getByRole("button", { name: "Download Parquet" }).click()]);
  expect(parquet.suggestedFilename()).toBe("trades.parquet");
  await page.getByRole("tab", { name: /^Data/ }).click();
  await page.getByRole("tab", { name: /^Runs/ }).click();
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Command" }).waitFor();
  await page.keyboard.press("Escape");

  await context.setOffline(false);
  appendFileSync(join(dist, "sw.js"), "\n// another version\n");
  await page.reload();
  await page.getByText("A new version is here.").waitFor({ timeout: 60_000 });
  // A run in whatever tab keeps the update away.
  await page.evaluate(() => {
    const held = new Promise<void>((release) => Object.assign(globalThis, { release }));
    void navigator.locks.request("straddle-run", { mode: "shared" }, () => held);
  });
  const update = page.getByRole("button", { name: "Update now" });
  await update.click();
  await page.getByText("A run is under way: the update waits for it.").waitFor();
  await page.evaluate(() => (globalThis as unknown as { release(): void }).release());
  await Promise.all([page.waitForEvent("load"), update.click()]);
  await ready.waitFor({ timeout: 60_000 });
  expect(complaints).toEqual([]);
  expect(foreign).toEqual([]);
  await context.close();
}, 300_000);
