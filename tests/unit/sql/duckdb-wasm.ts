import { readFile } from "node:fs/promises";

/** The module's bytes, as the command line passes them. */
export function duckdbWasm(): Promise<Uint8Array<ArrayBuffer>> {
  return readFile(new URL("../../../node_modules/@duckdb/duckdb-wasm/dist/duckdb-eh.wasm", import.meta.url));
}
