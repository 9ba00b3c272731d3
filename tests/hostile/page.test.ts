/** Names, columns, cells and files of strangers in the page: shown as the texts that they are, and nothing of them comes to life. */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import type { Page } from "playwright-core";
import { afterEach, beforeAll, expect, it } from "vitest";
import { backupText } from "../../src/app/share/backup.ts";
import type { Preferences } from "../../src/app/session/preferences.ts";
import { chooseFolder } from "../e2e/folders.ts";
import { ROOT, type WatchedPage } from "../e2e/harness.ts";
import { useStage } from "../e2e/stage.ts";
import { strategyText } from "../e2e/strategy-text.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { column, micros, parquetBytes } from "../unit/data/parquet-fixture.ts";

const IMAGE = "<img src=x onerror=alert(1)>";
const SVG = "<svg onload=alert(1)>";
const SCRIPT = '"><script>alert(1)<\u2215script>';
const CONTRACT = "options/banknifty2482148000ce.parquet";

const stage = useStage();
let watched: WatchedPage;
let page: Page;
const dialogs: string[] = [];

/** Elements that only a stranger's text can have made, in the page and in its shadows. */
const planted = (): Promise<string[]> => page.evaluate(() => {
  const found: string[] = [];
  const look = (root: Document | ShadowRoot): void => {
    for (const element of root.querySelectorAll("*")) {
      const isScript = element.localName === "script" && !(element as HTMLScriptElement).src;
      const acts = [...element.attributes].some(({ name, value }) => name.startsWith("on") || /^\s*javascript:/i.test(value));
      if (isScript || acts || element.localName === "iframe" || element.localName === "object" || (element.localName === "img" && element.getAttribute("src") === "x")) found.push(element.outerHTML.slice(0, 200));
      if (element.shadowRoot) look(element.shadowRoot);
    }
  };
  look(document);
  return [...found, ...Object.keys(Object.prototype)];
});

const tab = (name: RegExp | string) => page.getByRole("tab", { name }).click();
const alerts = () => page.getByRole("alert").allInnerTexts().then((texts) => texts.join("\n"));
function file(name: string, text: string): string {
  const path = join(tempFolder(), name);
  writeFileSync(path, text);
  return path;
}

beforeAll(async () => {
  const folder = join(tempFolder(), `market ${IMAGE}`);
  cpSync(join(ROOT, "public/sample"), folder, { recursive: true });
  mkdirSync(join(folder, `options ${SVG}`));
  const clocks = Array.from({ length: 40 }, (_, i) => micros("2024-08-20 09:15:00") + BigInt(i) * 1_000_000n);
  const texts = clocks.map((_, i) => [IMAGE, SVG, "__proto__", "=1+1"][i % 4]);
  writeFileSync(join(folder, CONTRACT), parquetBytes([column("timestamp", "us", clocks), column("price", "double", clocks.map(() => 5)), ...[IMAGE, SVG, SCRIPT, "__proto__", "constructor"].map((name) => column(name, "text", texts))]));
  writeFileSync(join(folder, `options/${IMAGE}.parquet`), "no Parquet");
  writeFileSync(join(folder, `options ${SVG}/${IMAGE}.parquet`), "no Parquet");
  watched = await stage.open({ readAhead: false });
  ({ page } = watched);
  page.on("dialog", (dialog) => (dialogs.push(dialog.message()), dialog.dismiss()));
  // Of a folder that is dropped Chromium leaves such names out by itself.
  await chooseFolder(page, folder);
});

afterEach(async () => {
  expect(await planted()).toEqual([]);
  expect([...dialogs, ...watched.complaints, ...watched.foreign]).toEqual([]);
  expect(await page.getByLabel("Result hash").innerText()).toBe("—");
});

it("shows hostile names of folders, files, columns and cells as text", async () => {
  await tab(/^Data/);
  await expect.poll(() => page.getByRole("table", { name: "Problems" }).innerText(), { timeout: 60_000 }).toContain(`options/${IMAGE}.parquet`);
  await expect.poll(() => page.getByRole("table", { name: "Problems" }).innerText()).toContain(`options ${SVG}/${IMAGE}.parquet`);
  expect(await page.locator("body").innerText()).toContain(`market ${IMAGE}`);
  await page.getByLabel("Filter files").fill("48000ce");
  await page.getByRole("table", { name: "Files", exact: true }).getByText(CONTRACT).click();
  const rows = page.getByRole("table", { name: "First rows" });
  await expect.poll(() => rows.innerText()).toContain("__proto__");
  const shown = await rows.innerText();
  for (const text of [IMAGE, SVG, SCRIPT, "constructor", "=1+1"]) expect(shown).toContain(text);
  await page.getByLabel("Filter files").fill(IMAGE);
});

