/** What a trader does on the page in a day, by role and name, in both themes at both sizes; the other tests go into the depth of each at one of them. */
import { readFileSync } from "node:fs";
import type { Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { WatchedPage } from "./harness.ts";
import { useStage } from "./stage.ts";
import { strategyText, writeStrategy } from "./strategy-text.ts";
import { lookThrough, WINDOWS } from "./windows.ts";

const stage = useStage();
const PATIENCE = { timeout: 60_000 };

const PLAIN = `name: Flow
universe: { symbol: BANKNIFTY }
time: { window: "09:15-15:25" }
entry:
  legs:
    - { cp: CE, lots: -1, strike: { atm: 0 } }
    - { cp: PE, lots: -1, strike: { atm: 0 } }
exit: { stop_loss: { pct: 30 } }
`;

let watched: WatchedPage;
let page: Page;
/** Of the first run. */
let trades: Buffer;
const button = (name: string, inside: Page | Locator = page) => inside.getByRole("button", { name, exact: true });
const tab = (name: string | RegExp) => page.getByRole("tab", { name }).click();
const group = (name: string) => page.getByRole("group", { name, exact: true });
const table = (name: string) => page.getByRole("table", { name, exact: true });
const dialog = (name: string) => page.getByRole("dialog", { name });
const part = (name: string) => button(name, page.getByRole("region", { name: "Builder" }));
const tradesShown = async () => Number(await table("Trades").getAttribute("aria-rowcount")) - 1;

async function run(): Promise<void> {
  const hash = page.getByLabel("Result hash");
  const before = await hash.innerText();
  await button("Run").click();
  await expect.poll(() => hash.innerText(), PATIENCE).not.toBe(before);
  await expect.poll(() => hash.innerText(), PATIENCE).toMatch(/^[0-9a-f]{64}$/);
}

/** In this order, each from where the one before has left the page. */
const FLOWS: Readonly<Record<string, () => Promise<void>>> = {
  async "builds in both faces, undoes, and explains a mistake"() {
    await writeStrategy(page, PLAIN);
    await tab("Builder");
    for (const name of ["Legs", "Entry", "Fills"]) await part(name).click();
    await button("Add leg").click();
    const leg = group("Leg 3");
    await leg.getByRole("textbox", { name: "Lots" }).fill("2");
    await leg.getByRole("combobox", { name: "Stop-loss unit" }).selectOption("pct");
    await button("Delete leg 3").click();
    await button("Add condition").click();
    await group("When").first().getByRole("textbox", { name: "When, right: number" }).fill("40000");
    await expect.poll(() => page.getByLabel("When in words").innerText()).toBe("spot is above 40000");
    await page.getByRole("textbox", { name: "Latency" }).fill("soon");
    await expect.poll(() => group("Latency").innerText()).toContain('found "soon"');
    expect(await button("Run").isDisabled()).toBe(true);
    await page.getByRole("textbox", { name: "Latency" }).fill("2");
    await expect.poll(() => button("Run").isDisabled()).toBe(false);
    expect(await strategyText(page)).toContain("when: { gt: [SPOT, 40000] }");
    await button("Undo").click();
    expect(await strategyText(page)).not.toContain("latency: 2");
    await button("Redo").click();
    expect(await strategyText(page)).toContain("latency: 2");
    await tab("Builder");
    for (const name of ["Legs", "Entry", "Fills"]) await part(name).click();
  },

  async "sweeps a number, runs, and holds one selection in every view"() {
    await part("Sweep").click();
    await page.getByRole("combobox", { name: "Add axis of" }).selectOption({ label: "exit · stop loss · pct (30)" });
    await button("Add value to STOP_LOSS").click();
    await page.getByRole("textbox", { name: "STOP_LOSS value 2" }).fill("10");
    await expect.poll(() => page.getByLabel("Grid size").innerText()).toContain("2 variants");
    await part("Sweep").click();
    await run();
    const all = await tradesShown();
    await tab(/^Variants/);
    await table("Net P&L by variant").getByRole("button").last().click();
    await expect.poll(tradesShown).toBeLessThan(all);
    await tab("Calendar");
    await page.getByRole("button", { name: /^Tue 2024-08-20: / }).click();
    await expect.poll(() => page.locator(".card").first().innerText()).toContain("1 day");
    await page.getByLabel("Unit of results").selectOption({ label: "Points" });
    await expect.poll(() => page.locator(".card").first().innerText()).toContain(" pt");
    await page.getByLabel("Unit of results").selectOption({ label: "Rupees" });
    await button("Show all").click();
    await expect.poll(tradesShown).toBe(all);
    for (const name of ["Months", "Splits", "Distribution", "Excursions", "Days"]) await tab(name);
    await table("Days").locator("tbody tr").first().waitFor();
    await page.getByRole("searchbox", { name: "Filter trades" }).fill("pe");
    await expect.poll(tradesShown).toBe(all / 2);
    await page.getByRole("searchbox", { name: "Filter trades" }).fill("");
    await expect.poll(tradesShown).toBe(all);
  },

  async "replays a trade's day by the second, and draws the payoff"() {
    await table("Trades").locator("tbody tr").first().click();
    const day = page.getByRole("region", { name: "Day", exact: true });
    await table("Decisions").locator("tbody tr").last().click(PATIENCE);
    const second = day.getByLabel("Second", { exact: true });
    const before = await second.inputValue();
    await page.keyboard.press("[");
    expect(await second.inputValue()).not.toBe(before);
    await day.getByRole("tab", { name: "Payoff" }).click();
    expect(await table("Greeks of the position").getByRole("row").count()).toBeGreaterThan(2);
    await day.getByRole("tab", { name: "Readout" }).click();
    await button("Back to the overview").click();
    await page.getByRole("tab", { name: "Calendar" }).waitFor();
  },

  async "runs strategies together, ranks and overlays them"() {
    await button("Select strategies").click();
    const picker = dialog("Select strategies");
    for (const name of ["ATM short straddle", "09:20 straddle with leg stops"]) await picker.getByRole("checkbox", { name, exact: true }).check();
    await button("Done", picker).click();
    await run();
    expect(await table("Ranking").getByRole("row").count()).toBe(3);
    await button("Overlay the best 2").click();
    await table("Figures compared").waitFor(PATIENCE);
    await button("2 strategies selected").click();
    await button("None", picker).click();
    await button("Done", picker).click();
  },

  async "keeps runs, imports one, names, compares and deletes them"() {
    const runs = table("Runs");
    await tab(/^Runs/);
    const kept = await runs.locator("tbody tr").count();
    await page.getByLabel("File of trades").setInputFiles({ name: "theirs.csv", mimeType: "text/csv", buffer: trades });
    await expect.poll(() => runs.locator("tbody tr").count()).toBe(kept + 1);
    expect(await runs.locator("tbody tr").first().innerText()).toContain("theirs.csv");
    await runs.locator("tbody").getByRole("button").first().click();
    await button("Delete").click();
    await button("Bring it back").click();
    await expect.poll(() => runs.locator("tbody tr").count()).toBe(kept + 1);
    await runs.locator("tbody").getByRole("button").first().click();
    await button("Delete").click();
    await expect.poll(() => runs.locator("tbody tr").count()).toBe(kept);
    await runs.locator("tbody").getByRole("button").first().click();
    const details = page.getByRole("region", { name: "Run", exact: true });
    await details.getByLabel("Name").fill("Kept");
    await details.getByLabel("Name").blur();
    await page.getByLabel("Filter runs").fill("kept");
    await expect.poll(() => runs.locator("tbody tr").count()).toBe(1);
    await page.getByLabel("Filter runs").fill("");
    for (const [i, box] of (await runs.getByRole("checkbox").all()).entries()) await box.setChecked(i < 2);
    await button("Compare").click();
    await page.getByText(/trades are the same to the paisa/).waitFor(PATIENCE);
    await table("What differs").waitFor();
    for (let left = await runs.locator("tbody tr").count(); left > 1; left--) {
      await runs.locator("tbody").getByRole("button").first().click();
      await button("Delete").click();
      await expect.poll(() => runs.locator("tbody tr").count()).toBe(left - 1);
    }
  },

  async "shares a strategy by a link, which asks before it runs"() {
    const text = await strategyText(page);
    await button("Share").click();
    const link = page.getByLabel("Link");
    await expect.poll(() => link.inputValue()).toContain("#s1.");
    const { hash } = new URL(await link.inputValue());
    await page.keyboard.press("Escape");
    await writeStrategy(page, PLAIN);
    await page.evaluate((fragment) => (location.hash = fragment), hash);
    const incoming = dialog("Somebody shared a strategy with you");
    await button("Open strategy", incoming).click();
    await expect.poll(() => strategyText(page)).toBe(text);
  },

  async "takes a strategy into the library, and out of it"() {
    await button("Library").click();
    await page.getByLabel("Paste a strategy").fill(PLAIN.replace("Flow", "Pasted"));
    await button("Take up the pasted text").click();
    await expect.poll(() => strategyText(page)).toContain("name: Pasted");
    await button("Library").click();
    const own = page.getByRole("list", { name: "Your own strategies" });
    for (let left = await own.getByRole("listitem").count(); left > 0; left--) {
      await own.getByRole("button", { name: /^Delete / }).first().click();
      await expect.poll(() => own.getByRole("listitem").count()).toBe(left - 1);
    }
    await button("Close", dialog("Library")).click();
    await page.getByRole("banner").getByRole("combobox").first().selectOption("atm-hourly-straddle");
  },

  async "asks for a study, and in SQL"() {
    await tab("Studies");
    await button("Run study").click();
    await table("Statistics").waitFor(PATIENCE);
    await tab("SQL");
    if ((await button("Index in bars of 15 minutes").count()) === 0) await button("Examples").click();
    await button("Index in bars of 15 minutes").click();
    await button("Run query").click();
    await table("Rows of the answer").waitFor(PATIENCE);
    await tab("Chart");
    await page.getByRole("heading", { name: "close over bar" }).waitFor();
    await tab("Table");
  },

  async "shows the data and its health"() {
    await tab(/^Data/);
    await page.getByRole("grid", { name: "Coverage of BANKNIFTY" }).getByRole("button").first().waitFor(PATIENCE);
    const health = page.getByRole("region", { name: "Data health" });
    await button("Check the data", health).click();
    await health.getByText("3 days inspected").waitFor(PATIENCE);
  },

  async "does what is asked for in the palette, and lists the keys"() {
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Command" }).fill("history of runs");
    await page.keyboard.press("Enter");
    await table("Runs").waitFor();
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await page.keyboard.press("?");
    await button("Close", dialog("Keyboard shortcuts")).click();
    await page.getByRole("dialog").waitFor({ state: "hidden" });
  },
};

beforeAll(async () => {
  watched = await stage.open({ readAhead: false });
  ({ page } = watched);
  page.setDefaultTimeout(PATIENCE.timeout);
  await button("Try sample data").click();
  await page.getByText(/^Done · /).waitFor(PATIENCE);
  const [download] = await Promise.all([page.waitForEvent("download"), button("Download CSV").click()]);
  trades = readFileSync(await download.path());
});
afterAll(async () => {
  await watched?.context.close();
});

/** A flow that fails is not to take those after it along. */
afterEach(async () => {
  if (await page.getByRole("dialog").count()) await page.keyboard.press("Escape");
});

describe.each(WINDOWS)("in the $theme theme at $width × $height", (window) => {
  beforeAll(async () => {
    await lookThrough(page, window);
    await tab("Results");
  });

  it.each(Object.entries(FLOWS))("%s", async (_, flow) => {
    await flow();
    expect(watched.complaints).toEqual([]);
    expect(watched.foreign).toEqual([]);
  });
});
