/** Market rules in the page: what is not certain, and a file of the user's own that stays until it is taken out. */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { DEFAULT_RULES } from "../../src/core/market/data/default-rules.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { axeProblems } from "./axe.ts";
import { resultOf } from "./folders.ts";
import { useStage } from "./stage.ts";

const stage = useStage();

const OWN = "symbols: { BANKNIFTY: { lots: { weekly: [{ from: 2024-08-21, lot: 20 }] } } }\nholidays: { 2024: ['08-20'] }\n";
const OWN_VERSION = `${DEFAULT_RULES.version}+override:${createHash("sha256").update(OWN).digest("hex").slice(0, 8)}`;

function rulesFile(text: string): string {
  const file = join(tempFolder(), "my-rules.yaml");
  writeFileSync(file, text);
  return file;
}

const section = (page: Page) => page.getByRole("region", { name: "Market rules" });
const version = (page: Page) => section(page).getByLabel("Version of the market rules").innerText();
const load = (page: Page, text: string) => page.getByLabel("File of own market rules").setInputFiles(rulesFile(text));

/** The section stands below what takes its time to come. */
async function openData(page: Page): Promise<void> {
  await page.getByRole("tab", { name: /^Data/ }).click();
  await page.getByRole("grid", { name: "Coverage of BANKNIFTY" }).getByRole("button").first().waitFor({ timeout: 60_000 });
}

async function ledgerOf(page: Page): Promise<{ rules_version: string; days: { run: string[] }; uncertain_rules: { rule: string; days: number }[] }> {
  await page.getByRole("tab", { name: "Results" }).click();
  const [download] = await Promise.all([page.waitForEvent("download", { timeout: 60_000 }), page.getByRole("button", { name: "Download run.json" }).click()]);
  return JSON.parse(readFileSync(await download.path(), "utf8")) as Awaited<ReturnType<typeof ledgerOf>>;
}

it("shows what is not certain, and runs by a file of the user's own until it is removed", async () => {
  const { page, context, complaints, foreign } = await stage.open();
  await page.getByRole("button", { name: "Try sample data" }).click();
  const shipped = await resultOf(page);
  // Said before the run and of its results.
  for (const place of ["Plan", "Results"]) {
    const region = page.getByRole("region", { name: place, exact: true });
    await region.getByText("1 market rule of these days is not certain").click();
    await expect.poll(() => region.getByRole("list", { name: "Uncertain market rules" }).innerText()).toMatch(/the costs of NSE options from 2024-04-01 on are not certain: .*\(3 days\)/);
  }

  await openData(page);
  expect(await version(page)).toBe(DEFAULT_RULES.version);
  await section(page).getByText(/rules are not certain/).click();
  await section(page).getByText("the lot of weekly FINNIFTY contracts that expire from 2021-01-11 on (40) is not certain: one article says 45").waitFor();
  expect(await axeProblems(page)).toEqual([]);

  await load(page, "symbols: { BANKNIFTY: { lot: 20 } }");
  await expect.poll(() => section(page).getByRole("alert").innerText()).toMatch(/“my-rules.yaml” cannot be used; nothing has changed[\s\S]*line 1, column 25: symbols\.BANKNIFTY\.lot: unknown key "lot"; did you mean "lots"\?/);
  expect(await version(page)).toBe(DEFAULT_RULES.version);

  await load(page, OWN);
  await expect.poll(() => version(page)).toBe(OWN_VERSION);
  expect(await section(page).getByRole("alert").count()).toBe(0);
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await expect.poll(async () => (await page.getByLabel("Result hash").innerText()) !== shipped && (await resultOf(page)) !== shipped, { timeout: 60_000 }).toBe(true);
  expect(await ledgerOf(page)).toMatchObject({ rules_version: OWN_VERSION, days: { run: ["2024-08-19", "2024-08-21"] }, uncertain_rules: [{ rule: "costs", days: 2 }] });

  await page.reload();
  await page.getByRole("button", { name: "Try sample data" }).click();
  await resultOf(page);
  await openData(page);
  await expect.poll(() => version(page)).toBe(OWN_VERSION);
  await section(page).getByText("with the rows of “my-rules.yaml”").waitFor();
  await section(page).getByRole("button", { name: "Remove own rules" }).click();
  await expect.poll(() => version(page)).toBe(DEFAULT_RULES.version);

  await page.reload();
  await page.getByRole("button", { name: "Try sample data" }).click();
  expect(await resultOf(page)).toBe(shipped);
  expect(await ledgerOf(page)).toMatchObject({ rules_version: DEFAULT_RULES.version });
  expect(complaints).toEqual([]);
  expect(foreign).toEqual([]);
  await context.close();
}, 180_000);

it("says so when the file of the last visit can no longer be used", async () => {
  const { page, context } = await stage.open();
  await page.getByRole("button", { name: "Try sample data" }).click();
  await resultOf(page);
  await openData(page);
  await load(page, OWN);
  await expect.poll(() => version(page)).toBe(OWN_VERSION);
  await page.evaluate(
    () =>
      new Promise<void>((done, failed) => {
        const opening = indexedDB.open("keyval-store");
        opening.onerror = () => failed(opening.error ?? new Error("no store"));
        opening.onsuccess = () => {
          const change = opening.result.transaction("keyval", "readwrite");
          change.objectStore("keyval").put({ name: "my-rules.yaml", text: "version: 7" }, "market-rules");
          change.oncomplete = () => done();
        };
      }),
  );
  await page.reload();
  await page.getByRole("button", { name: "Try sample data" }).click();
  await resultOf(page);
  await expect.poll(() => page.getByRole("alert").first().innerText()).toMatch(/“my-rules.yaml” cannot be used any more: runs go by the rules of Straddle alone[\s\S]*version: found 7; allowed: 1/);
  await context.close();
}, 120_000);
