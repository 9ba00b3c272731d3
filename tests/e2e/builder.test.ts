/** The strategy editor's two faces in Chromium, by role and name. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { pathText, type Path } from "../../src/core/strategy/text.ts";
import { axeProblems } from "./axe.ts";
import { resultOf } from "./folders.ts";
import { ROOT } from "./harness.ts";
import { useStage } from "./stage.ts";
import { strategyText, writeStrategy, yamlFace } from "./strategy-text.ts";

const stage = useStage();

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const group = (page: Page, name: string) => page.getByRole("group", { name, exact: true });
const builderFace = (page: Page) => page.getByRole("tab", { name: "Builder" }).click();
const mistakes = (page: Page) => page.getByRole("list", { name: "Mistakes in the strategy" });
const toggle = (page: Page, name: string) => page.getByRole("region", { name: "Builder" }).getByRole("button", { name, exact: true });

/** Opens every part of the builder, once its script has come and it is drawn: before that no part is there to be closed. */
async function unfold(page: Page): Promise<void> {
  await toggle(page, "Fills").waitFor();
  const closed = page.getByRole("region", { name: "Builder" }).locator('[aria-controls^="part-"][aria-expanded="false"]');
  while ((await closed.count()) > 0) await closed.first().click();
}

it("builds a straddle with a stop and a rule from nothing, and runs it", async () => {
  const { page, context, complaints, foreign } = await stage.open();
  await button(page, "New strategy").click();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("Built by hand");
  await expect.poll(() => page.getByRole("banner").getByRole("combobox").first().locator("option:checked").innerText()).toBe("Built by hand");
  await toggle(page, "Universe").click();
  await group(page, "Symbol").getByRole("combobox").selectOption("BANKNIFTY");
  // What cannot run says why at its control and in the list.
  await expect.poll(() => mistakes(page).innerText()).toContain("entry.legs");
  await button(page, "Add leg").click();
  await button(page, "Add leg").click();
  for (const [name, kind] of [["Leg 1", "CE"], ["Leg 2", "PE"]]) {
    const leg = group(page, name);
    expect(await leg.getByRole("combobox", { name: "Kind" }).inputValue()).toBe(kind);
    await leg.getByRole("combobox", { name: "Stop-loss unit" }).selectOption("pct");
    await leg.getByRole("textbox", { name: "Stop-loss amount" }).fill("40");
  }
  await group(page, "Leg 1").getByRole("textbox", { name: "Lots" }).fill("2");
  await button(page, "Add condition").click();
  await expect.poll(() => mistakes(page).innerText()).toContain("entry.when");
  const rule = group(page, "When").first();
  await rule.getByRole("textbox", { name: "When, right: number" }).fill("40000");
  await expect.poll(() => page.getByLabel("When in words").innerText()).toBe("spot is above 40000");
  await rule.getByRole("button", { name: "Add condition" }).click();
  const second = group(page, "Condition 2");
  await second.getByRole("combobox", { name: "Condition 2, left: kind" }).selectOption("TIME");
  await second.getByRole("combobox", { name: "Condition 2, operator" }).selectOption("lt");
  await second.getByRole("combobox", { name: "Condition 2, right: kind" }).selectOption(":time");
  await second.getByRole("textbox", { name: "Condition 2, right: time" }).fill("14:30");
  await expect.poll(() => page.getByLabel("When in words").innerText()).toBe("spot is above 40000 and the time is below 14:30");
  await second.getByRole("button", { name: "Move Condition 2 up" }).click();
  await expect.poll(() => page.getByLabel("When in words").innerText()).toBe("the time is below 14:30 and spot is above 40000");
  await expect.poll(() => mistakes(page).getByRole("button").count()).toBe(0);
  // A part that is closed says in words what it does, and stays closed.
  await toggle(page, "Legs").click();
  await page.getByText("sell 2 lots of the CE at the money; out at a loss of 40 % of its own premium; sell 1 lot of the PE at the money; out at a loss of 40 % of its own premium").waitFor();
  await page.reload();
  await page.getByText(/^sell 2 lots of the CE at the money/).waitFor();
  await page.getByLabel("When in words").waitFor();
  expect(await strategyText(page)).toBe(`name: Built by hand
universe: { symbol: BANKNIFTY, expiry: nearest }
entry:
  when:
    all:
      - { lt: [TIME, "14:30"] }
      - { gt: [SPOT, 40000] }
  legs:
    - { cp: CE, lots: -2, strike: { atm: 0 }, stop_loss: { pct: 40 } }
    - { cp: PE, lots: -1, strike: { atm: 0 }, stop_loss: { pct: 40 } }
`);
  await button(page, "Try sample data").click();
  expect(await resultOf(page)).toMatch(/^[0-9a-f]{64}$/);
  expect(Number(await page.getByRole("table", { name: "Trades", exact: true }).getAttribute("aria-rowcount"))).toBeGreaterThan(2);
  expect(complaints).toEqual([]);
  expect(foreign).toEqual([]);
  await context.close();
}, 90_000);

