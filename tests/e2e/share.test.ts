/** Links, the library, the command palette: what a trader hands on and takes up. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { tempFolder } from "../support/temp-folder.ts";
import { axeProblems } from "./axe.ts";
import { dropFolder, resultOf } from "./folders.ts";
import { openPage } from "./harness.ts";
import { useStage } from "./stage.ts";
import { strategyText, writeStrategy } from "./strategy-text.ts";

const stage = useStage();

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

it("takes a newcomer from the first click to a colleague with the same result, within a minute and a half", async () => {
  const from = Date.now();
  const { page, context, complaints, foreign } = await stage.open();
  await writeStrategy(page, (await strategyText(page)).replace("latency: 1", "latency: 3"));
  const text = await strategyText(page);
  await button(page, "Try sample data").click();
  const hash = await resultOf(page);
  await page.getByRole("table", { name: "Trades", exact: true }).locator("tbody tr").first().click();
  await page.getByRole("table", { name: "Decisions" }).waitFor({ timeout: 60_000 });
  await page.keyboard.press("s");
  await expect.poll(() => page.getByLabel("Link").inputValue()).toContain("#s1.");
  const link = await page.getByLabel("Link").inputValue();
  expect(await axeProblems(page)).toEqual([]);
  await context.close();

  const other = await openPage(stage.browser, link);
  const dialog = other.page.getByRole("dialog", { name: "Somebody shared a strategy with you" });
  await dialog.waitFor();
  expect(await dialog.getByLabel("The shared strategy").innerText()).toContain("latency: 3");
  expect(await other.page.getByLabel("Result hash").innerText()).toBe("—");
  expect(await axeProblems(other.page)).toEqual([]);
  await dialog.getByRole("button", { name: "Open strategy" }).click();
  await expect.poll(() => strategyText(other.page)).toBe(text);
  expect(new URL(other.page.url()).hash).toBe("");
  await button(other.page, "Try sample data").click();
  expect(await resultOf(other.page)).toBe(hash);
  await other.page.getByText("Same result as in the link").waitFor();
  expect([...complaints, ...other.complaints]).toEqual([]);
  expect([...foreign, ...other.foreign]).toEqual([]);
  await other.context.close();
  expect(Date.now() - from).toBeLessThan(90_000);
}, 180_000);

it("carries the selection and the view into another profile, and says where the result is another", async () => {
  const swept = `name: Swept
universe: { symbol: BANKNIFTY }
time: { window: ["09:15-11:00", "11:00-15:25"] }
entry: { legs: [{ cp: CE, lots: -1 }, { cp: PE, lots: -1 }] }
exit: { stop_loss: { pct: $STOP } }
sweep: { STOP: [5, 10] }
`;
  const { page, context, complaints } = await stage.open();
  await writeStrategy(page, swept);
  await button(page, "Try sample data").click();
  await resultOf(page);
  const chosen = (other: Page) => Promise.all(["Variant", "Window", "Weekday"].map((name) => other.getByLabel(name, { exact: true }).inputValue()));
  await page.getByLabel("Variant", { exact: true }).selectOption("1");
  await page.getByLabel("Window", { exact: true }).selectOption("2");
  await page.getByLabel("Weekday", { exact: true }).selectOption("2");
  await page.getByRole("tab", { name: "Days" }).click();
  const net = (other: Page) => other.locator(".card").first().innerText();
  await expect.poll(() => net(page)).toContain("1 day");
  await button(page, "Share").click();
  await expect.poll(() => page.getByLabel("Link").inputValue()).toContain("#s1.");
  const link = await page.getByLabel("Link").inputValue();

  const other = await openPage(stage.browser, link);
  await button(other.page, "Open strategy").click();
  await button(other.page, "Try sample data").click();
  await resultOf(other.page);
  await other.page.getByText("Same result as in the link").waitFor();
  expect(await chosen(other.page)).toEqual(["1", "2", "2"]);
  await expect.poll(() => net(other.page)).toBe(await net(page));
  expect(await other.page.getByRole("tab", { name: "Days" }).getAttribute("aria-selected")).toBe("true");
  await expect.poll(() => other.page.getByRole("table", { name: "Days" }).locator("tbody tr").count()).toBe(1);
  await button(other.page, "Show all").click();
  expect(await chosen(other.page)).toEqual(["1", "", ""]);

  // Of other data than these.
  const elsewhere = `#s1.${deflateRawSync(JSON.stringify({ text: swept, hash: "0".repeat(64) })).toString("base64url")}`;
  await other.page.evaluate((fragment) => (location.hash = fragment), elsewhere);
  await button(other.page, "Open and run").click();
  await other.page.getByText("Another result than in the link: other data, rules or version").waitFor({ timeout: 60_000 });
  expect([...complaints, ...other.complaints]).toEqual([]);
  await other.context.close();
  await context.close();
}, 180_000);

it("shows a hostile link as text, and refuses what is no link", async () => {
  const packed = (value: unknown) => `${stage.url}#s1.${deflateRawSync(JSON.stringify(value)).toString("base64url")}`;
  const { page, context, complaints } = await openPage(stage.browser, packed({ text: "name: <img src=x onerror=alert(1)>\nuniverse: nonsense\n" }));
  const dialog = page.getByRole("dialog");
  await expect.poll(() => dialog.innerText()).toContain("<img src=x onerror=alert(1)>");
  expect(await page.locator("img").count()).toBe(0);
  expect(await dialog.getByRole("button", { name: "Open and run" }).isDisabled()).toBe(true);
  await dialog.getByRole("button", { name: "Leave it" }).click();
  for (const fragment of ["#s1.garbage", `#s1.${deflateRawSync(" ".repeat(5_000_000)).toString("base64url")}`, "#s7.abc"]) {
    await page.evaluate((hash) => (location.hash = hash), fragment);
    await page.getByRole("dialog", { name: "This link cannot be opened" }).waitFor();
    await page.getByRole("button", { name: "Close", exact: true }).click();
  }
  expect(complaints).toEqual([]);
  await context.close();
});

it("finds and does everything from the palette, by keyboard", async () => {
  const { page, context, complaints } = await stage.open();
  for (const on of ["true", "false"]) {
    await page.keyboard.press("l");
    expect(await button(page, "Live").getAttribute("aria-pressed")).toBe(on);
  }
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Command" }).waitFor();
  expect(await axeProblems(page)).toEqual([]);
  await page.keyboard.type("theme d");
  await page.keyboard.press("Enter");
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe("dark");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("strategy: iron c");
  await page.keyboard.press("Enter");
  await expect.poll(() => strategyText(page)).toContain("Iron condor");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("sample");
  await page.keyboard.press("Enter");
  await page.getByText(/^Done · /).waitFor({ timeout: 60_000 });
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
  expect(complaints).toEqual([]);
  await context.close();
}, 90_000);

it("keeps strategies of one's own, brings them in by paste, file and drop, and saves everything as one file", async () => {
  const { page, context, complaints } = await stage.open();
  const mine = "name: Mine\nuniverse: { symbol: BANKNIFTY }\nentry: { legs: [{ cp: CE, lots: 1 }] }\n";
  await button(page, "Library").click();
  await expect.poll(() => page.getByRole("list", { name: "Ready-made strategies" }).locator("polyline").count()).toBeGreaterThan(10);
  expect(await axeProblems(page)).toEqual([]);
  await page.getByLabel("Paste a strategy").fill(mine);
  await button(page, "Take up the pasted text").click();
  await expect.poll(() => strategyText(page)).toBe(mine);
  const file = join(tempFolder(), "theirs.yaml");
  writeFileSync(file, mine.replace("Mine", "Theirs"));
  await button(page, "Library").click();
  await page.getByLabel("Strategy files").setInputFiles(file);
  const own = page.getByRole("list", { name: "Your own strategies" });
  await expect.poll(() => own.innerText()).toContain("Theirs");
  const [saved] = await Promise.all([page.waitForEvent("download"), button(page, "Save settings and library").click()]);
  const backup = readFileSync(await saved.path(), "utf8");
  await own.getByRole("button", { name: "Delete Mine" }).click();
  await expect.poll(() => own.innerText()).not.toContain("Mine");
  const settings = join(tempFolder(), "settings.json");
  writeFileSync(settings, backup);
  await page.getByLabel("Saved settings").setInputFiles(settings);
  await expect.poll(() => own.innerText()).toContain("Mine");
  const damaged = join(tempFolder(), "damaged.json");
  writeFileSync(damaged, '{"straddle":"settings","version":1,"preferences":{"workers":-1}}');
  await page.getByLabel("Saved settings").setInputFiles(damaged);
  await page.getByText(/holds no settings of Straddle: preferences.workers/).waitFor();
  await page.keyboard.press("Escape");
  const dropped = join(tempFolder(), "dropped.yaml");
  writeFileSync(dropped, mine.replace("Mine", "Dropped"));
  await dropFolder(page, dropped);
  await expect.poll(() => strategyText(page)).toContain("name: Dropped");
  await page.reload();
  await page.getByRole("heading", { name: "Straddle" }).waitFor();
  expect(await page.getByRole("banner").getByRole("combobox").first().locator("option").allInnerTexts()).toEqual(expect.arrayContaining(["Mine", "Theirs", "Dropped"]));
  expect(complaints).toEqual([]);
  await context.close();
});
