import { mergeConfig } from "vite";
import page from "../../../vite.config.ts";

/** Built as the page is. */
export default mergeConfig(page, { root: import.meta.dirname, publicDir: false, build: { outDir: "../../../build/bench/page", emptyOutDir: true } });
