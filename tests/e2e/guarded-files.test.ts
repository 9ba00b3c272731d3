/** What reading files relies on in this browser: it need not look again at a file that has been read (src/data/retry-changed.ts). */
import { mkdtempSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { dropFolder } from "./drop-folder.ts";
import { useStage } from "./stage.ts";

const stage = useStage();

it("a file's snapshot refuses to be read once the file was replaced by one of its size", async () => {
  const folder = mkdtempSync(join(tmpdir(), "straddle-guarded-"));
  const path = join(folder, "x.parquet");
  writeFileSync(path, "old");
  utimesSync(path, new Date("2020-01-01"), new Date("2020-01-01"));
  const { page } = await stage.open();
  await page.evaluate(() => {
    document.addEventListener("drop", (event) => Object.assign(globalThis, { dropped: event.dataTransfer?.items[0]?.getAsFileSystemHandle?.() }), { capture: true, once: true });
  });
  await dropFolder(page, folder);
  /** The file as it is now, in the page; `read` answers what a part of it holds, or why it cannot be read. */
  await page.evaluate(async () => {
    const directory = (await (globalThis as unknown as { dropped: Promise<FileSystemDirectoryHandle> }).dropped)!;
    const file = await (await directory.getFileHandle("x.parquet")).getFile();
    const read = (): Promise<string> => file.slice(0, 2).text().catch((error: DOMException) => error.name);
    Object.assign(globalThis, { read });
  });
  const read = () => page.evaluate(() => (globalThis as unknown as { read: () => Promise<string> }).read());
  expect(await read()).toBe("ol");
  writeFileSync(path, "new");
  expect(await read()).toBe("NotReadableError");
  // Back in the second it had, it is taken for what it was: two changes within one second are not told apart.
  utimesSync(path, new Date("2020-01-01"), new Date("2020-01-01"));
  expect(await read()).toBe("ne");
});
