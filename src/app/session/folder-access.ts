/** Pickers and permissions of the browser behind ports: headless browsers leave prompts pending for ever, so tests answer them. */
import { get, set } from "idb-keyval";

declare global {
  interface FileSystemHandle {
    queryPermission(descriptor: { mode: "read" }): Promise<PermissionState>;
    requestPermission(descriptor: { mode: "read" }): Promise<PermissionState>;
  }
  interface Window {
    showDirectoryPicker?(options: { mode: "read"; id: string }): Promise<FileSystemDirectoryHandle>;
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
export interface FolderMemory {
  load(): Promise<FileSystemDirectoryHandle | undefined>;
  save(handle: FileSystemDirectoryHandle): Promise<void>;
}

export const browserFolderAccess: FolderAccess = {
  canPick: "showDirectoryPicker" in globalThis,
  async pick() {
    try {
      return await window.showDirectoryPicker?.({ mode: "read", id: "data" });
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") return undefined;
      throw error;
    }
  },
  permission: (handle) => handle.queryPermission({ mode: "read" }),
  request: (handle) => handle.requestPermission({ mode: "read" }),
};

const KEY = "data-folder";

export const browserFolderMemory: FolderMemory = {
  load: () => get<FileSystemDirectoryHandle>(KEY),
  save: (handle) => set(KEY, handle),
};
