import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { studyJsonSchema } from "../../../../src/core/studies/json-schema.ts";

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const schema = studyJsonSchema();

describe("the JSON Schema of a study", () => {
  it("in public/ is current (node scripts/write-schema.mjs writes it)", () => {
    expect(readFileSync(`${root}public/study.schema.json`, "utf8")).toBe(`${JSON.stringify(schema, null, 1)}\n`);
  });

  const reader = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
  const accepts = (text: string): boolean => reader.safeParse(parse(text)).success;
  const SMALLEST = 'name: x\nuniverse: { symbol: BANKNIFTY }\nwindows: "09:15-09:20"';

  it.each(readdirSync(`${root}strategies/studies`).filter((file) => file.endsWith(".yaml")))("accepts %s", (file) => {
    expect(accepts(readFileSync(`${root}strategies/studies/${file}`, "utf8"))).toBe(true);
  });

  it("accepts the smallest study", () => expect(accepts(SMALLEST)).toBe(true));

  it.each([
    ["an unknown key", `${SMALLEST}\nwindow: x`],
    ["a series that there is not", `${SMALLEST}\nseries: [spott]`],
    ["no windows", "name: x\nuniverse: { symbol: BANKNIFTY }"],
    ["a decile beyond the tenth", `${SMALLEST}\nwhere: { gap: [11] }`],
    ["a confidence of its own", `${SMALLEST}\nconfidence: 97`],
  ])("refuses %s", (_what, text) => expect(accepts(text)).toBe(false));
});
