import { inPathOrder, isDataFileName, isHidden } from "./data-files.ts";
import type { DataFile, Folder } from "./ports.ts";

export interface FileRequest {
  readonly id: number;
  readonly path: string;
}

export interface FileAnswer {
  readonly id: number;
  /** Absent when the page has no such file. */
  readonly file?: File;
}

/** Files that the page holds (a folder chosen without the folder picker, dropped files), asked for one by one over a port. */
export function openBrokerFolder(name: string, paths: readonly string[], port: MessagePort): Folder {
  const waiting = new Map<number, (file: File | undefined) => void>();
  let lastId = 0;
  port.onmessage = (event: MessageEvent<FileAnswer>) => {
    const { id, file } = event.data;
    waiting.get(id)?.(file);
    waiting.delete(id);
  };
  const ask = (path: string): Promise<File | undefined> =>
    new Promise((resolve) => {
      const request: FileRequest = { id: ++lastId, path };
      waiting.set(request.id, resolve);
      port.postMessage(request);
    });
  const fetchFile = async (path: string): Promise<File> => {
    const file = await ask(path);
    if (!file) throw new DOMException(`The page no longer holds "${path}"`, "NotFoundError");
    return file;
  };
  const dataFile = (path: string): DataFile => ({
    path,
    stat: async () => {
      const { size, lastModified } = await fetchFile(path);
      return { size, modified: lastModified };
    },
    blob: () => fetchFile(path),
  });
  const known = new Set(paths);
  return {
    name,
    list: async (progress, signal) => {
      signal?.throwIfAborted();
      const files = paths.filter(isListed).map(dataFile);
      progress?.(files.length);
      return inPathOrder(files);
    },
    file: async (path) => (known.has(path) ? dataFile(path) : undefined),
  };
}

/** The page's side: answers requests for files until the port is closed. */
export function serveFiles(port: MessagePort, files: ReadonlyMap<string, File>): void {
  port.onmessage = (event: MessageEvent<FileRequest>) => {
    const { id, path } = event.data;
    const answer: FileAnswer = { id, file: files.get(path) };
    port.postMessage(answer);
  };
}

function isListed(path: string): boolean {
  const parts = path.split("/");
  return isDataFileName(parts[parts.length - 1]) && !parts.some(isHidden);
}
