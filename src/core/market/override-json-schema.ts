/** The schema of a market-rules file as a JSON Schema, for editors: the file `public/market-rules.schema.json`. */
import { z } from "../zod.ts";
import { overrideSchema } from "./override-schema.ts";

export function overrideJsonSchema(): object {
  const schema = z.toJSONSchema(overrideSchema, { io: "input", unrepresentable: "any", reused: "ref" });
  return { title: "Straddle market rules", description: "Rows of your own over the market rules of Straddle; docs/market-rules.md explains every key", ...schema };
}
