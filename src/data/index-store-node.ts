/** The index under Node: one file per key in the user's cache folder. */
import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { deserialize, serialize } from "node:v8";
import type { IndexStore } from "./index-store.ts";

/** `XDG_CACHE_HOME`, or `.cache` in the home folder. */
export function defaultCacheFolder(): string {
  return path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), ".cache"), "straddle");
}

export function nodeIndexStore(folder = defaultCacheFolder()): IndexStore {
  const fileOf = (key: string) => path.join(folder, `${createHash("sha256").update(key).digest("hex").slice(0, 32)}.index`);
  return {
    get: async (key) => {
      try {
        return deserialize(await readFile(fileOf(key)));
      } catch {
        // Missing, half written or of another version: made anew.
        return undefined;
      }
    },
    set: async (key, value) => {
      try {
        await mkdir(folder, { recursive: true });
        const fresh = `${fileOf(key)}.${process.pid}`;
        await writeFile(fresh, serialize(value));
        await rename(fresh, fileOf(key));
      } catch {
        // A cache that cannot be written costs time at the next start, nothing else.
      }
    },
  };
}
