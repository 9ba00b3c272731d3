import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { defaultRules } from "../../../../src/core/market/rules.ts";
import { checkStudy } from "../../../../src/core/studies/check.ts";
import { parseStudy } from "../../../../src/core/studies/parse.ts";

const folder = fileURLToPath(new URL("../../../../strategies/studies/", import.meta.url));
const files = readdirSync(folder);

describe("the ready-made studies", () => {
  it.each(files)("%s says what it asks and how to read the answer", (file) => {
    const text = readFileSync(`${folder}${file}`, "utf8");
    for (const words of ["# What it asks:", "# Read it so:"]) expect(text).toContain(words);
    const parsed = parseStudy(text);
    expect(checkStudy(parsed, defaultRules)).toEqual([]);
    expect(parsed.warnings).toEqual([]);
  });

  it("have names of their own, and the user's Mondays among them", () => {
    const studies = files.map((file) => parseStudy(readFileSync(`${folder}${file}`, "utf8")).study);
    expect(new Set(studies.map(({ name }) => name)).size).toBe(files.length);
    expect(studies.some(({ time, windows }) => time.days?.join() === "Mon" && windows.join() === "09:15-09:20,15:20-15:30")).toBe(true);
  });
});
