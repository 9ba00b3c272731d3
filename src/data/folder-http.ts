import { inPathOrder, isDataFileName } from "./data-files.ts";
import { ParquetError } from "./ports.ts";
import type { DataFile, Folder } from "./ports.ts";

interface ManifestEntry {
  readonly path: string;
  readonly size: number;
  readonly modified: number;
}

/**
 * Files on the page's own server, named in a manifest `{ "files": [{ "path", "size", "modified" }] }` (bytes, milliseconds).
 * Paths are relative to the manifest's absolute URL. Rejects when the manifest cannot be read or names a file elsewhere.
 */
export async function openHttpFolder(name: string, manifestUrl: string): Promise<Folder> {
  const entries = parseManifest(await (await fetchOk(manifestUrl)).text(), manifestUrl);
  const files = new Map<string, DataFile>();
  for (const entry of entries) {
    const url = new URL(entry.path.split("/").map(urlPart).join("/"), manifestUrl);
    if (!url.href.startsWith(new URL(".", manifestUrl).href)) throw new Error(`${manifestUrl}: the file "${entry.path}" is not below the manifest's folder`);
    // The sample is small and every file is wanted several times: one request each.
    let body: Promise<Blob> | undefined;
    const load = async (): Promise<Blob> => {
      try {
        return await (await fetchOk(url.href)).blob();
      } catch (cause) {
        throw new ParquetError(entry.path, `the file cannot be fetched (${(cause as Error).message}). Check the connection and load the page again.`, { cause, fault: "gone" });
      }
    };
    files.set(entry.path, {
      path: entry.path,
      stat: async () => ({ size: entry.size, modified: entry.modified }),
      blob: () => {
        body ??= load();
        body.catch(() => (body = undefined));
        return body;
      },
    });
  }
  return {
    name,
    list: async (progress, signal) => {
      signal?.throwIfAborted();
      progress?.(files.size);
      return inPathOrder([...files.values()]);
    },
    file: async (path) => files.get(path),
  };
}

/** Not every static server decodes what need not have been encoded. */
function urlPart(name: string): string {
  return encodeURIComponent(name).replaceAll("%3D", "=");
}

async function fetchOk(url: string): Promise<Response> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: the server answered ${response.status} ${response.statusText}`);
  return response;
}

function parseManifest(text: string, url: string): ManifestEntry[] {
  let manifest: { files?: unknown };
  try {
    manifest = JSON.parse(text) as { files?: unknown };
  } catch (cause) {
    throw new Error(`${url}: the list of sample files is no JSON`, { cause });
  }
  if (!Array.isArray(manifest.files)) throw new Error(`${url}: the list of sample files has no "files"`);
  return manifest.files.filter((entry): entry is ManifestEntry => {
    const { path, size, modified } = entry as Partial<ManifestEntry>;
    if (typeof path !== "string" || typeof size !== "number" || typeof modified !== "number")
      throw new Error(`${url}: an entry needs "path", "size" and "modified", found ${JSON.stringify(entry)}`);
    return isDataFileName(path.slice(path.lastIndexOf("/") + 1));
  });
}
