import type { FileBytes } from "../ports.ts";

/** Where the cache lies: a flat folder of files that are written once, whole or not at all. Never the user's data folder. */
export interface CacheFolder {
  /** The names of all files. */
  list(): Promise<string[]>;
  /** Undefined when the file is gone. */
  open(name: string): Promise<FileBytes | undefined>;
  /** A reader sees the file only when all of it is there. Rejects with the platform's error when it cannot be stored. */
  write(name: string, parts: readonly Uint8Array<ArrayBuffer>[]): Promise<void>;
  /** Nothing happens when the file is gone. */
  remove(name: string): Promise<void>;
  /** Bytes that may still be stored, where the platform says so. */
  room(): Promise<number | undefined>;
}
