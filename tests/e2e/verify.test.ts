/** Verify on the page: the run on screen and one of the history, worked out anew day by day. */
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { axeProblems } from "./axe.ts";
import { useStage } from "./stage.ts";

const stage = useStage();
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
  await dialog(page).getByLabel("Days").fill("2");
  await dialog(page).getByLabel("Seed").fill("7");
  await dialog(page).getByLabel("Seed").press("Enter");
  await dialog(page).getByRole("status").getByText(/^Verified: 2 of 2 days equal/).waitFor({ timeout: 120_000 });
  expect(await days(page).count()).toBe(2);
  expect(await days(page).first().innerText()).toMatch(/^2024-08-\d\d\s+equal\s+\d+\s+\d+\s+\d+\s+[\d,]+\s+5 decisions stand$/);
  expect(await axeProblems(page)).toEqual([]);
  await picture(page, "verified");
  await expect.poll(() => page.workers().length).toBe(workers);

  await dialog(page).getByLabel("Days").fill("3");
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
  await page.getByRole("region", { name: "Run", exact: true }).getByRole("button", { name: "Verify" }).click();
  await dialog(page).getByLabel("Days").fill("1");
  await dialog(page).getByRole("button", { name: "Verify", exact: true }).click();
  await dialog(page).getByRole("status").getByText(/^Verified: 1 of 1 day equal/).waitFor({ timeout: 120_000 });
  expect(await axeProblems(page)).toEqual([]);
  await picture(page, "verified-dark");
  expect(complaints).toEqual([]);
  await context.close();
}, 240_000);
