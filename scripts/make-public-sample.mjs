/** Makes the sample data that ships with the page: `node scripts/make-public-sample.mjs`. The same code gives the same files. */
import { rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { runnerImport } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));
const out = join(root, "public", "sample");
const MOST_BYTES = 3_000_000;
/** The files come with the page, so their own times say nothing: one time for all keeps the manifest the same. */
const MODIFIED = Date.UTC(2024, 7, 22);

const load = async (name) => (await runnerImport(join(root, "src", "cli", name), { logLevel: "error" })).module;
const { writeSample } = await load("sample.ts");
const { PUBLIC_SAMPLE } = await load("sample-public.ts");

rmSync(out, { recursive: true, force: true });
const summary = await writeSample({ out, ...PUBLIC_SAMPLE });
const files = summary.files.map(({ path, size }) => ({ path, size, modified: MODIFIED })).sort((a, b) => (a.path < b.path ? -1 : 1));
const manifest = `${JSON.stringify({ name: "Sample data", files }, null, 1)}\n`;
writeFileSync(join(out, "manifest.json"), manifest);

const bytes = summary.bytes + manifest.length;
const absent = Object.entries(summary.quirks).filter(([, count]) => count === 0).map(([quirk]) => quirk);
console.log(`${files.length} files, ${summary.rows} rows, ${bytes} bytes, ${summary.days} days, ${summary.expiries} expiries`);
if (bytes > MOST_BYTES) throw new Error(`The sample is ${bytes} bytes; at most ${MOST_BYTES} may ship`);
if (absent.length > 0) throw new Error(`The sample lacks ${absent.join(", ")}`);
