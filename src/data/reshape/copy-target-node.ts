import { mkdir, open, readdir, rename, rm, stat, statfs } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { isHidden } from "../data-files.ts";
import { diskBytes } from "../disk-bytes.ts";
import { partsOf, type CopyTarget } from "./copy-target.ts";

/** A folder on disk, which is made when something is first written. */
export function openNodeCopyTarget(root: string): CopyTarget {
  const place = (path: string): string => join(root, ...partsOf(path));
  return {
    name: basename(root),
    async room() {
      // Of a folder that is not there yet the one above tells.
      for (let folder = root; ; folder = dirname(folder)) {
        const found = await statfs(folder).catch(nothingIfMissing);
        if (found) return found.bavail * found.bsize;
        if (dirname(folder) === folder) return undefined;
      }
    },
    names: async () => ((await readdir(root).catch(nothingIfMissing)) ?? []).filter((name) => !isHidden(name)),
    async file(path) {
      const nativePath = place(path);
      const found = await stat(nativePath).catch(nothingIfMissing);
      if (!found?.isFile()) return undefined;
      return { path, nativePath, stat: async () => ({ size: found.size, modified: Math.floor(found.mtimeMs) }), blob: () => diskBytes(nativePath) };
    },
    async create(path) {
      const target = place(path);
      await mkdir(dirname(target), { recursive: true });
      const file = await open(target, "w");
      let closed = false;
      const close = async (): Promise<void> => {
        if (!closed) await file.close();
        closed = true;
      };
      return {
        write: (bytes) => file.writeFile(bytes),
        async close() {
          await file.sync();
          await close();
        },
        async abandon() {
          await close();
          await rm(target, { force: true });
        },
      };
    },
    rename: (from, to) => rename(place(from), place(to)),
    remove: (path) => rm(place(path), { force: true }),
  };
}

function nothingIfMissing(error: unknown): undefined {
  if ((error as { code?: unknown }).code === "ENOENT") return undefined;
  throw error;
}
