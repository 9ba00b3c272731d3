/** The views of the results: one selection for all of them, in the unit that the user chose. */
import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { axeProblems } from "./axe.ts";
import { builtFixture, openPage, type WatchedPage } from "./harness.ts";
import { useStage } from "./stage.ts";
import { writeStrategy } from "./strategy-text.ts";

const stage = useStage(builtFixture);

const SWEPT = `name: Swept straddle
params: { stop: 30, wait: 0, side: 1 }
universe: { symbol: BANKNIFTY }
time: { window: "09:15-15:25" }
entry: { legs: [{ cp: CE, lots: -1, strike: { atm: 0 } }, { cp: PE, lots: -1, strike: { atm: 0 } }] }
exit: { stop_loss: { pct: $stop } }
fill: { latency: $wait, patience: $side }
sweep: { stop: [20, 30, 40], wait: [0, 1], side: [1, 2] }
`;

async function ran(options: Parameters<typeof openPage>[2] & { query?: string; strategy?: string } = {}): Promise<WatchedPage> {
  const watched = await openPage(stage.browser, `${stage.url}${options.query ?? "?days=130"}`, options);
  const { page } = watched;
  if (options.strategy) await writeStrategy(page, options.strategy);
  await page.getByRole("button", { name: "Try sample data" }).click();
  await page.getByText(/^Done · /).waitFor();
  return watched;
}

const trades = async (page: Page) => Number(await page.getByRole("table", { name: "Trades", exact: true }).getAttribute("aria-rowcount")) - 1;
const card = (page: Page, label: string) => page.locator(".card").filter({ hasText: label }).first();
const cut = (page: Page, name: string) => page.getByRole("tab", { name }).click();

async function download(page: Page, button: string): Promise<{ readonly name: string; readonly text: string }> {
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: button }).click()]);
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), "utf8") };
}

