/** What `npm run test:mutants` plants still has its place: a text that has gone would be an error an hour later. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { KERNEL_MUTANTS } from "./kernels.mjs";

it.each(KERNEL_MUTANTS.map((area) => [area.file, area] as const))("each mutant of %s stands for one place of it", (file, { mutants }) => {
  const source = readFileSync(new URL(`../../assembly/${file}`, import.meta.url), "utf8");
  expect(mutants.filter(([, text, by]) => source.split(text).length !== 2 || text === by).map(([breaks]) => breaks)).toEqual([]);
  expect(new Set(mutants.map(([breaks]) => breaks)).size).toBe(mutants.length);
});

it("there are enough of them", () => {
  expect(KERNEL_MUTANTS.reduce((count, { mutants }) => count + mutants.length, 0)).toBeGreaterThanOrEqual(60);
});
