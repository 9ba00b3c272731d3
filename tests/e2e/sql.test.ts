/** The SQL console: a query from its text to rows, chart and files; what is wrong in words; a query that is stopped; memory that ends. */
import { readFileSync } from "node:fs";
import { DuckDBInstance } from "@duckdb/node-api";
import { tableFromIPC } from "apache-arrow";
import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { axeProblems } from "./axe.ts";
import type { WatchedPage } from "./harness.ts";
import { useStage } from "./stage.ts";

const stage = useStage();
let watched: WatchedPage;
let page: Page;

const button = (name: string) => page.getByRole("button", { name, exact: true });
const status = () => page.locator(".sql-status");
const answer = () => page.getByRole("region", { name: "Answer", exact: true });
const rowTexts = async (): Promise<string[][]> => Promise.all((await answer().locator("tbody tr").all()).map((row) => row.locator("td").allInnerTexts()));

async function write(sql: string): Promise<void> {
  const editor = page.getByLabel("Query", { exact: true });
  await editor.focus();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(sql);
}

async function ask(sql: string): Promise<void> {
  await write(sql);
  await page.keyboard.press("ControlOrMeta+Enter");
  await button("Run query").waitFor({ timeout: 120_000 });
}

beforeAll(async () => {
  watched = await stage.open({ readAhead: false });
  ({ page } = watched);
  await button("Try sample data").click();
  await page.getByText(/^Done · /).waitFor({ timeout: 120_000 });
  await page.getByRole("tab", { name: "SQL" }).click();
  await page.getByLabel("Query", { exact: true }).waitFor();
});

it("answers with rows, a chart and files, and opens only what the query needs", async () => {
  expect(watched.requests.some((path) => path.includes("duckdb"))).toBe(false);
  await ask("SELECT date, second // 1800 AS half_hour, max(price) AS high FROM spot WHERE price > 0 GROUP BY ALL ORDER BY ALL");
  await expect.poll(() => status().innerText()).toMatch(/^\d+ rows in [\d.]+ s; spot: \d+ of \d+ files opened$/);
  expect((await rowTexts())[0]).toEqual([expect.stringMatching(/^\d{4}-\d\d-\d\d$/), expect.stringMatching(/^\d+$/), expect.stringMatching(/^\d\d,\d{3}/)]);
  expect(await axeProblems(page)).toEqual([]);

  const save = async (name: string): Promise<Buffer> => {
    const [download] = await Promise.all([page.waitForEvent("download"), answer().getByRole("button", { name, exact: true }).click()]);
    return readFileSync(await download.path());
  };
  const [csv, arrow] = [String(await save("CSV")), await save("Arrow")];
  const rows = csv.trim().split("\n").length - 1;
  expect(csv.split("\n")[0]).toBe("date,half_hour,high");
  expect(tableFromIPC(arrow).numRows).toBe(rows);
  const [file] = await Promise.all([page.waitForEvent("download"), answer().getByRole("button", { name: "Parquet", exact: true }).click()]);
  const native = await (await DuckDBInstance.create(":memory:")).connect();
  const [[counted]] = (await native.runAndReadAll(`SELECT count(*) FROM read_parquet('${await file.path()}')`)).getRowsJS();
  expect(Number(counted)).toBe(rows);

  await answer().getByRole("tab", { name: "Chart" }).click();
  await answer().getByRole("heading", { name: "high over date", exact: true }).waitFor();
  await page.getByLabel("Across").selectOption({ label: "half_hour" });
  await answer().getByRole("heading", { name: "high over half_hour" }).waitFor();
  expect(await axeProblems(page)).toEqual([]);
  await answer().getByRole("tab", { name: "Table" }).click();
});

