import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { ALIASES, METRIC_NAMES, metricInfo, type ArgInfo } from "../../../../src/core/strategy/metrics.ts";

const docs = readFileSync(fileURLToPath(new URL("../../../../docs/strategy-language.md", import.meta.url)), "utf8");

const argText = (name: string, arg: ArgInfo) => ("default" in arg && arg.default !== undefined ? `${name} ${arg.default}` : name);

it("the docs' table of metrics is the table of the schema", () => {
  const rows = METRIC_NAMES.map((name) => {
    const { args, unit, help, exitOnly } = metricInfo(name);
    return `| \`${name}\` | ${Object.entries(args).map(([arg, info]) => `\`${argText(arg, info)}\``).join(" ")} | ${unit} | ${help}${exitOnly ? "; in `exit.when` only" : ""} |`;
  });
  const table = ["| metric | args | unit | value |", "|---|---|---|---|", ...rows].join("\n");
  expect(docs.split(/<!-- .*metrics.* -->\n/)[1]).toBe(`${table}\n`);
});

it("the docs name every short name", () => {
  for (const [alias, { metric }] of Object.entries(ALIASES)) expect(docs).toContain(`\`${alias}\` (${metric} `);
});
