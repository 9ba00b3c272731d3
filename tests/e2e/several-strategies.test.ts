import { join } from "node:path";
import { expect, it } from "vitest";
import { axeProblems } from "./axe.ts";
import { runCommandLine } from "./command-line.ts";
import { resultOf } from "./folders.ts";
import { ROOT } from "./harness.ts";
import { useStage } from "./stage.ts";

const stage = useStage();

it("runs the ticked strategies together, ranks them, and shows each one's results as they are alone", async () => {
  const { page, context, complaints, foreign } = await stage.open();
  await page.getByRole("button", { name: "Try sample data" }).click();
  const alone = await resultOf(page);
  expect(await page.getByRole("table", { name: "Ranking" }).count()).toBe(0);

  await page.getByRole("button", { name: "New strategy" }).click();
  await page.getByRole("button", { name: "Select strategies" }).click();
  const picker = page.getByRole("dialog", { name: "Select strategies" });
  await picker.getByRole("checkbox", { name: "New strategy" }).check();
  await picker.getByRole("button", { name: "None" }).click();
  expect(await picker.getByRole("checkbox", { name: "New strategy" }).isChecked()).toBe(false);
  for (const name of ["ATM short straddle, hourly roll", "ATM short straddle"]) await picker.getByRole("checkbox", { name, exact: true }).check();
  expect(await axeProblems(page)).toEqual([]);
  await picker.getByRole("button", { name: "Done" }).click();
  await page.getByRole("button", { name: "2 strategies selected" }).waitFor();
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await page.getByText(/^Done · /).waitFor({ timeout: 60_000 });

  const ranking = page.getByRole("table", { name: "Ranking" });
  expect(await ranking.getByRole("row").count()).toBe(3);
  for (const bar of await ranking.getByRole("progressbar").all()) expect(await bar.getAttribute("value")).toBe(await bar.getAttribute("max"));
  const hashes = new Map<string, string>();
  for (const name of ["ATM short straddle, hourly roll", "ATM short straddle"]) {
    await ranking.getByRole("button", { name, exact: true }).click();
    await expect.poll(() => ranking.getByRole("button", { name, exact: true }).getAttribute("aria-pressed")).toBe("true");
    hashes.set(name, await resultOf(page));
  }
  expect(hashes.get("ATM short straddle, hourly roll")).toBe(alone);
  expect(hashes.get("ATM short straddle")).toBe((await runCommandLine(join(ROOT, "public/sample"), "atm-short-straddle")).result_hash);

  await page.getByRole("button", { name: "Overlay the best 2", exact: true }).click();
  const comparison = page.getByRole("region", { name: "Comparison" });
  await expect.poll(() => comparison.getByRole("table", { name: "Figures compared" }).getByRole("columnheader").allInnerTexts()).toEqual(["Figure", expect.stringMatching(/^A: ATM short straddle/), expect.stringMatching(/^B: ATM short straddle/)]);
  await comparison.getByRole("group", { name: /Cumulative P&L/ }).waitFor();
  await page.getByRole("tab", { name: "Results" }).click();

  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Positions CSV" }).click();
  expect((await download).suggestedFilename()).toBe("positions.csv");
  expect(await axeProblems(page)).toEqual([]);
  expect(complaints).toEqual([]);
  expect(foreign).toEqual([]);
  await context.close();
}, 180_000);
