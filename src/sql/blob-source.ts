import type { DataFile } from "../data/ports.ts";
import type { SyncSource } from "./duckdb-runtime.ts";

/** How a file of the granted folder is opened for DuckDB: from its `File` in the browser, from its path under Node. */
export type OpenSource = (file: DataFile) => Promise<SyncSource>;

/** Exists in workers only; the DOM types of TypeScript do not know it. */
declare class FileReaderSync {
  readAsArrayBuffer(blob: Blob): ArrayBuffer;
}

/** In the browser, in a worker. A file that changes on disk makes reads throw NotReadableError. */
export const openBlobSource: OpenSource = async (file) => {
  const blob = (await file.blob()) as Blob;
  const reader = new FileReaderSync();
  return {
    size: blob.size,
    read(target, position) {
      const bytes = new Uint8Array(reader.readAsArrayBuffer(blob.slice(position, position + target.length)));
      target.set(bytes);
      return bytes.length;
    },
    close: () => undefined,
  };
};
