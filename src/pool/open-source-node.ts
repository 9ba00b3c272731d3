import { openNodeFolder } from "../data/folder-node.ts";
import type { Folder } from "../data/ports.ts";
import type { SourceDescriptor } from "./protocol.ts";

/** The folder on disk behind a descriptor, under Node. */
export async function openSource(source: SourceDescriptor): Promise<Folder> {
  if (source.kind !== "node") throw new Error(`A source of the kind "${source.kind}" can be read in a browser only`);
  return openNodeFolder(source.root);
}
