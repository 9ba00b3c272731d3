/** A copy of the data made in the page: stopped, gone on with, proved, opened as data; folders that may not be written into. */
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { axeProblems } from "./axe.ts";
import { resultOf, runToEnd } from "./folders.ts";
import { useStage } from "./stage.ts";

const stage = useStage();

interface Manifest {
  readonly rows: number;
  readonly units: readonly { readonly id: string; readonly files: readonly { readonly path: string; readonly rows: number; readonly bytes: number }[] }[];
}

/** The picker answers with a folder of the origin-private file system, which is a real directory handle. */
const answerPicker = (page: Page, path: readonly string[]) =>
  page.evaluate((path) => {
    window.showDirectoryPicker = async () => {
      let at = await navigator.storage.getDirectory();
      for (const name of path) at = await at.getDirectoryHandle(name, { create: true });
      return at;
    };
  }, path);

/** Every file below the folder `copy`, with its size; the text of those that are JSON. */
const files = (page: Page) =>
  page.evaluate(async () => {
    const found: Record<string, { readonly bytes: number; readonly text?: string }> = {};
    const walk = async (folder: FileSystemDirectoryHandle, path: string): Promise<void> => {
      for await (const entry of folder.values()) {
        if (entry.kind === "directory") {
          await walk(entry as FileSystemDirectoryHandle, `${path}${entry.name}/`);
        } else {
          const file = await (entry as FileSystemFileHandle).getFile();
          found[path + entry.name] = { bytes: file.size, ...(entry.name.endsWith(".json") && { text: await file.text() }) };
        }
      }
    };
    await walk(await (await navigator.storage.getDirectory()).getDirectoryHandle("copy"), "");
    return found;
  });

