/** What was dropped on the page, or chosen with `<input webkitdirectory>`, as something that can be opened. */

export type Dropped =
  | { readonly kind: "handle"; readonly handle: FileSystemDirectoryHandle }
  /** Files by their path below the folder: they can be read during this visit only. */
  | { readonly kind: "files"; readonly name: string; readonly files: ReadonlyMap<string, File> }
  | { readonly kind: "nothing" };

/** Must be called within the drop event: the transfer is empty afterwards. */
export async function readDrop(transfer: DataTransfer): Promise<Dropped> {
  const items = [...transfer.items].filter((item) => item.kind === "file");
  const entries = items.map((item) => item.webkitGetAsEntry());
  const handles = await Promise.all(items.map((item) => item.getAsFileSystemHandle?.() ?? null));
  const directory = handles.find((handle) => handle instanceof FileSystemDirectoryHandle);
  if (directory instanceof FileSystemDirectoryHandle) return { kind: "handle", handle: directory };
  const files = new Map<string, File>();
  for (const entry of entries) if (entry) await collect(entry, "", files);
  if (files.size === 0) return { kind: "nothing" };
  const folder = entries.length === 1 && entries[0]?.isDirectory ? entries[0].name : undefined;
  return { kind: "files", name: folder ?? `${files.size} dropped files`, files: folder === undefined ? files : withoutFirstPart(files) };
}

export function readFileList(list: FileList): Dropped {
  if (list.length === 0) return { kind: "nothing" };
  const files = new Map([...list].map((file) => [file.webkitRelativePath || file.name, file]));
  const name = list[0].webkitRelativePath.split("/")[0];
  return { kind: "files", name: name || "chosen files", files: name ? withoutFirstPart(files) : files };
}

function withoutFirstPart(files: ReadonlyMap<string, File>): Map<string, File> {
  return new Map([...files].map(([path, file]) => [path.slice(path.indexOf("/") + 1), file]));
}

async function collect(entry: FileSystemEntry, parent: string, into: Map<string, File>): Promise<void> {
  const path = `${parent}${entry.name}`;
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    into.set(path, file);
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    // A reader hands out at most some hundred entries at a time, and an empty list at the end.
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0) return;
    for (const child of batch) await collect(child, `${path}/`, into);
  }
}
