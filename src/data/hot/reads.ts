import type { DataFile, Folder } from "../ports.ts";

/** What a run has asked of storage, for the user and for tests: a warm run opens no data file, a hot one reads nothing of the cache. */
export interface Reads {
  /** Paths of the data files whose bytes were asked for. Looking at size and time is not counted. */
  files: string[];
  /** Requests to the cache for bytes, and what they gave. */
  cacheReads: number;
  cacheBytes: number;
}

export function noReads(): Reads {
  return { files: [], cacheReads: 0, cacheBytes: 0 };
}

/** The same folder; `reads.files` counts. */
export function countedFolder(folder: Folder, reads: Reads): Folder {
  const counted = (file: DataFile): DataFile => ({
    path: file.path,
    nativePath: file.nativePath,
    stat: () => file.stat(),
    blob: () => {
      reads.files.push(file.path);
      return file.blob();
    },
  });
  return {
    name: folder.name,
    list: async (progress, signal) => (await folder.list(progress, signal)).map(counted),
    file: async (path) => {
      const found = await folder.file(path);
      return found && counted(found);
    },
  };
}