it("copies the data day by day, stops and goes on, and the copy gives the result of its source", async () => {
  const { page, context, complaints, foreign } = await stage.open({ readAhead: false });
  await page.getByRole("button", { name: "Try sample data" }).click();
  const hash = await resultOf(page);
  await page.getByRole("tab", { name: /^Data/ }).click();
  const section = page.getByRole("region", { name: "Copy of the data" });
  const press = (name: string) => section.getByRole("button", { name, exact: true }).click();
  const figure = (name: string) => section.getByRole("table", { name: "The copy" }).getByRole("row", { name: new RegExp(`^${name}`) }).getByRole("cell").innerText();
  await press("Make a copy");
  await section.getByLabel("to", { exact: true }).fill("2024-08-18");
  await section.getByLabel("from", { exact: true }).fill("2024-08-19");
  await section.getByText("The first date lies after the last").waitFor();
  expect(await section.getByRole("button", { name: "Start copy" }).isDisabled()).toBe(true);

  // One day first: how large it will be is said before anything is written.
  await section.getByLabel("to", { exact: true }).fill("2024-08-19");
  await answerPicker(page, ["copy"]);
  await press("Choose a folder for the copy");
  await section.getByText(/^To copy: about [\d.]+ (KB|MB) of the source, [\d.]+ (KB|MB) in the copy; [\d.]+ [MGT]B are free$/).waitFor({ timeout: 60_000 });
  expect(await files(page)).toEqual({});
  expect(await axeProblems(page)).toEqual([]);
  await press("Start copy");
  await expect.poll(() => figure("Parts"), { timeout: 60_000 }).toBe("2, in 3 files");
  const first = await files(page);

  // Then all of them: stopped before the rest is done, it goes on with what is left.
  await section.getByLabel("from", { exact: true }).fill("");
  await section.getByLabel("to", { exact: true }).fill("");
  await press("Start copy");
  await section.getByText("0 of 4 parts copied").waitFor({ timeout: 60_000 });
  await press("Stop");
  await section.getByText("Stopped: what is complete stays; start again to go on from there.").waitFor();
  expect(await figure("Parts")).toMatch(/^2, 2 of them complete from before, in/);
  // Some browsers move only files of their own file system: the page, which writes the manifest, is such a one from here on.
  await page.evaluate(() => Object.assign(FileSystemFileHandle.prototype, { move: () => Promise.reject(new DOMException("no", "NotSupportedError")) }));
  await press("Start copy");
  await expect.poll(() => figure("Parts").catch(() => ""), { timeout: 60_000 }).toBe("6, 2 of them complete from before, in 11 files");
  expect(await figure("Rows")).toBe("46,872, every column checked against its source");
  expect(await figure("Size")).toMatch(/^[\d.]+ MB, of 2\.7 MB of the source: \d+\.\d %$/);
  expect(await figure("Speed")).toMatch(/^[\d.]+ s, [\d,]+ rows\/s$/);
  // Whether it was worth the room: a day is read of the source and of the copy.
  await expect.poll(() => figure("Reading").catch(() => ""), { timeout: 60_000 }).toMatch(/^all options of BANKNIFTY on 2024-08-2\d: [\d,]+ ms from the source, [\d,]+ ms from the copy$/);
  expect(await axeProblems(page)).toEqual([]);

  // What the manifest says is there, whole, and nothing else; the day of before was not touched.
  const found = await files(page);
  const manifest = JSON.parse(found["manifest.json"].text ?? "") as Manifest;
  const listed = manifest.units.flatMap((unit) => unit.files);
  expect(Object.fromEntries(Object.entries(found).filter(([path]) => !path.endsWith(".json")))).toEqual(Object.fromEntries(listed.map(({ path, bytes }) => [path, { bytes }])));
  expect([manifest.rows, listed.reduce((sum, { rows }) => sum + rows, 0), manifest.units.length]).toEqual([46_872, 46_872, 6]);
  for (const { id } of manifest.units) if (id.endsWith("2024-08-19")) expect(found[`manifest/${id}.json`]).toEqual(first[`manifest/${id}.json`]);

  // Another form beside it is refused.
  await section.getByLabel("Columns").selectOption("lean");
  await press("Start copy");
  await section.getByText(/the folder holds a copy that was made otherwise/).waitFor({ timeout: 30_000 });

  // The copy is data like any other, and nothing is ever written into or around what is open.
  await page.getByRole("button", { name: "Open data folder" }).first().click();
  await page.getByRole("heading", { name: "copy", exact: true }).waitFor({ timeout: 60_000 });
  await press("Make a copy");
  for (const [path, words] of [[["copy"], /“copy” is the data itself/], [["copy", "below"], /“below” lies in the data folder “copy”/], [[], /lies in “.*”: the copy would stand around/]] as const) {
    await answerPicker(page, path);
    await press("Choose a folder for the copy");
    await section.getByText(words).waitFor();
    expect(await section.getByRole("button", { name: "Start copy" }).isDisabled()).toBe(true);
  }
  expect(await runToEnd(page)).toBe(hash);

  // Out of its days a file for each contract, and the same result again.
  await page.getByRole("tab", { name: /^Data/ }).click();
  await section.getByLabel("Columns").selectOption("all");
  await section.getByLabel("Layout").selectOption("contracts");
  await answerPicker(page, ["contracts"]);
  await press("Choose a folder for the copy");
  await section.getByText(/^To copy: about/).waitFor({ timeout: 60_000 });
  await press("Start copy");
  await expect.poll(() => figure("Parts").catch(() => ""), { timeout: 60_000 }).toMatch(/^\d\d+, in \d\d+ files$/);
  expect(await figure("Rows")).toBe("46,872, every column checked against its source");
  await expect.poll(() => figure("Reading").catch(() => ""), { timeout: 60_000 }).toMatch(/^all options of BANKNIFTY on 2024-08-\d\d: [\d,]+ ms from the source, [\d,]+ ms from the copy$/);
  await page.getByRole("button", { name: "Open data folder" }).first().click();
  await page.getByRole("heading", { name: "contracts", exact: true }).waitFor({ timeout: 60_000 });
  expect(await runToEnd(page)).toBe(hash);

  // Where the browser lets no page write into a folder, the command line is named.
  await context.addInitScript(() => delete (window as Partial<Window>).showDirectoryPicker);
  await page.reload();
  await page.getByRole("tab", { name: /^Data/ }).click();
  await section.getByText("straddle reshape --data DIR --out DIR").waitFor({ timeout: 60_000 });
  expect(await section.getByRole("button").count()).toBe(0);
  expect(complaints).toEqual([]);
  expect(foreign).toEqual([]);
  await context.close();
}, 240_000);
