/** What the page's processes hold, as the system counts it. Linux only, as CI is. */
import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";

/** Resident memory of the browser's renderers, of which the page is the only one with anything in it, after what can be collected has been. */
export async function residentMegabytes(page: Page): Promise<number> {
  const own = await page.context().newCDPSession(page);
  // Twice: freed objects let go of buffers that are freed then, and pages go back to the system a moment later.
  for (let i = 0; i < 2; i++) {
    await own.send("HeapProfiler.collectGarbage");
    await page.waitForTimeout(1_000);
  }
  await own.detach();
  const browser = page.context().browser();
  if (!browser) throw new Error("the page belongs to no browser");
  const system = await browser.newBrowserCDPSession();
  const { processInfo } = await system.send("SystemInfo.getProcessInfo");
  await system.detach();
  return processInfo.filter(({ type }) => type === "renderer").reduce((sum, { id }) => sum + Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${id}/status`, "utf8"))?.[1]) / 1024, 0);
}
