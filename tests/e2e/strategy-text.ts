import type { Locator, Page } from "playwright-core";

/** The YAML face of the strategy editor, brought to the front. */
export async function yamlFace(page: Page): Promise<Locator> {
  await page.getByRole("tab", { name: "YAML" }).click();
  return page.getByRole("textbox", { name: "Strategy text" });
}

/** The text of the strategy as the editor shows it, line by line. */
export async function strategyText(page: Page): Promise<string> {
  const editor = await yamlFace(page);
  return editor.evaluate((content) => [...content.querySelectorAll(".cm-line")].map((line) => line.textContent ?? "").join("\n"));
}

export async function writeStrategy(page: Page, text: string): Promise<void> {
  await (await yamlFace(page)).fill(text);
}
