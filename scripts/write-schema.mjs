/** Writes the JSON Schemas of the files that users write, for editors: `node scripts/write-schema.mjs`. Tests hold them to the schemas. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));

async function write(file, source, name) {
  const { module } = await runnerImport(join(root, source), { logLevel: "error" });
  writeFileSync(join(root, "public", file), `${JSON.stringify(module[name](), null, 1)}\n`);
}

await write("strategy.schema.json", "src/core/strategy/json-schema.ts", "strategyJsonSchema");
await write("market-rules.schema.json", "src/core/market/override-json-schema.ts", "overrideJsonSchema");
await write("study.schema.json", "src/core/studies/json-schema.ts", "studyJsonSchema");
