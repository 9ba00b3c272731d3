import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { FACT_NAMES, FACTS } from "../../../../src/core/facts/day-facts.ts";
import { MICROFACT_NAMES } from "../../../../src/core/facts/microfacts.ts";

const text = readFileSync(new URL("../../../../docs/studies.md", import.meta.url), "utf8");

it("docs/studies.md has every fact as the table of the code says it", () => {
  const known = { open: "the open", first: "first value", opening: "09:19:59", over: "day over" };
  const rows = FACT_NAMES.map((fact) => `| \`${fact}\` | ${FACTS[fact].unit} | ${known[FACTS[fact].known]} | ${FACTS[fact].help} |`);
  expect(text).toContain(rows.join("\n"));
});

it("docs/studies.md has every microfact", () => {
  const section = text.slice(text.indexOf("## Facts of a second"));
  for (const name of MICROFACT_NAMES) expect(section).toContain(`\`${name}\``);
});
