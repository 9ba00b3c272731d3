/** What the user answers to the browser's questions, through the port: headless browsers leave prompts pending for ever. */
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { builtFixture, openPage } from "./harness.ts";
import { useStage } from "./stage.ts";

const stage = useStage(builtFixture);

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

it("offers to reconnect the folder of the last visit, and opens it once the user allows it", async () => {
  const { page, context } = await openPage(stage.browser, `${stage.url}?remembered=1&days=20`);
  await button(page, "Reconnect folder").click();
  await page.getByRole("region", { name: "Data", exact: true }).getByText("market-data").first().waitFor();
  await context.close();
});

it("opens it without a question where the permission still stands", async () => {
  const { page, context } = await openPage(stage.browser, `${stage.url}?remembered=1&standing=granted&days=20`);
  // Narrow windows have no room for it in their header.
  await page.getByText(/market-data · /).waitFor({ state: "attached" });
  await expect.poll(() => button(page, "Run").isEnabled()).toBe(true);
  await context.close();
});

it("says what a refusal means and asks again when told to", async () => {
  const { page, context } = await openPage(stage.browser, `${stage.url}?remembered=1&permission=denied`);
  await button(page, "Reconnect folder").click();
  await expect.poll(() => page.getByRole("alert").innerText()).toMatch(/may not read “market-data”[\s\S]*choose “Allow”/);
  expect(await button(page, "Reconnect folder").isVisible()).toBe(true);
  expect(await button(page, "Open data folder").isVisible()).toBe(true);
  await context.close();
});

it("keeps the days that are done when the permission is taken away in the middle of a run", async () => {
  const { page, context } = await openPage(stage.browser, `${stage.url}?days=230&delay=0&standing=denied`);
  await button(page, "Open data folder").click();
  await button(page, "Run").click();
  await page.getByText(/^Done · /).waitFor();
  await expect.poll(() => page.getByRole("alert").first().innerText()).toMatch(/may no longer read “market-data”[\s\S]*days done before are kept/);
  expect(Number(await page.getByRole("table", { name: "Trades", exact: true }).getAttribute("aria-rowcount"))).toBeGreaterThan(100);
  await page.getByRole("alert").first().getByRole("button", { name: "Reconnect folder" }).click();
  await expect.poll(() => page.getByRole("alert").count()).toBe(0);
  await context.close();
});

it("does nothing when the picker is closed without a choice", async () => {
  const { page, context, complaints } = await openPage(stage.browser, `${stage.url}?pick=none`);
  await button(page, "Open data folder").click();
  await page.waitForTimeout(200);
  expect(await button(page, "Try sample data").isVisible()).toBe(true);
  expect(await page.getByRole("alert").count()).toBe(0);
  expect(complaints).toEqual([]);
  await context.close();
});
