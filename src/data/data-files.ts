import type { DataFile } from "./ports.ts";

/** Whether a name is that of a Parquet file that is not hidden. */
export function isDataFileName(name: string): boolean {
  return !isHidden(name) && /\.(parquet|parq)$/i.test(name);
}

export function isHidden(name: string): boolean {
  return name.startsWith(".");
}

/** The order in which every folder lists its files: by UTF-16 code units, the same on every machine. */
export function inPathOrder(files: DataFile[]): DataFile[] {
  return files.sort((a, b) => comparePaths(a.path, b.path));
}

export function comparePaths(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
