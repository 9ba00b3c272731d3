import { expect, it } from "vitest";
import { builtFixture, openPage } from "./harness.ts";
import { useStage } from "./stage.ts";

const stage = useStage(builtFixture);

it("has from the position to why it was closed in view at 1440, the symbol once where there is one", async () => {
  const { page, context } = await openPage(stage.browser, `${stage.url}?days=10`, { width: 1440, height: 900 });
  await page.getByRole("button", { name: "Try sample data" }).click();
  await page.getByText(/^Done · /).waitFor();
  const table = page.getByRole("table", { name: "Trades", exact: true });
  const scroller = page.getByRole("group", { name: "Trades, scrollable", exact: true });
  const end = async (name: string) => {
    const box = await table.getByRole("columnheader", { name, exact: true }).boundingBox();
    return (box?.x ?? Infinity) + (box?.width ?? 0);
  };
  const box = await scroller.boundingBox();
  expect(await end("Why out")).toBeLessThanOrEqual((box?.x ?? 0) + (box?.width ?? 0));
  // One screen holds the figures, the charts and the trades.
  const panel = await page.getByRole("region", { name: "Results", exact: true }).boundingBox();
  expect((box?.y ?? Infinity) + (box?.height ?? 0)).toBeLessThanOrEqual((panel?.y ?? 0) + (panel?.height ?? 0));
  const contract = table.locator("tbody tr").first().locator("td").nth(2);
  expect(await contract.innerText()).toMatch(/^\d+ [CP]E$/);
  expect(await contract.getAttribute("title")).toMatch(/^BANKNIFTY \d+ [CP]E, expiry \d{4}-\d\d-\d\d$/);
  // No reason is cut short.
  expect(await table.locator("tbody td").evaluateAll((cells) => cells.filter((cell) => cell.scrollWidth > cell.clientWidth).map((cell) => cell.textContent))).toEqual([]);
  await context.close();
});

it("keeps every part in its place while results stream in", async () => {
  const { page, context } = await openPage(stage.browser, `${stage.url}?days=60&delay=20`);
  await page.evaluate(() => {
    const seen = { shift: 0 };
    Object.assign(globalThis, { seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.shift += (entry as PerformanceEntry & { value: number }).value;
    }).observe({ type: "layout-shift" });
  });
  await page.getByRole("button", { name: "Try sample data" }).click();
  await page.getByRole("table", { name: "Trades", exact: true }).waitFor();
  await page.evaluate(() => ((globalThis as unknown as { seen: { shift: number } }).seen.shift = 0));
  await page.getByText(/^Done · /).waitFor();
  expect(await page.evaluate(() => (globalThis as unknown as { seen: { shift: number } }).seen.shift)).toBeLessThan(0.02);
  await context.close();
});

it("says on hover and focus what a day of the calendar holds", async () => {
  const { page, context } = await openPage(stage.browser, `${stage.url}?days=60`);
  await page.getByRole("button", { name: "Open data folder" }).click();
  const grid = page.getByRole("grid", { name: "Coverage of BANKNIFTY" });
  const value = page.getByRole("status").filter({ hasText: /contract files? at most|Point at a day/ });
  await grid.getByRole("button").nth(3).hover();
  await expect.poll(() => value.innerText()).toContain("Thu 2024-01-04");
  await page.mouse.move(0, 0);
  await grid.getByRole("button").first().focus();
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => value.innerText()).toContain("Tue 2024-01-02");
  await page.keyboard.press("ArrowDown");
  await expect.poll(() => value.innerText()).toContain("2024-02-0");
  await context.close();
});

it("shows the values of the conditions and the levels of the book beside a trade's inputs", async () => {
  const { page, context } = await openPage(stage.browser, `${stage.url}?days=10`);
  await page.getByRole("button", { name: "Try sample data" }).click();
  await page.getByText(/^Done · /).waitFor();
  const values = page.getByRole("table", { name: "Values of the condition" });
  expect(await values.getByRole("row").nth(1).innerText()).toMatch(/^Entry decision\s+\d\d:\d\d:\d\d\s+spot\s+50512\.35$/);
  expect(await values.getByRole("row").nth(2).innerText()).toMatch(/implied volatility of ATM CE\s+—$/);
  const levels = page.getByRole("table", { name: "Levels of the book" });
  expect(await levels.getByRole("row").count()).toBe(1 + 4 * 5);
  expect(await levels.getByRole("row").nth(5).innerText()).toMatch(/\s5\s+150\s+[\d.]+\s+[\d.]+\s+—$/);
  await context.close();
});

it("says why a download cannot be made, beside its button", async () => {
  const { page, context } = await openPage(stage.browser, `${stage.url}?days=10`);
  await page.getByRole("button", { name: "Try sample data" }).click();
  await page.getByText(/^Done · /).waitFor();
  await page.getByRole("button", { name: "Download Parquet" }).click();
  await expect.poll(() => page.getByRole("alert").innerText()).toMatch(/trades\.parquet could not be made[\s\S]*no DuckDB/);
  await context.close();
});

it("saves the chart as a picture and as a table", async () => {
  const { page, context } = await openPage(stage.browser, `${stage.url}?days=10`);
  await page.getByRole("button", { name: "Try sample data" }).click();
  await page.getByText(/^Done · /).waitFor();
  const [picture] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Chart PNG" }).click()]);
  expect(picture.suggestedFilename()).toBe("equity.png");
  const [table] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Chart CSV" }).click()]);
  expect(table.suggestedFilename()).toBe("equity.csv");
  await context.close();
});

it("zooms the chart by drag, wheel and keys, and goes back", async () => {
  const { page, context } = await openPage(stage.browser, `${stage.url}?days=60`);
  await page.getByRole("button", { name: "Try sample data" }).click();
  await page.getByText(/^Done · /).waitFor();
  const chart = page.getByRole("group", { name: /^Cumulative P&L and drawdown by day/ });
  const plots = () => chart.evaluate((element) => [...element.querySelectorAll("canvas")].map((canvas) => canvas.toDataURL()).join());
  const whole = await plots();
  const box = await chart.boundingBox();
  if (!box) throw new Error("the chart is not in view");
  await page.mouse.move(box.x + 300, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + 500, box.y + 60, { steps: 4 });
  await page.mouse.up();
  await expect.poll(plots).not.toBe(whole);
  await page.mouse.dblclick(box.x + 400, box.y + 60);
  await expect.poll(plots).toBe(whole);
  await page.mouse.wheel(0, -200);
  await expect.poll(plots).not.toBe(whole);
  await chart.focus();
  await page.keyboard.press("0");
  await expect.poll(plots).toBe(whole);
  await page.keyboard.press("+");
  await expect.poll(plots).not.toBe(whole);
  await page.keyboard.press("0");
  await page.keyboard.press("Home");
  await expect.poll(() => page.locator(".legend").innerText()).toContain("2024-01-01");
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => page.locator(".legend").innerText()).toContain("2024-01-02");
  await context.close();
});