it("shows in each face what the other has changed, and takes both back", async () => {
  const { page, context, complaints } = await stage.open();
  const before = await strategyText(page);
  await writeStrategy(page, before.replace("latency: 1", "latency: 4"));
  await builderFace(page);
  await unfold(page);
  const latency = page.getByRole("textbox", { name: "Latency" });
  await expect.poll(() => latency.inputValue()).toBe("4");
  await latency.fill("7");
  // The comments of the text are still there.
  expect(await strategyText(page)).toBe(before.replace("latency: 1", "latency: 7"));
  await button(page, "Undo").click();
  expect(await strategyText(page)).toBe(before.replace("latency: 1", "latency: 4"));
  await (await yamlFace(page)).press("Control+z");
  expect(await strategyText(page)).toBe(before);
  expect(await button(page, "Undo").isDisabled()).toBe(true);
  await button(page, "Redo").click();
  await builderFace(page);
  await expect.poll(() => latency.inputValue()).toBe("4");
  await latency.press("Control+z");
  await expect.poll(() => latency.inputValue()).toBe("1");
  await latency.press("ArrowUp");
  await expect.poll(() => latency.inputValue()).toBe("2");
  // Costs have one form at a time.
  for (const [form, words] of [["none", "none: true"], ["own rates", "per_order: 20"], ["NSE schedule of the day", "preset: nse"]]) {
    await group(page, "Costs").getByRole("combobox").selectOption({ label: form });
    expect(await strategyText(page)).toContain(words);
    await builderFace(page);
  }
  expect(complaints).toEqual([]);
  await context.close();
});

it("marks a mistake at its line and at its control, and leads from the list to either", async () => {
  const { page, context, complaints } = await stage.open();
  await toggle(page, "Fills").click();
  await page.getByRole("textbox", { name: "Latency" }).fill("soon");
  const field = group(page, "Latency");
  await expect.poll(() => field.innerText()).toContain('found "soon"; allowed: a number');
  expect(await page.getByRole("textbox", { name: "Latency" }).getAttribute("aria-invalid")).toBe("true");
  expect(await button(page, "Run").isDisabled()).toBe(true);
  await toggle(page, "Fills").click();
  await page.getByText("1 mistake", { exact: true }).waitFor();
  await mistakes(page).getByRole("button").click();
  await expect.poll(() => page.getByRole("textbox", { name: "Latency" }).evaluate((box) => box === document.activeElement)).toBe(true);
  const editor = await yamlFace(page);
  await expect.poll(() => editor.locator(".cm-lintRange-error").allInnerTexts()).toEqual(["latency"]);
  await mistakes(page).getByRole("button").click();
  await page.keyboard.press("End");
  for (let i = 0; i < 4; i++) await page.keyboard.press("Backspace");
  await page.keyboard.type("2");
  await expect.poll(() => mistakes(page).getByRole("button").count()).toBe(0);
  expect(await editor.locator(".cm-lintRange-error").count()).toBe(0);
  await writeStrategy(page, "name: {");
  await builderFace(page);
  await page.getByText(/The text cannot be read/).waitFor();
  expect(await page.getByRole("textbox", { name: "Name", exact: true }).isDisabled()).toBe(true);
  expect(complaints).toEqual([]);
  await context.close();
});

