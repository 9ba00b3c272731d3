/** Data health in the page: the calendar, a day, its bad rows, thresholds that keep a day from running, and overruling them. */
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { straddle } from "../support/cli.ts";
import { publicSample } from "../support/public-sample.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { axeProblems } from "./axe.ts";
import { chooseFolder, madeUpFolder, resultOf, runToEnd } from "./folders.ts";
import { useStage } from "./stage.ts";

const stage = useStage();

async function saved(page: Page, button: string): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: button, exact: true }).click()]);
  return readFileSync(await download.path(), "utf8");
}

it("inspects the data, shows the bad rows of a day, and keeps days beyond a threshold from running until they are overruled", async () => {
  const command = straddle(["health", "--data", publicSample(), "--json"]);
  const { page, context, complaints, foreign } = await stage.open({ readAhead: false });
  await page.getByRole("button", { name: "Try sample data" }).click();
  const free = await resultOf(page);
  await page.getByRole("tab", { name: /^Data/ }).click();
  const section = page.getByRole("region", { name: "Data health" });
  await section.getByRole("button", { name: "Check the data" }).click();
  await section.getByText("3 days inspected").waitFor({ timeout: 60_000 });

  // The same figures as the command line's.
  const { days } = JSON.parse((await command).stdout) as { days: unknown[] };
  expect((JSON.parse(await saved(page, "Health JSON")) as { days: unknown[] }).days).toEqual(days);
  expect((await saved(page, "Health CSV")).trim().split("\n")).toHaveLength(4);

  await section.getByRole("grid", { name: "Health of BANKNIFTY" }).getByRole("button", { name: /2024-08-20/ }).click();
  const report = section.getByRole("article", { name: "Report of the day" });
  await report.getByRole("heading", { name: "BANKNIFTY, Tue 2024-08-20" }).waitFor({ timeout: 30_000 });
  await report.getByRole("cell", { name: "BANKNIFTY 2024-08-21 50500 CE", exact: true }).click();
  const bad = report.getByRole("region", { name: "Bad rows" });
  await expect.poll(() => bad.getByRole("status").innerText(), { timeout: 30_000 }).toMatch(/^\d+ rows$/);
  await bad.getByRole("combobox").selectOption("crossed");
  await expect.poll(() => bad.getByRole("cell", { name: "crossed book" }).count(), { timeout: 30_000 }).toBeGreaterThan(0);
  expect(await axeProblems(page)).toEqual([]);
  const day = JSON.parse(await saved(page, "Day JSON")) as { instruments: readonly { strike: number; cp: string; expiry: string; crossed: number; rows_in_session: number; quote_age_seconds: Record<string, number> }[] };
  const shown = day.instruments.find(({ strike, cp, expiry }) => strike === 50_500 && cp === "CE" && expiry === "2024-08-21");
  expect(await bad.getByRole("status").innerText()).toBe(`${shown?.crossed} row${shown?.crossed === 1 ? "" : "s"}`);

  // What is told of the day's options is told of each.
  const ages = report.getByRole("table", { name: "Age of the quotes of BANKNIFTY 2024-08-21 50500 CE, seconds" });
  const quoted = Object.values(shown!.quote_age_seconds).reduce((sum, one) => sum + one, 0);
  const percents = Object.values(shown!.quote_age_seconds).map((seconds) => ((100 * seconds) / quoted).toFixed(1) + " %");
  expect(await ages.locator("tr td:nth-child(2)").allInnerTexts()).toEqual(percents);
  await report.getByRole("table", { name: "Spread of BANKNIFTY 2024-08-21 50500 CE, rows with a quote" }).waitFor();

  await section.getByText("Thresholds: none, so every day runs").click();
  await section.getByRole("spinbutton", { name: /rows of the options/ }).fill("14500");
  await section.getByRole("spinbutton", { name: /rows of the options/ }).press("Tab");
  const quarantined = section.getByRole("table", { name: "Days in quarantine" });
  await expect.poll(() => quarantined.getByRole("rowheader").allInnerTexts()).toEqual(["Mon 2024-08-19", "Tue 2024-08-20"]);
  await quarantined.getByRole("checkbox", { name: "Run 2024-08-20 all the same" }).check();
  expect(await axeProblems(page)).toEqual([]);

  await page.getByRole("button", { name: "Run", exact: true }).click();
  await expect.poll(async () => (await page.getByLabel("Result hash").innerText()) !== free && (await resultOf(page)) !== free, { timeout: 60_000 }).toBe(true);
  await page.getByRole("tab", { name: "Results" }).click();
  const ledger = JSON.parse(await saved(page, "Download run.json")) as { days: { run: string[]; quarantined: { date: string }[] }; quarantine: unknown };
  expect(ledger).toMatchObject({
    days: { run: ["2024-08-20", "2024-08-21"], quarantined: [{ date: "2024-08-19", detail: expect.stringMatching(/rows of the options: \d+, below 14500/) }] },
    quarantine: { thresholds: { rows_below: 14_500 }, overruled: [{ symbol: "BANKNIFTY", date: "2024-08-20" }] },
  });

  // At the next visit the thresholds stand, and the health of the days is remembered; without them everything runs again.
  await page.reload();
  await page.getByRole("button", { name: "Try sample data" }).click();
  expect(await resultOf(page)).not.toBe(free);
  await page.getByRole("tab", { name: /^Data/ }).click();
  await section.getByText("Thresholds: 1 is set; days beyond one are not run").click();
  await section.getByRole("spinbutton", { name: /rows of the options/ }).fill("");
  await section.getByRole("spinbutton", { name: /rows of the options/ }).press("Tab");
  await section.getByText("Thresholds: none, so every day runs").waitFor();
  await page.getByRole("tab", { name: "Results" }).click();
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await expect.poll(() => page.getByLabel("Result hash").innerText(), { timeout: 60_000 }).toBe(free);
  expect(complaints).toEqual([]);
  expect(foreign).toEqual([]);
  await context.close();
}, 180_000);

