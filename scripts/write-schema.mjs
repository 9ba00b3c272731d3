/** Writes the JSON Schema of a strategy file for editors: `node scripts/write-schema.mjs`. A test holds it to the schema. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));
const { module } = await runnerImport(join(root, "src", "core", "strategy", "json-schema.ts"), { logLevel: "error" });
writeFileSync(join(root, "public", "strategy.schema.json"), `${JSON.stringify(module.strategyJsonSchema(), null, 1)}\n`);