it("completes keys and words in the text, explains them, and lets the keyboard out", async () => {
  const { page, context, complaints } = await stage.open();
  await writeStrategy(page, "name: x\nuniverse: { symbol: BANKNIFTY }\n");
  await page.keyboard.press("Control+End");
  await page.keyboard.type("fil");
  const options = page.getByRole("listbox").getByRole("option");
  await expect.poll(() => options.allInnerTexts()).toEqual(["fill"]);
  await page.getByText("at what price and how soon orders fill").waitFor();
  await page.waitForTimeout(100);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await page.keyboard.type("  model: d");
  await expect.poll(() => options.allInnerTexts()).toContain("depth");
  await page.keyboard.press("Escape");
  expect(await strategyText(page)).toContain("fill: \n  model: d");
  await (await yamlFace(page)).getByText("universe").hover();
  await page.getByText("what is traded", { exact: true }).waitFor();
  await (await yamlFace(page)).focus();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.shadowRoot === null || document.activeElement?.className !== "yaml-host")).toBe(true);
  expect(await strategyText(page)).not.toContain("\t");
  expect(complaints).toEqual([]);
  await context.close();
});

it("makes an axis of any number, counts the grid, and takes the axis away again", async () => {
  const { page, context, complaints } = await stage.open();
  await page.getByRole("banner").getByRole("combobox").first().selectOption("atm-short-straddle");
  await unfold(page);
  const before = await strategyText(page);
  await builderFace(page);
  await page.getByRole("combobox", { name: "Add axis of" }).selectOption({ label: "exit · stop loss · pct (40)" });
  const axis = group(page, "Axis STOP_LOSS");
  await axis.getByRole("button", { name: "Add value to STOP_LOSS" }).click();
  await axis.getByRole("textbox", { name: "STOP_LOSS value 2" }).fill("60");
  const latency = group(page, "Latency");
  await latency.getByRole("textbox").focus();
  await latency.getByRole("button", { name: "Sweep Latency" }).click();
  const second = group(page, "Axis LATENCY");
  await second.getByRole("combobox", { name: "LATENCY: shape" }).selectOption("range");
  await second.getByRole("textbox", { name: "LATENCY from" }).fill("1");
  await second.getByRole("textbox", { name: "LATENCY to" }).fill("3");
  await expect.poll(() => page.getByLabel("Grid size").innerText()).toBe("2 × 3 = 6 variants");
  expect(await strategyText(page)).toContain("stop_loss: { pct: $STOP_LOSS }");
  await builderFace(page);
  await second.getByRole("textbox", { name: "LATENCY step" }).fill("0");
  await expect.poll(() => second.innerText()).toContain("allowed");
  // Another name, wherever it is used; one that is taken is refused.
  const name = page.getByRole("textbox", { name: "Name of STOP_LOSS" });
  await name.fill("LATENCY");
  await name.press("Enter");
  await expect.poll(() => axis.innerText()).toContain("is taken");
  await name.fill("$STOP");
  await name.press("Enter");
  await group(page, "Axis STOP").waitFor();
  expect(await strategyText(page)).toContain("stop_loss: { pct: $STOP }");
  await builderFace(page);
  await button(page, "Remove axis LATENCY").click();
  await button(page, "Remove axis STOP").click();
  await expect.poll(() => page.getByLabel("Grid size").innerText()).toBe("one variant");
  expect(await strategyText(page)).toBe(`${before.trimEnd()}\nfill:\n  latency: 1\n`);
  expect(complaints).toEqual([]);
  await context.close();
});

it("changes how a position is entered and back, one step of undo each", async () => {
  const { page, context, complaints } = await stage.open();
  await page.getByRole("banner").getByRole("combobox").first().selectOption("iron-condor");
  const before = await strategyText(page);
  await builderFace(page);
  await toggle(page, "Entry").click();
  const enters = page.getByRole("combobox", { name: "Enters" });
  for (const [way, words] of [["at", 'at: "09:20"'], ["when", "when: { gt: [SPOT, null] }"], ["entries", "entries:\n  - when: { gt: [SPOT, null] }"], ["start", "legs:"]]) {
    await enters.selectOption(way);
    expect(await strategyText(page)).toContain(words);
    await builderFace(page);
    await page.waitForTimeout(800);
  }
  expect(await strategyText(page)).toBe(before);
  for (const words of ["entries:", "when:", "at:"]) {
    await button(page, "Undo").click();
    expect(await strategyText(page)).toContain(words);
  }
  await button(page, "Undo").click();
  expect(await strategyText(page)).toBe(before);
  expect(complaints).toEqual([]);
  await context.close();
});

