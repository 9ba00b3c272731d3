import type { CacheFolder } from "./cache-folder.ts";

/** Name of the folder in which all of the page's workers keep slices. */
export const SLICES_FOLDER = "straddle-slices";
/** A file that is still empty after so long was left by a tab that died while it wrote. */
const ABANDONED_AFTER = 600_000;

/** A cache in the browser's own file system, in a folder that is made when it is first asked for. */
export function openOpfsCacheFolder(name: string): CacheFolder {
  let opened: Promise<FileSystemDirectoryHandle> | undefined;
  const directory = (): Promise<FileSystemDirectoryHandle> => {
    opened ??= navigator.storage.getDirectory().then((root) => root.getDirectoryHandle(name, { create: true }));
    opened.catch(() => (opened = undefined));
    return opened;
  };
  /** Also where the folder has been cleared away since it was opened. */
  const inFolder = async <T>(work: (folder: FileSystemDirectoryHandle) => Promise<T>): Promise<T> => {
    try {
      return await work(await directory());
    } catch (error) {
      nothingIfMissing(error);
      opened = undefined;
      return work(await directory());
    }
  };
  const remove = async (file: string): Promise<void> => {
    const at = await directory();
    await at.removeEntry(file).catch(nothingIfMissing);
  };
  return {
    list: () =>
      inFolder(async (folder) => {
        const names: string[] = [];
        for await (const file of folder.keys()) names.push(file);
        // While a file is being written Chromium keeps its bytes beside it, in a file of this ending.
        return names.filter((file) => !file.endsWith(".crswap"));
      }),
    async open(file) {
      const handle = await (await directory()).getFileHandle(file).catch(nothingIfMissing);
      const found = await handle?.getFile().catch(nothingIfMissing);
      if (!found || found.size > 0) return found ?? undefined;
      if (Date.now() - found.lastModified > ABANDONED_AFTER) await remove(file);
      return undefined;
    },
    write: (file, parts) =>
      inFolder(async (folder) => {
        const handle = await folder.getFileHandle(file, { create: true });
        try {
          // What is written shows in the file when it is closed, all at once.
          const stream = await handle.createWritable();
          try {
            for (const part of parts) await stream.write(part);
            await stream.close();
          } catch (error) {
            await stream.abort().catch(() => undefined);
            throw error;
          }
        } catch (error) {
          await remove(file);
          throw error;
        }
      }),
    remove,
    async room() {
      const { quota, usage } = await navigator.storage.estimate();
      return quota === undefined || usage === undefined ? undefined : Math.max(0, quota - usage);
    },
  };
}

function nothingIfMissing(error: unknown): undefined {
  const { name } = error as { name?: unknown };
  if (name === "NotFoundError" || name === "NotReadableError") return undefined;
  throw error;
}
