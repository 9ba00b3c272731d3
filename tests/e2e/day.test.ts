/** A trade's day, simulated again and looked at second by second. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { axeProblems } from "./axe.ts";
import { resultOf } from "./folders.ts";
import { builtPage, launchChromium, openPage, serve, type StaticServer } from "./harness.ts";

let browser: Browser;
let server: StaticServer;

beforeAll(async () => {
  server = await serve(await builtPage());
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

it.each(["light", "dark"] as const)("opens from a trade, steps by second and turns to other days, in the %s theme", async (theme) => {
  const { page, context, complaints, foreign } = await openPage(browser, server.url, { theme });
  await page.getByRole("button", { name: "Try sample data" }).click();
  await resultOf(page);
  const trades = page.getByRole("table", { name: "Trades", exact: true });
  await trades.locator("tbody tr").first().click();
  const day = page.getByRole("region", { name: "Day", exact: true });
  const decisions = day.getByRole("table", { name: "Decisions" });
  await decisions.waitFor({ timeout: 60_000 });
  const second = day.getByLabel("Second", { exact: true });
  expect(await second.innerText()).toBe("09:15:00");
  // The chart stands where the readout does.
  const charted = () => day.locator(".legend").innerText();
  await day.locator("canvas").nth(2).waitFor();
  await expect.poll(charted).toMatch(/^09:15:00/);
  await page.keyboard.press("]");
  await page.keyboard.press("]");
  await page.keyboard.press("[");
  expect(await second.innerText()).toBe("09:15:01");
  expect(await charted()).toMatch(/^09:15:01/);
  // The fill of that second: sold at the bid that the readout shows.
  const entry = (await trades.locator("tbody tr").first().locator("td").nth(8).innerText()).trim();
  const strike = /(\d+ [CP]E)/.exec(await trades.locator("tbody tr").first().innerText())?.[1] ?? "";
  expect(await day.getByRole("table", { name: "The second" }).getByRole("row", { name: strike }).getByRole("cell").first().innerText()).toBe(entry);
  await decisions.locator("tbody tr").last().click();
  await expect.poll(() => second.innerText()).not.toBe("09:15:01");
  await page.keyboard.press("j");
  await expect.poll(() => trades.locator("tr[aria-current]").getAttribute("aria-rowindex")).toBe("3");
  const heading = day.getByRole("heading").first();
  const before = await heading.innerText();
  await day.getByRole("button", { name: "Next day" }).click();
  await decisions.waitFor({ timeout: 60_000 });
  expect(await heading.innerText()).not.toBe(before);
  expect(await axeProblems(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await page.getByRole("tab", { name: "Calendar" }).waitFor();
  expect(await day.count()).toBe(0);
  expect(complaints).toEqual([]);
  expect(foreign).toEqual([]);
  await context.close();
}, 120_000);
