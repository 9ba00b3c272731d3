import type { Locator, Page } from "playwright-core";

const STRATEGY = "Strategy text";

/** The YAML face of the strategy editor, brought to the front. */
export async function yamlFace(page: Page): Promise<Locator> {
  await page.getByRole("tab", { name: "YAML" }).click();
  return page.getByRole("textbox", { name: STRATEGY });
}

/** The text of the strategy as the editor shows it, line by line. */
export async function strategyText(page: Page): Promise<string> {
  await yamlFace(page);
  return textOf(page, STRATEGY);
}

export async function writeStrategy(page: Page, text: string): Promise<void> {
  await yamlFace(page);
  await writeText(page, STRATEGY, text);
}

/** What the editor of a name shows, line by line. */
export async function textOf(page: Page, name: string): Promise<string> {
  return page.getByRole("textbox", { name }).evaluate((content) => [...content.querySelectorAll(".cm-line")].map((line) => line.textContent ?? "").join("\n"));
}

export async function writeText(page: Page, name: string, text: string): Promise<void> {
  await page.getByRole("textbox", { name }).fill(text);
}
