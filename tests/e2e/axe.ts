import axe from "axe-core";
import type { Page } from "playwright-core";

/** What axe finds wrong on the page as it stands: one line per rule and element. */
export async function axeProblems(page: Page): Promise<string[]> {
  // Through the debugger, since the page's policy lets no other script in.
  const session = await page.context().newCDPSession(page);
  await session.send("Runtime.evaluate", { expression: axe.source });
  const { result, exceptionDetails } = await session.send("Runtime.evaluate", {
    expression: `axe.run(document, { resultTypes: ["violations"] }).then((found) => JSON.stringify(found.violations.flatMap((rule) => rule.nodes.map((node) => rule.id + ": " + node.target.join(" ") + ": " + node.failureSummary))))`,
    awaitPromise: true,
    returnByValue: true,
  });
  await session.detach();
  if (exceptionDetails) throw new Error(`axe could not run: ${exceptionDetails.text}`);
  return JSON.parse(result.value as string) as string[];
}
