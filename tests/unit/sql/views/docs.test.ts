/** docs/sql.md names every view, column and bit. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ROW_FLAG_WORDS, ROW_FLAGS, ROW_QUALITY } from "../../../../src/core/quality/row-quality.ts";
import { FILE_VIEWS, ROW_COLUMNS, VIEWS } from "../../../../src/data/views/views.ts";
import { ROOT } from "../../../support/cli.ts";

const text = readFileSync(join(ROOT, "docs/sql.md"), "utf8");

it("names every view and column as they are", () => {
  const sections = new Map([...text.matchAll(/\n### (\w+)\n([\s\S]*?)(?=\n### |$)/g)].map(([, name, body]) => [name, body]));
  expect([...sections.keys()]).toEqual([...VIEWS.map(({ name }) => name), "rows"]);
  const lines = (columns: (typeof VIEWS)[number]["columns"]) => columns.map((column) => `| \`${column.name}\` | ${column.type} | ${column.words.replaceAll("|", "\\|")} |`);
  // The columns that views over files share stand once.
  for (const view of VIEWS) expect(sections.get(view.name)?.match(/^\| `.*$/gm)).toEqual(lines(FILE_VIEWS.includes(view) ? view.columns.slice(0, -ROW_COLUMNS.length) : view.columns));
  expect(sections.get("rows")?.match(/^\| `.*$/gm)).toEqual(lines(ROW_COLUMNS));
  for (const flag of ROW_FLAGS) expect(text).toContain(`| ${ROW_QUALITY[flag]} | \`${flag}\` | ${ROW_FLAG_WORDS[flag]} |`);
});