it("moves legs by keyboard, and the focus goes with them", async () => {
  const { page, context } = await stage.open();
  await page.getByRole("banner").getByRole("combobox").first().selectOption("iron-condor");
  await toggle(page, "Legs").click();
  await group(page, "Leg 1").getByRole("textbox", { name: "Lots" }).press("Alt+ArrowDown");
  await expect.poll(() => group(page, "Leg 2").getByRole("combobox", { name: "Kind" }).inputValue()).toBe("CE");
  expect(await group(page, "Leg 2").evaluate((leg) => leg.contains(document.activeElement))).toBe(true);
  await page.keyboard.press("Alt+ArrowUp");
  await expect.poll(() => group(page, "Leg 2").getByRole("combobox", { name: "Kind" }).inputValue()).toBe("PE");
  await group(page, "Leg 4").getByRole("button", { name: "Duplicate leg 4" }).click();
  await group(page, "Leg 5").waitFor();
  await button(page, "Delete leg 5").click();
  await expect.poll(() => group(page, "Leg 5").count()).toBe(0);
  await context.close();
});

it("moves legs and conditions by dragging them, each within its own list, as one step of undo", async () => {
  // High enough for all of it: scrolling between press and move would take the grip from under the pointer.
  const { page, context, complaints } = await stage.open({ height: 2400 });
  await writeStrategy(page, `name: Drag
universe: { symbol: BANKNIFTY }
entry:
  when:
    all:
      - { gt: [SPOT, 1] }
      - any:
          - { gt: [SPOT, 2] }
          - { gt: [SPOT, 3] }
  legs:
    - { cp: CE, lots: -1 }
    - { cp: PE, lots: -2 }
    - { cp: CE, lots: 3 }
`);
  await builderFace(page);
  for (const part of ["Entry", "Legs"]) await toggle(page, part).click();
  const lots = () => page.getByRole("textbox", { name: "Lots", exact: true }).evaluateAll((boxes) => boxes.map((box) => (box as HTMLInputElement).value));
  const grip = (name: string) => group(page, name).locator("[data-grip]").first();
  const before = await lots();
  const bottom = async (name: string) => ({ targetPosition: { x: 40, y: ((await group(page, name).boundingBox())?.height ?? 0) - 4 } });
  await grip("Leg 1").dragTo(group(page, "Leg 3"), await bottom("Leg 3"));
  await expect.poll(lots).toEqual([before[1], before[2], before[0]]);
  expect(await page.locator("[data-drop]").count()).toBe(0);
  // The page does not take it for a file that is dropped.
  expect(await page.locator(".shell.dropping").count()).toBe(0);
  await grip("Leg 3").dragTo(group(page, "Leg 1"), { targetPosition: { x: 40, y: 4 } });
  await expect.poll(lots).toEqual(before);
  await grip("Condition 2.2").dragTo(group(page, "Condition 2.1"), { targetPosition: { x: 10, y: 3 } });
  await expect.poll(() => page.getByLabel("When in words").innerText()).toBe("spot is above 1 and (spot is above 3 or spot is above 2)");
  // Out of its own list there is no place for it.
  await grip("Condition 2.2").dragTo(group(page, "Leg 1"));
  expect(await page.getByLabel("When in words").innerText()).toBe("spot is above 1 and (spot is above 3 or spot is above 2)");
  await button(page, "Undo").click();
  await expect.poll(() => page.getByLabel("When in words").innerText()).toBe("spot is above 1 and (spot is above 2 or spot is above 3)");
  expect(complaints).toEqual([]);
  await context.close();
});

