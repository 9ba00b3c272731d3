import { defineConfig, type Plugin } from "vite";
import { VitePWA } from "vite-plugin-pwa";
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

/** Everything the page may ever ask for, DuckDB and the sample data included, is copied on the first visit; a new version waits until it is let in. */
const offline = VitePWA({
  registerType: "prompt",
  injectRegister: false,
  manifest: {
    name: "Straddle",
    short_name: "Straddle",
    description: "Backtest options on your own Parquet files, in a browser tab.",
    display: "standalone",
    start_url: ".",
    scope: ".",
    background_color: "#131619",
    theme_color: "#131619",
    icons: [{ src: "icon.svg", sizes: "any", type: "image/svg+xml", purpose: "any maskable" }],
  },
  workbox: {
    globPatterns: ["**/*"],
    globIgnores: ["**/*.map", "sw.js"],
    // DuckDB's module has some 35 MB.
    maximumFileSizeToCacheInBytes: 64 * 2 ** 20,
    // Names of built assets hold their hash.
    dontCacheBustURLsMatching: /^assets\//,
    inlineWorkboxRuntime: true,
    sourcemap: false,
    clientsClaim: true,
  },
});

export default defineConfig({
  // Every address is relative, so that the page works below any path.
  base: "./",
  define: { __ENGINE_BUILD__: JSON.stringify(engineBuild()) },
  plugins: [kernels(), solid(), offline],
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
