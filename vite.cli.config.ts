import { copyFile } from "node:fs/promises";
import path from "node:path";
import { defineConfig, type Plugin } from "vite";
import { buildKernels } from "./scripts/build-kernels.mjs";
import { engineBuild } from "./scripts/lib/source-hash.mjs";

/** Puts the compiled kernels beside the bundle that runs them. */
function kernelsBeside(): Plugin {
  return {
    name: "kernels-beside",
    async writeBundle({ dir }) {
      if (dir !== undefined) await copyFile(await buildKernels(), path.join(dir, "kernels.wasm"));
    },
  };
}

/** The command line and its workers, for Node. */
export default defineConfig({
  define: { __ENGINE_BUILD__: JSON.stringify(engineBuild()) },
  plugins: [kernelsBeside()],
  publicDir: false,
  // Packages go into the bundle: every worker would look for hundreds of their files again. A package that holds a compiled module is asked where that lies.
  ssr: { noExternal: true, external: ["@duckdb/duckdb-wasm"] },
  build: {
    ssr: true,
    target: "node20",
    minify: false,
    rolldownOptions: {
      input: { main: "src/cli/main.ts", worker: "workers/node.ts" },
      output: { entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" },
    },
  },
});