it("has a control for every key of the language, each of which changes the text, and undo takes it back", async () => {
  const { page, context, complaints } = await stage.open();
  const text = readFileSync(join(ROOT, "tests/e2e/every-key.yaml"), "utf8");
  await writeStrategy(page, text);
  await builderFace(page);
  const shown = new Set(["version"]);
  let count = 0;
  for (const part of ["Universe", "Time", "Entry", "Exit", "Adjust", "Sweep", "Fills"]) {
    await toggle(page, part).click();
    for (const path of await page.locator("#panel-builder [data-path]").evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.path ?? ""))) shown.add(path);
    expect(await page.locator("#panel-builder pre").count()).toBe(0);
    const changed = await page.evaluate(changeEveryControl);
    expect(changed).toMatchObject({ without: [], notTakenBack: [] });
    count += changed.count;
    await toggle(page, part).click();
  }
  expect(count).toBeGreaterThan(180);
  const isShown = (path: Path) => path.some((_, i) => shown.has(pathText(path.slice(0, i + 1))));
  expect(leaves(parse(text)).filter((path) => !isShown(path)).map(pathText)).toEqual([]);
  expect(await strategyText(page)).toBe(text);
  expect(complaints).toEqual([]);
  await context.close();
}, 90_000);

function leaves(value: unknown, path: Path = []): Path[] {
  if (value === null || typeof value !== "object") return [path];
  return Object.entries(value).flatMap(([key, inside]) => leaves(inside, [...path, Array.isArray(value) ? Number(key) : key]));
}

/** In the page: gives every select another value and every box another text, and undoes it. */
async function changeEveryControl(): Promise<{ readonly without: readonly string[]; readonly notTakenBack: readonly string[]; readonly count: number }> {
  const controls = () => [...document.querySelectorAll<HTMLSelectElement | HTMLInputElement>("#panel-builder :is(select, input)[data-path]")];
  const stored = () => JSON.stringify((JSON.parse(localStorage.getItem("straddle") ?? "{}") as { readonly edits?: object }).edits);
  const without: string[] = [];
  const notTakenBack: string[] = [];
  const count = controls().length;
  const before = stored();
  for (let i = 0; i < count; i++) {
    const control = controls()[i];
    const name = `${control.dataset.path}: ${control.getAttribute("aria-label")}`;
    if (control instanceof HTMLSelectElement) {
      // The list of symbols comes when the select is looked at.
      control.focus();
      for (let wait = 0; control.options.length < 2 && wait < 50; wait++) await new Promise((resolve) => setTimeout(resolve, 20));
      control.selectedIndex = (control.selectedIndex + 1) % control.options.length;
      control.dispatchEvent(new Event("change", { bubbles: true }));
    } else if (control.type === "checkbox") control.click();
    else {
      control.value = control.type === "date" ? "2021-03-04" : `${control.value}1`;
      control.dispatchEvent(new Event("input", { bubbles: true }));
    }
    if (stored() === before) without.push(name);
    const undo = document.querySelector<HTMLButtonElement>('button[aria-label="Undo"]')!;
    for (let tries = 0; stored() !== before && tries < 6; tries++) undo.click();
    if (stored() !== before) notTakenBack.push(name);
  }
  return { without, notTakenBack, count };
}

it("has nothing that axe objects to, and nothing that sticks out, with every part open in either theme", async () => {
  const { page, context, complaints } = await stage.open({ theme: "light", width: 1024, height: 768 });
  await writeStrategy(page, readFileSync(join(ROOT, "tests/e2e/every-key.yaml"), "utf8"));
  const inBothThemes = async () => {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      // A colour that is still changing is neither the one nor the other.
      await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished)));
      expect(await axeProblems(page)).toEqual([]);
    }
  };
  await inBothThemes();
  await builderFace(page);
  await unfold(page);
  expect(await mistakes(page).getByRole("button").allInnerTexts()).toEqual([]);
  const more = page.getByRole("button", { name: /^More of / });
  while ((await more.count()) > 0) await more.first().click();
  await inBothThemes();
  const wide = await page.evaluate(() => [...document.querySelectorAll("#panel-builder *")].filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== "inline" && getComputedStyle(one).overflowX === "visible").map((one) => one.className));
  expect(wide).toEqual([]);
  expect(await page.evaluate(() => document.querySelector("#panel-builder")!.scrollWidth - document.querySelector("#panel-builder")!.clientWidth)).toBe(0);
  expect(complaints).toEqual([]);
  await context.close();
}, 60_000);
