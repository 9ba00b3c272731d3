import { defineConfig, type Plugin } from "vite";
import solid from "vite-plugin-solid";
import { buildKernels } from "./scripts/build-kernels.mjs";
import { engineBuild } from "./scripts/lib/source-hash.mjs";

/** The kernels are compiled before anything asks for them. */
function kernels(): Plugin {
  return {
    name: "kernels",
    async buildStart() {
      await buildKernels();
    },
  };
}

/** DuckDB's and other packages' own habits, and figures about the build itself, are no warnings for us. */
const checks = { eval: false, pluginTimings: false, ineffectiveDynamicImport: false };

export default defineConfig({
  // Every address is relative, so that the page works below any path.
  base: "./",
  define: { __ENGINE_BUILD__: JSON.stringify(engineBuild()) },
  plugins: [kernels(), solid()],
  worker: { format: "es", rolldownOptions: { checks } },
  build: {
    target: "es2022",
    // Inlined assets would be data: addresses, which the page's policy does not allow to be fetched.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { checks },
    chunkSizeWarningLimit: 1000,
  },
});
