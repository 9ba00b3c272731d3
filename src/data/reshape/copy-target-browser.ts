import { isHidden } from "../data-files.ts";
import { partsOf, type CopyTarget } from "./copy-target.ts";

/** Chromium can give a file another name in its folder, in some versions only where the file system is the browser's own. */
interface MovableHandle extends FileSystemFileHandle {
  move?(name: string): Promise<void>;
}

/** A folder that the user has granted for writing, or one of the browser's own file system. */
export function openBrowserCopyTarget(root: FileSystemDirectoryHandle): CopyTarget {
  const split = (path: string): { readonly folders: readonly string[]; readonly name: string } => {
    const parts = partsOf(path);
    return { folders: parts.slice(0, -1), name: parts[parts.length - 1] };
  };
  const directory = async (folders: readonly string[], create: boolean): Promise<FileSystemDirectoryHandle> => {
    let at = root;
    for (const folder of folders) at = await at.getDirectoryHandle(folder, { create });
    return at;
  };
  const existing = async (path: string): Promise<MovableHandle | undefined> => {
    const { folders, name } = split(path);
    try {
      return await (await directory(folders, false)).getFileHandle(name);
    } catch (error) {
      return nothingIfMissing(error);
    }
  };
  const remove = async (path: string): Promise<void> => {
    const { folders, name } = split(path);
    try {
      await (await directory(folders, false)).removeEntry(name);
    } catch (error) {
      nothingIfMissing(error);
    }
  };
  return {
    name: root.name,
    async room() {
      // Only of the browser's own file system does it tell.
      if (!(await isOwn(root))) return undefined;
      const { quota, usage } = await navigator.storage.estimate();
      return quota === undefined || usage === undefined ? undefined : Math.max(0, quota - usage);
    },
    async names() {
      const names: string[] = [];
      for await (const name of root.keys()) if (!isHidden(name)) names.push(name);
      return names;
    },
    async file(path) {
      const found = await (await existing(path))?.getFile().catch(nothingIfMissing);
      return found && { path, stat: async () => ({ size: found.size, modified: found.lastModified }), blob: async () => found };
    },
    async create(path) {
      const { folders, name } = split(path);
      const handle = await (await directory(folders, true)).getFileHandle(name, { create: true });
      const stream = await handle.createWritable();
      let open = true;
      return {
        write: (bytes) => stream.write(bytes as Uint8Array<ArrayBuffer>),
        async close() {
          await stream.close();
          open = false;
        },
        async abandon() {
          if (open) await stream.abort();
          await remove(path);
        },
      };
    },
    async rename(from, to) {
      const handle = await existing(from);
      if (!handle) throw new DOMException(`${from} is not there any more`, "NotFoundError");
      const { folders, name } = split(to);
      if (handle.move) {
        await remove(to);
        try {
          return await handle.move(name);
        } catch {
          // Browsers that move files of their own file system only: what else may be wrong, writing it again says.
        }
      }
      const target = await (await (await directory(folders, true)).getFileHandle(name, { create: true })).createWritable();
      await (await handle.getFile()).stream().pipeTo(target);
      await remove(from);
    },
    remove,
  };
}

async function isOwn(handle: FileSystemDirectoryHandle): Promise<boolean> {
  return (await (await navigator.storage.getDirectory()).resolve(handle)) !== null;
}

function nothingIfMissing(error: unknown): undefined {
  const { name } = error as { name?: unknown };
  if (name === "NotFoundError") return undefined;
  throw error;
}
