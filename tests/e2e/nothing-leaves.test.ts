/** Every feature is driven while the browser itself writes down what it asks the network for: the page, its workers and its service worker alike. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runToEnd } from "./folders.ts";
import { builtPage, chromiumOptions, openPage, serve, type StaticServer } from "./harness.ts";

const HERE = "127.0.0.1";
/** Asked for on purpose, from a page of nobody's: the log would be no proof if it did not see this. */
const CONTROL = "http://control.invalid/";
const PATIENCE = { timeout: 60_000 };

let server: StaticServer;
let folder: string;

beforeAll(async () => {
  server = await serve(await builtPage());
  folder = mkdtempSync(join(tmpdir(), "straddle-net-"));
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

it("asks no other origin for anything, whatever feature is used", async () => {
  const log = join(folder, "net.json");
  const { args, executablePath } = chromiumOptions();
  const browser = await chromium.launch({
    executablePath,
    // No name but that of this machine is looked up.
    args: [...args, `--log-net-log=${log}`, `--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE ${HERE}`],
  });
  const { page, complaints, foreign } = await openPage(browser, server.url, { offlineCopy: true });
  for (const feature of FEATURES) await feature(page);
  const stranger = await browser.newPage();
  expect(await stranger.evaluate((url) => fetch(url, { mode: "no-cors" }).then(() => "answered", () => "refused"), CONTROL)).toBe("refused");
  await browser.close();

  expect(complaints).toEqual([]);
  expect(foreign).toEqual([]);
  const asked = readNetLog(log);
  const { origin } = new URL(server.url);
  const ours = asked.filter((url) => new URL(url).origin === origin);
  for (const part of ["duckdb", "parquet_wasm", "kernels", "sw.js", ".parquet"]) expect(ours.some((url) => url.includes(part)), part).toBe(true);
  expect(asked.filter((url) => new URL(url).origin !== origin)).toEqual([CONTROL]);
});

const FEATURES: readonly ((page: Page) => Promise<unknown>)[] = [sample, sweep, day, files, verify, share, runs, study, sql, preview, health, offline];

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name, exact: typeof name === "string" });
const tab = (page: Page, name: RegExp) => page.getByRole("tab", { name }).first().click();
const done = (page: Page) => page.getByText(/^Done · /).first().waitFor(PATIENCE);

async function sample(page: Page) {
  await button(page, "Try sample data").click();
  await done(page);
}

/** Another ready-made strategy, live and run, and the library. */
async function sweep(page: Page) {
  await page.getByRole("banner").getByRole("combobox").first().selectOption("volume-ema-momentum");
  await button(page, "Live").click();
  await page.getByText(/^Best of 4 tried/).or(page.getByRole("tab", { name: /^Variants/ })).first().waitFor(PATIENCE);
  await button(page, "Live").click();
  // A live run is not kept among the runs.
  await runToEnd(page);
  await button(page, "Library").click();
  await page.getByRole("dialog", { name: "Library" }).waitFor();
  await page.keyboard.press("Escape");
}

async function day(page: Page) {
  await tab(page, /^Results/);
  await page.getByRole("table", { name: "Trades", exact: true }).locator("tbody tr").first().click();
  await page.getByRole("table", { name: "Decisions" }).waitFor(PATIENCE);
  await tab(page, /^Payoff/);
  await button(page, "Back to the overview").click();
}

async function files(page: Page) {
  for (const name of ["Download CSV", "Download Parquet", "Positions CSV", "Positions Parquet", "Download run.json"]) {
    const [download] = await Promise.all([page.waitForEvent("download", PATIENCE), button(page, name).click()]);
    expect(await download.failure()).toBeNull();
  }
}

async function verify(page: Page) {
  await button(page, "Verify").first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("spinbutton", { name: "Days" }).fill("1");
  await dialog.getByRole("button", { name: "Verify", exact: true }).click();
  await dialog.getByText(/^Verified: 1 of 1 days? equal/).waitFor(PATIENCE);
  await dialog.getByRole("button", { name: "Close", exact: true }).click();
}

async function share(page: Page) {
  await button(page, "Share").click();
  await expect.poll(() => page.getByLabel("Link").inputValue()).toContain("#s1.");
  const link = await page.getByLabel("Link").inputValue();
  await page.keyboard.press("Escape");
  const other = await page.context().newPage();
  await other.goto(link);
  await other.getByRole("dialog").waitFor(PATIENCE);
  await other.close();
}

async function runs(page: Page) {
  await tab(page, /^Runs/);
  for (const box of (await page.getByRole("table", { name: "Runs" }).getByRole("checkbox").all()).slice(0, 2)) await box.check();
  await button(page, "Compare").click();
  await page.getByRole("region", { name: "Comparison" }).waitFor(PATIENCE);
}

async function study(page: Page) {
  await tab(page, /^Studies/);
  await button(page, "Run study").click();
  await page.getByText(/^Done · 1 day read/).waitFor(PATIENCE);
}

async function sql(page: Page) {
  await tab(page, /^SQL/);
  const editor = page.getByLabel("Query", { exact: true });
  await editor.focus();
  await page.keyboard.insertText("SELECT date, count(*) AS rows FROM options GROUP BY ALL ORDER BY ALL");
  await button(page, "Run query").click();
  const answer = page.getByRole("region", { name: "Answer", exact: true });
  await answer.waitFor(PATIENCE);
  await Promise.all([page.waitForEvent("download", PATIENCE), answer.getByRole("button", { name: "Parquet", exact: true }).click()]);
}

/** DuckDB reads a file's schema. */
async function preview(page: Page) {
  await tab(page, /^Data/);
  await page.getByRole("table", { name: "Files" }).locator("tbody tr").first().click();
  await page.getByRole("table", { name: /First rows/ }).waitFor(PATIENCE);
}

async function health(page: Page) {
  await button(page, "Check the data").click();
  await page.getByText("3 days inspected").waitFor(PATIENCE);
}

async function offline(page: Page) {
  await page.getByText("offline ready").waitFor(PATIENCE);
}

/** Addresses that documents and workers asked for. What the browser asks on its own account (updates, predictions for forms) has no initiator. */
function readNetLog(path: string): readonly string[] {
  interface Event {
    readonly type: number;
    readonly params?: { readonly url?: string; readonly initiator?: string };
  }
  const { constants, events } = JSON.parse(readFileSync(path, "utf8")) as { constants: { logEventTypes: Record<string, number> }; events: readonly Event[] };
  return events.flatMap(({ type, params }) => (type === constants.logEventTypes.URL_REQUEST_START_JOB && params?.url !== undefined && params.initiator !== "not an origin" && /^(?:https?|wss?):/.test(params.url) ? params.url : []));
}
