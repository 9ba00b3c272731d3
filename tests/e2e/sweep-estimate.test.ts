/** How long a grid would take, beside its size. */
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { dropFolder, resultOf } from "./folders.ts";
import { ROOT } from "./harness.ts";
import { useStage } from "./stage.ts";

const stage = useStage();

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const toggle = (page: Page, name: string) => page.getByRole("region", { name: "Builder" }).getByRole("button", { name, exact: true });

it("says how long the grid would take, at the pace of the last run", async () => {
  const { page, context } = await stage.open();
  await page.getByRole("banner").getByRole("combobox").first().selectOption("atm-short-straddle");
  await toggle(page, "Sweep").click();
  expect(await page.getByLabel("Estimate of the grid").count()).toBe(0);
  await button(page, "Try sample data").click();
  await resultOf(page);
  await page.getByRole("combobox", { name: "Add axis of" }).selectOption({ label: "exit · stop loss · pct (40)" });
  await expect.poll(() => page.getByLabel("Estimate of the grid").innerText()).toMatch(/^about \d+ s on 3 days$/);
  await context.close();
}, 60_000);

it("says how long the grid would take before anything has run, once the machine was measured", async () => {
  const { page, context, complaints } = await stage.open({ readAhead: false });
  await page.getByRole("banner").getByRole("combobox").first().selectOption("atm-short-straddle");
  await toggle(page, "Sweep").click();
  await dropFolder(page, join(ROOT, "public/sample"));
  await page.getByRole("region", { name: "Data", exact: true }).getByRole("table", { name: "Symbols" }).waitFor();
  expect(await page.getByLabel("Estimate of the grid").count()).toBe(0);
  await button(page, "Measure this machine").click({ timeout: 60_000 });
  const estimate = page.getByLabel("Estimate of the grid");
  await estimate.waitFor({ timeout: 60_000 });
  expect(await estimate.innerText()).toMatch(/^about \d+ s on 3 days$/);
  expect(await estimate.getAttribute("title")).toContain("as the machine was measured");
  expect(complaints).toEqual([]);
  await context.close();
}, 180_000);
