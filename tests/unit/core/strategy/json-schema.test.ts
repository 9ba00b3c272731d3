import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { strategyJsonSchema } from "../../../../src/core/strategy/json-schema.ts";
import { withWhen } from "./strategy-text.ts";

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const schema = strategyJsonSchema();

describe("the JSON Schema", () => {
  it("in public/ is current (node scripts/write-schema.mjs writes it)", () => {
    expect(readFileSync(`${root}public/strategy.schema.json`, "utf8")).toBe(`${JSON.stringify(schema, null, 1)}\n`);
  });

  // zod joins anyOf to the rest so that unknown keys pass; other validators apply both, as is done here.
  type JsonSchema = Parameters<typeof z.fromJSONSchema>[0];
  const { anyOf, ...rest } = schema as { readonly anyOf: readonly JsonSchema[] };
  const readers = { rest: z.fromJSONSchema(rest as JsonSchema), ways: anyOf.map((way) => z.fromJSONSchema(way)) };
  const accepts = (text: string) => readers.rest.safeParse(parse(text)).success && readers.ways.some((way) => way.safeParse(parse(text)).success);

  it.each(readdirSync(`${root}strategies`).filter((file) => file.endsWith(".yaml")))("accepts %s", (file) => {
    expect(accepts(readFileSync(`${root}strategies/${file}`, "utf8"))).toBe(true);
  });

  it("takes $NAME for a number and for a word", () => {
    expect(accepts(withWhen("{ gt: [SPOT, $X] }", undefined, "params: { X: 5, M: touch }\nfill: { model: $M, latency: $X }"))).toBe(true);
  });

  it.each([
    ["an unknown key", withWhen("none", undefined, "fills: {}")],
    ["a misspelt metric", withWhen("{ gt: [SPOTT, 5] }")],
    ["an unknown arg", withWhen("{ gt: [{ metric: EMA, args: { n: 5, off: spot } }, 5] }")],
    ["eleven legs", `name: x\nuniverse: { symbol: X }\nentry: { legs: [${Array(11).fill("{ cp: CE, lots: 1 }").join(",")}] }`],
    ["no legs", "name: x\nuniverse: { symbol: X }\nentry: {}"],
  ])("refuses %s", (_what, text) => expect(accepts(text)).toBe(false));
});
