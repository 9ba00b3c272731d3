import duckdbUrl from "@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url";
import parquetUrl from "parquet-wasm/esm/parquet_wasm_bg.wasm?url";
import kernelsUrl from "../build/kernels.wasm?url";
import { openSource } from "../src/pool/open-source.ts";
import type { WorkerPlatform } from "./platform.ts";

export const browserPlatform: WorkerPlatform = {
  openSource,
  loadKernels: () => compile(kernelsUrl),
  async loadReader(name) {
    if (name === "duckdb") {
      const [{ createDuckdbReader }, { openBlobSource }, module] = await Promise.all([import("../src/sql/duckdb-reader.ts"), import("../src/sql/blob-source.ts"), loadDuckdb()]);
      return createDuckdbReader(module, openBlobSource);
    }
    const [{ createParquetWasmReader }, module] = await Promise.all([import("../src/data/parquet-wasm-reader.ts"), compile(parquetUrl)]);
    return createParquetWasmReader(module);
  },
};

export function loadDuckdb(): Promise<WebAssembly.Module> {
  return compile(duckdbUrl);
}

/** Without streaming, which only works where the host names the type application/wasm. */
async function compile(address: string): Promise<WebAssembly.Module> {
  const url = new URL(address, self.location.origin).href;
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: the server answered ${response.status} ${response.statusText}. Reload the page; if that does not help, it was not copied to the server completely.`);
  return WebAssembly.compile(await response.arrayBuffer());
}
