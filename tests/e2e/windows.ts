import type { Page } from "playwright-core";

const SIZES = [{ width: 1440, height: 900 }, { width: 1024, height: 768 }] as const;

/** What a trader may look at: both themes at both sizes. */
export const WINDOWS = (["light", "dark"] as const).flatMap((theme) => SIZES.map((size) => ({ theme, ...size })));

export async function lookThrough(page: Page, { theme, width, height }: (typeof WINDOWS)[number]): Promise<void> {
  await page.emulateMedia({ colorScheme: theme });
  await page.setViewportSize({ width, height });
}
