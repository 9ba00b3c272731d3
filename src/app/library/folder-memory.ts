/** The folder of strategies of earlier visits, and which file belongs to which strategy. */
import { del, get, set } from "idb-keyval";
import type { SyncLink } from "./sync-plan.ts";

export interface KeptFolder {
  readonly handle: FileSystemDirectoryHandle;
  readonly links: readonly SyncLink[];
}

export interface LibraryFolderMemory {
  load(): Promise<KeptFolder | undefined>;
  save(kept: KeptFolder): Promise<void>;
  remove(): Promise<void>;
}

const KEY = "strategy-folder";

export const browserLibraryMemory: LibraryFolderMemory = {
  load: () => get<KeptFolder>(KEY),
  save: (kept) => set(KEY, kept),
  remove: () => del(KEY),
};
