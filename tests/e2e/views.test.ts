import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { problemsOfAppearance } from "./appearances.ts";
import { builtFixture, openPage } from "./harness.ts";
import { useStage } from "./stage.ts";
import { writeStrategy } from "./strategy-text.ts";

const stage = useStage(builtFixture);

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const done = (page: Page) => page.getByText(/^Done · /).waitFor();

/** Every state that the page can show, and how to get there. */
const VIEWS: Readonly<Record<string, { readonly query?: string; reach(page: Page): Promise<unknown> }>> = {
  "first visit": { reach: (page) => button(page, "Open data folder").waitFor() },
  opening: {
    query: "?slow=1",
    async reach(page) {
      await button(page, "Try sample data").click();
      await page.getByText(/Reading names: /).waitFor();
    },
  },
  "folder gone": {
    query: "?gone=1",
    async reach(page) {
      await button(page, "Try sample data").click();
      await page.getByRole("alert").waitFor();
    },
  },
  "permission refused": {
    query: "?remembered=1&permission=denied",
    async reach(page) {
      await button(page, "Reconnect folder").click();
      await page.getByRole("alert").waitFor();
    },
  },
  results: {
    query: "?days=30",
    async reach(page) {
      await button(page, "Try sample data").click();
      await done(page);
    },
  },
  data: {
    query: "?days=30",
    async reach(page) {
      await button(page, "Open data folder").click();
      await page.getByRole("table", { name: "Files", exact: true }).getByRole("row").nth(2).click();
      await page.getByRole("table", { name: "First rows" }).waitFor();
    },
  },
  "unreadable file": {
    query: "?days=30",
    async reach(page) {
      await button(page, "Open data folder").click();
      await page.getByRole("table", { name: "Files", exact: true }).getByRole("row").nth(4).click();
      await page.getByText(/no Parquet file: the first four bytes/).waitFor();
    },
  },
  "mistakes in the strategy": {
    async reach(page) {
      await writeStrategy(page, "name: x\nuniverse: { symbol: BANKNIFTY }\nentry:\n  legs: [{ cp: CX, lots: 0 }]\n");
      await page.getByRole("list", { name: "Mistakes in the strategy" }).getByRole("button").first().waitFor();
    },
  },
  "list of keys": {
    async reach(page) {
      await page.keyboard.press("?");
      await page.getByRole("dialog").waitFor();
    },
  },
};

it.each(Object.entries(VIEWS))("“%s” can be used in every theme and size", async (_, view) => {
  const { page, context, complaints } = await openPage(stage.browser, `${stage.url}${view.query ?? ""}`);
  await view.reach(page);
  expect(await problemsOfAppearance(page)).toEqual([]);
  expect(complaints).toEqual([]);
  await context.close();
});
