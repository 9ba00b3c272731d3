import type { FileAnswer, FileRequest } from "../data/folder-broker.ts";
import type { Folder } from "../data/ports.ts";

/** Answers another worker's requests for files out of a folder that this worker can read. */
export function relayFiles(port: MessagePort, folder: Folder): void {
  port.onmessage = async ({ data: { id, path } }: MessageEvent<FileRequest>) => {
    const answer: FileAnswer = { id, file: await fileOf(folder, path) };
    port.postMessage(answer);
  };
}

/** Undefined where the page does not hold the file any more, which the one who asked then reports by its path. */
async function fileOf(folder: Folder, path: string): Promise<File | undefined> {
  const found = await folder.file(path);
  try {
    return (await found?.blob()) as File | undefined;
  } catch (error) {
    if (error instanceof DOMException) return undefined;
    throw error;
  }
}
