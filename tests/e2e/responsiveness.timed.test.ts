/** What a trader feels: how long the page's thread is taken, and how soon a run stops. */
import { beforeAll, expect, it } from "vitest";
import { dropFolder, madeUpFolder, resultOf, runToEnd } from "./folders.ts";
import { leastOf } from "./harness.ts";
import { useStage } from "./stage.ts";

const stage = useStage();
let folder: string;

beforeAll(async () => {
  folder = await madeUpFolder(12, 7);
});

it("opens sample data and runs it without a task of 100 ms on the page's thread", async () => {
  const longest = await leastOf(12, async () => {
    const { page, context, longestTask } = await stage.open();
    await page.getByRole("button", { name: "Try sample data" }).click();
    await resultOf(page);
    const longest = await longestTask();
    await context.close();
    return longest;
  });
  expect(longest).toBeLessThan(100);
}, 300_000);

it("opens a folder and runs it without a task of 100 ms on the page's thread", async () => {
  const longest = await leastOf(12, async () => {
    const { page, context, longestTask } = await stage.open();
    await dropFolder(page, folder);
    await runToEnd(page);
    const longest = await longestTask();
    await context.close();
    return longest;
  });
  expect(longest).toBeLessThan(100);
}, 300_000);

it("reads a folder ahead without a task of 100 ms on the page's thread", async () => {
  const longest = await leastOf(12, async () => {
    const { page, context, longestTask } = await stage.open();
    await dropFolder(page, folder);
    await page.getByRole("group", { name: "Reading ahead" }).waitFor();
    await longestTask();
    await page.getByRole("tab", { name: "Data" }).click();
    await page.getByLabel("What was read ahead").waitFor({ timeout: 60_000 });
    const longest = await longestTask();
    await context.close();
    return longest;
  });
  expect(longest).toBeLessThan(100);
}, 300_000);

it("stops a run within a second and keeps the days that are done", async () => {
  const { page, context } = await stage.open();
  await dropFolder(page, folder);
  await page.getByRole("button", { name: "Run", exact: true }).click();
  const bar = page.getByRole("progressbar", { name: "Backtest progress" });
  await expect.poll(async () => Number(await bar.getAttribute("aria-valuenow")), { timeout: 60_000, interval: 20 }).toBeGreaterThan(0);
  const asked = Date.now();
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await page.getByText(/^Stopped · /).waitFor();
  expect(Date.now() - asked).toBeLessThan(1_000);
  await expect.poll(() => page.getByLabel("Result hash").innerText(), { timeout: 10_000 }).toMatch(/^[0-9a-f]{64}$/);
  expect(Number(await page.getByRole("table", { name: "Trades", exact: true }).getAttribute("aria-rowcount"))).toBeGreaterThan(1);
  await context.close();
}, 300_000);
