import { openOpfsCacheFolder, SLICES_FOLDER } from "../src/data/hot/cache-folder-opfs.ts";
import { openBrowserCopyTarget } from "../src/data/reshape/copy-target-browser.ts";
import { openSource } from "../src/pool/open-source.ts";
import type { WorkerPlatform } from "./platform.ts";
import { loadDuckdb, loadKernels, loadParquetWasm } from "./wasm-browser.ts";

export const browserPlatform: WorkerPlatform = {
  openSource,
  openTarget(target) {
    if (target.kind !== "handle") throw new Error(`A copy into a target of the kind "${target.kind}" cannot be made in a browser`);
    return openBrowserCopyTarget(target.handle);
  },
  openCache: () => openOpfsCacheFolder(SLICES_FOLDER),
  loadKernels,
  async loadReader(name) {
    if (name === "duckdb") {
      const [{ createDuckdbReader }, { openBlobSource }, module] = await Promise.all([import("../src/sql/duckdb-reader.ts"), import("../src/sql/blob-source.ts"), loadDuckdb()]);
      return createDuckdbReader(module, openBlobSource);
    }
    const [{ createParquetWasmReader }, module] = await Promise.all([import("../src/data/parquet-wasm-reader.ts"), loadParquetWasm()]);
    return createParquetWasmReader(module);
  },
};
