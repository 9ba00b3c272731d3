import { describe, expect, it } from "vitest";
import { suggestSql } from "../../../../src/app/sql/suggest-sql.ts";

/** The place of the cursor is written `|`. */
const labels = (text: string): string[] | undefined => {
  const at = text.indexOf("|");
  return suggestSql(text.replace("|", ""), at)?.list.map(({ label }) => label);
};

describe("while one types", () => {
  it("columns of the view that a name stands for", () => {
    expect(labels("SELECT o.| FROM options o")).toContain("strike");
    expect(labels("SELECT s.pr| FROM options AS o JOIN spot AS s USING (date)")).not.toContain("strike");
    expect(labels("SELECT trades.| FROM trades")).toContain("reason_exit");
    expect(labels("SELECT x.| FROM options o")).toBeUndefined();
  });

  it("columns of every view that is read, and views", () => {
    expect(labels("SELECT | FROM spot WHERE date = '2024-08-20'")).toEqual(expect.arrayContaining(["price", "options"]));
    expect(labels("SELECT | FROM spot")).not.toContain("strike");
  });

  it("views where a relation is named", () => {
    expect(labels("SELECT 1 FROM op|")).toEqual(expect.arrayContaining(["options", "micro", "runs"]));
    expect(labels("SELECT 1 FROM spot JOIN |")).not.toContain("price");
  });

  it("nothing inside a text or a comment", () => {
    expect(labels("SELECT 'o.| FROM options o")).toBeUndefined();
    expect(labels("SELECT 1 -- o.|")).toBeUndefined();
  });
});