it("shows what is no number as a dash, in words, and leaves it in the file", async () => {
  await ask("SELECT range AS n, CASE WHEN range = 1 THEN 'nan'::DOUBLE WHEN range > 1 THEN range / 2 END AS price FROM range(4)");
  await answer().waitFor();
  expect(await rowTexts()).toEqual([["0", "—"], ["1", "—"], ["2", "1"], ["3", "1.5"]]);
  await page.getByText(/1 cell of price: not a number \(NaN\) in the data/).waitFor();
  const [file] = await Promise.all([page.waitForEvent("download"), answer().getByRole("button", { name: "CSV", exact: true }).click()]);
  expect(readFileSync(await file.path(), "utf8")).toBe("n,price\n0,\n1,NaN\n2,1\n3,1.5\n");
  await answer().getByRole("tab", { name: "Chart" }).click();
  await answer().getByRole("heading", { name: "price over n" }).waitFor();
  await page.getByRole("group", { name: /^price over n/ }).press("Home");
  expect(await answer().innerText()).not.toMatch(/nan/i);
  await answer().getByRole("tab", { name: "Table" }).click();
});

it("knows the runs that are kept", async () => {
  await ask("SELECT r.name, count(*) AS n, sum(t.pnl_after_costs) AS total FROM runs r JOIN trades t USING (run_id, variant) GROUP BY r.name");
  const [[, trades]] = await rowTexts();
  expect(Number(trades)).toBeGreaterThan(0);
});

it("says what is wrong, and where", async () => {
  await ask("SELECT date,\n  prise\nFROM spot");
  const alert = page.getByRole("alert");
  await expect.poll(() => alert.innerText()).toMatch(/There is no column "prise" in the view spot\. Near it: price/);
  await expect.poll(() => page.locator(".sql-host").evaluate((host) => host.shadowRoot?.querySelector(".cm-lintRange-error")?.textContent)).toBe("prise");
  await ask("DROP VIEW spot");
  await expect.poll(() => alert.innerText()).toMatch(/Only questions are asked here/);
  expect(await axeProblems(page)).toEqual([]);
});

it("stops a query at once, and answers the next one", async () => {
  await write("SELECT count(*) FROM range(100000) a, range(100000) b, range(1000) c WHERE a.range + b.range = c.range");
  await button("Run query").click();
  await expect.poll(() => status().innerText()).toMatch(/^Running, /);
  await page.waitForTimeout(300);
  await button("Stop query").click();
  await expect.poll(() => status().innerText()).toBe("Stopped");
  await ask("SELECT 42 AS answer");
  expect(await rowTexts()).toEqual([["42"]]);
});

it("ends with words when memory ends, and answers the next one", async () => {
  await page.getByLabel("Memory").selectOption({ label: "512 MB" });
  await ask("SELECT count(*) FROM (SELECT DISTINCT repeat('x', 2000) || range AS a FROM range(1000000))");
  await expect.poll(() => page.getByRole("alert").innerText()).toMatch(/needs more than the 512 MB of memory/);
  await ask("SELECT count(*) AS n FROM days");
  expect(Number((await rowTexts())[0][0])).toBeGreaterThan(0);
});

it("keeps the queries that were answered, and offers columns while one types", async () => {
  await button("History").click();
  const list = page.getByRole("list", { name: "History" });
  await list.getByRole("button", { name: /SELECT 42 AS answer/ }).click();
  await expect.poll(() => page.locator(".sql-host").evaluate((host) => host.shadowRoot?.querySelector(".cm-content")?.textContent)).toBe("SELECT 42 AS answer");
  await write("SELECT o.avgP FROM options o");
  for (let i = 0; i < " FROM options o".length; i++) await page.keyboard.press("ArrowLeft");
  await page.keyboard.type("r");
  await expect.poll(() => page.locator(".sql-host").evaluate((host) => host.shadowRoot?.querySelector(".cm-tooltip-autocomplete")?.textContent ?? "")).toContain("avgPrice");
  await page.keyboard.press("Escape");
  expect(watched.foreign).toEqual([]);
  expect(watched.complaints).toEqual([]);
});
