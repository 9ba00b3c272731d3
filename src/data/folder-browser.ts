import { inPathOrder, isDataFileName, isHidden } from "./data-files.ts";
import type { DataFile, Folder } from "./ports.ts";

/** How many folders are listed at the same time. */
const LISTING_LANES = 8;
/** Progress is told once per this many entries. */
const PROGRESS_STEP = 1000;

/** A folder granted in the browser. Works in the page and in workers; only reads. */
export function openBrowserFolder(handle: FileSystemDirectoryHandle): Folder {
  const directories = new Map<string, Promise<FileSystemDirectoryHandle>>([["", Promise.resolve(handle)]]);

  const directory = (path: string): Promise<FileSystemDirectoryHandle> => {
    let known = directories.get(path);
    if (!known) {
      const { parent, name } = splitPath(path);
      known = directory(parent).then((above) => above.getDirectoryHandle(name));
      directories.set(path, known);
      known.catch(() => directories.delete(path));
    }
    return known;
  };

  const fileHandle = async (path: string): Promise<FileSystemFileHandle> => {
    const { parent, name } = splitPath(path);
    return (await directory(parent)).getFileHandle(name);
  };

  const dataFile = (path: string, known?: FileSystemFileHandle): DataFile => {
    let handle = known;
    const file = async (): Promise<File> => {
      try {
        return await (handle ??= await fileHandle(path)).getFile();
      } catch (error) {
        handle = undefined;
        throw error;
      }
    };
    return {
      path,
      stat: async () => {
        const { size, lastModified } = await file();
        return { size, modified: lastModified };
      },
      blob: file,
      guarded: true,
    };
  };

  const list = async (progress?: (found: number) => void, signal?: AbortSignal): Promise<DataFile[]> => {
    const files: DataFile[] = [];
    const pending = [""];
    let active = 0;
    let entries = 0;
    const listOne = async (path: string): Promise<void> => {
      const listed = await directory(path);
      for await (const [name, entry] of listed.entries()) {
        signal?.throwIfAborted();
        if (++entries % PROGRESS_STEP === 0) progress?.(files.length);
        if (isHidden(name)) continue;
        const inner = path === "" ? name : `${path}/${name}`;
        if (entry.kind === "directory") {
          directories.set(inner, Promise.resolve(entry as FileSystemDirectoryHandle));
          pending.push(inner);
        } else if (isDataFileName(name)) {
          files.push(dataFile(inner));
        }
      }
    };
    await new Promise<void>((resolve, reject) => {
      const fill = (): void => {
        for (let path = active < LISTING_LANES ? pending.pop() : undefined; path !== undefined; path = active < LISTING_LANES ? pending.pop() : undefined) {
          active++;
          listOne(path).then(() => {
            active--;
            fill();
          }, reject);
        }
        if (active === 0) resolve();
      };
      fill();
    });
    progress?.(files.length);
    return inPathOrder(files);
  };

  const file = async (path: string): Promise<DataFile | undefined> => {
    try {
      return dataFile(path, await fileHandle(path));
    } catch (error) {
      if (error instanceof DOMException && (error.name === "NotFoundError" || error.name === "TypeMismatchError")) return undefined;
      throw error;
    }
  };

  return { name: handle.name, list, file };
}

function splitPath(path: string): { parent: string; name: string } {
  const cut = path.lastIndexOf("/");
  return cut < 0 ? { parent: "", name: path } : { parent: path.slice(0, cut), name: path.slice(cut + 1) };
}
