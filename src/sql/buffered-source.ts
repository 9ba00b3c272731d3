import type { SyncSource } from "./duckdb-runtime.ts";

const BLOCK = 1 << 16;

/** DuckDB reads page headers byte by byte, and each read of a `File` costs as much as one of 64 KB: small ones share a block. */
export function bufferedSource(file: SyncSource): SyncSource {
  const block = new Uint8Array(BLOCK);
  let start = 0;
  let length = 0;
  return {
    size: file.size,
    read(target, position) {
      if (target.length >= BLOCK) return file.read(target, position);
      const end = Math.min(position + target.length, file.size);
      if (position < start || end > start + length) {
        length = 0;
        length = file.read(block, position);
        start = position;
      }
      const bytes = block.subarray(position - start, Math.min(end - start, length));
      target.set(bytes);
      return bytes.length;
    },
    close: () => file.close(),
  };
}
