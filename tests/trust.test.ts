/** docs/trust.md promises nothing that no test keeps: whatever its tables name is there. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "..");

/** The rows of the tables whose last column says where. */
function promises(): { readonly promise: string; readonly named: readonly string[] }[] {
  const rows: { readonly promise: string; readonly named: readonly string[] }[] = [];
  let says = false;
  for (const line of readFileSync(join(ROOT, "docs/trust.md"), "utf8").split("\n")) {
    const cells = line.startsWith("|") ? line.split("|").slice(1, -1).map((cell) => cell.trim()) : [];
    if (cells.length === 0) says = false;
    else if (cells.at(-1) === "where") says = true;
    else if (says && !cells[0].startsWith("-")) rows.push({ promise: cells[0], named: [...cells.at(-1)!.matchAll(/`([^`]+)`/g)].map(([, name]) => name) });
  }
  return rows;
}

describe("docs/trust.md", () => {
  it("has a table of checks, one of faults and one of long runs", () => {
    expect(promises().length).toBeGreaterThan(40);
  });

  it.each(promises())("names tests that are there: $promise", ({ named }) => {
    expect(named.length).toBeGreaterThan(0);
    let folder = "";
    for (const name of named) {
      // A name alone stands beside the one before it.
      const path = name.startsWith("tests/") ? name : join(folder, name);
      expect(existsSync(join(ROOT, path)), path).toBe(true);
      folder = statSync(join(ROOT, path)).isDirectory() ? path : dirname(path);
    }
  });
});
