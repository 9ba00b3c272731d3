import type { Page } from "playwright-core";
import { axeProblems } from "./axe.ts";

/** Colours do not depend on the size, nor what fits on the theme. */
const APPEARANCES = [{ theme: "light", width: 1440, height: 900 }, { theme: "dark", width: 1024, height: 768 }] as const;
const PHONE = { width: 390, height: 844 };

/** What is wrong with the page as it stands in either theme and at any size: what axe objects to, and what does not fit its screen. */
export async function problemsOfAppearance(page: Page): Promise<string[]> {
  const before = page.viewportSize();
  const found: string[] = [];
  const note = (where: string, problems: readonly string[]) => found.push(...problems.map((problem) => `${where}: ${problem}`));
  for (const { theme, width, height } of APPEARANCES) {
    await page.emulateMedia({ colorScheme: theme });
    await resized(page, { width, height });
    // A colour that is still changing is neither the one nor the other.
    await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished)));
    const where = `${theme} at ${width} × ${height}`;
    note(where, await axeProblems(page));
    note(where, await misfits(page, true));
  }
  await resized(page, PHONE);
  note("on a phone", await misfits(page, false));
  await page.emulateMedia({ colorScheme: null });
  if (before) await page.setViewportSize(before);
  return found;
}

/** Charts and tables take their new size in the frames after it. */
async function resized(page: Page, size: { readonly width: number; readonly height: number }): Promise<void> {
  await page.setViewportSize(size);
  await page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
  });
}

/** @param oneScreen whether the page itself may not scroll down either */
function misfits(page: Page, oneScreen: boolean): Promise<string[]> {
  return page.evaluate((whole) => {
    const { scrollWidth, scrollHeight } = document.documentElement;
    const name = (element: Element) => element.getAttribute("aria-label") ?? element.id;
    const wide = [...document.querySelectorAll(".pane > .panel:not([hidden])")].filter((panel) => panel.scrollWidth > panel.clientWidth).map((panel) => `“${name(panel)}” scrolls sideways`);
    const cut = [...document.querySelectorAll("[role=dialog]")].filter((dialog) => {
      const { left, right, top, bottom } = dialog.getBoundingClientRect();
      return left < 0 || right > innerWidth || top < 0 || bottom > innerHeight;
    });
    return [
      ...(scrollWidth > innerWidth ? [`the page is ${scrollWidth} wide`] : []),
      ...(whole && scrollHeight > innerHeight ? [`the page is ${scrollHeight} high`] : []),
      ...wide,
      ...cut.map(() => "the dialog is cut off"),
    ];
  }, oneScreen);
}
