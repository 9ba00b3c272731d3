/** The SQL console over a folder in one thread, with an account of the files that are opened. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tableFromIPC, type Table } from "apache-arrow";
import { defaultRules } from "../../src/core/market/rules.ts";
import { fileQuestions } from "../../src/data/catalogue/file-questions.ts";
import type { DataSettings } from "../../src/data/catalogue/types.ts";
import type { DataFile, Folder } from "../../src/data/ports.ts";
import type { KeptRuns } from "../../src/data/views/kept-runs.ts";
import { createDuckdbHost, type DuckdbHost } from "../../src/sql/duckdb.ts";
import { openFileSource } from "../../src/sql/file-source-node.ts";
import { createSqlViews, type SqlAnswer, type SqlViews } from "../../src/sql/views/sql-views.ts";
import { openFolder } from "./product.ts";

const WASM = createRequire(import.meta.url).resolve("@duckdb/duckdb-wasm/dist/duckdb-eh.wasm");
const NO_RUNS: KeptRuns = { list: async () => [], trades: async () => undefined };
const MOST = { rows: 5_000_000, bytes: 1 << 30 };

let host: DuckdbHost | undefined;
/** One for the thread: the module takes a moment to start. */
export const duckdbHost = (): DuckdbHost => (host ??= createDuckdbHost(readFileSync(WASM)));

export interface OpenConsole {
  readonly views: SqlViews;
  ask(sql: string): Promise<SqlAnswer>;
  table(sql: string): Promise<Table>;
  /** Paths of the files whose rows were read since the last call. */
  read(): string[];
}

export interface ConsoleOptions {
  readonly settings?: DataSettings;
  readonly runs?: KeptRuns;
  readonly mostFiles?: number;
  readonly memoryMb?: number;
  readonly folder?: (folder: Folder) => Folder;
}

export async function openConsole(root: string, { settings, runs = NO_RUNS, mostFiles = 2_000, memoryMb = 1_024, folder: around }: ConsoleOptions = {}): Promise<OpenConsole> {
  const read = new Set<string>();
  const { catalogue, folder, rows, machine } = await openFolder(root, { settings, folder: around });
  const views = createSqlViews({
    host: duckdbHost(), folder, runs, mostFiles, memoryMb,
    rules: defaultRules,
    machine: async () => ({ kernels: machine, reader: rows }),
    questions: fileQuestions(() => catalogue),
    async openSource(file: DataFile) {
      const source = await openFileSource(file);
      return {
        ...source,
        read(target, position) {
          read.add(file.path);
          return source.read(target, position);
        },
      };
    },
  });
  const ask = (sql: string) => views.ask(sql, MOST);
  return {
    views,
    ask,
    table: async (sql) => tableOf(await ask(sql)),
    read() {
      const paths = [...read].sort();
      read.clear();
      return paths;
    },
  };
}

export function tableOf({ messages }: Pick<SqlAnswer, "messages">): Table {
  return tableFromIPC(messages);
}
