/** The folder of strategies of earlier visits, and which file belongs to which strategy. */
import { keptInBrowser, type KeptValue } from "../session/kept-value.ts";
import type { SyncLink } from "./sync-plan.ts";

export interface KeptFolder {
  readonly handle: FileSystemDirectoryHandle;
  readonly links: readonly SyncLink[];
}

export type LibraryFolderMemory = KeptValue<KeptFolder>;

export const browserLibraryMemory: LibraryFolderMemory = keptInBrowser("strategy-folder");
