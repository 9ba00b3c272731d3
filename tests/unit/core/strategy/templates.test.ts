import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { explainStrategy } from "../../../../src/core/strategy/explain.ts";
import { parseStrategy } from "../../../../src/core/strategy/parse.ts";

const folder = fileURLToPath(new URL("../../../../strategies/", import.meta.url));
const files = readdirSync(folder).filter((file) => file.endsWith(".yaml"));

describe("the ready-made strategies", () => {
  it.each(files)("%s says what it tests, and has nothing to be warned of", (file) => {
    const text = readFileSync(`${folder}${file}`, "utf8");
    for (const words of ["# What it tests:", "# Why it may", "# What works against it:"]) expect(text).toContain(words);
    const parsed = parseStrategy(text);
    expect(parsed.warnings).toEqual([]);
    expect(explainStrategy(parsed)).toContain(parsed.name);
    // Every swept name is used: each value makes another strategy.
    expect(new Set(parsed.variants.map(({ strategy }) => JSON.stringify(strategy))).size).toBe(parsed.variants.length);
  });

  it("have names of their own", () => {
    const names = files.map((file) => parseStrategy(readFileSync(`${folder}${file}`, "utf8")).name);
    expect(new Set(names).size).toBe(names.length);
  });
});
