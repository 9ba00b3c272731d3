/** A platform that gives no more memory: V8 lets no WebAssembly memory grow beyond a number of pages, in all threads of the process. */
import { setFlagsFromString } from "node:v8";

const PAGE_BYTES = 1 << 16;
/** What V8 allows by itself: 4 GB. */
const ALL = 65_536;

/** From now on no memory may have more than so many bytes. */
export function limitMemory(bytes: number): void {
  setFlagsFromString(`--wasm-max-mem-pages=${Math.ceil(bytes / PAGE_BYTES)}`);
}

export function unlimitMemory(): void {
  setFlagsFromString(`--wasm-max-mem-pages=${ALL}`);
}
