/** The compiled modules that workers of the browser need, each fetched from beside the page when it is asked for. */
import duckdbUrl from "@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url";
import parquetUrl from "parquet-wasm/esm/parquet_wasm_bg.wasm?url";
import kernelsUrl from "../build/kernels.wasm?url";

export const loadKernels = (): Promise<WebAssembly.Module> => compile(kernelsUrl);
export const loadParquetWasm = (): Promise<WebAssembly.Module> => compile(parquetUrl);
export const loadDuckdb = (): Promise<WebAssembly.Module> => compile(duckdbUrl);

/** Without streaming, which only works where the host names the type application/wasm. */
async function compile(address: string): Promise<WebAssembly.Module> {
  const url = new URL(address, self.location.origin).href;
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: the server answered ${response.status} ${response.statusText}. Reload the page; if that does not help, it was not copied to the server completely.`);
  return WebAssembly.compile(await response.arrayBuffer());
}
