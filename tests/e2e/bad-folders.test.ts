/** Folders that are wrong, go away or change while the page works on them. */
import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { smallSample, writeLayouts } from "../support/layouts.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { runCommandLine } from "./command-line.ts";
import { dropFolder, madeUpFolder, runToEnd } from "./folders.ts";
import { ROOT } from "./harness.ts";
import { useStage } from "./stage.ts";

const stage = useStage();

/** A copy of the shipped sample that a test may spoil. */
function spoiltSample(): string {
  const folder = join(tempFolder(), "market-data");
  cpSync(join(ROOT, "public/sample"), folder, { recursive: true });
  return folder;
}

const notRun = (page: Page) => page.getByRole("table", { name: "Skips" });

it("says what to open where a folder holds no Parquet file", async () => {
  const folder = join(tempFolder(), "photos");
  mkdirSync(folder);
  writeFileSync(join(folder, "cat.jpg"), "meow");
  const { page, context } = await stage.open();
  await dropFolder(page, folder);
  await expect.poll(() => page.getByRole("alert").innerText(), { timeout: 20_000 }).toMatch(/“photos” could not be opened[\s\S]*no Parquet file/);
  expect(await page.getByRole("button", { name: "Open data folder" }).isVisible()).toBe(true);
  await context.close();
});

it("runs the other days where a file is damaged, and names it", async () => {
  const folder = spoiltSample();
  const [spot] = readdirSync(join(folder, "spot"), { recursive: true }).map(String).filter((name) => name.endsWith(".parquet")).sort();
  truncateSync(join(folder, "spot", spot), 100);
  writeFileSync(join(folder, "options", "notes.parquet"), "no parquet at all");
  const { page, context } = await stage.open();
  await dropFolder(page, folder);
  await runToEnd(page);
  expect(Number(await page.getByRole("table", { name: "Trades", exact: true }).getAttribute("aria-rowcount"))).toBeGreaterThan(5);
  expect(await notRun(page).innerText()).toMatch(/unreadable[\s\S]*spot/);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download run.json" }).click()]);
  const ledger = JSON.parse(readFileSync(await download.path(), "utf8")) as { data: { problems: unknown[] }; days: { skipped: unknown[] } };
  expect(ledger.data.problems).toContainEqual({ path: "options/notes.parquet", kind: "unreadable_name", used: false, message: expect.stringContaining("rename the file") });
  expect(ledger.data.problems).toContainEqual({ path: `spot/${spot}`, kind: "corrupt", used: false, message: expect.stringContaining("Copy it again") });
  expect(ledger.days.skipped).toContainEqual(expect.objectContaining({ reason: "unreadable", detail: expect.stringContaining(spot) }));
  await page.getByRole("tab", { name: /^Data/ }).click();
  const problem = page.getByRole("table", { name: "Problems" }).getByRole("row", { name: /notes\.parquet/ });
  await problem.click();
  await page.getByRole("status").getByText(/neither "notes" nor its folders say what the file holds.*rename the file or its folder/).waitFor();
  await context.close();
}, 90_000);

it("runs nothing of a symbol that stands in two layouts until one is chosen, and then what that one holds", async () => {
  const folder = tempFolder();
  const { raw } = writeLayouts(smallSample({ seed: 5 }), folder);
  rmSync(join(folder, "day"), { recursive: true });
  const wanted = (await runCommandLine(raw)).result_hash;
  const { page, context, complaints } = await stage.open();
  await dropFolder(page, folder);
  const data = page.getByRole("region", { name: "Data", exact: true });
  await data.getByText(/BANKNIFTY: [\d,]+ option entries stand in two layouts/).waitFor();
  await page.getByRole("region", { name: "Plan" }).getByRole("alert").getByText(/layout/).waitFor();
  const choices = data.getByLabel("Layout for BANKNIFTY");
  expect(await choices.first().locator("option:not([disabled])").count()).toBe(2);
  await choices.first().selectOption("raw");
  expect(await runToEnd(page)).toBe(wanted);
  expect(complaints).toEqual([]);
  await context.close();
}, 120_000);

describe("while a run is under way", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await madeUpFolder(20, 3);
  }, 120_000);

  it("keeps the days that are done when the folder is renamed, and says so", async () => {
    const { page, context } = await stage.open();
    await dropFolder(page, folder);
    await page.getByRole("button", { name: "Run", exact: true }).click();
    const bar = page.getByRole("progressbar", { name: "Backtest progress" });
    await expect.poll(async () => Number(await bar.getAttribute("aria-valuenow")), { timeout: 60_000, interval: 20 }).toBeGreaterThan(0);
    renameSync(folder, `${folder}-moved`);
    await page.getByText(/^Done · /).waitFor({ timeout: 60_000 });
    expect(Number(await page.getByRole("table", { name: "Trades", exact: true }).getAttribute("aria-rowcount"))).toBeGreaterThan(1);
    expect(await notRun(page).innerText()).toMatch(/unreadable[\s\S]*\.parquet/);
    await expect.poll(() => page.getByRole("alert").first().innerText()).toMatch(/“market-data”[\s\S]*renamed, moved[\s\S]*days done before are kept/);
    renameSync(`${folder}-moved`, folder);
    await runToEnd(page);
    expect(await page.getByText(/days? not run: .*unreadable/).count()).toBe(0);
    await context.close();
  }, 180_000);
});

it("lets no worker reach another origin", async () => {
  let reached = 0;
  const other = createServer((_, response) => {
    reached++;
    response.writeHead(200, { "access-control-allow-origin": "*" }).end("here");
  });
  await new Promise<void>((done) => other.listen(0, "127.0.0.1", done));
  const address = `http://127.0.0.1:${(other.address() as AddressInfo).port}/`;
  const { page, context } = await stage.open();
  const said = await page.evaluate(
    (url) =>
      new Promise((resolve) => {
        const source = `fetch(${JSON.stringify(url)}).then(() => postMessage("reached"), (error) => postMessage("refused: " + error.message))`;
        const worker = new Worker(URL.createObjectURL(new Blob([source], { type: "text/javascript" })), { type: "module" });
        worker.onmessage = (event) => resolve(event.data);
      }),
    address,
  );
  expect(said).toMatch(/^refused/);
  expect(reached).toBe(0);
  await context.close();
  await new Promise((done) => other.close(done));
});

it("takes up files that were added when told to look for changes", async () => {
  const folder = spoiltSample();
  const [first] = readdirSync(join(folder, "options")).sort();
  const { page, context } = await stage.open();
  await dropFolder(page, folder);
  const files = page.getByRole("table", { name: "Files", exact: true });
  await expect.poll(async () => Number(await files.getAttribute("aria-rowcount"))).toBeGreaterThan(10);
  const before = Number(await files.getAttribute("aria-rowcount"));
  copyFileSync(join(folder, "options", first), join(folder, "options", "banknifty2482852000ce.parquet"));
  await page.getByRole("button", { name: "Look for changes" }).click();
  await expect.poll(async () => Number(await files.getAttribute("aria-rowcount"))).toBe(before + 1);
  await context.close();
}, 60_000);
