import { readdir, realpath, stat } from "node:fs/promises";
import { basename, join, relative, resolve, sep } from "node:path";
import { inPathOrder, isDataFileName, isHidden } from "./data-files.ts";
import { diskBytes } from "./disk-bytes.ts";
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
    guarded: true,
    stat: async () => {
      const { size, mtimeMs } = await stat(nativePath);
      return { size, modified: Math.floor(mtimeMs) };
    },
    blob: () => diskBytes(nativePath),
  };
}

async function listFiles(root: string, progress?: (found: number) => void, signal?: AbortSignal): Promise<DataFile[]> {
  const files: DataFile[] = [];
  const pending = [""];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    signal?.throwIfAborted();
    for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
      if (isHidden(entry.name)) continue;
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) pending.push(path);
      else if (isDataFileName(entry.name) && (entry.isFile() || (entry.isSymbolicLink() && (await isLinkToOwnFile(root, path))))) files.push(dataFile(root, path));
    }
    progress?.(files.length);
  }
  return inPathOrder(files);
}

/** Whether a link leads to a file inside the folder that the listing would not meet by itself. */
async function isLinkToOwnFile(root: string, path: string): Promise<boolean> {
  const target = await insideTarget(root, path);
  return target !== undefined && (await stat(target)).isFile() && (!isDataFileName(basename(target)) || relative(root, target).split(sep).some(isHidden));
}

/** Where a path leads in the end, or undefined when that is nowhere or outside the folder. */
async function insideTarget(root: string, path: string): Promise<string | undefined> {
  try {
    const target = await realpath(join(root, ...path.split("/")));
    return isInside(root, target) ? target : undefined;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function findFile(root: string, path: string): Promise<DataFile | undefined> {
  const target = await insideTarget(root, path);
  return target !== undefined && (await stat(target)).isFile() ? dataFile(root, path) : undefined;
}

function isInside(root: string, target: string): boolean {
  const way = relative(root, target);
  return way !== ".." && !way.startsWith(`..${sep}`) && resolve(root, way) === target;
}

function isMissing(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return code === "ENOENT" || code === "ENOTDIR" || code === "ELOOP";
}
