import { checksumOf } from "../core/grid/packed-slice.ts";
import type { Kernels } from "../core/kernels.ts";
import type { SourceDescriptor } from "./protocol.ts";

/** A data folder as the cache names it: readable, fit for a file name, and another one for a folder of the same name elsewhere on disk. */
export function sourceName(kernels: Kernels, source: SourceDescriptor): string {
  const [name, identity] = source.kind === "node" ? [source.root.split(/[\\/]/).at(-1) ?? "", source.root] : source.kind === "handle" ? [source.handle.name, ""] : [source.name, source.kind];
  const sum = checksumOf(kernels, new TextEncoder().encode(`${name}\n${identity}`)).toString(16).padStart(8, "0");
  return `${name.replace(/[^A-Za-z0-9._-]/g, "_").slice(0, 40)}-${sum}`;
}
