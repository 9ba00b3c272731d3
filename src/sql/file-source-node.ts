import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import type { OpenSource } from "./blob-source.ts";
import type { SyncSource } from "./duckdb-runtime.ts";

/** Under Node. A file on disk is opened for reading only; one that is elsewhere is held in memory. */
export const openFileSource: OpenSource = async (file) => {
  if (file.nativePath === undefined) return memorySource(new Uint8Array(await (await file.blob()).arrayBuffer()));
  const descriptor = openSync(file.nativePath, "r");
  return {
    size: fstatSync(descriptor).size,
    read: (target, position) => readSync(descriptor, target, 0, target.length, position),
    close: () => closeSync(descriptor),
  };
};

function memorySource(bytes: Uint8Array): SyncSource {
  return {
    size: bytes.length,
    read(target, position) {
      const found = bytes.subarray(position, position + target.length);
      target.set(found);
      return found.length;
    },
    close: () => undefined,
  };
}
