/**
 * DuckDB-WASM behind one small module.
 *
 * @duckdb/duckdb-wasm stays at exactly 1.28.0 (DuckDB 0.9.1): it is the last release with the Parquet reader inside its
 * module. 1.29 and later download it at run time from a third-party host, which breaks offline use and sends a request
 * off the user's machine. 0.9.1 has no ICU (no AT TIME ZONE); ASOF JOIN works.
 *
 * Queries run synchronously on the thread that asks: use it in a worker.
 */
import { createDuckDB, DuckDBDataProtocol, getPlatformFeatures, VoidLogger } from "@duckdb/duckdb-wasm/blocking";
import type { DuckDBBindings, DuckDBConnection } from "@duckdb/duckdb-wasm/blocking";
import { tableFromIPC, tableToIPC, type Table } from "apache-arrow";
import { memoryError } from "../core/memory.ts";
import { addSource, freshName, removeSource, runtime, takeReadError, type SyncSource } from "./duckdb-runtime.ts";

/** The module's stack, through which a statement passes, has 64 KB; beyond that it traps. A character has up to three bytes. */
export const LONGEST_STATEMENT = 16_000;

/** After these DuckDB answers nothing any more. */
const INVALIDATED = /\b(?:FATAL|INTERNAL) Error: /;

/** `duckdb-eh.wasm` of the package, compiled or as bytes: it is never fetched from here. */
export type DuckdbWasm = WebAssembly.Module | BufferSource;

export interface Duckdb {
  /**
   * Runs one statement. Throws an Error with DuckDB's words, or the platform's error when reading a file failed. At a page that
   * cannot be decoded the rows of a file may end without a word: who reads files counts the rows, or uses `scan`.
   */
  query(sql: string): Table;
  /** The same in small pieces, and failing at such a page. */
  scan(sql: string): Table;
  /** Runs work with a file that SQL knows, meanwhile, by the name given to the work. */
  withFile<T>(source: SyncSource, work: (name: string) => T): T;
  /** The same with many files by names of the caller's, which are never used twice. */
  withFiles<T>(files: ReadonlyMap<string, SyncSource>, work: () => T): T;
  /**
   * Runs one statement and hands over what it gives, piece by piece, as messages of an Arrow IPC stream: the schema first, then batches.
   * Ends when `take` answers false. Throws as `query` does.
   */
  stream(sql: string, take: (message: Uint8Array) => boolean): void;
  /** Makes a table of an Arrow table. */
  insert(name: string, table: Table): void;
  /** Takes the content of a file that COPY has written, out of DuckDB's memory. */
  takeFile(name: string): Uint8Array<ArrayBuffer>;
}

/** Holds DuckDB for as long as it works: it starts at the first use, and anew when damaged data has broken it. */
export interface DuckdbHost {
  run<T>(work: (db: Duckdb) => T): Promise<T>;
  close(): void;
}

/** @param alive called now and then while a statement runs */
export function createDuckdbHost(wasm: DuckdbWasm, alive: () => void = () => undefined): DuckdbHost {
  let compiled: Promise<WebAssembly.Module> | undefined;
  let started: Promise<Instance> | undefined;
  return {
    async run(work) {
      compiled ??= wasm instanceof WebAssembly.Module ? Promise.resolve(wasm) : WebAssembly.compile(wasm);
      started ??= compiled.then(start);
      const instance = await started;
      try {
        return work(duckdbOf(instance, alive));
      } catch (error) {
        instance.damaged ||= error instanceof WebAssembly.RuntimeError || (error instanceof Error && INVALIDATED.test(error.message));
        throw error;
      } finally {
        if (instance.damaged) started = undefined;
      }
    },
    close() {
      // The module's memory goes with the last reference to it.
      started = undefined;
    },
  };
}

interface Instance {
  readonly bindings: DuckDBBindings;
  readonly connection: DuckDBConnection;
  /** After a trap or a fatal error, with a file that it does not let go, or with half a table: the module is in no known state. */
  damaged: boolean;
}

