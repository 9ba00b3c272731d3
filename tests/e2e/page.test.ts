import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { axeProblems } from "./axe.ts";
import { runCommandLine } from "./command-line.ts";
import { chooseFolder, dropFolder, madeUpFolder, resultOf, runToEnd } from "./folders.ts";
import { builtPage, launchChromium, openPage, ROOT } from "./harness.ts";
import { residentMegabytes } from "./memory.ts";
import { useStage } from "./stage.ts";
import { writeStrategy } from "./strategy-text.ts";

const stage = useStage();
let dist: string;

beforeAll(async () => {
  dist = await builtPage();
});

describe("sample data", () => {
  it("goes from the first click to the first trade's inputs, without a complaint or a foreign request", async () => {
    const { page, context, complaints, foreign } = await stage.open();
    await page.getByRole("button", { name: "Try sample data" }).click();
    const hash = await resultOf(page);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(hash).toBe((await runCommandLine(join(ROOT, "public/sample"))).result_hash);
    expect(Number(await page.getByRole("table", { name: "Trades", exact: true }).getAttribute("aria-rowcount"))).toBeGreaterThan(10);
    const inputs = page.getByRole("table", { name: "Inputs of the chosen trade" });
    expect(await inputs.getByRole("row").count()).toBe(5);
    expect(await page.getByRole("table", { name: "First trades" }).getByRole("row").nth(1).innerText()).toContain("Entry decision");
    await page.getByRole("table", { name: "Skips" }).waitFor();
    const bar = page.getByRole("progressbar", { name: "Backtest progress" });
    expect(await bar.getAttribute("aria-valuenow")).toBe(await bar.getAttribute("aria-valuemax"));
    expect(await axeProblems(page)).toEqual([]);
    expect(complaints).toEqual([]);
    expect(foreign).toEqual([]);
    await context.close();
  }, 90_000);

  it("frees its workers, their arenas with them, when the run is closed, and gives the same again", async () => {
    // Of a browser of its own: what its processes hold is the page's alone.
    const alone = await launchChromium();
    const { page, complaints } = await openPage(alone, stage.url);
    const close = async () => {
      await page.getByRole("button", { name: "Close run" }).click();
      await page.getByText("Nothing has run yet").waitFor();
      // The catalogue's stays, and those that read the index end by themselves.
      await expect.poll(() => page.workers().length).toBe(1);
    };
    await page.getByRole("button", { name: "Try sample data" }).click();
    const hash = await resultOf(page);
    expect(page.workers().length).toBeGreaterThanOrEqual(3);
    await close();
    expect(await page.getByRole("table", { name: "Trades", exact: true }).getAttribute("aria-rowcount")).toBe("1");
    expect(await page.getByRole("button", { name: "Close run" }).count()).toBe(0);
    const before = await residentMegabytes(page);
    expect(await runToEnd(page)).toBe(hash);
    await close();
    // A busy system takes pages back later.
    await expect.poll(() => residentMegabytes(page), { timeout: 30_000 }).toBeLessThanOrEqual(before * 1.1);
    expect(complaints).toEqual([]);
    await alone.close();
  }, 150_000);

  it("can be saved as CSV, Parquet and run.json", async () => {
    const { page, context, complaints, foreign } = await stage.open();
    await page.getByRole("button", { name: "Try sample data" }).click();
    const hash = await resultOf(page);
    const save = async (name: string) => {
      const [download] = await Promise.all([page.waitForEvent("download", { timeout: 60_000 }), page.getByRole("button", { name }).click()]);
      return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
    };
    const csv = await save("Download CSV");
    expect(csv.name).toBe("trades.csv");
    const lines = csv.bytes.toString("utf8").split("\n");
    expect(lines[0]).toMatch(/^run_id,variant,date,/);
    expect(String(lines.length - 1)).toBe(await page.getByRole("table", { name: "Trades", exact: true }).getAttribute("aria-rowcount"));
    const run = await save("Download run.json");
    expect(run.name).toBe("run.json");
    expect(JSON.parse(run.bytes.toString("utf8"))).toMatchObject({ result_hash: hash, run_id: lines[1].split(",")[0] });
    const parquet = await save("Download Parquet");
    expect(parquet.name).toBe("trades.parquet");
    expect(parquet.bytes.subarray(0, 4).toString()).toBe("PAR1");
    expect(parquet.bytes.subarray(-4).toString()).toBe("PAR1");
    expect(complaints).toEqual([]);
    expect(foreign).toEqual([]);
    await context.close();
  }, 90_000);

  it("shows the coverage once it is known, and does not work it out again", async () => {
    const { page, context, complaints } = await stage.open();
    await page.getByRole("button", { name: "Try sample data" }).click();
    await resultOf(page);
    await page.getByRole("tab", { name: /^Data/ }).click();
    const day = page.getByRole("grid", { name: "Coverage of BANKNIFTY" }).getByRole("button").first();
    await day.waitFor();
    // What the calendar learned of the files shows in the summary by now.
    await page.waitForTimeout(500);
    const shown = await day.elementHandle();
    await page.waitForTimeout(1_000);
    expect(await shown?.evaluate((element) => element.isConnected)).toBe(true);
    expect(complaints).toEqual([]);
    await context.close();
  }, 90_000);

  it("says in which line and column a symbol stands that is unknown, also one of a sweep", async () => {
    const { page, context, complaints } = await stage.open();
    await page.getByRole("button", { name: "Try sample data" }).click();
    await resultOf(page);
    const swept = (symbol: string) => `name: x\nuniverse: { symbol: $S }\nentry: { legs: [{ cp: CE, lots: 1 }] }\nsweep: { S: [BANKNIFTY, ${symbol}] }\n`;
    await writeStrategy(page, swept("NIFTY"));
    await page.getByRole("alert").filter({ hasText: 'line 2, column 13: universe.symbol: the data folder holds no contracts of "NIFTY"; Allowed: BANKNIFTY' }).waitFor();
    await writeStrategy(page, swept("BANKNIFTI"));
    await page.getByRole("alert").filter({ hasText: 'line 2, column 13: universe.symbol: the market rules do not know "BANKNIFTI"; did you mean "BANKNIFTY"?' }).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  }, 90_000);

  it("runs by keyboard alone", async () => {
    const { page, context } = await stage.open();
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? "");
    for (let i = 0; i < 30 && (await focused()) !== "Try sample data"; i++) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    const first = await resultOf(page);
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("k");
    const current = page.getByRole("table", { name: "Trades", exact: true }).locator("tr[aria-current]");
    await expect.poll(() => current.getAttribute("aria-rowindex")).toBe("3");
    await page.keyboard.press("/");
    await page.keyboard.type("pe");
    await expect.poll(() => page.getByRole("table", { name: "Trades", exact: true }).locator("tbody tr").first().innerText()).toContain(" PE");
    await page.keyboard.press("Escape");
    const begun = page.waitForFunction(() => document.querySelector("output")?.textContent === "—", undefined, { polling: "raf" });
    await page.keyboard.press("r");
    await begun;
    expect(await resultOf(page)).toBe(first);
    await context.close();
  }, 90_000);
});

