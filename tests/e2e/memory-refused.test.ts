/** A browser that gives no more memory, for real: V8 lets no WebAssembly memory grow beyond a number of pages, in any worker. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type BrowserContext, type Page } from "playwright-core";
import { expect, it } from "vitest";
import { dropFolder, madeUpFolder, runToEnd } from "./folders.ts";
import { chromiumOptions } from "./harness.ts";
import { useStage } from "./stage.ts";

const stage = useStage();
const DAYS = 4;
/** Some of the days need more. */
const PAGES = 80;

it("runs the days that fit, says why the others do not, blames no file, and does what is left where there is more", async () => {
  const folder = await madeUpFolder(DAYS, 17);
  const profile = mkdtempSync(join(tmpdir(), "straddle-profile-"));
  const { executablePath, args } = chromiumOptions();
  const opened = async (flags: readonly string[]): Promise<{ context: BrowserContext; page: Page }> => {
    const context = await chromium.launchPersistentContext(profile, { executablePath, args: [...args, ...flags] });
    context.setDefaultTimeout(90_000);
    const page = await context.newPage();
    await page.addInitScript(() => localStorage.setItem("straddle", JSON.stringify({ readAhead: false })));
    await page.goto(stage.url);
    await dropFolder(page, folder);
    await page.getByRole("table", { name: "Symbols" }).waitFor();
    return { context, page };
  };
  try {
    const small = await opened([`--js-flags=--wasm-max-mem-pages=${PAGES}`]);
    await runToEnd(small.page);
    const tradesOf = (page: Page) => page.getByRole("table", { name: "Trades", exact: true }).getAttribute("aria-rowcount").then(Number);
    const notRun = await small.page.getByRole("table", { name: "Skips" }).getByRole("row").filter({ hasText: "unreadable" }).allInnerTexts();
    expect(notRun.length).toBeGreaterThan(0);
    expect(notRun.length).toBeLessThan(DAYS);
    for (const row of notRun) expect(row).toMatch(/failed twice: there is not enough memory for .*\. Choose fewer workers, close other tabs and programs, then run again\. The other days are not affected/);
    const kept = await tradesOf(small.page);
    await small.page.getByRole("tab", { name: "Data" }).click();
    await small.page.getByLabel("What the last run read").waitFor();
    expect(await small.page.getByText(/damaged|Copy it again/).count()).toBe(0);
    await small.context.close();

    const { context, page } = await opened([]);
    const hash = await runToEnd(page);
    expect(await page.getByRole("table", { name: "Skips" }).getByRole("row").filter({ hasText: "unreadable" }).count()).toBe(0);
    expect(await tradesOf(page)).toBeGreaterThan(kept);
    // Days that the small machine has done are what they are where nothing is kept of it.
    await page.evaluate(async () => {
      const root = await navigator.storage.getDirectory();
      for await (const name of root.keys()) await root.removeEntry(name, { recursive: true });
    });
    await page.reload();
    await dropFolder(page, folder);
    await page.getByRole("table", { name: "Symbols" }).waitFor();
    expect(await runToEnd(page)).toBe(hash);
    await context.close();
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
});
