import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { openNodeCacheFolder } from "../src/data/hot/cache-folder-node.ts";
import { slicesPlace } from "../src/data/hot/cache-place-node.ts";
import { compileParquetModule } from "../src/data/parquet-module-node.ts";
import { createParquetWasmReader } from "../src/data/parquet-wasm-reader.ts";
import { openNodeCopyTarget } from "../src/data/reshape/copy-target-node.ts";
import { openSource } from "../src/pool/open-source-node.ts";
import type { WorkerPlatform } from "./platform.ts";

const { resolve } = createRequire(import.meta.url);

export const nodePlatform: WorkerPlatform = {
  openSource,
  openTarget(target) {
    if (target.kind !== "node") throw new Error(`A copy into a target of the kind "${target.kind}" cannot be made under Node`);
    return openNodeCopyTarget(target.root);
  },
  openCache: () => openNodeCacheFolder(slicesPlace()),
  // The build puts the kernels beside the bundle.
  loadKernels: async () => WebAssembly.compile(await readFile(new URL("./kernels.wasm", import.meta.url))),
  async loadReader(name) {
    if (name === "duckdb") {
      const [{ createDuckdbReader }, { openFileSource }, module] = await Promise.all([import("../src/sql/duckdb-reader.ts"), import("../src/sql/file-source-node.ts"), loadDuckdb()]);
      return createDuckdbReader(module, openFileSource);
    }
    return createParquetWasmReader(await compileParquetModule());
  },
};

export async function loadDuckdb(): Promise<WebAssembly.Module> {
  return WebAssembly.compile(await readFile(resolve("@duckdb/duckdb-wasm/dist/duckdb-eh.wasm")));
}
