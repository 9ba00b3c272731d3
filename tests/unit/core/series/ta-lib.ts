/**
 * TA-Lib's C functions as talib-web compiled them, called directly: talib-web's own wrappers let the last bar read past
 * the input and give both counts one address, so that BBANDS and MACD come out wrong.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { init } from "talib-web";
import type { Values } from "./support.ts";

interface CModule {
  _malloc(bytes: number): number;
  _free(pointer: number): void;
  readonly HEAPF64: Float64Array;
  ccall(name: string, returns: "number", types: readonly "number"[], args: readonly number[]): number;
}

/** Calls TA_`name` on whole columns. Returns one column per output, as long as the input, null before the first result. */
export type TaLib = (name: string, columns: readonly (readonly number[])[], options: readonly number[], outputs: number) => Values[];

export async function loadTaLib(): Promise<TaLib> {
  const wasm = createRequire(import.meta.url).resolve("talib-web/lib/talib.wasm");
  // The loader hands its path to fetch, which Node refuses; it takes a data address.
  const module: CModule = await init(`data:application/wasm;base64,${readFileSync(wasm, "base64")}`);
  return (name, columns, options, outputs) => {
    const length = columns[0].length;
    if (length === 0) return Array.from({ length: outputs }, () => []);
    const pointers = Array.from({ length: columns.length + outputs }, () => module._malloc(length * 8));
    const counts = module._malloc(8);
    columns.forEach((column, i) => module.HEAPF64.set(column, pointers[i] / 8));
    const args = [0, length - 1, ...pointers.slice(0, columns.length), ...options, counts, counts + 4, ...pointers.slice(columns.length)];
    const code = module.ccall(`TA_${name}`, "number", args.map(() => "number"), args);
    if (code !== 0) throw new Error(`TA_${name} answered ${code}`);
    const [first, count] = new Int32Array(module.HEAPF64.buffer, counts, 2);
    const results = pointers.slice(columns.length).map((pointer) => {
      const values = module.HEAPF64.slice(pointer / 8, pointer / 8 + count);
      return Array.from({ length }, (_, i) => (count === 0 || i < first ? null : values[i - first]));
    });
    for (const pointer of [...pointers, counts]) module._free(pointer);
    return results;
  };
}
