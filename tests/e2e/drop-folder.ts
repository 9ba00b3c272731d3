import type { Page } from "playwright-core";

/** Drops a folder on the page: the page gets a true FileSystemDirectoryHandle. */
export async function dropFolder(page: Page, path: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  const dispatch = (type: "dragEnter" | "dragOver" | "drop") => session.send("Input.dispatchDragEvent", { type, x: 900, y: 400, data });
  await page.evaluate(() => document.addEventListener("drop", () => document.documentElement.setAttribute("data-dropped", ""), { capture: true, once: true }));
  const dropped = () => page.evaluate(() => document.documentElement.hasAttribute("data-dropped"));
  // A drop counts only once the page's answer to dragOver has reached the browser, which a busy machine delays.
  for (let wait = 50; !(await dropped()); wait *= 2) {
    if (wait > 5_000) throw new Error(`the page never saw the drop of ${path}`);
    await dispatch("dragEnter");
    await dispatch("dragOver");
    await page.waitForTimeout(wait);
    await dispatch("drop");
    await page.waitForTimeout(wait);
  }
  await page.evaluate(() => document.documentElement.removeAttribute("data-dropped"));
  await session.detach();
}
