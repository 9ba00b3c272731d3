/** The platform gives no more memory: told apart from damage, and said in words, wherever it happens. */

/** What platforms say of a buffer, a WebAssembly memory or an instance that they have no room for. */
const REFUSALS = /out of memory|array buffer allocation failed|could not allocate|cannot allocate|allocation size overflow/i;

/** Nothing is wrong with the data: the same work may succeed where more memory is free. */
export class MemoryRefused extends Error {
  override readonly name = "MemoryRefused";
  /** @param forWhat what the memory was wanted for, e.g. `the rows of options/x.parquet` */
  constructor(forWhat: string, cause: unknown) {
    super(`there is not enough memory for ${forWhat}. Choose fewer workers, close other tabs and programs, then run again.`, { cause });
  }
}

/** The platform's refusal in words; any other error unchanged. */
export function memoryError(forWhat: string, error: unknown): unknown {
  return error instanceof Error && !isMemoryRefused(error) && REFUSALS.test(error.message) ? new MemoryRefused(forWhat, error) : error;
}

/** Also of an error that has lost its class on the way from a worker. */
export function isMemoryRefused(error: unknown): boolean {
  return error instanceof Error && error.name === "MemoryRefused";
}

const PAGE_BYTES = 1 << 16;

/** Whether a memory could grow by so many bytes. It stays as it is. */
export function canGrow({ buffer }: WebAssembly.Memory, bytes: number): boolean {
  try {
    return new WebAssembly.Memory({ initial: Math.ceil((buffer.byteLength + bytes) / PAGE_BYTES) }).buffer.byteLength > 0;
  } catch {
    return false;
  }
}
