/** The files of a granted folder of strategies: those ending in .yaml or .yml at its top. */
import type { StrategyFile } from "./sync-plan.ts";

/** Longer ones are no strategies, and would not fit into the browser's storage. */
const MOST_BYTES = 200_000;
const MOST_FILES = 500;

/** The file has changed since it was read: nothing was written. */
export class FileMoved extends Error {
  override readonly name = "FileMoved";
}

export interface ReadFolder {
  readonly files: readonly StrategyFile[];
  /** What was left out, in words. */
  readonly leftOut: readonly string[];
}

export async function readStrategyFolder(folder: FileSystemDirectoryHandle): Promise<ReadFolder> {
  const files: StrategyFile[] = [];
  const leftOut: string[] = [];
  for await (const handle of folder.values()) {
    if (handle.kind !== "file" || !/\.ya?ml$/i.test(handle.name) || handle.name.startsWith(".")) continue;
    const file = await (handle as FileSystemFileHandle).getFile();
    if (file.size > MOST_BYTES) leftOut.push(`${handle.name} has ${file.size} bytes; a strategy has at most ${MOST_BYTES}`);
    else if (files.length === MOST_FILES) leftOut.push(`${handle.name}: only the first ${MOST_FILES} files are taken`);
    else files.push({ name: handle.name, text: await file.text(), saved: file.lastModified });
  }
  return { files: files.sort((a, b) => (a.name < b.name ? -1 : 1)), leftOut };
}

/** @param before what the file must still hold, undefined: that it must not be there. Throws FileMoved where that is not so. */
export async function writeStrategyFile(folder: FileSystemDirectoryHandle, name: string, text: string, before: string | undefined): Promise<void> {
  if ((await textOf(folder, name)) !== before) throw new FileMoved(name);
  const writing = await (await folder.getFileHandle(name, { create: true })).createWritable();
  await writing.write(text);
  await writing.close();
}

/** @param before what the file must still hold */
export async function removeStrategyFile(folder: FileSystemDirectoryHandle, name: string, before: string): Promise<void> {
  if ((await textOf(folder, name)) !== before) throw new FileMoved(name);
  await folder.removeEntry(name);
}

async function textOf(folder: FileSystemDirectoryHandle, name: string): Promise<string | undefined> {
  try {
    return await (await (await folder.getFileHandle(name)).getFile()).text();
  } catch (error) {
    if (error instanceof DOMException && error.name === "NotFoundError") return undefined;
    throw error;
  }
}
