import type { DataFile, Folder } from "../../src/data/ports.ts";

/** A folder that notes every file whose bytes somebody asks for. Directory metadata is free. */
export function countedFolder(): { readonly opened: string[]; wrap(folder: Folder): Folder } {
  const opened: string[] = [];
  const counted = (file: DataFile): DataFile => ({ path: file.path, stat: () => file.stat(), blob: () => (opened.push(file.path), file.blob()) });
  return {
    opened,
    wrap: (folder) => ({
      name: folder.name,
      list: async (progress, signal) => (await folder.list(progress, signal)).map(counted),
      file: async (path) => {
        const found = await folder.file(path);
        return found && counted(found);
      },
    }),
  };
}
