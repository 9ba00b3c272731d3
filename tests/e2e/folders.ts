/** Ways to hand a real folder on disk to the page. */
import { join } from "node:path";
import type { Page } from "playwright-core";
import { writeSample } from "../../src/cli/sample.ts";
import { tempFolder } from "../support/temp-folder.ts";

export { dropFolder } from "./drop-folder.ts";

/** A folder of made-up contracts that are quick around the hourly anchors only, so that it is written in seconds. */
export async function madeUpFolder(days: number, seed: number): Promise<string> {
  const folder = join(tempFolder(), "market-data");
  await writeSample({ out: folder, days, seed, strikesEachSide: 3, cadence: { near: 1.4, far: 400, nearSteps: 1, laterExpiries: 4, busy: { every: 3600, around: 25, idle: 30 } } });
  return folder;
}

/** Answers the file input that stands in for the folder picker. */
export async function chooseFolder(page: Page, path: string): Promise<void> {
  await page.getByLabel("Data folder", { exact: true }).setInputFiles(path);
}

/** Presses Run; resolves when nothing of the run before is on screen any more. */
export async function startRun(page: Page): Promise<void> {
  const hash = page.getByLabel("Result hash");
  const ranBefore = (await hash.innerText()) !== NO_HASH;
  // What the run before has left on screen goes when the next one begins.
  if (ranBefore)
    await hash.evaluate((output) => {
      const begun = new Promise<void>((resolve) => new MutationObserver(() => resolve()).observe(output, { characterData: true, childList: true, subtree: true }));
      Object.assign(globalThis, { begun });
    });
  await page.getByRole("button", { name: "Run", exact: true }).click();
  if (ranBefore) await page.evaluate(() => (globalThis as unknown as { begun: Promise<void> }).begun);
}

export async function runToEnd(page: Page): Promise<string> {
  await startRun(page);
  return resultOf(page);
}

/** What stands in place of the hash while no run has ended. */
const NO_HASH = "—";

/** The result hash once the run is done. */
export async function resultOf(page: Page): Promise<string> {
  await page.getByText(/^Done · /).waitFor({ timeout: 120_000 });
  return page.getByLabel("Result hash").innerText();
}
