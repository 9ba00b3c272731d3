/** A trade's day, simulated again and looked at second by second. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { axeProblems } from "./axe.ts";
import { resultOf } from "./folders.ts";
import { useStage } from "./stage.ts";
import { writeStrategy } from "./strategy-text.ts";

const stage = useStage();

it("opens from a trade, steps by second and turns to other days", async () => {
  const { page, context, complaints, foreign } = await stage.open();
  await page.getByRole("button", { name: "Try sample data" }).click();
  await resultOf(page);
  const trades = page.getByRole("table", { name: "Trades", exact: true });
  await trades.locator("tbody tr").first().click();
  const day = page.getByRole("region", { name: "Day", exact: true });
  const decisions = day.getByRole("table", { name: "Decisions" });
  await decisions.waitFor({ timeout: 60_000 });
  const second = day.getByLabel("Second", { exact: true });
  expect(await second.inputValue()).toBe("09:15:00");
  // The chart stands where the readout does.
  const charted = () => day.locator(".legend").innerText();
  await day.locator("canvas").nth(2).waitFor();
  await expect.poll(charted).toMatch(/^09:15:00/);
  await page.keyboard.press("]");
  await page.keyboard.press("]");
  await page.keyboard.press("[");
  expect(await second.inputValue()).toBe("09:15:01");
  expect(await charted()).toMatch(/^09:15:01/);
  // The fill of that second: sold at the bid that the readout shows.
  const entry = (await trades.locator("tbody tr").first().locator("td").nth(6).innerText()).trim();
  const strike = /(\d+ [CP]E)/.exec(await trades.locator("tbody tr").first().innerText())?.[1] ?? "";
  expect(await day.getByRole("table", { name: "The second" }).getByRole("row", { name: strike }).getByRole("cell").first().innerText()).toBe(entry);
  // A second that is written, and one that is clicked in the chart.
  await second.fill("11:30");
  await second.press("Enter");
  await expect.poll(charted).toMatch(/^11:30:00/);
  await day.locator(".u-over").first().click({ position: { x: 40, y: 20 } });
  await expect.poll(() => second.inputValue()).toMatch(/^09:\d\d:\d\d$/);
  await decisions.locator("tbody tr").last().click();
  await expect.poll(() => second.inputValue()).not.toBe("09:15:01");
  await page.keyboard.press("j");
  await expect.poll(() => trades.locator("tr[aria-current]").getAttribute("aria-rowindex")).toBe("3");
  const heading = day.getByRole("heading").first();
  const before = await heading.innerText();
  await day.getByRole("button", { name: "Next day" }).click();
  await decisions.waitFor({ timeout: 60_000 });
  expect(await heading.innerText()).not.toBe(before);
  // Any date, and one that the data does not have.
  const date = day.getByLabel("Date of the day");
  await date.fill("2024-08-21");
  await expect.poll(() => heading.innerText()).toBe("Wed 2024-08-21");
  await decisions.waitFor({ timeout: 60_000 });
  expect(await day.getByRole("button", { name: "Next day" }).isDisabled()).toBe(true);
  await date.fill("2024-08-24");
  await day.getByRole("alert").getByText(/2024-08-24/).waitFor();
  await day.getByRole("button", { name: "Previous day" }).click();
  await decisions.waitFor({ timeout: 60_000 });
  expect(await axeProblems(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await page.getByRole("tab", { name: "Calendar" }).waitFor();
  expect(await day.count()).toBe(0);
  expect(complaints).toEqual([]);
  expect(foreign).toEqual([]);
  await context.close();
}, 120_000);

it("follows the run and the variant that are on screen, at the same second", async () => {
  const { page, context, complaints } = await stage.open({ readAhead: false });
  await page.getByRole("button", { name: "Try sample data" }).click();
  await resultOf(page);
  await page.getByRole("table", { name: "Trades", exact: true }).locator("tbody tr").first().click();
  const day = page.getByRole("region", { name: "Day", exact: true });
  await day.getByText(/^v1 · .* · 12 trades$/).waitFor({ timeout: 60_000 });
  await day.getByLabel("Second", { exact: true }).fill("11:30");
  await day.getByLabel("Second", { exact: true }).press("Enter");
  await writeStrategy(page, "name: Once a day\nuniverse: { symbol: BANKNIFTY }\ntime: { window: \"09:15-15:25\" }\nentry: { legs: [{ cp: CE, lots: -1 }], at: $AT }\nsweep: { AT: [\"09:20\", \"12:00\"] }\n");
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await day.getByText(/^v1 · .* · 1 trade$/).waitFor({ timeout: 60_000 });
  expect(await day.getByLabel("Second", { exact: true }).inputValue()).toBe("11:30:00");
  await expect.poll(() => day.getByRole("table", { name: "Decisions" }).locator("tbody tr").first().innerText()).toContain("09:20:00");
  await page.getByLabel("Variant", { exact: true }).selectOption("1");
  await day.getByText(/^v2 · .* · 1 trade$/).waitFor({ timeout: 60_000 });
  await expect.poll(() => day.getByRole("table", { name: "Decisions" }).locator("tbody tr").first().innerText()).toContain("12:00:00");
  expect(complaints).toEqual([]);
  await context.close();
}, 180_000);

it("draws how long a leg has waited, from where it was armed to its fill", async () => {
  const { page, context, complaints } = await stage.open({ readAhead: false });
  await writeStrategy(page, "name: Waits\nuniverse: { symbol: BANKNIFTY }\ntime: { window: \"09:15-15:25\" }\nentry: { at: \"09:20\", legs: [{ cp: CE, lots: -1 }, { cp: PE, lots: -1, wait: { pct: 5 } }] }\n");
  await page.getByRole("button", { name: "Try sample data" }).click();
  await resultOf(page);
  const trades = page.getByRole("table", { name: "Trades", exact: true });
  await trades.locator("tbody tr").nth(1).click();
  const day = page.getByRole("region", { name: "Day", exact: true });
  const armed = day.getByRole("table", { name: "Decisions" }).getByRole("row").filter({ hasText: "Armed" });
  await armed.waitFor({ timeout: 60_000 });
  const filled = (await trades.locator("tbody tr").nth(1).locator("td").nth(5).innerText()).trim();
  expect(await armed.innerText()).toMatch(/^09:20:00\s+Armed\s+1\.2\s[\s\S]*waits until its premium has risen by 5 %/);
  expect(filled > "09:20:01").toBe(true);
  await expect.poll(() => day.locator(".legend").innerText()).toContain("○┄ waits");
  // Another theme has all of it drawn anew, the ring with it.
  const arcs = await page.evaluate(async () => {
    let drawn = 0;
    const arc = CanvasRenderingContext2D.prototype.arc;
    CanvasRenderingContext2D.prototype.arc = function (...place) {
      drawn++;
      arc.apply(this, place);
    };
    document.documentElement.dataset.theme = "dark";
    for (let frame = 0; frame < 5; frame++) await new Promise(requestAnimationFrame);
    CanvasRenderingContext2D.prototype.arc = arc;
    return drawn;
  });
  expect(arcs).toBeGreaterThan(0);
  expect(complaints).toEqual([]);
  await context.close();
}, 120_000);

it("replays a day without a trade on demand, with the seconds in which the entry condition held", async () => {
  const { page, context, complaints } = await stage.open({ width: 1024, height: 768 });
  await writeStrategy(page, "name: Never enters\nuniverse: { symbol: BANKNIFTY }\ntime: { window: \"09:15-15:25\" }\nentry: { legs: [{ cp: CE, lots: -1, strike: { atm: 0 } }], when: { all: [{ gt: [SPOT, 50900] }, { lt: [SPOT, 50900] }] } }\n");
  await page.getByRole("button", { name: "Try sample data" }).click();
  await resultOf(page);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("replay");
  await page.keyboard.press("Enter");
  const day = page.getByRole("region", { name: "Day", exact: true });
  await day.getByRole("heading", { name: "Mon 2024-08-19" }).waitFor();
  await day.getByText(/entry condition (true|false)/).waitFor({ timeout: 60_000 });
  expect(await day.getByLabel("Second", { exact: true }).inputValue()).toBe("09:15:00");
  expect(complaints).toEqual([]);
  await context.close();
}, 90_000);

it("draws the payoff of the second that is looked at, with Greeks that go with it", async () => {
  const { page, context, complaints } = await stage.open({ theme: "dark", width: 1024, height: 768 });
  await page.getByRole("button", { name: "Try sample data" }).click();
  await resultOf(page);
  await page.getByRole("table", { name: "Trades", exact: true }).locator("tbody tr").first().click();
  const day = page.getByRole("region", { name: "Day", exact: true });
  await day.getByRole("tab", { name: "Payoff" }).click();
  // The decision is taken before anything is held.
  await day.getByRole("button", { name: "Go to the entry at 09:15:01" }).click();
  const greeks = day.getByRole("table", { name: "Greeks of the position" });
  const position = () => greeks.getByRole("row", { name: "Position" }).getByRole("cell").allInnerTexts();
  await greeks.waitFor();
  expect(await greeks.getByRole("row").count()).toBe(4);
  // All of its columns are in view.
  expect(await day.locator(".greeks").evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
  // A straddle that was sold loses by moves and by volatility, and gains by time.
  const [, gamma, theta, vega] = await position();
  expect([gamma[0], theta[0], vega[0]]).toEqual(["−", "+", "−"]);
  const ends = day.getByLabel("Payoff at expiry", { exact: true });
  expect(await ends.innerText()).toMatch(/Break-even\s+[\d,]+ and [\d,]+\s+Best\s+\+₹[\d,]+\s+Worst\s+no limit/);
  const title = day.locator(".day-side .section-head h2");
  expect(await title.innerText()).toBe("Payoff at 09:15:01");
  // A second in which the quotes move: the figures move with it, and stay on other days.
  const before = await position();
  for (let i = 0; i < 20; i++) await page.keyboard.press("]");
  expect(await title.innerText()).toBe("Payoff at 09:15:21");
  expect(await position()).not.toEqual(before);
  await day.locator(".day-side canvas").waitFor();
  const [file] = await Promise.all([page.waitForEvent("download"), day.getByRole("button", { name: "Payoff CSV" }).click()]);
  const lines = readFileSync(await file.path(), "utf8").trim().split("\n");
  expect(lines[0]).toBe("spot,pnl_at_expiry,pnl_now");
  const strike = Number(/(\d+) CE/.exec(await greeks.innerText())?.[1]);
  const atExpiry = lines.slice(1).map((line) => line.split(",").map(Number));
  const best = atExpiry.reduce((most, line) => (line[1] > most[1] ? line : most));
  expect(best[0]).toBe(strike);
  expect(await ends.innerText()).toContain(`+₹${new Intl.NumberFormat("en-IN").format(Math.round(best[1]))}`);
  await day.getByRole("combobox", { name: "Spot range" }).selectOption("± 10 %");
  expect(await axeProblems(page)).toEqual([]);
  expect(complaints).toEqual([]);
  await context.close();
}, 120_000);
