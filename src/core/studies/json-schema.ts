/** The schema of a study as a JSON Schema, for editors: the file `public/study.schema.json`. */
import { z } from "../zod.ts";
import { studySchema } from "./schema.ts";

export function studyJsonSchema(): object {
  const schema = z.toJSONSchema(studySchema, { io: "input", unrepresentable: "any", reused: "ref" });
  return { title: "Straddle study", description: "A study of Straddle; docs/studies.md explains every key", ...schema };
}