describe("one selection", () => {
  it("is made in the calendar and held by cards, chart, table of days and trades", async () => {
    const { page, context, complaints } = await ran();
    const all = await trades(page);
    const day = page.getByRole("button", { name: /^Wed 2024-02-21: / });
    const words = await day.getAttribute("aria-label");
    expect(words).toMatch(/^Wed 2024-02-21: [+−]₹[\d,]+, n = 7$/);
    await expect
      .poll(async () => {
        await day.hover();
        return page.getByText(words ?? "", { exact: true }).count();
      })
      .toBe(1);
    await day.click();
    await expect.poll(() => card(page, "Net P&L").innerText()).toContain("1 day");
    await expect.poll(() => trades(page)).toBe(14);
    expect(await card(page, "Trades").innerText()).toContain("14");
    expect(await page.getByLabel("From date").inputValue()).toBe("2024-02-21");
    await cut(page, "Days");
    await expect.poll(() => page.getByRole("table", { name: "Days" }).getAttribute("aria-rowcount")).toBe("2");
    await page.getByRole("button", { name: "Show all" }).click();
    await expect.poll(() => trades(page)).toBe(all);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("holds for the first trades and the skips too, and gives a day of its own a chart of its own", async () => {
    const { page, context, complaints } = await ran();
    const rowsOf = async (name: string) => Number(await page.getByRole("table", { name }).getAttribute("aria-rowcount")) - 1;
    await expect.poll(() => rowsOf("First trades")).toBe(4 * 100);
    const skips = await rowsOf("Skips");
    expect(skips).toBeGreaterThan(1);
    await page.evaluate(() => {
      const drawn: string[] = [];
      const draw = CanvasRenderingContext2D.prototype.fillText;
      CanvasRenderingContext2D.prototype.fillText = function (text, ...place) {
        drawn.push(text);
        draw.call(this, text, ...place);
      };
      Object.assign(globalThis, { drawn });
    });
    await page.getByRole("button", { name: /^Tue 2024-01-02: / }).click();
    await expect.poll(() => rowsOf("First trades")).toBe(4 * 14);
    await expect.poll(() => rowsOf("Skips")).toBeLessThan(skips);
    for (const row of await page.getByRole("table", { name: "First trades" }).locator("tbody tr").allInnerTexts()) expect(row).toContain("2024-01-02");
    // The days around it and no other year: what was drawn before the click named months.
    const drawn = () => page.evaluate(() => (globalThis as unknown as { drawn: readonly string[] }).drawn);
    await expect.poll(drawn).toEqual(expect.arrayContaining(["1 Jan", "2 Jan", "3 Jan", "2024"]));
    expect((await drawn()).filter((text) => /^20\d\d$/.test(text) && text !== "2024")).toEqual([]);
    await page.getByRole("button", { name: "Show all" }).click();
    await expect.poll(() => rowsOf("Skips")).toBe(skips);
    await page.getByLabel("Weekday").selectOption({ label: "Thu" });
    await expect.poll(() => rowsOf("First trades")).toBeLessThan(4 * 100);
    for (const row of await page.getByRole("table", { name: "First trades" }).locator("tbody tr").allInnerTexts()) expect(row).toContain("2024-01-04");
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("is made by weekday, by month and by drawing over days of the chart", async () => {
    const { page, context } = await ran();
    const all = await trades(page);
    await cut(page, "Splits");
    await page.getByRole("table", { name: "Breakdown" }).getByRole("button", { name: "Tue" }).click();
    await expect.poll(() => trades(page)).toBeLessThan(all / 3);
    expect(await page.getByLabel("Weekday").inputValue()).toBe("2");
    await page.getByRole("button", { name: "Show all" }).click();
    await cut(page, "Months");
    await page.getByRole("button", { name: /^Mar 2024: .*n = \d+ on \d+ days/ }).click();
    await expect.poll(() => page.getByLabel("To date").inputValue()).toBe("2024-03-31");
    await page.getByRole("button", { name: "Show all" }).click();
    const chart = page.getByRole("group", { name: /^Cumulative P&L and drawdown by day/ });
    const box = await chart.boundingBox();
    if (!box) throw new Error("the chart is not in view");
    await page.keyboard.down("Shift");
    await page.mouse.move(box.x + 200, box.y + 60);
    await page.mouse.down();
    await page.mouse.move(box.x + 300, box.y + 60, { steps: 4 });
    await page.mouse.up();
    await page.keyboard.up("Shift");
    await expect.poll(() => page.getByLabel("From date").inputValue()).toMatch(/^2024-/);
    await expect.poll(() => trades(page)).toBeLessThan(all / 2);
    await context.close();
  });
});

it("reads in points, per lot and as a return on the capital that the user sets", async () => {
  const { page, context } = await ran();
  const unit = page.getByLabel("Unit of results");
  await unit.selectOption({ label: "Points" });
  await expect.poll(() => card(page, "Net P&L").innerText()).toMatch(/[+−][\d,]+\.\d\d pt/);
  await unit.selectOption({ label: "Rupees per lot" });
  await expect.poll(() => card(page, "Net P&L").innerText()).toMatch(/[+−]₹[\d,]+\/lot/);
  await unit.selectOption({ label: "Return on capital" });
  const percent = async () => Number(/([+−])([\d.,]+) %/.exec(await card(page, "Net P&L").innerText())?.[2].replaceAll(",", ""));
  await expect.poll(percent).toBeGreaterThan(0);
  const before = await percent();
  await page.getByLabel("Capital per lot, rupees").fill("300000");
  await page.getByLabel("Capital per lot, rupees").press("Enter");
  await expect.poll(percent).toBeCloseTo(before / 2, 1);
  await context.close();
});

it("lays a sweep out as small multiples with a hint on luck, and selects a variant", async () => {
  const { page, context, complaints } = await ran({ strategy: SWEPT });
  await cut(page, "Variants");
  await expect.poll(() => page.getByRole("status").filter({ hasText: /^Best of 12 tried: v\d+ / }).innerText()).toMatch(/neighbours average .*(plateau|lone peak)/);
  expect(await page.getByRole("table", { name: /^Net P&L by variant, side/ }).count()).toBe(2);
  const width = async () => (await page.getByRole("region", { name: "Variants" }).boundingBox())!.width;
  const narrow = await width();
  await page.getByRole("button", { name: "Whole width" }).click();
  expect(await width()).toBeGreaterThan(1.8 * narrow);
  await page.getByLabel("Repeat by").selectOption("");
  const grid = page.getByRole("table", { name: "Net P&L by variant", exact: true });
  expect(await grid.getByRole("button").count()).toBe(6);
  await page.getByLabel("Colour by").selectOption({ label: "Sharpe" });
  const cell = page.getByRole("table", { name: "Sharpe by variant", exact: true }).getByRole("button", { name: /stop 30, wait 1, side 1: Sharpe .*, n = \d+ positions/ });
  await cell.click();
  expect(await cell.getAttribute("aria-pressed")).toBe("true");
  await expect.poll(() => page.getByLabel("Variant", { exact: true }).locator("option:checked").innerText()).toContain("stop 30");
  await expect.poll(() => page.getByRole("table", { name: "Trades", exact: true }).locator("tbody tr").first().innerText()).toContain("v7");
  const csv = await download(page, "Variants CSV");
  expect(csv.text.split("\n")[0]).toBe("variant,stop,wait,side,sharpe,positions");
  expect(csv.text.trim().split("\n")).toHaveLength(13);
  expect(await axeProblems(page)).toEqual([]);
  expect(complaints).toEqual([]);
  await context.close();
});

it("sorts and narrows the table of days, and saves it", async () => {
  const { page, context } = await ran();
  await cut(page, "Days");
  const table = page.getByRole("table", { name: "Days" });
  await table.getByRole("button", { name: /^Net P&L/ }).click();
  await expect.poll(() => table.getByRole("columnheader", { name: /^Net P&L/ }).getAttribute("aria-sort")).toBe("descending");
  const first = async () => table.locator("tbody tr").first().locator("td").nth(3).innerText();
  await expect.poll(first).toContain("+₹");
  await page.getByLabel("Outcome").selectOption({ label: "days with a loss" });
  await expect.poll(first).not.toContain("+₹");
  const csv = await download(page, "Days CSV");
  expect(csv.text).toMatch(/^variant,date,trades,positions,net,/);
  await context.close();
});

it("saves each view as a picture and as a table", async () => {
  const { page, context } = await ran();
  for (const [tab, name] of [["Calendar", "calendar"], ["Months", "months"], ["Splits", "by-weekday"], ["Distribution", "distribution"], ["Excursions", "excursions"], ["Days", "days"]] as const) {
    await cut(page, tab);
    const picture = await download(page, `${tab} PNG`);
    expect(picture.name).toBe(`${name}.png`);
    expect(picture.text.slice(1, 4)).toBe("PNG");
    expect((await download(page, `${tab} CSV`)).text.split("\n").length).toBeGreaterThan(2);
  }
  await context.close();
});
