/** A hundred thousand contract names: the command line and the page index, filter and plan them, and the page's thread is never held. */
import { join } from "node:path";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { dropFolder } from "../e2e/folders.ts";
import { longestOwnTime, MOST_TASK } from "../e2e/own-time.ts";
import { useStage } from "../e2e/stage.ts";
import { writeStrategy } from "../e2e/strategy-text.ts";
import { HOURLY_STRADDLE, runJson, straddle } from "../support/cli.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { writeContracts } from "./many-contracts.ts";

const CONTRACTS = 100_000;
const MARCH = ["2021-03-01", "2021-03-31"] as const;
/** The last three trading days up to each of the weekly expiries of the 4th, 10th and 18th, and two of April the 1st. */
const DAYS_OF_MARCH = 11;
const STRATEGY = `name: March\nuniverse: { symbol: BANKNIFTY }\ntime: { from: ${MARCH[0]}, to: ${MARCH[1]} }\nentry: { legs: [{ cp: CE, lots: -1 }] }\n`;
const PATIENCE = { timeout: 300_000 };

let folder: string;

beforeAll(() => {
  folder = join(tempFolder(), "contracts");
  writeContracts(folder, CONTRACTS);
});

it("is indexed and planned by the command line", async () => {
  const cache = tempFolder();
  const { status, stdout } = await straddle(["catalogue", "--data", folder], { cache });
  expect(status).toBe(0);
  expect(stdout).toContain(`${CONTRACTS} Parquet files`);
  expect(stdout).toContain("Every file can be used");
  expect(await runJson([HOURLY_STRADDLE, "--data", folder, "--from", MARCH[0], "--to", MARCH[1]], { cache })).toMatchObject({ days: DAYS_OF_MARCH, days_not_run: 0 });
});

describe("in the page", () => {
  const stage = useStage();

  it("is indexed, filtered, planned and run without a task of 100 ms on its thread", async () => {
    const { page, context, complaints } = await stage.open({ readAhead: false });
    await writeStrategy(page, STRATEGY);
    const took: Record<string, number> = {};
    const measured = async (step: string, act: () => Promise<unknown>) => {
      const from = Date.now();
      took[step] = await longestOwnTime(page, act);
      console.log(`${step}: longest task ${took[step].toFixed(0)} ms in ${((Date.now() - from) / 1000).toFixed(1)} s`);
    };
    await measured("opened", async () => {
      await dropFolder(page, folder);
      await page.getByRole("banner").getByText(/1,00,000 files/).waitFor(PATIENCE);
    });
    await measured("planned", () => planned(page));
    await measured("filtered", () => filtered(page));
    await measured("run", async () => {
      await page.getByRole("button", { name: "Run", exact: true }).click();
      await page.getByText(/^Done · /).waitFor(PATIENCE);
    });
    expect(Object.entries(took).filter(([, longest]) => longest >= MOST_TASK)).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });
});

async function planned(page: Page): Promise<void> {
  await page.getByText(new RegExp(`^${DAYS_OF_MARCH} days, 2021-03-`)).first().waitFor(PATIENCE);
}

async function filtered(page: Page): Promise<void> {
  await page.getByRole("tab", { name: /^Data/ }).click();
  const rows = page.getByRole("table", { name: "Files", exact: true });
  const filter = page.getByRole("searchbox", { name: "Filter files" });
  for (const [text, found] of [["/banknifty21304", 250], ["35000ce", 400], ["nothing of the kind", 0], ["", CONTRACTS]] as const) {
    await filter.fill(text);
    await expect.poll(() => rows.getAttribute("aria-rowcount"), PATIENCE).toBe(String(found + 1));
  }
  await rows.locator("tbody tr").first().click();
  await page.keyboard.press("End");
  await expect.poll(() => rows.locator("tbody tr[aria-current]").getAttribute("aria-rowindex")).toBe(String(CONTRACTS + 1));
}