it("shows what is wrong with hostile rules and trades as text", async () => {
  await page.getByLabel("File of own market rules").setInputFiles(file(`${IMAGE}.yaml`, `symbols: { "${SVG}": {} }\n"${IMAGE}": 1\n`));
  await expect.poll(alerts).toContain(IMAGE);
  expect(await alerts()).toContain(SVG);
  await tab(/^Runs/);
  await page.getByLabel("File of trades").setInputFiles(file(`${SVG}.csv`, `run_id,${IMAGE}\n1,2\n`));
  await expect.poll(alerts).toContain("The first line has no variant");
  const header = "run_id,variant,date,position_id,leg_id,symbol,expiry,strike,cp,side,lots,qty,decision_entry,ts_entry,entry_px,decision_exit,ts_exit,exit_px,slippage,fees,pnl,reason_entry,reason_exit,window_id,flags";
  await page.getByLabel("File of trades").setInputFiles(file(`${IMAGE}.csv`, `${header}\nr,${SVG},2024-08-20,1,1,${IMAGE},2024-08-21,50700,CE,SELL,1,15,2024-08-20 09:20:00,2024-08-20 09:20:01,120.50,2024-08-20 15:10:00,2024-08-20 15:10:01,80.25,0.75,40.10,603.75,at,exit_at,1,\n`));
  const runs = page.getByRole("table", { name: "Runs" });
  await expect.poll(() => runs.innerText()).toContain(IMAGE);
});

it("asks hostile queries, and shows their names, cells and mistakes as text", async () => {
  await tab("SQL");
  const editor = page.getByLabel("Query", { exact: true });
  const ask = async (sql: string) => {
    await editor.focus();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.insertText(sql);
    await page.keyboard.press("ControlOrMeta+Enter");
    await page.getByRole("button", { name: "Run query", exact: true }).waitFor({ timeout: 120_000 });
  };
  await ask(`SELECT '${IMAGE}' AS "${SVG}", '=1+1' AS "@x", -1 AS n`);
  const answer = page.getByRole("region", { name: "Answer", exact: true });
  await expect.poll(() => answer.innerText()).toContain(IMAGE);
  expect(await answer.innerText()).toContain(SVG);
  const [saved] = await Promise.all([page.waitForEvent("download"), answer.getByRole("button", { name: "CSV", exact: true }).click()]);
  expect(readFileSync(await saved.path(), "utf8")).toBe(`${SVG},'@x,n\n${IMAGE},'=1+1,-1\n`);
  await ask(`SELECT "${IMAGE}" FROM spot`);
  await expect.poll(alerts).toContain(`There is no column "${IMAGE}"`);
  for (const sql of ["SELECT * FROM read_parquet('/etc/passwd')", `SELECT * FROM '${CONTRACT}'`, "SELECT * FROM read_csv_auto('https://example.com/x.csv')", "COPY spot TO '/tmp/x'"]) {
    await ask(sql);
    expect(await page.getByRole("alert").count(), sql).toBeGreaterThan(0);
  }
});

it("takes up hostile settings, strategies and links, and runs nothing by itself", async () => {
  const settings = backupText({ own: { [IMAGE]: `# ${SVG} is a description that is long enough to be shown.\nname: "${IMAGE}"\n`, __proto__: "x" }, edits: { constructor: SVG }, query: `SELECT '${SVG}'`, study: IMAGE, scan: null, queries: [] } as unknown as Preferences);
  const open = async () => {
    await page.getByRole("button", { name: "Library", exact: true }).click();
    await page.getByLabel("Saved settings").setInputFiles(file("settings.json", settings));
  };
  await open();
  const own = page.getByRole("list", { name: "Your own strategies" });
  await expect.poll(() => own.innerText()).toContain(IMAGE);
  await expect.poll(() => own.innerText()).toContain(SVG);
  await page.getByLabel("Saved settings").setInputFiles(file("bad.json", `{"straddle":"settings","version":1,"preferences":{"${IMAGE}":1}}`));
  await expect.poll(() => page.getByRole("dialog").innerText()).toContain("The file holds no settings of Straddle");
  await own.getByRole("button").first().click();
  await expect.poll(() => strategyText(page)).toContain(IMAGE);
  await page.evaluate((hash) => (location.hash = hash), `#s1.${deflateRawSync(JSON.stringify({ text: `name: "${IMAGE}"\n${SVG}`, view: "results" })).toString("base64url")}`);
  await expect.poll(() => page.getByRole("dialog").innerText()).toContain(SVG);
  await page.getByRole("button", { name: "Leave it" }).click();
});