async function start(module: WebAssembly.Module): Promise<Instance> {
  if (!(await getPlatformFeatures()).wasmExceptions)
    throw new Error("DuckDB cannot start: this browser has no WebAssembly exceptions. Use a current Chromium, Firefox or Safari, or the reader parquet-wasm.");
  const bindings = await createDuckDB({ mvp: { mainModule: "", mainWorker: "" }, eh: { mainModule: "", mainWorker: "" } }, new VoidLogger(), runtime);
  await new Promise<void>((resolve, reject) => {
    // The package would fetch the module by its address and never tell that it failed.
    Object.assign(bindings, {
      instantiateWasm(imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void) {
        globalThis.DUCKDB_RUNTIME = runtime;
        WebAssembly.instantiate(module, imports).then((instance) => done(instance, module)).catch((error: unknown) => reject(memoryError("DuckDB", error)));
        return [];
      },
    });
    bindings.instantiate(() => undefined).then(() => resolve(), reject);
  });
  bindings.open({ path: ":memory:" });
  return { bindings, connection: bindings.connect(), damaged: false };
}

function duckdbOf(instance: Instance, alive: () => void): Duckdb {
  const { bindings, connection } = instance;
  const answered = <T>(sql: string, ask: (bindings: DuckDBBindings, connection: number) => T): T => {
    if (sql.length > LONGEST_STATEMENT) throw new Error(`the statement has ${sql.length} characters; DuckDB takes ${LONGEST_STATEMENT} here. Put long lists into a table.`);
    takeReadError();
    let found: T;
    try {
      found = connection.useUnsafe(ask);
    } catch (error) {
      throw takeReadError() ?? error;
    }
    // A scan whose file fails in the middle ends there without a word.
    const error = takeReadError();
    if (error !== undefined) throw error;
    return found;
  };
  const withFiles = <T>(files: ReadonlyMap<string, SyncSource>, work: () => T): T => {
    try {
      for (const [name, source] of files) {
        addSource(name, source);
        bindings.registerFileHandle(name, source, DuckDBDataProtocol.BROWSER_FILEREADER, true);
      }
      return work();
    } finally {
      for (const name of files.keys()) {
        removeSource(name);
        instance.damaged ||= !isDropped(bindings, name);
      }
    }
  };
  const stream: Duckdb["stream"] = (sql, take) =>
    answered(sql, (unsafe, id) => {
      let message = unsafe.startPendingQuery(id, sql);
      while (message === null) {
        alive();
        message = unsafe.pollPendingQuery(id);
      }
      // The bytes are DuckDB's: they are copied before it goes on.
      while (message.length > 0 && take(message.slice())) {
        alive();
        message = unsafe.fetchQueryResults(id);
      }
    });
  return {
    query: (sql) => tableFromIPC(answered(sql, (unsafe, id) => unsafe.runQuery(id, sql))),
    scan(sql) {
      const messages: Uint8Array[] = [];
      stream(sql, (message) => messages.push(message) > 0);
      return tableFromIPC(messages);
    },
    stream,
    withFile(source, work) {
      const name = freshName();
      return withFiles(new Map([[name, source]]), () => work(name));
    },
    withFiles,
    insert(name, table) {
      try {
        connection.insertArrowFromIPCStream(tableToIPC(table, "stream"), { name, create: true });
      } catch (error) {
        // It would go on waiting for the rest of this table.
        instance.damaged = true;
        throw error;
      }
    },
    takeFile(name) {
      try {
        return bindings.copyFileToBuffer(name) as Uint8Array<ArrayBuffer>;
      } finally {
        bindings.dropFile(name);
      }
    },
  };
}

/** False when DuckDB still holds the file: a query over it broke off in the middle. */
function isDropped(bindings: DuckDBBindings, name: string): boolean {
  try {
    bindings.dropFile(name);
    return true;
  } catch {
    return false;
  }
}

/** A text as a literal of SQL. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
