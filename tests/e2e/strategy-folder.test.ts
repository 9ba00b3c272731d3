/** Strategies that live in a granted folder: the folder of the origin-private file system is a real, writable directory handle. */
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { axeProblems } from "./axe.ts";
import { useStage } from "./stage.ts";
import { strategyText, writeStrategy } from "./strategy-text.ts";

const stage = useStage();

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const mine = (name: string, lots: number) => `name: ${name}\nuniverse: { symbol: BANKNIFTY }\nentry: { legs: [{ cp: CE, lots: ${lots} }] }\n`;

/** What an editor or git does beside the page. */
async function put(page: Page, name: string, text: string | undefined): Promise<void> {
  await page.evaluate(async ([name, text]) => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("strategies", { create: true });
    if (text === null) return folder.removeEntry(name);
    const writing = await (await folder.getFileHandle(name, { create: true })).createWritable();
    await writing.write(text);
    await writing.close();
  }, [name, text ?? null] as const);
}

async function files(page: Page): Promise<Record<string, string>> {
  return page.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("strategies", { create: true });
    const found: Record<string, string> = {};
    for await (const handle of folder.values()) if (handle.kind === "file") found[handle.name] = await (await (handle as FileSystemFileHandle).getFile()).text();
    return found;
  });
}

const answerPicker = (page: Page) =>
  page.evaluate(() => (window.showDirectoryPicker = async () => (await navigator.storage.getDirectory()).getDirectoryHandle("strategies", { create: true })));
const own = (page: Page) => page.getByRole("list", { name: "Your own strategies" });
const questions = (page: Page) => page.getByRole("list", { name: "To decide" });
const status = (page: Page) => page.getByRole("status", { name: "Folder of strategies" });

it("keeps strategies and files the same in both directions, asks where both have changed, and remembers the folder", async () => {
  const { page, context, complaints } = await stage.open();
  await answerPicker(page);
  await put(page, "theirs.yaml", mine("Theirs", 1));
  await put(page, "notes.txt", "not touched");
  await button(page, "Library").click();
  await page.getByLabel("Paste a strategy").fill(mine("Mine", 1));
  await button(page, "Take up the pasted text").click();
  await button(page, "Library").click();
  await button(page, "Choose a folder of strategies").click();
  await expect.poll(() => own(page).innerText()).toContain("Theirs");
  await expect.poll(() => files(page)).toEqual({ "theirs.yaml": mine("Theirs", 1), "notes.txt": "not touched", "Mine.yaml": mine("Mine", 1) });
  await expect.poll(() => status(page).innerText()).toMatch(/^“strategies”: 2 strategies, compared \d\d:\d\d:\d\d$/);
  expect(await axeProblems(page)).toEqual([]);

  // What is written here is in the file a moment later, comments and all.
  await button(page, "Close").click();
  await writeStrategy(page, `# Two lots\n${mine("Mine", 2)}`);
  await expect.poll(async () => (await files(page))["Mine.yaml"]).toBe(`# Two lots\n${mine("Mine", 2)}`);
  // What another program writes is here when the user comes back, and can be undone.
  await put(page, "Mine.yaml", mine("Mine", 3));
  await page.evaluate(() => dispatchEvent(new Event("focus")));
  await expect.poll(() => strategyText(page)).toBe(mine("Mine", 3));
  await button(page, "Undo").click();
  await expect.poll(async () => (await files(page))["Mine.yaml"]).toBe(`# Two lots\n${mine("Mine", 2)}`);

  // Both have changed: neither is lost before the user has said which.
  await put(page, "Mine.yaml", mine("Mine", 7));
  await writeStrategy(page, mine("Mine", 8));
  await button(page, "1 to decide").click();
  await expect.poll(() => questions(page).innerText()).toMatch(/“Mine” was changed here and in Mine\.yaml, which was saved \d{4}-\d\d-\d\d \d\d:\d\d:\d\d/);
  expect(await page.getByLabel("Text of Mine.yaml").innerText()).toContain("lots: 7");
  expect(await axeProblems(page)).toEqual([]);
  expect((await files(page))["Mine.yaml"]).toBe(mine("Mine", 7));
  await button(page, "Keep mine").click();
  await expect.poll(async () => (await files(page))["Mine.yaml"]).toBe(mine("Mine", 8));
  await expect.poll(() => questions(page).getByRole("listitem").count()).toBe(0);

  // What is gone on one side stays on the other until the user says so.
  await put(page, "theirs.yaml", undefined);
  await button(page, "Compare now").click();
  await button(page, "Write it again").click();
  await expect.poll(async () => (await files(page))["theirs.yaml"]).toBe(mine("Theirs", 1));
  await own(page).getByRole("button", { name: "Delete Theirs" }).click();
  await button(page, "Delete the file too").click();
  await expect.poll(() => files(page)).toEqual({ "notes.txt": "not touched", "Mine.yaml": mine("Mine", 8) });

  // The next visit needs no click where the permission still stands.
  await put(page, "Mine.yaml", mine("Mine", 9));
  await page.reload();
  await expect.poll(() => strategyText(page)).toBe(mine("Mine", 9));
  await button(page, "Library").click();
  await button(page, "Disconnect").click();
  await button(page, "Choose a folder of strategies").waitFor();
  expect(await own(page).innerText()).toContain("Mine");
  expect(complaints).toEqual([]);
  await context.close();
}, 90_000);

it("says what cannot be taken, and what to do in a browser that writes into no folder", async () => {
  const { page, context, complaints } = await stage.open();
  await answerPicker(page);
  await put(page, "huge.yaml", "#".repeat(300_000));
  await button(page, "Library").click();
  await button(page, "Choose a folder of strategies").click();
  await page.getByText("huge.yaml has 300000 bytes; a strategy has at most 200000.").waitFor();
  await context.addInitScript(() => delete (window as Partial<Window>).showDirectoryPicker);
  await page.reload();
  await button(page, "Library").click();
  await page.getByText(/lets no page write into a folder\. Use “Import files”/).waitFor();
  expect(complaints).toEqual([]);
  await context.close();
});
