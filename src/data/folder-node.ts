import { openAsBlob } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { basename, join, relative, resolve, sep } from "node:path";
import { inPathOrder, isDataFileName, isHidden } from "./data-files.ts";
import type { DataFile, Folder } from "./ports.ts";

/**
 * A folder on disk, for the command line and tests. Symbolic links that lead out of it are left out, as in the browser.
 * Rejects with the platform's error when `root` is no folder that can be read.
 */
export async function openNodeFolder(root: string): Promise<Folder> {
  const realRoot = await realpath(root);
  await readdir(realRoot);
  return {
    name: basename(resolve(root)),
    list: (progress, signal) => listFiles(realRoot, progress, signal),
    file: (path) => findFile(realRoot, path),
  };
}

function dataFile(root: string, path: string): DataFile {
  const nativePath = join(root, ...path.split("/"));
  return {
    path,
    nativePath,
    stat: async () => {
      const { size, mtimeMs } = await stat(nativePath);
      return { size, modified: Math.floor(mtimeMs) };
    },
    blob: () => openAsBlob(nativePath),
  };
}

async function listFiles(root: string, progress?: (found: number) => void, signal?: AbortSignal): Promise<DataFile[]> {
  const files: DataFile[] = [];
  const seen = new Set<string>([root]);
  const pending = [""];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    signal?.throwIfAborted();
    const entries = await readdir(join(root, folder), { withFileTypes: true });
    for (const entry of entries) {
      if (isHidden(entry.name)) continue;
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      let isFolder = entry.isDirectory();
      let isFile = entry.isFile();
      if (entry.isSymbolicLink()) {
        const target = await insideTarget(root, path);
        if (target === undefined || seen.has(target)) continue;
        const kind = await stat(target);
        isFolder = kind.isDirectory();
        isFile = kind.isFile();
        if (isFolder) seen.add(target);
      }
      if (isFolder) pending.push(path);
      else if (isFile && isDataFileName(entry.name)) files.push(dataFile(root, path));
    }
    progress?.(files.length);
  }
  return inPathOrder(files);
}

/** Where a link leads, or undefined when that is nowhere or outside the folder. */
async function insideTarget(root: string, path: string): Promise<string | undefined> {
  try {
    const target = await realpath(join(root, path));
    return isInside(root, target) ? target : undefined;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function findFile(root: string, path: string): Promise<DataFile | undefined> {
  const file = dataFile(root, path);
  if (file.nativePath === undefined || !isInside(root, resolve(file.nativePath))) return undefined;
  try {
    return (await stat(file.nativePath)).isFile() ? file : undefined;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function isInside(root: string, target: string): boolean {
  const way = relative(root, target);
  return way !== ".." && !way.startsWith(`..${sep}`) && resolve(root, way) === target;
}

function isMissing(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return code === "ENOENT" || code === "ENOTDIR" || code === "ELOOP";
}
