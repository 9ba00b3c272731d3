/** Studies on the page: choose, write, run, look into an exceptional day, and take the figures home. */
import { readFileSync } from "node:fs";
import { parquetReadObjects } from "hyparquet";
import { expect, it } from "vitest";
import { axeProblems } from "./axe.ts";
import { resultOf } from "./folders.ts";
import { useStage } from "./stage.ts";
import { textOf, writeText } from "./strategy-text.ts";

const stage = useStage();

const ALL_DAYS = 'name: All days\nuniverse: { symbol: BANKNIFTY }\nseries: [spot, straddle]\nwindows: ["09:15-09:20", "15:00-15:20"]\nby: weekday\noutliers: { mad: 0.8, iqr: 0.2 }\n';

it("runs a study, explains it and draws its exceptional days", async () => {
  const { page, context, complaints, foreign } = await stage.open();
  await page.getByRole("button", { name: "Try sample data" }).click();
  await resultOf(page);
  await page.getByRole("tab", { name: "Studies" }).click();
  const panel = page.getByRole("region", { name: "Studies", exact: true });
  const run = panel.getByRole("button", { name: "Run study" });
  await panel.getByText(/^A study counts what the market did/).waitFor();
  expect(await panel.getByRole("combobox", { name: "Study", exact: true }).locator("option").count()).toBe(8);

  // The user's own comes first, and runs as it is.
  await expect.poll(() => textOf(page, "Study text")).toContain("days: Mon");
  await run.click();
  const results = panel.getByRole("region", { name: "Results of the study" });
  await panel.getByText(/^Done · /).waitFor({ timeout: 60_000 });
  expect(await results.getByRole("heading").first().innerText()).toBe("Mondays, first five and last ten minutes");
  expect(await results.getByRole("group", { name: "Windows" }).getByRole("button").allInnerTexts()).toEqual(["spot 09:15-09:20", "spot 15:20-15:30"]);

  // A mistake says where it is, and keeps the study from running.
  await writeText(page, "Study text", ALL_DAYS.replace("windows", "windoes"));
  await panel.getByRole("button", { name: /line 4, column 1: windoes unknown key "windoes"/ }).waitFor();
  expect(await run.isDisabled()).toBe(true);
  await writeText(page, "Study text", ALL_DAYS);
  await run.click();
  await results.getByText(/^All days$/).waitFor({ timeout: 60_000 });
  await panel.getByText(/^Done · /).waitFor({ timeout: 60_000 });
  await results.getByRole("button", { name: "straddle 15:00-15:20" }).click();
  const statistics = results.getByRole("table", { name: "Statistics" });
  expect(await statistics.getByRole("row").count()).toBe(9);
  expect(await statistics.getByRole("rowheader").allInnerTexts()).toContain("volume change");
  await results.getByRole("tab", { name: "Groups" }).click();
  expect(await results.getByRole("table", { name: "By weekday" }).getByRole("rowheader").first().innerText()).toBe("Mon");
  await results.getByRole("tab", { name: "Plots" }).click();
  await results.locator("canvas").nth(1).waitFor();
  await results.getByLabel("Metric of the plots").selectOption("volume");

  // An exceptional day is drawn, with the reason in words.
  const exceptional = results.getByRole("table", { name: "Exceptional days" }).locator("tbody tr").first();
  const reason = (await exceptional.getByRole("cell").last().innerText()).trim();
  expect(reason).toMatch(/, where the median is .*: .*(by MAD|by IQR)/);
  await exceptional.click();
  const day = results.getByRole("region", { name: "Day of the study" });
  await day.locator("canvas").waitFor({ timeout: 60_000 });
  expect(await day.innerText()).toContain(reason);
  expect(await axeProblems(page)).toEqual([]);

  const rows = async (form: "CSV" | "Parquet") => {
    const [file] = await Promise.all([page.waitForEvent("download"), results.getByRole("button", { name: `Download ${form}` }).click()]);
    expect(file.suggestedFilename()).toBe(`days.${form.toLowerCase()}`);
    return readFileSync(await file.path());
  };
  const csv = (await rows("CSV")).toString().trim().split("\n");
  const parquet = await parquetReadObjects({ file: new Uint8Array(await rows("Parquet")).buffer });
  expect(csv.slice(1).map((line) => line.split(",").slice(4, 6))).toEqual(parquet.map((row) => [row.series, row.window]));
  // Nothing runs beyond its pane.
  expect(await panel.evaluate((element) => element.scrollWidth - element.clientWidth)).toBeLessThanOrEqual(0);
  expect(complaints).toEqual([]);
  expect(foreign).toEqual([]);
  await context.close();
}, 120_000);
