import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { deserialize, serialize } from "node:v8";
import type { IndexStore } from "./index-store.ts";

/**
 * Keeps the index of one data folder as files in a cache folder, which is made when needed. A file that cannot be
 * understood (cut off, or of another Node version) counts as absent: the index is then built anew.
 */
export function createNodeIndexStore(cacheFolder: string, dataFolder: string): IndexStore {
  const file = (key: string): string => {
    const name = createHash("sha256").update(`${resolve(dataFolder)}\n${key}`).digest("hex").slice(0, 32);
    return join(cacheFolder, `${name}.index`);
  };
  return {
    async get(key) {
      let bytes: Buffer;
      try {
        bytes = await readFile(file(key));
      } catch (error) {
        if ((error as { code?: unknown }).code === "ENOENT") return undefined;
        throw error;
      }
      try {
        return deserialize(bytes);
      } catch {
        return undefined;
      }
    },
    async set(key, value) {
      await mkdir(cacheFolder, { recursive: true });
      const target = file(key);
      const partial = `${target}.${randomUUID()}`;
      await writeFile(partial, serialize(value));
      await rename(partial, target);
    },
  };
}
