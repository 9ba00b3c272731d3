/** Folders that tell of what is done with them: who waits for long work sees by it that the work goes on. */
import type { Folder } from "./ports.ts";
import type { CopyTarget } from "./reshape/copy-target.ts";

/** The same folder; `alive` is called with its path whenever a file of it is looked up. */
export function heardFolder(folder: Folder, alive: (path: string) => void): Folder {
  return {
    name: folder.name,
    list: (progress, signal) => folder.list(progress, signal),
    file: (path) => {
      alive(path);
      return folder.file(path);
    },
  };
}

/** The same target; `alive` is called whenever a part of a file has been written. */
export function heardTarget(target: CopyTarget, alive: () => void): CopyTarget {
  return {
    ...target,
    async create(path) {
      const file = await target.create(path);
      return {
        ...file,
        async write(bytes) {
          await file.write(bytes);
          alive();
        },
      };
    },
  };
}
