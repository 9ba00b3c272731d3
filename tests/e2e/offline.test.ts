/** After the first visit the network is not needed, and a new version comes in only when it is let in, never in the middle of a run. */
import { cpSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { tempFolder } from "../support/temp-folder.ts";
import { dropFolder, madeUpFolder, resultOf, runToEnd } from "./folders.ts";
import { go, heldRun, HOLD, letPass } from "./hold-file.ts";
import { builtPage, launchChromium, openPage, serve, type StaticServer } from "./harness.ts";
import { lookThrough, WINDOWS } from "./windows.ts";

let browser: Browser;
let server: StaticServer;
let dist: string;

beforeAll(async () => {
  dist = join(tempFolder(), "dist");
  cpSync(await builtPage(), dist, { recursive: true });
  const engine = join(dist, "assets", readdirSync(join(dist, "assets")).find((name) => /^engine-.*\.js$/.test(name))!);
  writeFileSync(engine, HOLD + readFileSync(engine, "utf8"));
  server = await serve(dist);
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

it("works with the network off, DuckDB and the sample data included, and updates when it is let to", async () => {
  const { page, context, complaints, foreign } = await openPage(browser, server.url, { offlineCopy: true });
  context.setDefaultTimeout(90_000);
  const ready = page.getByText("offline ready");
  await ready.waitFor({ timeout: 150_000 });
  await context.setOffline(true);
  for (const window of WINDOWS) {
    await lookThrough(page, window);
    await page.reload();
    await page.getByRole("button", { name: "Try sample data" }).click();
    expect(await resultOf(page)).toMatch(/^[0-9a-f]{64}$/);
  }
  const [parquet] = await Promise.all([page.waitForEvent("download", { timeout: 60_000 }), page.getByRole("button", { name: "Download Parquet" }).click()]);
  expect(parquet.suggestedFilename()).toBe("trades.parquet");
  await everyPartThatIsLoadedLate(page);
  // What follows looks for the status of a backtest alone.
  await page.reload();
  await page.getByRole("button", { name: "Try sample data" }).waitFor();

  await context.setOffline(false);
  const folder = await madeUpFolder(4, 17);
  const opened = async (tab: Page) => {
    await dropFolder(tab, folder);
    await tab.getByRole("table", { name: "Symbols" }).waitFor();
  };
  await letPass(page);
  await opened(page);
  await heldRun(page);
  serveNewBuild(dist);
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
  const here = page.getByText("A new version is here.");
  await here.waitFor();
  // Neither this tab nor another one brings it in while the run is under way.
  const other = await context.newPage();
  await other.goto(server.url);
  await opened(other);
  for (const tab of [page, other]) {
    await tab.getByRole("button", { name: "Update now" }).click();
    await tab.getByText("A run or other long work is under way: the update waits for it.").waitFor();
  }
  await go(page);
  const hash = await resultOf(page);
  await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "Update now" }).click()]);
  await ready.waitFor();
  expect(await page.locator("script[src]").getAttribute("src")).toContain(NEW);
  await letPass(page);
  await opened(page);
  expect(await runToEnd(page)).toBe(hash);

  // The other tab goes on with what it has loaded, and says what to do where that is not enough.
  await other.getByText("Another tab has brought in a new version.").waitFor();
  await other.getByRole("button", { name: "Run", exact: true }).click();
  await expect.poll(() => other.getByRole("alert").allInnerTexts().then((texts) => texts.join())).toContain("its code could not be loaded; reload the page");
  await Promise.all([other.waitForEvent("load"), other.getByRole("button", { name: "Reload", exact: true }).click()]);
  await opened(other);
  expect(await runToEnd(other)).toBe(hash);
  expect(complaints).toEqual([]);
  expect(foreign).toEqual([]);
  await context.close();
}, 300_000);

/** Opens whatever has code, workers or modules of its own that the first screen does without; each shows what only they can make. */
async function everyPartThatIsLoadedLate(page: Page): Promise<void> {
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  const tab = (name: string | RegExp) => page.getByRole("tab", { name }).click();
  const dialog = page.getByRole("dialog");
  const closed = async () => {
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
  };
  await tab("YAML");
  await page.getByRole("textbox", { name: "Strategy text" }).waitFor();
  await tab("Builder");
  await page.getByRole("region", { name: "Builder" }).getByRole("button", { name: "Sweep", exact: true }).waitFor();
  for (const cut of ["Months", "Splits", "Distribution", "Excursions", "Days", "Calendar"]) await tab(cut);
  await button("Replay a day").click();
  await page.getByRole("table", { name: "Decisions" }).waitFor();
  await tab("Payoff");
  await page.getByRole("button", { name: /^Go to the entry at / }).click();
  await page.getByRole("table", { name: "Greeks of the position" }).waitFor();
  await button("Verify").click();
  await dialog.getByLabel("Days", { exact: true }).fill("1");
  await dialog.getByRole("button", { name: "Verify", exact: true }).click();
  await dialog.getByText(/^Verified: 1 of 1 day equal/).waitFor();
  await closed();
  await button("Share").click();
  await expect.poll(() => page.getByLabel("Link").inputValue()).toContain("#s1.");
  await closed();
  await button("Library").click();
  await dialog.getByRole("list", { name: "Ready-made strategies" }).locator("polyline").first().waitFor();
  await closed();
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Command" }).waitFor();
  await closed();
  await tab("Studies");
  await button("Run study").click();
  await page.getByRole("table", { name: "Statistics" }).waitFor();
  await tab("SQL");
  await button("Index in bars of 15 minutes").click();
  await button("Run query").click();
  await page.getByRole("table", { name: "Rows of the answer" }).waitFor();
  await tab("Chart");
  await page.getByRole("heading", { name: "close over bar" }).waitFor();
  await tab(/^Data/);
  const health = page.getByRole("region", { name: "Data health" });
  await health.getByRole("button", { name: "Check the data" }).click();
  await health.getByText("3 days inspected").waitFor();
  await page.getByRole("table", { name: "Files", exact: true }).getByRole("row").nth(3).click();
  await page.getByRole("table", { name: "First rows" }).waitFor();
  await tab(/^Runs/);
  await page.getByRole("table", { name: "Runs" }).locator("tbody tr").first().waitFor();
}

/** What names of assets have in front in the new build. */
const NEW = "assets/new-";

/** The same page under other names, as a build of changed sources would be; the files of the old one are gone. */
function serveNewBuild(folder: string): void {
  const names = readdirSync(join(folder, "assets")).filter((name) => /\.(?:js|css)$/.test(name));
  const anyName = new RegExp(`(?<![\\w-])(?:${names.map((name) => name.replaceAll(/[.$]/g, "\\$&")).join("|")})`, "g");
  const renamed = (path: string) => writeFileSync(path, readFileSync(path, "utf8").replaceAll(anyName, "new-$&"));
  for (const name of names) {
    renamed(join(folder, "assets", name));
    renameSync(join(folder, "assets", name), join(folder, "assets", `new-${name}`));
  }
  for (const name of ["index.html", "sw.js"]) renamed(join(folder, name));
  const worker = join(folder, "sw.js");
  writeFileSync(worker, readFileSync(worker, "utf8").replace(/(?<=url:"index\.html",revision:")[0-9a-f]+/, "anew"));
}
