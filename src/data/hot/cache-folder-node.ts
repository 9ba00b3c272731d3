import { randomUUID } from "node:crypto";
import { mkdir, open, readdir, rename, rm, stat, statfs } from "node:fs/promises";
import { join } from "node:path";
import { diskBytes } from "../disk-bytes.ts";
import type { CacheFolder } from "./cache-folder.ts";

/** Files that are being written end so; one that has not grown for so long was left by a process that died. */
const PARTIAL = ".partial";
const ABANDONED_AFTER = 600_000;

/** A cache in a folder on disk, which is made when something is first written. */
export function openNodeCacheFolder(root: string): CacheFolder {
  return {
    async list() {
      const names = await readdir(root).catch(nothingIfMissing);
      if (!names) return [];
      for (const name of names) if (name.endsWith(PARTIAL)) await removeAbandoned(join(root, name));
      return names.filter((name) => !name.endsWith(PARTIAL));
    },
    open: (name) => diskBytes(join(root, name)).catch(nothingIfMissing),
    async write(name, parts) {
      await mkdir(root, { recursive: true });
      const partial = join(root, `${randomUUID()}${PARTIAL}`);
      try {
        const file = await open(partial, "wx");
        try {
          await file.writev([...parts]);
        } finally {
          await file.close();
        }
        await rename(partial, join(root, name));
      } catch (error) {
        await rm(partial, { force: true });
        throw error;
      }
    },
    remove: (name) => rm(join(root, name), { force: true }),
    async room() {
      const found = await statfs(root).catch(nothingIfMissing);
      return found ? found.bavail * found.bsize : undefined;
    },
  };
}

async function removeAbandoned(path: string): Promise<void> {
  const found = await stat(path).catch(nothingIfMissing);
  if (found && Date.now() - found.mtimeMs > ABANDONED_AFTER) await rm(path, { force: true });
}

function nothingIfMissing(error: unknown): undefined {
  if ((error as { code?: unknown }).code === "ENOENT") return undefined;
  throw error;
}
