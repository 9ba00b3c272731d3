/** Verify on the page: the run on screen and one of the history, worked out anew day by day. */
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { axeProblems } from "./axe.ts";
import { builtFixture } from "./harness.ts";
import { useStage } from "./stage.ts";

const stage = useStage();
const fixture = useStage(builtFixture);
/** Pictures for whoever wants to look: a folder that exists. */
const PICTURES = process.env.STRADDLE_PICTURES;

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const dialog = (page: Page) => page.getByRole("dialog", { name: /^Verify “/ });
const days = (page: Page) => dialog(page).getByRole("region", { name: "Days verified" }).locator("tbody tr");

async function picture(page: Page, name: string): Promise<void> {
  if (PICTURES) await page.screenshot({ path: join(PICTURES, `${name}.png`) });
}

it("works days of a run out anew and finds them equal, on screen and from the history, by keyboard, and stops when told", async () => {
  const { page, context, complaints } = await stage.open();
  await button(page, "Try sample data").click();
  await page.getByText(/^Done · /).waitFor();
  // The workers that read footers end when nobody has asked them for a while.
  await expect.poll(() => page.workers().length).toBeLessThanOrEqual(3);
  const workers = page.workers().length;

  await button(page, "Verify").press("Enter");
  await dialog(page).waitFor();
  await dialog(page).getByLabel("Days", { exact: true }).fill("2");
  await dialog(page).getByLabel("Seed").fill("7");
  await dialog(page).getByLabel("Seed").press("Enter");
  await dialog(page).getByRole("status").getByText(/^Verified: 2 of 2 days equal/).waitFor({ timeout: 120_000 });
  expect(await days(page).count()).toBe(2);
  expect(await days(page).first().innerText()).toMatch(/^2024-08-\d\d\s+equal\s+\d+\s+\d+\s+\d+\s+[\d,]+\s+5 decisions stand$/);
  expect(await axeProblems(page)).toEqual([]);
  await picture(page, "verified");
  await expect.poll(() => page.workers().length).toBe(workers);

  await dialog(page).getByLabel("Days", { exact: true }).fill("3");
  await dialog(page).getByRole("button", { name: "Verify", exact: true }).click();
  await dialog(page).getByRole("button", { name: "Stop" }).click();
  await dialog(page).getByRole("status").getByText(/stopped before the sample was done/).waitFor();
  await expect.poll(() => page.workers().length).toBe(workers);
  await page.keyboard.press("Escape");
  await expect.poll(() => dialog(page).count()).toBe(0);

  await page.emulateMedia({ colorScheme: "dark" });
  await button(page, "Close run").click();
  await page.getByRole("tab", { name: /^Runs/ }).click();
  await page.getByRole("table", { name: "Runs" }).locator("tbody tr").first().getByRole("button").click();
  const opener = page.getByRole("region", { name: "Run", exact: true }).getByRole("button", { name: "Verify" });
  await opener.click();
  await dialog(page).getByLabel("Days", { exact: true }).fill("1");
  await dialog(page).getByRole("button", { name: "Verify", exact: true }).click();
  await dialog(page).getByRole("status").getByText(/^Verified: 1 of 1 day equal/).waitFor({ timeout: 120_000 });
  await dialog(page).getByText(/^The history keeps no skips/).waitFor();
  expect(await axeProblems(page)).toEqual([]);
  await picture(page, "verified-dark");
  // The button that was pressed is not there any more; the keyboard is still in the dialog, and then back where it came from.
  await page.keyboard.press("Escape");
  await expect.poll(() => dialog(page).count()).toBe(0);
  await expect.poll(() => opener.evaluate((element) => element === document.activeElement)).toBe(true);
  expect(complaints).toEqual([]);
  await context.close();
}, 240_000);

it("shows what differs cell by cell, on changed data too, what could not be verified, and decisions that fall", async () => {
  const { page, context, complaints } = await fixture.open();
  await button(page, "Try sample data").click();
  await page.getByText(/^Done · /).waitFor();
  await button(page, "Verify").click();
  await dialog(page).getByRole("button", { name: "Verify", exact: true }).click();
  await dialog(page).getByRole("status").getByText(/^Not verified: 1 of 4 days equal, 1 differ, 1 differ on data that has changed since, 1 could not be verified/).waitFor();
  await dialog(page).getByText(/^The run was made by market rules 2026\.11/).waitFor();
  expect(await days(page).allInnerTexts()).toEqual([expect.stringMatching(/equal/), expect.stringMatching(/differs[\s\S]*1 of 2 decisions do not stand/), expect.stringMatching(/differs, data changed/), expect.stringMatching(/not verified[\s\S]*not tried/)]);
  const cells = dialog(page).getByRole("region", { name: "Differences" }).locator("tbody tr");
  expect((await cells.first().innerText()).split(/\s*\t\s*/).slice(1)).toEqual(["v1", "position 3 of the day, leg 2", "exit_px", "351.15", "352.10"]);
  expect(await cells.count()).toBe(4);
  const remarks = await dialog(page).getByRole("list", { name: "Remarks" }).getByRole("listitem").allInnerTexts();
  expect(remarks).toEqual([expect.stringContaining("everything after 10:15:00 hidden, gone: v1, position 3, leg 2"), expect.stringContaining("has changed since the run"), expect.stringContaining("its clock is no timestamp column"), expect.stringContaining("no file of the data may hold a row")]);
  expect(await axeProblems(page)).toEqual([]);
  await picture(page, "differs");
  expect(complaints).toEqual([]);
  await context.close();
}, 90_000);
