/** Pickers and permissions of the browser behind ports: headless browsers leave prompts pending for ever, so tests answer them. */
import { keptInBrowser, type KeptValue } from "./kept-value.ts";

/** Data is only ever read; a folder of strategies, or for a copy of the data, is written too. */
type FolderMode = "read" | "readwrite";

declare global {
  interface FileSystemHandle {
    queryPermission(descriptor: { mode: FolderMode }): Promise<PermissionState>;
    requestPermission(descriptor: { mode: FolderMode }): Promise<PermissionState>;
  }
  interface Window {
    showDirectoryPicker?(options: { mode: FolderMode; id: string }): Promise<FileSystemDirectoryHandle>;
  }
  interface DataTransferItem {
    getAsFileSystemHandle?(): Promise<FileSystemHandle | null>;
  }
}

export interface FolderAccess {
  /** False where the browser has no directory picker: the page then offers `<input webkitdirectory>`. */
  readonly canPick: boolean;
  /** The folder that the user picks, or undefined when the picker is closed without one. Needs a click. */
  pick(): Promise<FileSystemDirectoryHandle | undefined>;
  permission(handle: FileSystemDirectoryHandle): Promise<PermissionState>;
  /** Asks the user. Needs a click. */
  request(handle: FileSystemDirectoryHandle): Promise<PermissionState>;
}

/** The folder of the last visit. */
export type FolderMemory = Pick<KeptValue<FileSystemDirectoryHandle>, "load" | "save">;

/** @param id under which the browser remembers where its picker was last */
function folderAccess(mode: FolderMode, id: string): FolderAccess {
  return {
    canPick: "showDirectoryPicker" in globalThis,
    async pick() {
      try {
        return await window.showDirectoryPicker?.({ mode, id });
      } catch (error) {
        if (error instanceof DOMException && error.name === "AbortError") return undefined;
        throw error;
      }
    },
    permission: (handle) => handle.queryPermission({ mode }),
    request: (handle) => handle.requestPermission({ mode }),
  };
}

export const browserFolderAccess = folderAccess("read", "data");
export const browserLibraryAccess = folderAccess("readwrite", "strategies");
export const browserCopyAccess = folderAccess("readwrite", "copy");

export const browserFolderMemory: FolderMemory = keptInBrowser("data-folder");