it("names the trading days without data once it has looked at all days, and none before", async () => {
  const source = await madeUpFolder(3, 29);
  const data = join(tempFolder(), "days");
  await straddle(["reshape", "--data", source, "--out", data]);
  const dates = readdirSync(join(data, "options/banknifty")).map((name) => name.slice("date=".length)).sort();
  expect(dates).toHaveLength(3);
  for (const kind of ["options", "spot"])
    for (const name of readdirSync(join(data, kind, "banknifty"))) if (name.includes(dates[1])) rmSync(join(data, kind, "banknifty", name), { recursive: true });
  const { page, context, complaints } = await stage.open({ readAhead: false });
  // A threshold has the run look at its days.
  await page.evaluate(() => localStorage.setItem("straddle", JSON.stringify({ ...JSON.parse(localStorage.getItem("straddle") ?? "{}"), thresholds: { rows_below: 1 } })));
  await page.reload();
  await chooseFolder(page, data);
  await page.getByRole("table", { name: "Symbols" }).waitFor();
  await runToEnd(page);
  await page.getByRole("tab", { name: /^Data/ }).click();
  const section = page.getByRole("region", { name: "Data health" });
  await section.getByText("2 days inspected").waitFor();
  await section.getByText("Trading days without data are known when all days are inspected.").waitFor();
  const missing = async () => (JSON.parse(await saved(page, "Health JSON")) as { missing: unknown }).missing;
  expect(await missing()).toBeNull();
  await section.getByRole("button", { name: "Check the data" }).click();
  await section.getByText(`1 trading day of the exchange calendar without data: ${dates[1]}`).waitFor({ timeout: 60_000 });
  expect(await missing()).toEqual([dates[1]]);
  expect(complaints).toEqual([]);
  await context.close();
}, 180_000);
