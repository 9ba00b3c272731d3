/** Every view that the page has over real data, in both themes, at both sizes and on a phone. */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { problemsOfAppearance } from "./appearances.ts";
import type { WatchedPage } from "./harness.ts";
import { resultOf } from "./folders.ts";
import { useStage } from "./stage.ts";
import { writeStrategy } from "./strategy-text.ts";

const stage = useStage();
const PATIENCE = { timeout: 60_000 };
const SWEPT = `name: Swept
params: { STOP: 10, LATENCY: 1, OTM: 0 }
universe: { symbol: BANKNIFTY }
time: { window: ["09:15-11:00", "11:00-15:25"] }
entry: { legs: [{ cp: CE, lots: -1, strike: { atm: $OTM } }, { cp: PE, lots: -1, strike: { atm: 0 } }], when: { gt: [SPOT, 50000] } }
exit: { stop_loss: { pct: $STOP } }
fill: { latency: $LATENCY }
sweep: { STOP: [5, 10], LATENCY: [0, 1], OTM: [0, 1] }
`;

let watched: WatchedPage;
const button = (name: string) => watched.page.getByRole("button", { name, exact: true });
const tab = (name: string | RegExp) => watched.page.getByRole("tab", { name }).click();
const dialog = () => watched.page.getByRole("dialog");

/** Every view, and how to get there from the one before. */
const VIEWS: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
  ...Object.fromEntries(["Months", "Splits", "Distribution", "Excursions", "Variants", "Days", "Calendar"].map((name) => [name, () => tab(name)])),
  "the second of a day": async (page) => {
    await button("Replay a day").click();
    await page.getByRole("table", { name: "Decisions" }).waitFor(PATIENCE);
  },
  "the payoff of a second": async (page) => {
    await page.getByRole("tab", { name: "Payoff" }).click();
    await page.getByRole("table", { name: "Greeks of the position" }).waitFor();
  },
  "runs compared": async (page) => {
    await button("Back to the overview").click();
    await tab(/^Runs/);
    const runs = page.getByRole("table", { name: "Runs" });
    await runs.locator("tbody tr").first().getByRole("button").click();
    for (const box of await runs.getByRole("checkbox").all()) await box.check();
    await button("Compare").click();
    await page.getByText(/trades are the same to the paisa/).waitFor(PATIENCE);
  },
  "a study": async (page) => {
    await tab("Studies");
    await button("Run study").click();
    await page.getByRole("table", { name: "Statistics" }).waitFor(PATIENCE);
  },
  "an answer in SQL": async (page) => {
    await tab("SQL");
    await button("Index in bars of 15 minutes").click();
    await button("Run query").click();
    await page.getByRole("table", { name: "Rows of the answer" }).waitFor(PATIENCE);
  },
  "the answer as a chart": () => tab("Chart"),
  "data, its health and a copy": async (page) => {
    await tab(/^Data/);
    const health = page.getByRole("region", { name: "Data health" });
    await health.getByRole("button", { name: "Check the data" }).click();
    await health.getByText("3 days inspected").waitFor(PATIENCE);
    await health.getByRole("grid").getByRole("button").first().click();
    await health.getByRole("article", { name: "Report of the day" }).waitFor(PATIENCE);
    await button("Make a copy").click();
    await button("Start copy").waitFor();
  },
  "a verification": async () => {
    await tab("Results");
    await button("Verify").click();
    await dialog().getByLabel("Days", { exact: true }).fill("1");
    await dialog().getByRole("button", { name: "Verify", exact: true }).click();
    await dialog().getByText(/^Verified: 1 of 1 day equal/).waitFor(PATIENCE);
  },
  ...Object.fromEntries(["Share", "Library", "Keyboard shortcuts", "Select strategies", "⌘K: commands"].map((name) => [name, async () => {
    await button(name).click();
    await dialog().waitFor();
  }])),
};

beforeAll(async () => {
  watched = await stage.open({ readAhead: false });
  await button("Try sample data").click();
  await resultOf(watched.page);
  await writeStrategy(watched.page, SWEPT);
  await button("Run").click();
  await watched.page.getByRole("tab", { name: /^Variants/ }).waitFor(PATIENCE);
  await resultOf(watched.page);
});

afterEach(async () => {
  if (await dialog().count()) await watched.page.keyboard.press("Escape");
});

afterAll(async () => {
  await watched?.context.close();
});

it.each(Object.entries(VIEWS))("“%s” can be used in every theme and size", async (_, reach) => {
  await reach(watched.page);
  expect(await problemsOfAppearance(watched.page)).toEqual([]);
  expect(watched.complaints).toEqual([]);
});
