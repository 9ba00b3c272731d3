/** The schema as a JSON Schema, for editors: the file `public/strategy.schema.json`. */
import { z } from "../zod.ts";
import { FILE_SCHEMA } from "./schema-facts.ts";

/** A scalar may be the name of a param anywhere. */
const NAMED_VALUE = { $ref: "#/$defs/param" };
const PARAM = { type: "string", pattern: "^\\$[A-Za-z_][A-Za-z0-9_]*$", description: "the value of a name under params or sweep" };

/** cross-checks.ts says the same in words. */
const WAYS_TO_ENTER = [
  { type: "object", required: ["entries"], properties: { entries: {} } },
  { type: "object", required: ["entry"], properties: { entry: { type: "object", required: ["legs"], properties: { legs: {} } } } },
];

export function strategyJsonSchema(): object {
  const schema = z.toJSONSchema(FILE_SCHEMA, {
    io: "input",
    unrepresentable: "any",
    override: ({ jsonSchema }) => {
      const scalar = jsonSchema.type === "number" || jsonSchema.type === "integer" || (jsonSchema.type === "string" && (jsonSchema.enum ?? jsonSchema.pattern) !== undefined);
      if (!scalar) return;
      const { default: standard, description, ...own } = jsonSchema;
      for (const key of Object.keys(jsonSchema)) delete (jsonSchema as Record<string, unknown>)[key];
      Object.assign(jsonSchema, { anyOf: [own, NAMED_VALUE] }, standard === undefined ? {} : { default: standard }, description === undefined ? {} : { description });
    },
  });
  return {
    title: "Straddle strategy",
    description: "A strategy file of Straddle; docs/strategy-language.md explains every key",
    ...schema,
    anyOf: WAYS_TO_ENTER,
    $defs: { param: PARAM, ...schema.$defs },
  };
}
