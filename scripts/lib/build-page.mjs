import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { withLock } from "./lock.mjs";
import { root } from "./root.mjs";
import { sourceHash } from "./source-hash.mjs";

const SOURCES = ["index.html", "src", "workers", "assembly", "strategies", "public", "scripts", "vite.config.ts", "tsconfig.json", "package-lock.json"];

/** Builds kernels and page into dist/ unless they are built from these very sources. */
export async function buildPage() {
  const stamp = path.join(root, "build", "page.stamp");
  await withLock("page", async () => {
    const sources = sourceHash(SOURCES);
    if (existsSync(path.join(root, "dist", "index.html")) && existsSync(stamp) && readFileSync(stamp, "utf8") === sources) return;
    const { build } = await import("vite");
    await build({ root, configFile: path.join(root, "vite.config.ts"), logLevel: "warn" });
    writeFileSync(stamp, sources);
  });
}
