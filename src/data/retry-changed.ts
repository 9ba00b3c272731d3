import { ParquetError } from "./ports.ts";
import type { DataFile, FileBytes } from "./ports.ts";

export interface FileState {
  readonly size: number;
  readonly modified: number;
}

/** A file that was last changed so many milliseconds ago was not changed in this second, however wrong the clock of its server goes. */
const SETTLED = 3_600_000;

/**
 * Runs a read that must see one version of a file: `read` gets it as it was when it was first looked at. When the file on disk
 * changes, reads of that fail or mix versions. If the file is not the same after the read as before it, the read is done once
 * more, from the start; where a read of a changed file is sure to fail, that it did not is enough. Throws a ParquetError of fault `changed`, `gone` or `permission` when the file cannot be had in peace.
 */
export async function readStable<T>(file: DataFile, read: (snapshot: DataFile) => Promise<T>): Promise<{ value: T; state: FileState }> {
  for (let attempt = 1; ; attempt++) {
    const { snapshot, state: before } = await snapshotOf(file);
    let outcome: { value: T } | { error: unknown };
    try {
      outcome = { value: await read(snapshot) };
    } catch (error) {
      outcome = { error };
    }
    const guarded = file.guarded && Date.now() - before.modified > SETTLED;
    const after = guarded && "value" in outcome ? before : await stateOf(file);
    const changed = after.size !== before.size || after.modified !== before.modified;
    if (!changed && "value" in outcome) return { value: outcome.value, state: after };
    const retryable = changed || ("error" in outcome && isUnreadableSnapshot(outcome.error));
    if (retryable && attempt === 1) continue;
    if (changed) throw changedError(file.path);
    if ("error" in outcome) throw accessError(file.path, outcome.error);
  }
}

/** The file as it is now. Looking at it again costs nothing: in the browser each look is a question to another process. */
async function snapshotOf(file: DataFile): Promise<{ readonly snapshot: DataFile; readonly state: FileState }> {
  let blob: FileBytes;
  try {
    blob = await file.blob();
  } catch (error) {
    throw accessError(file.path, error);
  }
  const state = blob.lastModified === undefined ? await stateOf(file) : { size: blob.size, modified: blob.lastModified };
  return { snapshot: { path: file.path, nativePath: file.nativePath, stat: async () => state, blob: async () => blob }, state };
}

/** Size and time of a file; a ParquetError in words where it is gone or may not be read. */
export async function stateOf(file: DataFile): Promise<FileState> {
  try {
    return await file.stat();
  } catch (error) {
    throw accessError(file.path, error);
  }
}

/** The platform's refusal as a ParquetError; any other error unchanged. */
export function accessError(path: string, error: unknown): unknown {
  switch (errorName(error)) {
    case "NotFoundError":
    case "ENOENT":
    case "ENOTDIR":
      return goneError(path, error);
    case "NotAllowedError":
    case "SecurityError":
    case "EACCES":
    case "EPERM":
      return new ParquetError(path, "the file may not be read: permission was refused or taken back. Grant the folder again.", { cause: error, fault: "permission" });
    case "NotReadableError":
      return changedError(path, error);
    default:
      return error;
  }
}

export function goneError(path: string, cause?: unknown): ParquetError {
  return new ParquetError(path, "the file is no longer there. Put it back, or refresh the folder to go on without it.", { cause, fault: "gone" });
}

function changedError(path: string, cause?: unknown): ParquetError {
  return new ParquetError(path, "the file changes while it is being read. Wait until nothing writes to it, then run again.", { cause, fault: "changed" });
}

function isUnreadableSnapshot(error: unknown): boolean {
  return errorName(error) === "NotReadableError" || (error instanceof ParquetError && error.fault === "changed");
}

function errorName(error: unknown): string | undefined {
  const { name, code } = error as { name?: string; code?: unknown };
  return typeof code === "string" ? code : name;
}
