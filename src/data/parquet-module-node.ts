import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const { resolve } = createRequire(import.meta.url);

/** The decoder's compiled module. As long as one thread holds it, the others get the same one at once, with the code that has been made of it so far. */
export async function compileParquetModule(): Promise<WebAssembly.Module> {
  return WebAssembly.compile(await readFile(resolve("parquet-wasm/esm/parquet_wasm_bg.wasm")));
}
