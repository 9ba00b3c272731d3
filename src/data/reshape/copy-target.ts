import type { DataFile } from "../ports.ts";

/** The folder that a copy is written into: the only port that writes where a user keeps files. Never the folder that is read. */
export interface CopyTarget {
  readonly name: string;
  /** Bytes that may still be stored, where the platform says so. */
  room(): Promise<number | undefined>;
  /** Names of what lies in it, hidden ones left out. */
  names(): Promise<readonly string[]>;
  /** A file by its path, or undefined when there is none. */
  file(path: string): Promise<DataFile | undefined>;
  /** Begins a file anew, whatever an interrupted copy has left under that name. Folders are made. Rejects with the platform's error. */
  create(path: string): Promise<CopyFile>;
  /** Puts a complete file under its name, in place of what is there. */
  rename(from: string, to: string): Promise<void>;
  /** Nothing happens when the file is gone. */
  remove(path: string): Promise<void>;
}

/** A file that is being written. */
export interface CopyFile {
  write(bytes: Uint8Array): Promise<void>;
  /** All of it is stored when this resolves. */
  close(): Promise<void>;
  /** Removes what was written. */
  abandon(): Promise<void>;
}

/** The parts of a path below a target's folder. Throws an Error for one that could lead out of it, wherever it came from. */
export function partsOf(path: string): readonly string[] {
  const parts = path.split("/");
  if (parts.some((part) => part === "" || part === "." || part === ".." || /[\\\u0000]/.test(part))) throw new Error(`"${path}" is no path inside the folder of a copy`);
  return parts;
}

/** Names of files that are not complete end so: no reader takes them for data. */
export const PARTIAL = ".partial";

/** Writes a small file whole or not at all. */
export async function writeWhole(target: CopyTarget, path: string, text: string): Promise<void> {
  const file = await target.create(`${path}${PARTIAL}`);
  try {
    await file.write(new TextEncoder().encode(text));
    await file.close();
  } catch (error) {
    await file.abandon();
    throw error;
  }
  await target.rename(`${path}${PARTIAL}`, path);
}

/** The JSON of a file; undefined where there is none, or where it is cut off. */
export async function readJson(target: CopyTarget, path: string): Promise<unknown> {
  const file = await target.file(path);
  if (!file) return undefined;
  try {
    return JSON.parse(await (await file.blob()).text());
  } catch {
    // What cannot be read counts as never written.
    return undefined;
  }
}
