/** The strategy through which the browser's tests drive the builder holds what they say of it: every key of the language. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { parseStrategy } from "../../../../src/core/strategy/parse.ts";
import { keysAt } from "../../../../src/core/strategy/schema-keys.ts";
import { strategySchema } from "../../../../src/core/strategy/schema.ts";
import type { Path } from "../../../../src/core/strategy/text.ts";

const TEXT = readFileSync(join(import.meta.dirname, "../../../e2e/every-key.yaml"), "utf8");
/** `costs` has one form at a time: another test goes through the choices of its control. */
const OTHER_COSTS = ["preset", "none"];

it("holds every key of the schema, wherever it may stand", () => {
  const data: unknown = parse(TEXT);
  const known = new Set<string>();
  const used = new Set<string>();
  const walk = (path: Path, value: unknown): void => {
    if (value === null || typeof value !== "object") return;
    if (!Array.isArray(value)) {
      for (const key of keysAt(strategySchema, path, data)) known.add(key);
      for (const key of Object.keys(value)) used.add(key);
    }
    for (const [key, inside] of Object.entries(value)) walk([...path, Array.isArray(value) ? Number(key) : key], inside);
  };
  walk([], data);
  expect(known.size).toBeGreaterThan(100);
  expect([...known].filter((key) => !used.has(key) && !OTHER_COSTS.includes(key))).toEqual([]);
});

it("is a strategy that runs", () => expect(parseStrategy(TEXT).variants).toHaveLength(3));
