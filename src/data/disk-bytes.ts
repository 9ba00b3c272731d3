import { closeSync, fstatSync, open, readSync, type Stats } from "node:fs";
import { stat } from "node:fs/promises";
import { promisify } from "node:util";
import type { FileBytes } from "./ports.ts";

const opened = promisify(open);

/**
 * The bytes of a file on disk as they are now, under Node. Its own blobs take several times as long: they read in small pieces, each of
 * which waits for another thread. Rejects with the platform's error.
 */
export async function diskBytes(path: string): Promise<FileBytes> {
  const found = await stat(path);
  return partOf(path, found, 0, found.size);
}

/** A part rejects with NotReadableError once the file is not the same any more, as those of a blob do. */
function partOf(path: string, whole: Stats, start: number, end: number): FileBytes {
  const size = end - start;
  const place = (at: number) => start + Math.max(0, Math.min(size, at < 0 ? size + at : at));
  const arrayBuffer = async (): Promise<ArrayBuffer> => {
    const file = await opened(path, "r");
    try {
      const now = fstatSync(file);
      if (now.size !== whole.size || now.mtimeMs !== whole.mtimeMs) throw changed(path);
      const bytes = new Uint8Array(Buffer.allocUnsafeSlow(size).buffer);
      for (let at = 0; at < size; ) {
        const read = readSync(file, bytes, at, size - at, start + at);
        if (read === 0) throw changed(path);
        at += read;
      }
      return bytes.buffer;
    } finally {
      closeSync(file);
    }
  };
  return {
    size,
    lastModified: Math.floor(whole.mtimeMs),
    slice: (from = 0, to = size) => partOf(path, whole, place(from), Math.max(place(from), place(to))),
    arrayBuffer,
    text: async () => new TextDecoder().decode(await arrayBuffer()),
  };
}

function changed(path: string): DOMException {
  return new DOMException(`${path} has changed since it was looked at`, "NotReadableError");
}
