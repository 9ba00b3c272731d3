import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { SourceDescriptor } from "./protocol.ts";

/** A data folder as the cache names it: readable, fit for a file name, and another one for a folder of the same name elsewhere on disk. */
export function sourceName(source: SourceDescriptor): string {
  const [name, identity] = source.kind === "node" ? [source.root.split(/[\\/]/).at(-1) ?? "", source.root] : source.kind === "handle" ? [source.handle.name, ""] : [source.name, source.kind];
  return `${name.replace(/[^A-Za-z0-9._-]/g, "_").slice(0, 40)}-${bytesToHex(sha256(utf8ToBytes(`${name}\n${identity}`))).slice(0, 8)}`;
}
