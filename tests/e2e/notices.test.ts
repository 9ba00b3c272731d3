/** What a run has to say beside its figures, and what tells of a long one to those who look elsewhere. */
import { expect, it } from "vitest";
import { builtFixture, openPage } from "./harness.ts";
import { useStage } from "./stage.ts";
import { lookThrough, WINDOWS } from "./windows.ts";

const stage = useStage(builtFixture);

/** A browser without a window shows no notifications and hides no tab: what the page asks of them is written down. */
interface Watched {
  told: { title: string; body: string | undefined }[];
  away: boolean;
}

it.each(WINDOWS)("shows progress in the title, offers to tell when a long run ends, and tells those who look elsewhere, $theme at $width × $height", async (window) => {
  const { page, context, complaints } = await openPage(stage.browser, `${stage.url}?days=3`);
  await lookThrough(page, window);
  await context.grantPermissions(["notifications"]);
  await context.addInitScript(() => {
    const watched: Watched = { told: [], away: false };
    Object.assign(globalThis, { watched });
    class Told extends Notification {
      constructor(title: string, options?: NotificationOptions) {
        super(title, options);
        watched.told.push({ title, body: options?.body });
      }
    }
    globalThis.Notification = Told;
    Object.defineProperty(document, "hidden", { get: () => watched.away });
  });
  const watched = () => page.evaluate(() => (globalThis as unknown as { watched: Watched }).watched);
  await page.goto(`${stage.url}?days=600&delay=200`);
  await page.clock.install();
  await page.clock.resume();
  const offer = page.getByRole("button", { name: "Tell me when it ends" });
  expect(await offer.count()).toBe(0);
  await page.getByRole("button", { name: "Try sample data" }).click();
  await expect.poll(() => page.title()).toMatch(/^\d+ % · Straddle$/);
  await offer.click();
  await expect.poll(() => offer.count()).toBe(0);
  // Half a minute on, and somebody looks elsewhere.
  await page.clock.setSystemTime(Date.now() + 30_000);
  await page.evaluate(() => ((globalThis as unknown as { watched: Watched }).watched.away = true));
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await expect.poll(async () => (await watched()).told).toEqual([{ title: "The backtest has ended", body: expect.stringMatching(/^ATM short straddle, hourly roll: \d+ days?, net P&L [+−]₹/) }]);
  expect(await page.title()).toBe("Straddle");

  // Who looks at the page is not told.
  await page.evaluate(() => ((globalThis as unknown as { watched: Watched }).watched.away = false));
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await expect.poll(() => page.title()).toMatch(/^\d+ % · Straddle$/);
  await page.clock.setSystemTime(Date.now() + 90_000);
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await page.getByText(/^Stopped · /).waitFor();
  expect((await watched()).told).toHaveLength(1);
  expect(complaints).toEqual([]);
  await context.close();
});

it("says which files changed while a run read them, and nothing where none did", async () => {
  for (const [query, notices] of [["days=20", []], ["days=20&changing", [expect.stringMatching(/^1 file changed while the run read it: options\/banknifty2482850500ce\.parquet\. Some days .* Run again/)]]] as const) {
    const { page, context, complaints } = await openPage(stage.browser, `${stage.url}?${query}`);
    await page.getByRole("button", { name: "Try sample data" }).click();
    await page.getByText(/^Done · /).waitFor();
    await expect.poll(() => page.getByRole("status").filter({ hasText: "changed while" }).allInnerTexts()).toEqual(notices);
    expect(complaints).toEqual([]);
    await context.close();
  }
});
