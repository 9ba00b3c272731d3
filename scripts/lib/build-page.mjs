import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { withLock } from "./lock.mjs";
import { root } from "./root.mjs";
import { sourceHash } from "./source-hash.mjs";

const SOURCES = ["index.html", "src", "tests/reference", "workers", "assembly", "strategies", "public", "scripts", "vite.config.ts", "tsconfig.json", "package-lock.json"];
const FIXTURE = "tests/e2e/fixture";

/** Builds kernels and page into dist/ unless they are built from these very sources. */
export async function buildPage() {
  return buildOnce({ name: "page", config: "vite.config.ts", sources: SOURCES, folder: "dist" });
}

/** Builds the page's views over made-up answers of the workers, for the browser tests. */
export async function buildFixture() {
  return buildOnce({ name: "fixture", config: `${FIXTURE}/vite.config.ts`, sources: [...SOURCES, FIXTURE], folder: "build/fixture" });
}

async function buildOnce({ name, config, sources, folder }) {
  const stamp = path.join(root, "build", `${name}.stamp`);
  const built = path.join(root, folder);
  await withLock(name, async () => {
    const wanted = sourceHash(sources);
    if (existsSync(path.join(built, "index.html")) && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
    const { build } = await import("vite");
    // Under a test runner Vite would take the slower development build of Solid, and leave it behind as the page.
    const { NODE_ENV } = process.env;
    process.env.NODE_ENV = "production";
    try {
      await build({ root: path.dirname(path.join(root, config)), configFile: path.join(root, config), logLevel: "warn" });
    } finally {
      if (NODE_ENV === undefined) delete process.env.NODE_ENV;
      else process.env.NODE_ENV = NODE_ENV;
    }
    writeFileSync(stamp, wanted);
  });
  return built;
}
