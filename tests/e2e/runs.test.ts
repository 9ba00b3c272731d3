/** The history of runs: kept over visits, named, compared, imported, run again and deleted. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { tempFolder } from "../support/temp-folder.ts";
import { axeProblems } from "./axe.ts";
import { builtFixture, openPage } from "./harness.ts";
import { useStage } from "./stage.ts";
import { strategyText, writeStrategy } from "./strategy-text.ts";

const stage = useStage(builtFixture);

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const done = (page: Page) => page.getByText(/^Done · /).waitFor();
const rows = (page: Page) => page.getByRole("table", { name: "Runs" }).locator("tbody tr");

it("keeps runs over visits, compares two with what differs, and runs one again", async () => {
  const { page, context, complaints } = await openPage(stage.browser, `${stage.url}?days=40`);
  await button(page, "Try sample data").click();
  await done(page);
  const text = await strategyText(page);
  await writeStrategy(page, text.replace("latency: 1", "latency: 2"));
  await button(page, "Run").click();
  await done(page);
  await page.getByRole("tab", { name: /^Runs/ }).click();
  await expect.poll(() => rows(page).count()).toBe(2);

  await rows(page).first().getByRole("button").click();
  const details = page.getByRole("region", { name: "Run", exact: true });
  await details.getByLabel("Name").fill("Slow fills");
  await details.getByLabel("Tags").fill("fills, august");
  await details.getByLabel("Notes").fill("later by a second");
  await details.getByLabel("Notes").blur();
  await page.reload();
  await page.getByRole("heading", { name: "Straddle" }).waitFor();
  await button(page, "Open data folder").click();
  await page.getByRole("tab", { name: /^Runs/ }).click();
  await expect.poll(() => rows(page).first().innerText()).toMatch(/Slow fills[\s\S]*fills, august/);
  await page.getByLabel("Filter runs").fill("second august");
  await expect.poll(() => rows(page).count()).toBe(1);
  await page.getByLabel("Filter runs").fill("");

  for (const box of await page.getByRole("checkbox").all()) await box.check();
  await button(page, "Compare").click();
  const comparison = page.getByRole("region", { name: "Comparison" });
  await expect.poll(() => comparison.getByRole("table", { name: "What differs" }).innerText()).toMatch(/strategy\.fill\.latency\s+2\s+B: 1/);
  expect(await comparison.getByRole("table", { name: "Figures compared" }).getByRole("row").count()).toBe(11);
  await comparison.getByText(/trades are the same to the paisa/).waitFor();
  expect(await axeProblems(page)).toEqual([]);

  await rows(page).last().getByRole("button").click();
  const saved = (name: string) => page.waitForEvent("download", { predicate: (file) => file.suggestedFilename() === name });
  const [record, trades] = await Promise.all([saved("run-record.json"), saved("trades.csv"), details.getByRole("button", { name: "Export" }).click()]);
  expect(JSON.parse(readFileSync(await record.path(), "utf8"))).toMatchObject({ name: "ATM short straddle, hourly roll", trades: readFileSync(await trades.path(), "utf8").trimEnd().split("\n").length - 1 });
  await details.getByRole("button", { name: "Run again" }).click();
  await done(page);
  expect(await strategyText(page)).toBe(text);
  expect(complaints).toEqual([]);
  await context.close();
}, 90_000);

it("imports a file of trades and shows what another run does differently", async () => {
  const { page, context, complaints } = await openPage(stage.browser, `${stage.url}?days=40`);
  await button(page, "Try sample data").click();
  await done(page);
  const [download] = await Promise.all([page.waitForEvent("download"), button(page, "Download CSV").click()]);
  const whole = readFileSync(await download.path(), "utf8");
  const lines = whole.trimEnd().split("\n");
  // Without its second trade, and with another exit of the third.
  lines.splice(2, 1);
  lines[2] = lines[2].replace(/rebalance(,\d+,[^,]*)$/, "stop_loss$1");
  const file = join(tempFolder(), "theirs.csv");
  writeFileSync(file, `${lines.join("\n")}\n`);
  await page.getByRole("tab", { name: /^Runs/ }).click();
  await page.getByLabel("File of trades").setInputFiles(file);
  await expect.poll(() => rows(page).count()).toBe(2);
  for (const box of await page.getByRole("checkbox").all()) await box.check();
  await button(page, "Compare").click();
  await page.getByRole("tab", { name: "Changed 1" }).waitFor();
  expect(await page.getByRole("table", { name: "Changed" }).innerText()).toContain("stop_loss → rebalance");
  await page.getByRole("tab", { name: "Only in B 1" }).click();
  expect(await page.getByRole("table", { name: "Only in B" }).getByRole("row").count()).toBe(2);
  const same = join(tempFolder(), "same.csv");
  writeFileSync(same, whole);
  await page.getByLabel("File of trades").setInputFiles(same);
  await expect.poll(() => rows(page).count()).toBe(3);
  await rows(page).first().getByRole("checkbox").check();
  await button(page, "Compare").click();
  // A is theirs, B the run, C the same as B.
  await page.getByRole("tab", { name: "Only in B 1" }).waitFor();
  const [first, second] = ["First", "Second"].map((place) => page.getByRole("combobox", { name: `${place} run whose trades are compared` }));
  await second.selectOption("C");
  await page.getByRole("tab", { name: "Only in C 1" }).waitFor();
  await first.selectOption("B");
  await page.getByRole("tab", { name: "Only in B 0" }).waitFor();
  await page.getByRole("tab", { name: "Changed 0" }).waitFor();
  // To choose the other one exchanges them.
  await second.selectOption("B");
  expect(await first.inputValue()).toBe("C");
  await page.getByRole("tab", { name: "Only in C 0" }).waitFor();
  for (const left of [2, 1]) {
    await rows(page).first().getByRole("button").click();
    await button(page, "Delete").click();
    await expect.poll(() => rows(page).count()).toBe(left);
  }
  await button(page, "Bring it back").click();
  await expect.poll(() => rows(page).count()).toBe(2);
  expect(await button(page, "Bring it back").count()).toBe(0);
  // Its trades have come back with it: one ended otherwise.
  for (const box of await page.getByRole("checkbox").all()) await box.check();
  await button(page, "Compare").click();
  await page.getByRole("tab", { name: "Changed 1" }).waitFor();
  writeFileSync(file, "hello\n");
  await page.getByLabel("File of trades").setInputFiles(file);
  await expect.poll(() => page.getByRole("alert").innerText()).toContain("first line has no variant");
  expect(complaints).toEqual([]);
  await context.close();
}, 90_000);