describe("a folder on disk", () => {
  let folder: string;
  let expected: Awaited<ReturnType<typeof runCommandLine>>;
  beforeAll(async () => {
    folder = await madeUpFolder(12, 7);
    expected = await runCommandLine(folder);
  }, 240_000);

  it("gives the same result hash when dropped on the page as on the command line", async () => {
    expect(expected.days).toBeGreaterThanOrEqual(10);
    expect(expected.trades).toBeGreaterThanOrEqual(100);
    const { page, context, complaints, foreign } = await stage.open();
    await dropFolder(page, folder);
    const data = page.getByRole("region", { name: "Data", exact: true });
    await data.getByRole("table", { name: "Symbols" }).getByText("BANKNIFTY").waitFor();
    await data.getByRole("grid", { name: "Coverage of BANKNIFTY" }).getByRole("button").first().waitFor();
    expect(await runToEnd(page)).toBe(expected.result_hash);
    expect(complaints).toEqual([]);
    expect(foreign).toEqual([]);
    await context.close();
  }, 180_000);

  it("gives it through the file input too, which browsers without a picker use", async () => {
    const { page, context, complaints } = await stage.open();
    await chooseFolder(page, folder);
    await page.getByRole("region", { name: "Data", exact: true }).waitFor();
    expect(await runToEnd(page)).toBe(expected.result_hash);
    expect(complaints).toEqual([]);
    await context.close();
  }, 180_000);

  it("gives it with DuckDB as the reader and with two workers", async () => {
    const { page, context, complaints, foreign } = await stage.open();
    await page.getByLabel("Parquet reader").selectOption("duckdb");
    await page.getByLabel("Workers").fill("2");
    await page.getByLabel("Workers").press("Enter");
    await dropFolder(page, folder);
    expect(await runToEnd(page)).toBe(expected.result_hash);
    expect(complaints).toEqual([]);
    expect(foreign).toEqual([]);
    await context.close();
  }, 180_000);

  it("shows schema, row groups and first rows of a file", async () => {
    const { page, context, complaints, foreign } = await stage.open();
    await dropFolder(page, folder);
    const files = page.getByRole("table", { name: "Files", exact: true });
    await files.getByRole("row").nth(3).click();
    const preview = page.getByRole("table", { name: "First rows" });
    await preview.waitFor({ timeout: 60_000 });
    expect(await preview.getByRole("columnheader").first().innerText()).toBe("timestamp");
    expect(await page.getByRole("table", { name: "Row groups" }).getByRole("row").count()).toBeGreaterThan(1);
    expect(complaints).toEqual([]);
    expect(foreign).toEqual([]);
    await context.close();
  }, 120_000);
});

it("loads less than 250 KB of compressed JavaScript before a folder is opened", async () => {
  const { page, context, requests } = await stage.open();
  await page.waitForTimeout(500);
  const scripts = requests.filter((path) => path.endsWith(".js"));
  expect(scripts.length).toBeGreaterThan(0);
  expect(requests.filter((path) => path.endsWith(".wasm"))).toEqual([]);
  const size = scripts.reduce((sum, path) => sum + gzipSync(readFileSync(join(dist, path))).length, 0);
  expect(size).toBeLessThan(250_000);
  await context.close();
});
