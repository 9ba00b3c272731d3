/**
 * What DuckDB's module may ask of the world: the files registered here, read only, and buffers in its own memory to write to.
 * The package's own runtimes also reach other hosts (browser) and open data files for writing (Node); this one can do neither.
 */
import { callSRet, DEFAULT_RUNTIME, DuckDBDataProtocol, dropResponseBuffers, FileFlags, readString } from "@duckdb/duckdb-wasm/blocking";
import type { DuckDBFileInfo, DuckDBRuntime } from "@duckdb/duckdb-wasm/blocking";

/** The part of the compiled module that the package's types leave to another package. */
interface Memory {
  _malloc(bytes: number): number;
  readonly HEAPU8: Uint8Array;
  readonly HEAPF64: Float64Array;
}
type Module = Parameters<DuckDBRuntime["openFile"]>[0] & Memory;

/** A file that can be read while a query runs, without waiting. */
export interface SyncSource {
  readonly size: number;
  /** Fills `target` from the bytes at `position` on and answers how many there were. Throws the platform's error. */
  read(target: Uint8Array, position: number): number;
  close(): void;
}

/** Open files by the names under which SQL knows them. Names are never used twice, so all instances of a thread share this. */
const sources = new Map<string, SyncSource>();
let named = 0;
let readError: unknown;
/** What DuckDB has open, by instance and its number of the file. */
const open = new WeakMap<object, Map<number, SyncSource>>();

/** A name of our own for a file: what the user's file is called never gets into SQL. */
export function freshName(): string {
  return `file_${++named}.parquet`;
}

/** Makes a file known under a name that no file has had before. */
export function addSource(name: string, source: SyncSource): void {
  sources.set(name, source);
}

export function removeSource(name: string): void {
  sources.delete(name);
}

/** The platform's error of the last failed read, once: DuckDB passes on its text at best. */
export function takeReadError(): unknown {
  const error = readError;
  readError = undefined;
  return error;
}

export const runtime: DuckDBRuntime = {
  ...DEFAULT_RUNTIME,
  testPlatformFeature: () => true,
  getDefaultDataProtocol: () => DuckDBDataProtocol.BROWSER_FILEREADER,
  openFile(mod: Module, fileId, flags) {
    const file = fileInfo(mod, fileId);
    const source = sources.get(file.fileName);
    if (source) {
      openOf(mod).set(fileId, source);
      return sizeAndBuffer(mod, source.size, 0);
    }
    if (file.dataProtocol === DuckDBDataProtocol.BROWSER_FILEREADER && flags & FileFlags.FILE_FLAGS_WRITE) return sizeAndBuffer(mod, 1, mod._malloc(1));
    return fail(mod, `${file.fileName} is not among the files of the granted folder`);
  },
  readFile(mod: Module, fileId, buffer, bytes, location) {
    if (bytes === 0) return 0;
    try {
      const source = openOf(mod).get(fileId);
      if (!source) return fail(mod, "the file has been closed");
      return source.read(mod.HEAPU8.subarray(buffer, buffer + bytes), location);
    } catch (error) {
      readError = error;
      return fail(mod, String(error));
    }
  },
  closeFile: (mod, fileId) => void openOf(mod).delete(fileId),
  writeFile: (mod: Module) => fail(mod, "files of the granted folder are read only"),
  truncateFile: (mod: Module) => void fail(mod, "files of the granted folder are read only"),
  // No file is found but those that are registered, which DuckDB's module finds by itself.
  glob: () => undefined,
  checkFile: () => false,
  checkDirectory: () => false,
};

function openOf(mod: object): Map<number, SyncSource> {
  let files = open.get(mod);
  if (!files) open.set(mod, (files = new Map()));
  return files;
}

function fileInfo(mod: Module, fileId: number): DuckDBFileInfo {
  const [, data, length] = callSRet(mod, "duckdb_web_fs_get_file_info_by_id", ["number", "number"], [fileId, 0]);
  const text = readString(mod, data, length);
  dropResponseBuffers(mod);
  return JSON.parse(text) as DuckDBFileInfo;
}

function sizeAndBuffer(mod: Module, size: number, buffer: number): number {
  const result = mod._malloc(2 * Float64Array.BYTES_PER_ELEMENT);
  mod.HEAPF64[result >> 3] = size;
  mod.HEAPF64[(result >> 3) + 1] = buffer;
  return result;
}

/** The query that asked fails with this text. */
function fail(mod: Module, text: string): 0 {
  mod.ccall("duckdb_web_fail_with", null, ["string"], [text]);
  return 0;
}
